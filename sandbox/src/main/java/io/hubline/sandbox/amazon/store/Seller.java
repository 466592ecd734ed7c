package io.hubline.sandbox.amazon.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.amazon.store.BuyOutcome.Shortage;
import io.hubline.sandbox.amazon.store.OrderItem.Amounts;
import io.hubline.sandbox.shopify.store.Buyer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One seller account in one store, with everything that happens in it.
///
/// All of it is behind one lock: use `locked` around reads that must agree with each other. Each entry
/// first lets everything happen that has become due.
public final class Seller {

    private static final Duration ADDRESS_HOLDS = Duration.ofMinutes(5);
    private static final Duration CLOCK_ALLOWANCE = Duration.ofMinutes(10);
    private static final long TAX_PERCENT = 8;

    private final String name;
    private final String sellerId;
    private final Marketplace marketplace;
    private final InstantSource clock;
    private final SplittableRandom chance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Agenda agenda = new Agenda();
    private final FeedWork feedWork = new FeedWork(this);
    private final Map<String, Listing> listings = new LinkedHashMap<>();
    private final Map<String, PlacedOrder> orders = new LinkedHashMap<>();
    private final Map<String, FeedDocument> documents = new LinkedHashMap<>();
    private final Map<String, Feed> feeds = new LinkedHashMap<>();
    private final List<Posting> postings = new ArrayList<>();
    private final List<ShownChange> changes = new ArrayList<>();
    private final List<QuantityWrite> writes = new ArrayList<>();
    private Settings settings;
    private Duration slowerBy = Duration.ZERO;
    private long soldOut;
    private long number;

    public Seller(
            String name, String sellerId, Marketplace marketplace, Settings settings, InstantSource clock, long seed) {
        this.name = name;
        this.sellerId = sellerId;
        this.marketplace = marketplace;
        this.settings = settings;
        this.clock = clock;
        this.chance = new SplittableRandom(seed);
    }

    /// What a buyer wants of one SKU.
    public record Wanted(String sku, int quantity) {}

    /// What a listing starts with.
    public record NewListing(
            String sku, String title, long priceMinor, int quantity, boolean byAmazon, String productType) {}

    public String name() {
        return name;
    }

    public String sellerId() {
        return sellerId;
    }

    public Marketplace marketplace() {
        return marketplace;
    }

    /// Runs the work with the account held still and up to date.
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            agenda.catchUp(clock.instant());
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    public Instant now() {
        return clock.instant();
    }

    public Settings settings() {
        return locked(() -> settings);
    }

    public void settings(Settings wanted) {
        locked(() -> settings = wanted);
    }

    /// From now on accepted listing submissions take effect that much later.
    public void slowerBy(Duration wait) {
        locked(() -> slowerBy = wait);
    }

    // Listings.

    public List<Listing> listings() {
        return locked(() -> List.copyOf(listings.values()));
    }

    public Optional<Listing> listing(String sku) {
        return locked(() -> Optional.ofNullable(listings.get(sku)));
    }

    /// Offers something at once, without a submission.
    public Listing offer(NewListing wanted) {
        return locked(() -> {
            ObjectNode attributes = JsonNodeFactory.instance.objectNode();
            attributes.set("item_name", entry("value", JsonNodeFactory.instance.textNode(wanted.title())));
            attributes.set("condition_type", entry("value", JsonNodeFactory.instance.textNode("new_new")));
            ObjectNode scheduled = JsonNodeFactory.instance.objectNode();
            scheduled.set(
                    "value_with_tax", JsonNodeFactory.instance.numberNode(marketplace.major(wanted.priceMinor())));
            ObjectNode price = JsonNodeFactory.instance.objectNode();
            price.set("schedule", JsonNodeFactory.instance.arrayNode().add(scheduled));
            ArrayNode offer =
                    entry("our_price", JsonNodeFactory.instance.arrayNode().add(price));
            ((ObjectNode) offer.get(0)).put("currency", marketplace.currency());
            attributes.set("purchasable_offer", offer);
            ObjectNode availability = JsonNodeFactory.instance.objectNode();
            availability.put("fulfillment_channel_code", wanted.byAmazon() ? "AMAZON_NA" : "DEFAULT");
            if (!wanted.byAmazon()) {
                availability.put("quantity", wanted.quantity());
            }
            attributes.set(
                    Attributes.AVAILABILITY,
                    JsonNodeFactory.instance.arrayNode().add(availability));
            Listing listing = new Listing(
                    wanted.sku(),
                    asin(),
                    wanted.byAmazon(),
                    now(),
                    wanted.productType(),
                    attributes,
                    wanted.quantity());
            listings.put(wanted.sku(), listing);
            return listing;
        });
    }

    private ArrayNode entry(String field, JsonNode value) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.set(field, value);
        entry.put("marketplace_id", marketplace.id());
        return JsonNodeFactory.instance.arrayNode().add(entry);
    }

    private String asin() {
        return "B0" + "%08X".formatted(chance.nextInt()).toUpperCase(Locale.ROOT);
    }

    /// Takes a submission in; it takes effect later, and never before an earlier one of the same SKU.
    public String submit(String sku, ListingChange change) {
        return locked(() -> {
            String submissionId =
                    new UUID(chance.nextLong(), chance.nextLong()).toString().replace("-", "");
            Instant due = now().plus(settings.applyAfter()).plus(slowerBy);
            Listing present = listings.get(sku);
            if (present != null) {
                due = present.settledAt().isAfter(due) ? present.settledAt() : due;
                present.settlesAt(due);
            }
            agenda.add(due, at -> apply(sku, change, submissionId, at));
            return submissionId;
        });
    }

    private void apply(String sku, ListingChange change, String submissionId, Instant at) {
        Listing listing = listings.get(sku);
        switch (change) {
            case ListingChange.Put put -> {
                Listing described = listing;
                if (described == null) {
                    described = new Listing(sku, asin(), false, at, put.productType(), put.attributes(), null);
                    listings.put(sku, described);
                }
                described.describe(put.productType(), put.attributes().deepCopy(), at);
                if (!described.byAmazon()) {
                    write(
                            described,
                            Attributes.quantity(put.attributes().path(Attributes.AVAILABILITY)),
                            submissionId,
                            at);
                }
            }
            case ListingChange.Patch patch -> {
                if (listing != null) {
                    patch(listing, patch, submissionId, at);
                }
            }
            case ListingChange.Delete() -> listings.remove(sku);
        }
    }

    private void patch(Listing listing, ListingChange.Patch patch, String submissionId, Instant at) {
        ObjectNode attributes = listing.attributes();
        for (ListingChange.Step step : patch.steps()) {
            Attributes.apply(attributes, step);
            if (step.attribute().equals(Attributes.AVAILABILITY) && !listing.byAmazon()) {
                ArrayNode value = step.value();
                Integer quantity = step.op() == ListingChange.Op.DELETE || value == null
                        ? Attributes.quantity(attributes.path(Attributes.AVAILABILITY))
                        : Attributes.quantity(value);
                if (quantity != null || step.op() != ListingChange.Op.MERGE) {
                    write(listing, quantity, submissionId, at);
                }
            }
        }
        listing.describe(listing.productType(), attributes, at);
    }

    private void write(Listing listing, @Nullable Integer quantity, String submissionId, Instant at) {
        int before = listing.shown();
        listing.show(quantity);
        writes.add(new QuantityWrite(at, listing.sku(), before, listing.shown(), submissionId, "SUBMISSION"));
    }

    /// Sets the shown number behind everybody's back.
    public Optional<Listing> sabotage(String sku, int quantity) {
        return locked(() -> {
            Optional<Listing> found = Optional.ofNullable(listings.get(sku));
            found.ifPresent(listing -> {
                writes.add(new QuantityWrite(now(), sku, listing.shown(), quantity, "", "SABOTAGE"));
                listing.show(quantity);
            });
            return found;
        });
    }

    // Orders.

    public List<PlacedOrder> orders() {
        return locked(() -> List.copyOf(orders.values()));
    }

    public Optional<PlacedOrder> order(String id) {
        return locked(() -> Optional.ofNullable(orders.get(id)));
    }

    /// A basket becomes a PENDING order, if everything in it is shown in that number.
    ///
    /// @param pending how long it stays PENDING; `null` is as long as usual
    /// @param shippingMinor charged once, with the first line
    public BuyOutcome place(List<Wanted> wanted, Buyer buyer, @Nullable Duration pending, long shippingMinor) {
        return locked(() -> {
            Map<Listing, Integer> lines = new LinkedHashMap<>();
            for (Wanted each : wanted) {
                Listing listing = listings.get(each.sku());
                if (listing == null || listing.price(marketplace).isEmpty()) {
                    return new BuyOutcome.NotSold("this account does not sell " + each.sku());
                }
                lines.merge(listing, each.quantity(), Integer::sum);
            }
            if (lines.keySet().stream().map(Listing::byAmazon).distinct().count() > 1) {
                return new BuyOutcome.NotSold("goods of the seller's and of Amazon's warehouses are two orders");
            }
            List<Shortage> shortages = lines.entrySet().stream()
                    .filter(line -> line.getKey().shown() < line.getValue())
                    .map(line -> new Shortage(
                            line.getKey().sku(), line.getValue(), line.getKey().shown()))
                    .toList();
            if (!shortages.isEmpty()) {
                soldOut++;
                return new BuyOutcome.SoldOut(shortages);
            }
            List<OrderItem> items = new ArrayList<>();
            lines.forEach(
                    (listing, quantity) -> items.add(item(listing, quantity, items.isEmpty() ? shippingMinor : 0)));
            boolean byAmazon = lines.keySet().iterator().next().byAmazon();
            PlacedOrder order = new PlacedOrder(orderId(), now(), byAmazon, buyer, items, null);
            orders.put(order.id(), order);
            if (settings.lowersAtPlacement()) {
                lower(order, now());
            }
            agenda.add(now().plus(pending == null ? settings.pending() : pending), at -> release(order, at));
            agenda.catchUp(now());
            return new BuyOutcome.Bought(order);
        });
    }

    private OrderItem item(Listing listing, int quantity, long shippingMinor) {
        long unit = listing.price(marketplace).orElseThrow();
        long price = unit * quantity;
        return new OrderItem(
                "%014d".formatted(10_000_000_000_000L + 7_919L * ++number),
                listing.sku(),
                listing.asin(),
                listing.title(),
                quantity,
                unit,
                new Amounts(price, (price * TAX_PERCENT + 50) / 100, shippingMinor));
    }

    private String orderId() {
        String id;
        do {
            id = "%03d-%07d-%07d"
                    .formatted(111 + chance.nextInt(4), chance.nextInt(10_000_000), chance.nextInt(10_000_000));
        } while (orders.containsKey(id));
        return id;
    }

    /// Ends PENDING now; `false` when it is over already.
    public boolean release(PlacedOrder order) {
        return locked(() -> {
            boolean pending = order.status() == OrderStatus.PENDING;
            release(order, now());
            return pending;
        });
    }

    private void release(PlacedOrder order, Instant at) {
        if (order.status() != OrderStatus.PENDING) {
            return;
        }
        order.release(at);
        if (!order.lowered()) {
            lower(order, at);
        }
        if (order.byAmazon()) {
            agenda.add(at.plus(settings.amazonShipsAfter()), due -> shipByAmazon(order, due));
        }
    }

    private void lower(PlacedOrder order, Instant at) {
        order.lower();
        order.items().forEach(item -> trade(order, item, -item.quantity(), at));
    }

    /// The number never falls below nothing, whatever was sold meanwhile.
    private void trade(PlacedOrder order, OrderItem item, int units, Instant at) {
        Listing listing = listings.get(item.sku());
        if (listing != null) {
            listing.show(Math.max(0, listing.shown() + units));
            changes.add(new ShownChange(at, order.id(), item.sku(), units, listing.shown()));
        }
    }

    private void shipByAmazon(PlacedOrder order, Instant at) {
        if (order.status() == OrderStatus.UNSHIPPED) {
            order.items().forEach(item -> item.shipped(item.quantity()));
            order.touch(at);
            bill(order, "FBA" + order.id().replace("-", ""), at);
        }
    }

    /// A buyer who cancels. While the order is PENDING it ends; after that the seller is only asked to.
    public boolean cancelByBuyer(PlacedOrder order, String reason) {
        return locked(() -> {
            OrderStatus status = order.status();
            if (status == OrderStatus.PENDING) {
                cancel(order, order.items(), "BUYER", reason, now());
                return true;
            }
            if (status != OrderStatus.UNSHIPPED && status != OrderStatus.PARTIALLY_SHIPPED) {
                throw Refusal.invalid("The order is %s.".formatted(status));
            }
            order.items().stream().filter(item -> item.open() > 0).forEach(item -> item.request(reason));
            order.touch(now());
            return false;
        });
    }

    /// Ends the lines; refused as a whole when one of them has ended or has shipped.
    public void cancel(PlacedOrder order, List<OrderItem> items, String by, String reason) {
        locked(() -> {
            cancel(order, items, by, reason, now());
            return order;
        });
    }

    void cancel(PlacedOrder order, List<OrderItem> items, String by, String reason, Instant at) {
        for (OrderItem item : items) {
            if (item.ended() != null) {
                throw Refusal.invalid("The item %s is canceled already.".formatted(item.id()));
            }
            if (item.shipped() > 0) {
                throw Refusal.invalid("The item %s has shipped and cannot be canceled.".formatted(item.id()));
            }
        }
        for (OrderItem item : items) {
            item.end(by, reason);
            if (order.lowered() && settings.raisesAtCancellation()) {
                trade(order, item, item.quantity(), at);
            }
        }
        order.touch(at);
    }

    /// Takes a package in. The same reference again edits the package; more units than were ordered are
    /// refused.
    public void confirm(String orderId, Shipment shipment) {
        locked(() -> {
            PlacedOrder order = Optional.ofNullable(orders.get(orderId))
                    .orElseThrow(() -> Refusal.unknown("The order %s does not exist.".formatted(orderId)));
            check(order, shipment);
            Map<String, Integer> units = new LinkedHashMap<>();
            shipment.items().forEach(packed -> units.put(packed.orderItemId(), packed.quantity()));
            Parcel present = order.parcel(shipment.packageReferenceId());
            String carrierName = shipment.carrierName();
            order.pack(new Parcel(
                    shipment.packageReferenceId(),
                    present == null ? now() : present.reportedAt(),
                    shipment.carrierCode().equals(CarrierCodes.OTHER) && carrierName != null
                            ? carrierName
                            : shipment.carrierCode(),
                    shipment.shippingMethod(),
                    shipment.trackingNumber(),
                    shipment.shipDate(),
                    units));
            order.touch(now());
            bill(order, shipment.packageReferenceId(), now());
            return order;
        });
    }

    private void check(PlacedOrder order, Shipment shipment) {
        if (!shipment.marketplaceId().equals(marketplace.id())) {
            throw Refusal.invalid("The order was not placed in marketplace %s.".formatted(shipment.marketplaceId()));
        }
        if (order.byAmazon()) {
            throw Refusal.invalid("The order is fulfilled by Amazon; its shipment cannot be confirmed.");
        }
        if (order.status() == OrderStatus.PENDING || order.status() == OrderStatus.CANCELLED) {
            throw Refusal.invalid("The order is %s; its shipment cannot be confirmed.".formatted(order.status()));
        }
        if (!CarrierCodes.known(shipment.carrierCode())) {
            throw Refusal.invalid(
                    "carrierCode '%s' is not valid; use Other with a carrierName.".formatted(shipment.carrierCode()));
        }
        if (shipment.shipDate().isBefore(order.createdAt())) {
            throw Refusal.invalid("shipDate must not be before the order was placed.");
        }
        if (shipment.shipDate().isAfter(now().plus(CLOCK_ALLOWANCE))) {
            throw Refusal.invalid("shipDate must not be in the future.");
        }
        for (Shipment.Packed packed : shipment.items()) {
            OrderItem item = order.item(packed.orderItemId())
                    .orElseThrow(() -> Refusal.invalid(
                            "orderItemId %s is not part of order %s.".formatted(packed.orderItemId(), order.id())));
            if (item.ended() != null) {
                throw Refusal.invalid("The item %s is canceled.".formatted(item.id()));
            }
            int elsewhere = order.packedElsewhere(item.id(), shipment.packageReferenceId());
            if (elsewhere + packed.quantity() > item.quantity()) {
                throw Refusal.invalid("quantity %d of item %s exceeds the %d that remain to be shipped."
                        .formatted(packed.quantity(), item.id(), item.quantity() - elsewhere));
            }
        }
    }

    /// Charges what has shipped and was not charged yet.
    private void bill(PlacedOrder order, String reference, Instant at) {
        List<Posting.Part> parts = new ArrayList<>();
        for (OrderItem item : order.items()) {
            if (item.shipped() > item.billed()) {
                parts.add(new Posting.Part(
                        item,
                        item.shipped() - item.billed(),
                        item.share(item.shipped()).minus(item.share(item.billed()))));
                item.bill(item.shipped());
            }
        }
        if (!parts.isEmpty()) {
            post(Posting.Kind.SHIPMENT, order, reference, parts, at);
        }
    }

    private void post(Posting.Kind kind, PlacedOrder order, String reference, List<Posting.Part> parts, Instant at) {
        String transactionId = new UUID(chance.nextLong(), chance.nextLong()).toString();
        agenda.add(
                at.plus(settings.postedAfter()),
                due -> postings.add(new Posting(transactionId, kind, order.id(), reference, due, parts)));
    }

    /// Gives back part of what was charged for a line, never more than is left of it.
    void refund(PlacedOrder order, OrderItem item, Amounts amounts, Instant at) {
        if (amounts.total() == 0) {
            throw Refusal.invalid("The adjustment is nothing.");
        }
        Amounts left = item.share(item.billed()).minus(item.refunded());
        if (!left.covers(amounts)) {
            throw Refusal.invalid(
                    "The adjustment exceeds what is left of the charges for item %s: %s price, %s tax, %s shipping."
                            .formatted(
                                    item.id(),
                                    marketplace.major(left.price()),
                                    marketplace.major(left.tax()),
                                    marketplace.major(left.shipping())));
        }
        item.refund(amounts);
        order.touch(at);
        post(Posting.Kind.REFUND, order, "R%012d".formatted(++number), List.of(new Posting.Part(item, 0, amounts)), at);
    }

    /// Puts an order in as it is, whatever the listings say. It stands as its lines say and is shown
    /// unchanged.
    public PlacedOrder put(ObjectNode example) {
        return locked(() -> {
            String id = example.path("orderId").asText();
            if (id.isEmpty() || orders.containsKey(id)) {
                throw Refusal.invalid("The order '%s' is in the book already, or has no id.".formatted(id));
            }
            List<OrderItem> items = new ArrayList<>();
            for (JsonNode item : example.path("orderItems")) {
                items.add(item(item));
            }
            JsonNode fulfillment = example.path("fulfillment");
            PlacedOrder order = new PlacedOrder(
                    id,
                    Instant.parse(example.path("createdTime").asText()),
                    fulfillment.path("fulfilledBy").asText().equals("AMAZON"),
                    person(example),
                    items,
                    example);
            if (!fulfillment.path("fulfillmentStatus").asText().equals("PENDING")) {
                order.release(order.createdAt());
            }
            order.touch(Instant.parse(example.path("lastUpdatedTime").asText()));
            orders.put(id, order);
            return order;
        });
    }

    private OrderItem item(JsonNode item) {
        long price = 0;
        long tax = 0;
        long shipping = 0;
        for (JsonNode part : item.path("proceeds").path("breakdowns")) {
            long minor = minor(part.path("subtotal").path("amount"));
            switch (part.path("type").asText()) {
                case "ITEM" -> price += minor;
                case "TAX" -> tax += minor;
                case "SHIPPING" -> shipping += minor;
                default -> price += 0;
            }
        }
        OrderItem read = new OrderItem(
                item.path("orderItemId").asText(),
                item.path("product").path("sellerSku").asText(),
                item.path("product").path("asin").asText(),
                item.path("product").path("title").asText(),
                item.path("quantityOrdered").asInt(),
                minor(item.path("product").path("price").path("unitPrice").path("amount")),
                new Amounts(price, tax, shipping));
        int shipped = item.path("fulfillment").path("quantityFulfilled").asInt();
        read.shipped(shipped);
        read.bill(shipped);
        return read;
    }

    private long minor(JsonNode amount) {
        return amount.isMissingNode()
                ? 0
                : new BigDecimal(amount.asText())
                        .setScale(marketplace.digits(), RoundingMode.UNNECESSARY)
                        .unscaledValue()
                        .longValueExact();
    }

    private static Buyer person(ObjectNode example) {
        JsonNode address = example.path("recipient").path("deliveryAddress");
        String[] names = example.path("buyer").path("buyerName").asText("").split(" ", 2);
        return new Buyer(
                names[0],
                names.length > 1 ? names[1] : "",
                example.path("buyer").path("buyerEmail").asText(""),
                address.path("phone").asText(""),
                address.path("addressLine1").asText(""),
                address.path("city").asText(""),
                address.path("stateOrRegion").asText(""),
                address.path("stateOrRegion").asText(""),
                address.path("postalCode").asText(""),
                "",
                address.path("countryCode").asText(""));
    }

    // Feeds.

    /// A place to upload a file to.
    public FeedDocument newDocument(String contentType) {
        return locked(() -> document(contentType, false));
    }

    private FeedDocument document(String contentType, boolean report) {
        FeedDocument document = new FeedDocument(
                "amzn1.tortuga.4.na." + new UUID(chance.nextLong(), chance.nextLong()),
                contentType,
                "%016x%016x".formatted(chance.nextLong(), chance.nextLong()),
                report,
                now().plus(ADDRESS_HOLDS));
        documents.put(document.id(), document);
        return document;
    }

    public Optional<FeedDocument> document(String id) {
        return locked(() -> Optional.ofNullable(documents.get(id)));
    }

    /// Hands the address of a document out again, for another five minutes.
    public void reopen(FeedDocument document) {
        locked(() -> {
            document.extend(now().plus(ADDRESS_HOLDS));
            return document;
        });
    }

    /// Takes the file in; once a feed uses it, it stays as it is.
    public boolean upload(FeedDocument document, String text) {
        return locked(() -> {
            boolean takes = !document.used() && !document.report() && document.open(now());
            if (takes) {
                document.fill(text);
            }
            return takes;
        });
    }

    /// Queues a file for processing.
    public Feed submitFeed(String type, String documentId) {
        return locked(() -> {
            if (!FeedWork.known(type)) {
                throw Refusal.invalid("feedType '%s' is not supported.".formatted(type));
            }
            FeedDocument document = documents.get(documentId);
            if (document == null || document.report()) {
                throw Refusal.invalid("inputFeedDocumentId '%s' does not exist.".formatted(documentId));
            }
            String text = document.content();
            if (text == null) {
                throw Refusal.invalid("Nothing has been uploaded for '%s'.".formatted(documentId));
            }
            if (document.used()) {
                throw Refusal.invalid("inputFeedDocumentId '%s' has been used already.".formatted(documentId));
            }
            document.use();
            Feed feed = new Feed(Long.toString(50_000_000L + ++number), type, marketplace.id(), now());
            feeds.put(feed.id(), feed);
            Duration takes = settings.feedTakes();
            agenda.add(now().plus(takes.dividedBy(2)), feed::start);
            agenda.add(now().plus(takes), at -> process(feed, text, at));
            return feed;
        });
    }

    private void process(Feed feed, String text, Instant at) {
        FeedWork.Result result = feedWork.carryOut(feed.type(), text, at);
        FeedDocument report = document("text/tab-separated-values; charset=UTF-8", true);
        report.fill(result.report());
        feed.end(at, result.fatal(), report.id());
    }

    public Optional<Feed> feed(String id) {
        return locked(() -> Optional.ofNullable(feeds.get(id)));
    }

    public List<Feed> feeds() {
        return locked(() -> List.copyOf(feeds.values()));
    }

    // The books.

    /// Money that has been posted, oldest first.
    public List<Posting> postings() {
        return locked(() -> List.copyOf(postings));
    }

    public List<ShownChange> changes() {
        return locked(() -> List.copyOf(changes));
    }

    public List<QuantityWrite> writes() {
        return locked(() -> List.copyOf(writes));
    }

    /// Baskets that found too little.
    public long soldOut() {
        return locked(() -> soldOut);
    }
}
