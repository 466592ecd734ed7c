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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
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
    private final Map<Long, Variant> variantsByItem = new LinkedHashMap<>();
    private final Map<LevelKey, Level> levels = new LinkedHashMap<>();
    private final TreeMap<Long, PlacedOrder> orders = new TreeMap<>();
    private final Map<Long, Long> orderOfFulfillmentOrder = new LinkedHashMap<>();
    private final Map<Long, Long> orderOfFulfillment = new LinkedHashMap<>();
    private final Map<Long, Long> orderOfRefund = new LinkedHashMap<>();
    private final Map<Long, Long> orderOfReturn = new LinkedHashMap<>();
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

    /// Adds an active product without variants, as the demo sets a shop up.
    public Product addProduct(String title, String vendor) {
        return locked(() -> {
            Instant now = now();
            Product product = new Product(
                    nextId(),
                    title,
                    vendor,
                    freeHandle(handle(title)),
                    "",
                    "",
                    Product.Status.ACTIVE,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    now,
                    now);
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
            if (variantOfSku(sku).isPresent()) {
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
                    null,
                    true,
                    true,
                    List.of(title),
                    now(),
                    now());
            List<Variant> all = new ArrayList<>(variantsOf(product));
            all.add(variant);
            keep(product.with(optionOfTitles(product, title), product.variantIds(), now()), all);
            return variant;
        });
    }

    private List<Product.Option> optionOfTitles(Product product, String title) {
        List<Product.Option.Value> values = new ArrayList<>();
        product.options().forEach(option -> values.addAll(option.values()));
        if (values.stream().noneMatch(value -> value.name().equals(title))) {
            values.add(new Product.Option.Value(nextId(), title));
        }
        long id = product.options().isEmpty()
                ? nextId()
                : product.options().getFirst().id();
        return List.of(new Product.Option(id, "Title", values));
    }

    /// Puts a product with exactly these variants in the catalogue, new or instead of what it was. A
    /// variant that is left out is gone with its inventory item and its numbers; orders keep what they show
    /// of it.
    public Product keep(Product wanted, List<Variant> all) {
        return locked(() -> {
            Product product =
                    wanted.with(wanted.options(), all.stream().map(Variant::id).toList(), wanted.updatedAt());
            Product before = products.put(product.id(), product);
            if (before != null) {
                before.variantIds().stream()
                        .filter(id -> !product.variantIds().contains(id))
                        .map(variants::remove)
                        .forEach(gone -> {
                            variantsByItem.remove(gone.inventoryItemId());
                            levels.keySet().removeIf(key -> key.inventoryItemId() == gone.inventoryItemId());
                        });
            }
            for (Variant variant : all) {
                variants.put(variant.id(), variant);
                variantsByItem.put(variant.inventoryItemId(), variant);
            }
            return product;
        });
    }

    /// A text as a product's handle: small letters, digits and hyphens.
    public static String handle(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /// The handle itself, or with the first number behind it that no other product has.
    public String freeHandle(String handle) {
        return locked(() -> {
            String free = handle.isEmpty() ? "product" : handle;
            for (int suffix = 1; productOfHandle(free).isPresent(); suffix++) {
                free = handle + "-" + suffix;
            }
            return free;
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

    public Optional<Product> productOfHandle(String handle) {
        return locked(() -> products.values().stream()
                .filter(product -> product.handle().equals(handle))
                .findFirst());
    }

    /// The product an app marked with a value of its own, which is unique by its type.
    public Optional<Product> productOfCustomId(String namespace, String key, String value) {
        return locked(() -> products.values().stream()
                .filter(product -> product.metafields().stream()
                        .anyMatch(field -> field.type().equals("id")
                                && field.namespace().equals(namespace)
                                && field.key().equals(key)
                                && field.value().equals(value)))
                .findFirst());
    }

    /// A product's variants, in its order.
    public List<Variant> variantsOf(Product product) {
        return locked(() -> product.variantIds().stream()
                .map(variants::get)
                .filter(Objects::nonNull)
                .toList());
    }

    public List<Variant> variants() {
        return locked(() -> List.copyOf(variants.values()));
    }

    public Optional<Variant> variant(long id) {
        return locked(() -> Optional.ofNullable(variants.get(id)));
    }

    /// The variant with that SKU; among several, which the vendor permits, the first that can be bought.
    public Optional<Variant> variantOfSku(String sku) {
        return locked(() -> {
            List<Variant> found = sku.isEmpty()
                    ? List.of()
                    : variants.values().stream()
                            .filter(variant -> variant.sku().equals(sku))
                            .toList();
            return found.stream()
                    .filter(this::sellable)
                    .findFirst()
                    .or(() -> found.stream().findFirst());
        });
    }

    private boolean sellable(Variant variant) {
        return product(variant.productId())
                .map(product -> product.status().sellable())
                .orElse(false);
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
                if (!sellable(variant)) {
                    return new NotSold(variant.sku());
                }
                Optional<Level> source = source(variant, line.getValue());
                if (source.isPresent()) {
                    sources.put(variant, known(source.get().locationId()));
                } else if (!variant.tracked() && !locations.isEmpty()) {
                    sources.put(variant, locations.values().iterator().next());
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
        return variant.policy() == Variant.Policy.CONTINUE || !variant.tracked()
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
                null,
                List.of(),
                List.of());
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
        if (level == null || !variant.tracked()) {
            // Nothing is counted, or the item was deleted after the order was placed.
            return;
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
            Optional<Refund> refund = refundOfAll(order, restock, now);
            PlacedOrder called = order.with(
                            now,
                            order.lines().stream().map(line -> line.with(0, 0)).toList(),
                            released,
                            order.fulfillments())
                    .with(new Cancellation(now, reason, restock, bySeller, staffNote));
            PlacedOrder cancelled = refund.map(called::with).orElse(called);
            orders.put(orderId, cancelled);
            refund.ifPresent(each -> {
                orderOfRefund.put(each.id(), orderId);
                listener.on(ShopEvent.REFUNDS_CREATE, cancelled, each);
            });
            listener.on(ShopEvent.ORDERS_CANCELLED, cancelled);
            listener.on(ShopEvent.ORDERS_UPDATED, cancelled);
            return new Cancelled(cancelled);
        });
    }

    /// The refund a cancellation brings: all that is left of what was paid, if anything is.
    private Optional<Refund> refundOfAll(PlacedOrder order, boolean restock, Instant now) {
        List<Refund.Units> units = new ArrayList<>();
        for (Line line : order.lines()) {
            if (line.current() > 0) {
                units.add(units(
                        order,
                        line,
                        line.current(),
                        0,
                        restock ? Refund.Restock.CANCEL : Refund.Restock.NO_RESTOCK,
                        restock ? promisedAt(order, line) : null));
            }
        }
        if (units.isEmpty() && order.refundableMinor() == 0) {
            return Optional.empty();
        }
        List<Refund.Payment> payments = order.refundableMinor() == 0
                ? List.of()
                : List.of(new Refund.Payment(
                        order.cancellationTransactionId(), order.transactionId(), order.refundableMinor()));
        return Optional.of(new Refund(
                nextId(), now, null, units, order.shippingMinor() - order.refundedShippingMinor(), payments, true));
    }

    private static @Nullable Location promisedAt(PlacedOrder order, Line line) {
        return order.fulfillmentOrders().stream()
                .filter(part -> part.parts().stream().anyMatch(units -> units.lineId() == line.id()))
                .map(FulfillmentOrder::location)
                .findFirst()
                .orElse(null);
    }

    /// Units to refund; `before` of the line are refunded by the same refund already.
    private Refund.Units units(
            PlacedOrder order,
            Line line,
            int quantity,
            int before,
            Refund.Restock restock,
            @Nullable Location location) {
        int refunded = before
                + order.refunds().stream()
                        .flatMap(refund -> refund.units().stream())
                        .filter(each -> each.lineId() == line.id())
                        .mapToInt(Refund.Units::quantity)
                        .sum();
        return new Refund.Units(
                nextId(),
                line.id(),
                quantity,
                restock,
                location,
                line.variant().priceMinor() * quantity,
                line.taxMinor(refunded, quantity));
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
        PlacedOrder changed = order.with(now, lines, parts, fulfillments);
        orders.put(order.id(), changed);
        return changed;
    }

    // Refunds

    /// Pays back, and shows again what is restocked; or nothing of it.
    public RefundOutcome refund(RefundWish wish) {
        return locked(() -> {
            PlacedOrder order = orders.get(wish.orderId());
            if (order == null) {
                return new RefundOutcome.Refused(List.of("orderId"), "Order does not exist");
            }
            Optional<RefundOutcome.Refused> objection =
                    RefundRules.objection(order, wish).or(() -> objectionToRestock(order, wish));
            if (objection.isPresent()) {
                return objection.get();
            }
            Instant now = now();
            List<Line> lines = new ArrayList<>(order.lines());
            List<FulfillmentOrder> parts = new ArrayList<>(order.fulfillmentOrders());
            List<Refund.Units> units = new ArrayList<>();
            for (RefundWish.Units wanted : wish.units()) {
                Line line = known(order.line(wanted.lineId()).orElse(null), wanted.lineId());
                int before = units.stream()
                        .filter(each -> each.lineId() == line.id())
                        .mapToInt(Refund.Units::quantity)
                        .sum();
                Location location = wanted.locationId() == null ? null : known(wanted.locationId());
                units.add(units(order, line, wanted.quantity(), before, wanted.restock(), location));
                boolean cancels = wanted.restock() == Refund.Restock.CANCEL;
                lines.replaceAll(each -> each.id() == line.id()
                        ? each.with(
                                each.current() - wanted.quantity(),
                                each.unfulfilled() - (cancels ? wanted.quantity() : 0))
                        : each);
                if (location != null) {
                    move(order.id(), line.variant(), location, wanted.quantity(), cancels ? -wanted.quantity() : 0);
                }
                if (cancels && location != null) {
                    release(parts, location, line.id(), wanted.quantity(), now);
                }
            }
            Refund refund = new Refund(
                    nextId(),
                    now,
                    wish.note(),
                    units,
                    RefundRules.shippingMinor(order, wish.shipping()),
                    wish.payments().stream()
                            .map(payment -> new Refund.Payment(nextId(), order.transactionId(), payment.amountMinor()))
                            .toList(),
                    false);
            PlacedOrder refunded =
                    order.with(now, lines, parts, order.fulfillments()).with(refund);
            orders.put(order.id(), refunded);
            orderOfRefund.put(refund.id(), order.id());
            listener.on(ShopEvent.REFUNDS_CREATE, refunded, refund);
            listener.on(ShopEvent.ORDERS_UPDATED, refunded);
            return new RefundOutcome.Refunded(refunded, refund);
        });
    }

    private Optional<RefundOutcome.Refused> objectionToRestock(PlacedOrder order, RefundWish wish) {
        for (int i = 0; i < wish.units().size(); i++) {
            RefundWish.Units units = wish.units().get(i);
            Long location = units.locationId();
            if (location == null) {
                continue;
            }
            List<String> path = List.of("refundLineItems", Integer.toString(i), "locationId");
            if (!locations.containsKey(location)) {
                return Optional.of(new RefundOutcome.Refused(path, "Location does not exist"));
            }
            Variant variant = known(order.line(units.lineId()).orElse(null), units.lineId())
                    .variant();
            if (level(variant.inventoryItemId(), location).isEmpty()) {
                return Optional.of(
                        new RefundOutcome.Refused(path, "The inventory item is not stocked at the location."));
            }
        }
        return Optional.empty();
    }

    /// Takes units that will never ship off the places that were to ship them.
    private static void release(
            List<FulfillmentOrder> parts, Location location, long lineId, int quantity, Instant now) {
        int left = quantity;
        for (int i = 0; i < parts.size() && left > 0; i++) {
            FulfillmentOrder part = parts.get(i);
            if (part.location().id() != location.id() || !part.fulfillable()) {
                continue;
            }
            List<Part> units = new ArrayList<>();
            for (Part each : part.parts()) {
                int taken = each.lineId() == lineId ? Math.min(left, each.remaining()) : 0;
                left -= taken;
                units.add(each.with(each.remaining() - taken));
            }
            boolean done = units.stream().allMatch(each -> each.remaining() == 0);
            parts.set(i, part.with(done ? FulfillmentOrder.Status.CLOSED : part.status(), units, now));
        }
    }

    // Returns

    /// A buyer asks to send units back: `REQUESTED` until the seller has answered.
    public ReturnOutcome requestReturn(long orderId, List<ReturnWish> wishes) {
        return begin(orderId, wishes, true);
    }

    /// The seller begins a return that needs no answer any more.
    public ReturnOutcome openReturn(long orderId, List<ReturnWish> wishes) {
        return begin(orderId, wishes, false);
    }

    /// Units of an order's line as they came in parcels, to be asked back by `requestReturn` or
    /// `openReturn`.
    public List<ReturnWish> wishes(
            PlacedOrder order, long lineId, int units, GoodsReturn.Reason reason, String note, boolean byBuyer) {
        return ReturnRules.spread(order, lineId, units, reason, note, byBuyer);
    }

    private ReturnOutcome begin(long orderId, List<ReturnWish> wishes, boolean asked) {
        return locked(() -> {
            PlacedOrder order = orders.get(orderId);
            if (order == null) {
                return new ReturnOutcome.Refused(
                        List.of(asked ? "input" : "returnInput", "orderId"), "NOT_FOUND", "Order does not exist.");
            }
            Optional<ReturnOutcome.Refused> objection = ReturnRules.objection(order, wishes, asked);
            if (objection.isPresent()) {
                return objection.get();
            }
            Instant now = now();
            GoodsReturn goods = new GoodsReturn(
                    nextId(),
                    orderId,
                    "%s-R%d".formatted(order.name(), order.returns().size() + 1),
                    asked ? GoodsReturn.Status.REQUESTED : GoodsReturn.Status.OPEN,
                    wishes.stream().map(wish -> returned(order, wish)).toList(),
                    now,
                    asked ? null : now,
                    null,
                    null);
            orderOfReturn.put(goods.id(), orderId);
            return stepped(order, goods, asked ? ShopEvent.RETURNS_REQUEST : ShopEvent.RETURNS_APPROVE, now);
        });
    }

    private GoodsReturn.Line returned(PlacedOrder order, ReturnWish wish) {
        long lineId = known(ReturnRules.packed(order, wish.packedId()).orElse(null), wish.packedId())
                .lineId();
        return new GoodsReturn.Line(
                nextId(),
                wish.packedId(),
                lineId,
                wish.quantity(),
                wish.reason() == null ? GoodsReturn.Reason.UNKNOWN : wish.reason(),
                wish.reasonNote(),
                wish.customerNote());
    }

    private ReturnOutcome stepped(PlacedOrder order, GoodsReturn goods, ShopEvent event, Instant now) {
        PlacedOrder changed = order.with(now, goods);
        orders.put(order.id(), changed);
        listener.on(event, changed, goods);
        listener.on(ShopEvent.ORDERS_UPDATED, changed);
        return new ReturnOutcome.Done(changed, goods);
    }

    /// The buyer may send the goods.
    public ReturnOutcome approveReturn(long returnId) {
        return step(returnId, List.of("input", "id"), (order, goods) -> {
            if (goods.status() != GoodsReturn.Status.REQUESTED) {
                return invalidState(
                        List.of("input", "id"),
                        "Return is not approvable. Only returns with status REQUESTED can be approved.");
            }
            return stepped(order, goods.approved(now()), ShopEvent.RETURNS_APPROVE, now());
        });
    }

    /// The buyer keeps the goods.
    public ReturnOutcome declineReturn(long returnId, GoodsReturn.Decline why) {
        return step(returnId, List.of("input", "id"), (order, goods) -> {
            if (why.note() != null && why.note().length() > ReturnRules.LONGEST_DECLINE_NOTE) {
                return new ReturnOutcome.Refused(
                        List.of("input", "declineNote"),
                        "TOO_LONG",
                        "Decline note is too long (maximum is %d characters)"
                                .formatted(ReturnRules.LONGEST_DECLINE_NOTE));
            }
            if (goods.status() == GoodsReturn.Status.DECLINED) {
                return invalidState(List.of("input", "id"), "The return is already declined.");
            }
            if (goods.status() != GoodsReturn.Status.REQUESTED) {
                return invalidState(
                        List.of("input", "id"),
                        "Return is not declinable. Only non-refunded returns with status REQUESTED can be declined.");
            }
            return stepped(order, goods.declined(why), ShopEvent.RETURNS_DECLINE, now());
        });
    }

    /// Calls an open return off; its units count as kept by the buyer again.
    public ReturnOutcome cancelReturn(long returnId) {
        return step(returnId, List.of("id"), (order, goods) -> switch (goods.status()) {
            case CANCELED -> new ReturnOutcome.Done(order, goods);
            case OPEN -> stepped(order, goods.canceled(), ShopEvent.RETURNS_CANCEL, now());
            case REQUESTED, CLOSED, DECLINED -> invalidState(List.of("id"), "Return is not cancelable.");
        });
    }

    /// Nothing more is to happen with a return.
    public ReturnOutcome closeReturn(long returnId) {
        return step(returnId, List.of("id"), (order, goods) -> switch (goods.status()) {
            case CLOSED -> new ReturnOutcome.Done(order, goods);
            case OPEN -> stepped(order, goods.closed(now()), ShopEvent.RETURNS_CLOSE, now());
            case REQUESTED, CANCELED, DECLINED -> invalidState(List.of("id"), "Return status is invalid.");
        });
    }

    /// Takes a closed return up again.
    public ReturnOutcome reopenReturn(long returnId) {
        return step(returnId, List.of("id"), (order, goods) -> switch (goods.status()) {
            case OPEN -> new ReturnOutcome.Done(order, goods);
            case CLOSED -> stepped(order, goods.reopened(), ShopEvent.RETURNS_REOPEN, now());
            case REQUESTED, CANCELED, DECLINED -> invalidState(List.of("id"), "Return status is invalid.");
        });
    }

    /// Units the buyer keeps after all, by the return's line. A return without units left is closed.
    public ReturnOutcome removeFromReturn(long returnId, List<Removed> removed) {
        return step(returnId, List.of("returnId"), (order, goods) -> {
            if (goods.status() != GoodsReturn.Status.REQUESTED && goods.status() != GoodsReturn.Status.OPEN) {
                return invalidState(List.of("returnId"), "Return status is invalid.");
            }
            Map<Long, GoodsReturn.Line> left = new LinkedHashMap<>();
            goods.lines().forEach(line -> left.put(line.id(), line));
            for (int i = 0; i < removed.size(); i++) {
                List<String> path = List.of("returnLineItems", Integer.toString(i));
                GoodsReturn.Line line = left.get(removed.get(i).returnLineId());
                int quantity = removed.get(i).quantity();
                if (line == null) {
                    return new ReturnOutcome.Refused(
                            List.of(path.get(0), path.get(1), "returnLineItemId"),
                            "NOT_FOUND",
                            "Return line item not found.");
                }
                if (quantity < 1) {
                    return new ReturnOutcome.Refused(
                            List.of(path.get(0), path.get(1), "quantity"),
                            "GREATER_THAN",
                            "Quantity must be greater than 0");
                }
                if (quantity > line.quantity()) {
                    return new ReturnOutcome.Refused(
                            List.of(path.get(0), path.get(1), "quantity"),
                            "INVALID",
                            "Return line item has an invalid quantity.");
                }
                left.put(line.id(), line.with(line.quantity() - quantity));
            }
            GoodsReturn kept = goods.with(
                    left.values().stream().filter(line -> line.quantity() > 0).toList());
            ReturnOutcome updated = stepped(order, kept, ShopEvent.RETURNS_UPDATE, now());
            return kept.lines().isEmpty() && updated instanceof ReturnOutcome.Done(PlacedOrder now, GoodsReturn empty)
                    ? stepped(now, empty.closed(now()), ShopEvent.RETURNS_CLOSE, now())
                    : updated;
        });
    }

    /// Units to take out of a return.
    public record Removed(long returnLineId, int quantity) {}

    private ReturnOutcome step(
            long returnId, List<String> path, BiFunction<PlacedOrder, GoodsReturn, ReturnOutcome> work) {
        return locked(() -> {
            Optional<PlacedOrder> order = orderOfReturn(returnId);
            Optional<GoodsReturn> goods = order.flatMap(each -> each.goodsReturn(returnId));
            if (order.isEmpty() || goods.isEmpty()) {
                return new ReturnOutcome.Refused(path, "NOT_FOUND", "Return not found.");
            }
            return work.apply(order.get(), goods.get());
        });
    }

    private static ReturnOutcome invalidState(List<String> path, String why) {
        return new ReturnOutcome.Refused(path, "INVALID_STATE", why);
    }

    // Questions

    public Optional<PlacedOrder> orderOfReturn(long returnId) {
        return locked(() -> Optional.ofNullable(orderOfReturn.get(returnId)).flatMap(this::order));
    }

    public Optional<PlacedOrder> orderOfRefund(long refundId) {
        return locked(() -> Optional.ofNullable(orderOfRefund.get(refundId)).flatMap(this::order));
    }

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
