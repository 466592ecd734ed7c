package io.hubline.sandbox.shopify.store;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.hubline.sandbox.shopify.store.BuyOutcome.Bought;
import io.hubline.sandbox.shopify.store.BuyOutcome.NotSold;
import io.hubline.sandbox.shopify.store.BuyOutcome.Shortage;
import io.hubline.sandbox.shopify.store.BuyOutcome.SoldOut;
import io.hubline.sandbox.shopify.store.CancelOutcome.Cancelled;
import io.hubline.sandbox.shopify.store.CancelOutcome.NoSuchOrder;
import io.hubline.sandbox.shopify.store.CancelOutcome.TooLate;
import io.hubline.sandbox.shopify.store.PlacedOrder.Cancellation;
import io.hubline.sandbox.shopify.store.PlacedOrder.FulfillmentOrder;
import io.hubline.sandbox.shopify.store.PlacedOrder.FulfillmentOrder.Part;
import io.hubline.sandbox.shopify.store.PlacedOrder.Line;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One shop: its catalogue, the numbers it shows, and its orders.
///
/// Every method takes the shop's lock; `locked` makes several of them one step. A sale lowers `available`
/// and raises `committed` in that step, so a compare-and-set that was computed before it finds another
/// number.
public final class Shop {

    private static final int FIRST_ORDER_NUMBER = 1001;
    private static final long SHIPPING_MINOR = 500;
    private static final long TAX_PER_TEN_THOUSAND = 600;

    private final ShopProfile profile;
    private final InstantSource clock;
    private final ShopListener listener;
    private final Instant openedAt;
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Long, Location> locations = new LinkedHashMap<>();
    private final Map<Long, Product> products = new LinkedHashMap<>();
    private final Map<Long, Variant> variants = new LinkedHashMap<>();
    private final Map<String, Variant> variantsBySku = new LinkedHashMap<>();
    private final Map<Long, Variant> variantsByItem = new LinkedHashMap<>();
    private final Map<LevelKey, Level> levels = new LinkedHashMap<>();
    private final TreeMap<Long, PlacedOrder> orders = new TreeMap<>();
    private final Map<Long, Long> orderOfFulfillmentOrder = new LinkedHashMap<>();
    private final Map<Long, Long> orderOfFulfillment = new LinkedHashMap<>();
    private final List<StockWrite> writes = new ArrayList<>();
    private final List<ShownChange> shownChanges = new ArrayList<>();
    private long lastId;
    private long soldOut;

    public Shop(ShopProfile profile, InstantSource clock, ShopListener listener) {
        this.profile = profile;
        this.clock = clock;
        this.listener = listener;
        this.lastId = profile.idBase();
        this.openedAt = clock.instant().truncatedTo(SECONDS);
    }

    private record LevelKey(long inventoryItemId, long locationId) {}

    public ShopProfile profile() {
        return profile;
    }

    public Instant openedAt() {
        return openedAt;
    }

    /// Runs several steps as one. Never block in it: buyers and the API wait.
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /// A number no other thing in this shop has.
    public long nextId() {
        return locked(() -> ++lastId);
    }

    // Catalogue

    /// The location of that name, opened if it does not exist.
    public Location location(String name) {
        return locked(() -> locations.values().stream()
                .filter(location -> location.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    Location opened = new Location(nextId(), name, now());
                    locations.put(opened.id(), opened);
                    return opened;
                }));
    }

    public Product addProduct(String title, String vendor) {
        return locked(() -> {
            String handle = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            Product product = new Product(nextId(), title, vendor, handle, List.of(), now());
            products.put(product.id(), product);
            return product;
        });
    }

    /// Adds a variant under a product; throws `IllegalArgumentException` when the SKU is already sold here.
    public Variant addVariant(long productId, String title, String sku, long priceMinor, Variant.Policy policy) {
        return locked(() -> {
            Product product = products.get(productId);
            if (product == null) {
                throw new IllegalArgumentException("no product " + productId);
            }
            if (variantsBySku.containsKey(sku)) {
                throw new IllegalArgumentException("sku " + sku + " is already sold in shop " + profile.name());
            }
            Variant variant = new Variant(
                    nextId(),
                    productId,
                    nextId(),
                    product.title(),
                    product.vendor(),
                    title,
                    sku,
                    priceMinor,
                    policy,
                    now());
            variants.put(variant.id(), variant);
            variantsBySku.put(sku, variant);
            variantsByItem.put(variant.inventoryItemId(), variant);
            List<Long> ids = new ArrayList<>(product.variantIds());
            ids.add(variant.id());
            products.put(
                    productId,
                    new Product(
                            productId, product.title(), product.vendor(), product.handle(), ids, product.createdAt()));
            return variant;
        });
    }

    /// Starts stocking an item at a location; an item already stocked there keeps its number.
    public Level stock(long inventoryItemId, long locationId, int available) {
        return locked(() -> levels.computeIfAbsent(
                new LevelKey(inventoryItemId, locationId),
                key -> new Level(nextId(), inventoryItemId, locationId, available, 0, now(), now())));
    }

    public List<Location> locations() {
        return locked(() -> List.copyOf(locations.values()));
    }

    public Optional<Location> location(long id) {
        return locked(() -> Optional.ofNullable(locations.get(id)));
    }

    public List<Product> products() {
        return locked(() -> List.copyOf(products.values()));
    }

    public Optional<Product> product(long id) {
        return locked(() -> Optional.ofNullable(products.get(id)));
    }

    public List<Variant> variants() {
        return locked(() -> List.copyOf(variants.values()));
    }

    public Optional<Variant> variant(long id) {
        return locked(() -> Optional.ofNullable(variants.get(id)));
    }

    public Optional<Variant> variantOfSku(String sku) {
        return locked(() -> Optional.ofNullable(variantsBySku.get(sku)));
    }

    public Optional<Variant> variantOfItem(long inventoryItemId) {
        return locked(() -> Optional.ofNullable(variantsByItem.get(inventoryItemId)));
    }

    public Optional<Level> level(long inventoryItemId, long locationId) {
        return locked(() -> Optional.ofNullable(levels.get(new LevelKey(inventoryItemId, locationId))));
    }

    public Optional<Level> level(long levelId) {
        return locked(() ->
                levels.values().stream().filter(level -> level.id() == levelId).findFirst());
    }

    public List<Level> levels(long inventoryItemId) {
        return locked(() -> levels.values().stream()
                .filter(level -> level.inventoryItemId() == inventoryItemId)
                .toList());
    }

    public List<Level> levels() {
        return locked(() -> List.copyOf(levels.values()));
    }

    // Shown numbers, changed from outside

    /// Sets what buyers see, whatever it was. The caller has decided that it may.
    public Level show(long inventoryItemId, long locationId, int available) {
        return locked(() -> {
            LevelKey key = new LevelKey(inventoryItemId, locationId);
            Level level = levels.get(key);
            if (level == null) {
                throw new IllegalArgumentException(
                        "item %d is not stocked at location %d".formatted(inventoryItemId, locationId));
            }
            Level changed = level.with(available, level.committed(), now());
            levels.put(key, changed);
            return changed;
        });
    }

    /// Keeps an attempt to change a shown number for the write log.
    public void record(StockWrite write) {
        locked(() -> writes.add(write));
    }

    public List<StockWrite> writes() {
        return locked(() -> List.copyOf(writes));
    }

    public List<ShownChange> shownChanges() {
        return locked(() -> List.copyOf(shownChanges));
    }

    public long soldOutCheckouts() {
        return locked(() -> soldOut);
    }

    // Trade

    /// One line of a basket.
    public record Wanted(Variant variant, int quantity) {}

    /// Sells the basket or nothing. Lines of one variant are added up first.
    public BuyOutcome buy(List<Wanted> basket, Buyer buyer, @Nullable String note) {
        return locked(() -> {
            Map<Variant, Integer> wanted = new LinkedHashMap<>();
            basket.forEach(line -> wanted.merge(line.variant(), line.quantity(), Integer::sum));
            Map<Variant, Location> sources = new LinkedHashMap<>();
            List<Shortage> shortages = new ArrayList<>();
            for (Map.Entry<Variant, Integer> line : wanted.entrySet()) {
                Variant variant = line.getKey();
                Optional<Level> source = source(variant, line.getValue());
                if (source.isPresent()) {
                    sources.put(variant, known(source.get().locationId()));
                } else if (levels(variant.inventoryItemId()).isEmpty()) {
                    return new NotSold(variant.sku());
                } else {
                    shortages.add(new Shortage(variant.sku(), line.getValue(), mostShown(variant)));
                }
            }
            if (!shortages.isEmpty()) {
                soldOut++;
                return new SoldOut(shortages);
            }
            PlacedOrder order = place(wanted, sources, buyer, note);
            listener.on(ShopEvent.ORDERS_CREATE, order);
            return new Bought(order);
        });
    }

    private Optional<Level> source(Variant variant, int units) {
        List<Level> places = levels(variant.inventoryItemId());
        Optional<Level> stocked =
                places.stream().filter(level -> level.available() >= units).findFirst();
        return variant.policy() == Variant.Policy.CONTINUE
                ? stocked.or(() -> places.stream().findFirst())
                : stocked;
    }

    private int mostShown(Variant variant) {
        return levels(variant.inventoryItemId()).stream()
                .mapToInt(Level::available)
                .max()
                .orElse(0);
    }

    private PlacedOrder place(
            Map<Variant, Integer> wanted, Map<Variant, Location> sources, Buyer buyer, @Nullable String note) {
        long orderId = nextId();
        lastId += PlacedOrder.RESERVED_IDS;
        Instant now = now();
        Map<Location, List<Part>> parts = new LinkedHashMap<>();
        List<Line> lines = new ArrayList<>();
        wanted.forEach((variant, units) -> {
            long tax = Math.ceilDiv(variant.priceMinor() * units * TAX_PER_TEN_THOUSAND, 10_000L);
            Line line = new Line(nextId(), variant, units, units, units, tax);
            lines.add(line);
            Location source = sourceOf(sources, variant);
            parts.computeIfAbsent(source, any -> new ArrayList<>()).add(new Part(nextId(), line.id(), units, units));
            move(orderId, variant, source, -units, units);
        });
        List<FulfillmentOrder> fulfillmentOrders = new ArrayList<>();
        parts.forEach((location, its) -> fulfillmentOrders.add(
                new FulfillmentOrder(nextId(), location, FulfillmentOrder.Status.OPEN, its, now, now)));
        PlacedOrder order = new PlacedOrder(
                orderId,
                FIRST_ORDER_NUMBER + orders.size(),
                profile.currency(),
                now,
                now,
                buyer,
                note,
                lines,
                SHIPPING_MINOR,
                fulfillmentOrders,
                List.of(),
                null);
        orders.put(orderId, order);
        fulfillmentOrders.forEach(part -> orderOfFulfillmentOrder.put(part.id(), orderId));
        return order;
    }

    private static Location sourceOf(Map<Variant, Location> sources, Variant variant) {
        Location source = sources.get(variant);
        if (source == null) {
            throw new IllegalStateException("no source was chosen for " + variant.sku());
        }
        return source;
    }

    private void move(long orderId, Variant variant, Location location, int availableDelta, int committedDelta) {
        LevelKey key = new LevelKey(variant.inventoryItemId(), location.id());
        Level level = levels.get(key);
        if (level == null) {
            throw new IllegalStateException("%s is not stocked at %s".formatted(variant.sku(), location.name()));
        }
        Level changed = level.with(level.available() + availableDelta, level.committed() + committedDelta, now());
        levels.put(key, changed);
        if (availableDelta != 0) {
            shownChanges.add(new ShownChange(
                    clock.instant(),
                    orderId,
                    variant.inventoryItemId(),
                    variant.sku(),
                    location.id(),
                    availableDelta,
                    changed.available()));
        }
    }

    /// Calls off an order nothing of which has shipped. Restocked units are shown again at once.
    public CancelOutcome cancel(
            long orderId, String reason, boolean restock, boolean bySeller, @Nullable String staffNote) {
        return locked(() -> {
            PlacedOrder order = orders.get(orderId);
            if (order == null) {
                return new NoSuchOrder();
            }
            Optional<String> objection = objectionToCancel(order);
            if (objection.isPresent()) {
                return new TooLate(objection.get());
            }
            Instant now = now();
            List<FulfillmentOrder> released = new ArrayList<>();
            for (FulfillmentOrder part : order.fulfillmentOrders()) {
                for (Part units : part.parts()) {
                    move(
                            orderId,
                            lineOf(order, units).variant(),
                            part.location(),
                            restock ? units.remaining() : 0,
                            -units.remaining());
                }
                released.add(part.with(
                        FulfillmentOrder.Status.CANCELLED,
                        part.parts().stream().map(units -> units.with(0)).toList(),
                        now));
            }
            PlacedOrder cancelled = new PlacedOrder(
                    order.id(),
                    order.number(),
                    order.currency(),
                    order.createdAt(),
                    now,
                    order.buyer(),
                    order.note(),
                    order.lines().stream().map(line -> line.with(0, 0)).toList(),
                    order.shippingMinor(),
                    released,
                    order.fulfillments(),
                    new Cancellation(now, reason, restock, bySeller, staffNote));
            orders.put(orderId, cancelled);
            listener.on(ShopEvent.ORDERS_CANCELLED, cancelled);
            listener.on(ShopEvent.ORDERS_UPDATED, cancelled);
            return new Cancelled(cancelled);
        });
    }

    /// Why an order can no longer be called off; empty when it can.
    public static Optional<String> objectionToCancel(PlacedOrder order) {
        if (order.cancelled()) {
            return Optional.of("Order has already been cancelled");
        }
        if (!order.fulfillments().isEmpty()) {
            return Optional.of("Order has already been fulfilled, in full or in part");
        }
        return Optional.empty();
    }

    /// What a shipment takes from one fulfillment order; no units named means all that remain.
    public record Shipped(long fulfillmentOrderId, List<ShippedUnits> units) {

        public Shipped {
            units = List.copyOf(units);
        }
    }

    /// Some units of one fulfillment order line.
    public record ShippedUnits(long partId, int quantity) {}

    /// Records a parcel, all or nothing. All its fulfillment orders must be of one order and one location.
    public FulfillOutcome fulfill(List<Shipped> parcel, PlacedOrder.Tracking tracking) {
        return locked(() -> {
            Optional<FulfillOutcome.Refused> objection = objectionToFulfill(parcel);
            if (objection.isPresent()) {
                return objection.get();
            }
            PlacedOrder order = orderHolding(parcel.getFirst().fulfillmentOrderId());
            return ship(order, parcel, tracking);
        });
    }

    private Optional<FulfillOutcome.Refused> objectionToFulfill(List<Shipped> parcel) {
        if (parcel.isEmpty()) {
            return refused(
                    List.of("fulfillment", "lineItemsByFulfillmentOrder"),
                    "At least one fulfillment order is required");
        }
        Set<Long> orderIds = new LinkedHashSet<>();
        Set<Long> locationIds = new LinkedHashSet<>();
        Set<Long> seen = new LinkedHashSet<>();
        for (int i = 0; i < parcel.size(); i++) {
            Shipped shipped = parcel.get(i);
            List<String> path = List.of("fulfillment", "lineItemsByFulfillmentOrder", Integer.toString(i));
            Long orderId = orderOfFulfillmentOrder.get(shipped.fulfillmentOrderId());
            if (orderId == null) {
                return refused(path, "Fulfillment order does not exist.");
            }
            if (!seen.add(shipped.fulfillmentOrderId())) {
                return refused(path, "Fulfillment order is named twice.");
            }
            FulfillmentOrder part = part(orderHolding(shipped.fulfillmentOrderId()), shipped.fulfillmentOrderId());
            if (!part.fulfillable()) {
                return refused(
                        path,
                        "Fulfillment order %d has an unfulfillable status= %s."
                                .formatted(part.id(), part.status().name().toLowerCase(Locale.ROOT)));
            }
            Optional<String> wrongUnits = wrongUnits(part, shipped.units());
            if (wrongUnits.isPresent()) {
                return refused(path, wrongUnits.get());
            }
            orderIds.add(orderId);
            locationIds.add(part.location().id());
        }
        if (orderIds.size() > 1) {
            return refused(List.of("fulfillment"), "All fulfillment orders must belong to the same order.");
        }
        return locationIds.size() > 1
                ? refused(List.of("fulfillment"), "All fulfillment orders must be assigned to the same location.")
                : Optional.empty();
    }

    private static Optional<String> wrongUnits(FulfillmentOrder part, List<ShippedUnits> units) {
        Set<Long> seen = new LinkedHashSet<>();
        for (ShippedUnits asked : units) {
            Optional<Part> line = part.parts().stream()
                    .filter(each -> each.id() == asked.partId())
                    .findFirst();
            if (line.isEmpty()) {
                return Optional.of("Fulfillment order line item does not exist.");
            }
            if (!seen.add(asked.partId())
                    || asked.quantity() <= 0
                    || asked.quantity() > line.get().remaining()) {
                return Optional.of("Invalid fulfillment order line item quantity requested.");
            }
        }
        return Optional.empty();
    }

    private static Optional<FulfillOutcome.Refused> refused(List<String> field, String why) {
        return Optional.of(new FulfillOutcome.Refused(field, why));
    }

    private FulfillOutcome ship(PlacedOrder order, List<Shipped> parcel, PlacedOrder.Tracking tracking) {
        Instant now = now();
        Map<Long, Integer> shippedByLine = new LinkedHashMap<>();
        List<FulfillmentOrder> parts = new ArrayList<>(order.fulfillmentOrders());
        for (Shipped shipped : parcel) {
            FulfillmentOrder part = part(order, shipped.fulfillmentOrderId());
            List<Part> left = new ArrayList<>();
            for (Part line : part.parts()) {
                int units = shipped.units().isEmpty() ? line.remaining() : asked(shipped, line);
                left.add(line.with(line.remaining() - units));
                if (units > 0) {
                    shippedByLine.merge(line.lineId(), units, Integer::sum);
                    move(order.id(), lineOf(order, line).variant(), part.location(), 0, -units);
                }
            }
            boolean done = left.stream().allMatch(line -> line.remaining() == 0);
            parts.set(
                    parts.indexOf(part),
                    part.with(done ? FulfillmentOrder.Status.CLOSED : FulfillmentOrder.Status.IN_PROGRESS, left, now));
        }
        PlacedOrder.Fulfillment fulfillment = new PlacedOrder.Fulfillment(
                nextId(),
                "%s-F%d".formatted(order.name(), order.fulfillments().size() + 1),
                part(order, parcel.getFirst().fulfillmentOrderId()).location(),
                parcel.stream().map(Shipped::fulfillmentOrderId).toList(),
                shippedByLine.entrySet().stream()
                        .map(line -> new PlacedOrder.Fulfillment.Packed(nextId(), line.getKey(), line.getValue()))
                        .toList(),
                tracking,
                now,
                now);
        List<PlacedOrder.Fulfillment> fulfillments = new ArrayList<>(order.fulfillments());
        fulfillments.add(fulfillment);
        List<Line> lines = order.lines().stream()
                .map(line -> line.with(line.current(), line.unfulfilled() - shippedByLine.getOrDefault(line.id(), 0)))
                .toList();
        PlacedOrder shipped = replace(order, now, lines, parts, fulfillments);
        orderOfFulfillment.put(fulfillment.id(), order.id());
        listener.on(
                shipped.fulfilledInFull() ? ShopEvent.ORDERS_FULFILLED : ShopEvent.ORDERS_PARTIALLY_FULFILLED, shipped);
        listener.on(ShopEvent.ORDERS_UPDATED, shipped);
        return new FulfillOutcome.Fulfilled(shipped, fulfillment);
    }

    private static int asked(Shipped shipped, Part line) {
        return shipped.units().stream()
                .filter(units -> units.partId() == line.id())
                .mapToInt(ShippedUnits::quantity)
                .sum();
    }

    /// Replaces who carries a parcel; empty when there is no such parcel.
    public Optional<PlacedOrder.Fulfillment> track(long fulfillmentId, PlacedOrder.Tracking tracking) {
        return locked(() -> {
            Long orderId = orderOfFulfillment.get(fulfillmentId);
            if (orderId == null) {
                return Optional.empty();
            }
            PlacedOrder order = known(orders.get(orderId), orderId);
            Instant now = now();
            List<PlacedOrder.Fulfillment> fulfillments = order.fulfillments().stream()
                    .map(each -> each.id() == fulfillmentId
                            ? new PlacedOrder.Fulfillment(
                                    each.id(),
                                    each.name(),
                                    each.location(),
                                    each.fulfillmentOrderIds(),
                                    each.parts(),
                                    tracking,
                                    each.createdAt(),
                                    now)
                            : each)
                    .toList();
            PlacedOrder changed = replace(order, now, order.lines(), order.fulfillmentOrders(), fulfillments);
            listener.on(ShopEvent.ORDERS_UPDATED, changed);
            return fulfillments.stream()
                    .filter(each -> each.id() == fulfillmentId)
                    .findFirst();
        });
    }

    private PlacedOrder replace(
            PlacedOrder order,
            Instant now,
            List<Line> lines,
            List<FulfillmentOrder> parts,
            List<PlacedOrder.Fulfillment> fulfillments) {
        PlacedOrder changed = new PlacedOrder(
                order.id(),
                order.number(),
                order.currency(),
                order.createdAt(),
                now,
                order.buyer(),
                order.note(),
                lines,
                order.shippingMinor(),
                parts,
                fulfillments,
                order.cancellation());
        orders.put(order.id(), changed);
        return changed;
    }

    // Questions

    public Optional<PlacedOrder> order(long id) {
        return locked(() -> Optional.ofNullable(orders.get(id)));
    }

    /// All orders, oldest first.
    public List<PlacedOrder> orders() {
        return locked(() -> List.copyOf(orders.values()));
    }

    /// Orders placed after the one with this id, oldest first.
    public Collection<PlacedOrder> ordersAfter(long id) {
        return locked(() -> List.copyOf(orders.tailMap(id, false).values()));
    }

    public Optional<PlacedOrder> orderOfFulfillmentOrder(long fulfillmentOrderId) {
        return locked(() -> Optional.ofNullable(orderOfFulfillmentOrder.get(fulfillmentOrderId))
                .flatMap(this::order));
    }

    public Optional<PlacedOrder> orderOfFulfillment(long fulfillmentId) {
        return locked(
                () -> Optional.ofNullable(orderOfFulfillment.get(fulfillmentId)).flatMap(this::order));
    }

    private PlacedOrder orderHolding(long fulfillmentOrderId) {
        return orderOfFulfillmentOrder(fulfillmentOrderId)
                .orElseThrow(() -> new IllegalStateException("no order holds " + fulfillmentOrderId));
    }

    private static FulfillmentOrder part(PlacedOrder order, long fulfillmentOrderId) {
        return order.fulfillmentOrders().stream()
                .filter(part -> part.id() == fulfillmentOrderId)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(order.name() + " does not hold " + fulfillmentOrderId));
    }

    private static Line lineOf(PlacedOrder order, Part part) {
        return order.line(part.lineId())
                .orElseThrow(() -> new IllegalStateException(order.name() + " has no line " + part.lineId()));
    }

    private Location known(long locationId) {
        return known(locations.get(locationId), locationId);
    }

    private static <T> T known(@Nullable T found, long id) {
        if (found == null) {
            throw new IllegalStateException("the shop lost " + id);
        }
        return found;
    }

    /// The shop's time in whole seconds, as the vendor keeps it.
    public Instant now() {
        return clock.instant().truncatedTo(SECONDS);
    }

    /// The exact time, for logs that measure.
    public Instant exactly() {
        return clock.instant();
    }
}
