package io.hubline.sandbox.amazon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.hubline.sandbox.amazon.api.ApiFaults;
import io.hubline.sandbox.amazon.store.BuyOutcome;
import io.hubline.sandbox.amazon.store.Listing;
import io.hubline.sandbox.amazon.store.Marketplace;
import io.hubline.sandbox.amazon.store.OrderItem;
import io.hubline.sandbox.amazon.store.OrderItem.Ended;
import io.hubline.sandbox.amazon.store.OrderStatus;
import io.hubline.sandbox.amazon.store.PlacedOrder;
import io.hubline.sandbox.amazon.store.Posting;
import io.hubline.sandbox.amazon.store.Refusal;
import io.hubline.sandbox.amazon.store.Seller;
import io.hubline.sandbox.amazon.store.Settings;
import io.hubline.sandbox.shopify.store.Buyer;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The control API of one account, under `/control/amazon/{seller}`. Only the loopback and the right token
/// get here.
final class ControlEdge {

    private static final String EXAMPLE = "order.json";
    private static final int PART = 1000;

    private final SimulatedSeller simulated;
    private final Seller seller;
    private final Marketplace marketplace;

    ControlEdge(SimulatedSeller simulated) {
        this.simulated = simulated;
        this.seller = simulated.seller();
        this.marketplace = seller.marketplace();
    }

    /// Answers `/control/amazon/{seller}/{what...}`.
    void serve(HttpExchange exchange, List<String> what) throws IOException {
        String method = exchange.getRequestMethod();
        String asked = method + " " + String.join("/", what);
        try {
            if (what.size() > 1 && what.getFirst().equals("orders")) {
                order(exchange, method, what);
                return;
            }
            switch (asked) {
                case "POST listings" ->
                    Answers.send(exchange, 201, offer(List.of(Answers.body(exchange, Selling.NewListing[].class))));
                case "GET listings" ->
                    Answers.send(
                            exchange,
                            200,
                            seller.listings().stream().map(this::listed).toList());
                case "PUT behaviour" -> {
                    behave(Answers.body(exchange, Selling.Behaviour.class));
                    Answers.send(exchange, 200, behaviour());
                }
                case "GET behaviour" -> Answers.send(exchange, 200, behaviour());
                case "PUT faults" -> {
                    misbehave(Answers.body(exchange, Selling.Faults.class));
                    Answers.send(exchange, 200, faults());
                }
                case "GET faults" -> Answers.send(exchange, 200, faults());
                case "POST orders" ->
                    Answers.send(exchange, 201, placed(Answers.body(exchange, Selling.NewOrder.class)));
                case "GET orders" ->
                    parts(exchange, seller.orders().stream().map(this::order).toList());
                case "GET tally" -> Answers.send(exchange, 200, seller.locked(this::tally));
                case "GET shown" ->
                    Answers.send(
                            exchange,
                            200,
                            seller.listings().stream().map(this::shown).toList());
                case "PUT shown" ->
                    Answers.send(exchange, 200, sabotage(Answers.body(exchange, Selling.Sabotage.class)));
                case "GET writes" -> parts(exchange, writes());
                case "GET sales" -> parts(exchange, sales());
                case "GET refunds" -> parts(exchange, refunds());
                case "GET journal" -> parts(exchange, simulated.journal().exchanges());
                case "GET people" -> Answers.send(exchange, 200, people());
                default -> throw new Answers.Refused(404, "the control API has no " + asked);
            }
        } catch (Refusal refused) {
            throw new Answers.Refused(refused.unknown() ? 404 : 409, refused.why());
        }
    }

    private void order(HttpExchange exchange, String method, List<String> what) throws IOException {
        if (method.equals("POST") && what.equals(List.of("orders", "example"))) {
            Answers.send(exchange, 201, order(seller.put(example())));
            return;
        }
        PlacedOrder order = seller.order(what.get(1))
                .orElseThrow(() -> new Answers.Refused(404, "there is no order " + what.get(1)));
        switch (method + " " + String.join("/", what.subList(2, what.size()))) {
            case "GET " -> Answers.send(exchange, 200, order(order));
            case "POST release" -> {
                if (!seller.release(order)) {
                    throw new Answers.Refused(409, "the order is " + order.status());
                }
                Answers.send(exchange, 200, order(order));
            }
            case "POST cancellation" -> {
                cancel(order, Answers.body(exchange, Selling.Cancellation.class));
                Answers.send(exchange, 200, order(order));
            }
            default ->
                throw new Answers.Refused(404, "the control API has no " + method + " " + String.join("/", what));
        }
    }

    private static ObjectNode example() throws IOException {
        try (InputStream resource = ControlEdge.class.getResourceAsStream(EXAMPLE)) {
            JsonNode read = Answers.JSON.readTree(Objects.requireNonNull(resource, EXAMPLE));
            return (ObjectNode) read;
        }
    }

    private void cancel(PlacedOrder order, Selling.Cancellation wanted) {
        if (wanted.reason() == null || wanted.reason().isBlank()) {
            throw new Answers.Refused(400, "a cancellation has a reason");
        }
        switch (wanted.by()) {
            case "BUYER" -> seller.cancelByBuyer(order, wanted.reason());
            case "AMAZON" ->
                seller.cancel(
                        order,
                        order.items().stream()
                                .filter(item -> item.ended() == null)
                                .toList(),
                        "AMAZON",
                        wanted.reason());
            case null, default -> throw new Answers.Refused(400, "by must be BUYER or AMAZON");
        }
    }

    private List<Selling.Listed> offer(List<Selling.NewListing> wanted) {
        Set<String> skus = new HashSet<>();
        return seller.locked(() -> {
            wanted.forEach(listing -> check(listing, skus));
            return wanted.stream()
                    .map(listing -> listed(seller.offer(new Seller.NewListing(
                            listing.sku(),
                            listing.title(),
                            listing.priceMinor(),
                            listing.quantity(),
                            listing.byAmazon(),
                            Objects.requireNonNullElse(listing.productType(), "PRODUCT")))))
                    .toList();
        });
    }

    private void check(Selling.NewListing listing, Set<String> skus) {
        if (listing.sku() == null || listing.sku().isBlank() || listing.title() == null) {
            throw new Answers.Refused(400, "a listing needs a sku and a title");
        }
        if (!skus.add(listing.sku()) || seller.listing(listing.sku()).isPresent()) {
            throw new Answers.Refused(400, "sku " + listing.sku() + " would be sold twice");
        }
        if (listing.priceMinor() <= 0 || listing.quantity() < 0) {
            throw new Answers.Refused(400, "sku " + listing.sku() + " has no price or a negative quantity");
        }
    }

    private Selling.Listed listed(Listing listing) {
        OptionalLong price = listing.price(marketplace);
        return new Selling.Listed(
                seller.name(),
                listing.sku(),
                listing.asin(),
                listing.title(),
                listing.productType(),
                price.isPresent() ? price.getAsLong() : null,
                listing.quantity(),
                listing.byAmazon(),
                listing.buyable(marketplace));
    }

    private void behave(Selling.Behaviour wanted) {
        try {
            seller.settings(new Settings(
                    wanted.lowersAtPlacement(),
                    wanted.raisesAtCancellation(),
                    Duration.ofMillis(wanted.pendingMillis()),
                    Duration.ofMillis(wanted.applyDelayMillis()),
                    Duration.ofMillis(wanted.feedDelayMillis()),
                    Duration.ofMillis(wanted.financeLagMillis()),
                    Duration.ofMillis(wanted.listedAfterMillis()),
                    Duration.ofMillis(wanted.fbaShipsAfterMillis())));
        } catch (IllegalArgumentException e) {
            throw new Answers.Refused(400, String.valueOf(e.getMessage()));
        }
    }

    private Selling.Behaviour behaviour() {
        Settings settings = seller.settings();
        return new Selling.Behaviour(
                settings.lowersAtPlacement(),
                settings.raisesAtCancellation(),
                settings.pending().toMillis(),
                settings.applyAfter().toMillis(),
                settings.feedTakes().toMillis(),
                settings.postedAfter().toMillis(),
                settings.listedAfter().toMillis(),
                settings.amazonShipsAfter().toMillis());
    }

    private void misbehave(Selling.Faults wanted) {
        if (wanted.slowApplyMillis() < 0) {
            throw new Answers.Refused(400, "slowApplyMillis must not be negative");
        }
        try {
            simulated
                    .faults()
                    .set(new ApiFaults(
                            wanted.throttlePercent(),
                            wanted.unavailablePercent(),
                            wanted.brokenPercent(),
                            wanted.unansweredPercent(),
                            wanted.extraLatencyMillis(),
                            Set.copyOf(wanted.operations())));
        } catch (IllegalArgumentException e) {
            throw new Answers.Refused(400, String.valueOf(e.getMessage()));
        }
        Duration slower = Duration.ofMillis(wanted.slowApplyMillis());
        simulated.slowApply().set(slower);
        seller.slowerBy(slower);
    }

    private Selling.Faults faults() {
        ApiFaults faults = simulated.faults().get();
        return new Selling.Faults(
                faults.throttlePercent(),
                faults.unavailablePercent(),
                faults.brokenPercent(),
                faults.unansweredPercent(),
                faults.extraLatencyMillis(),
                (int) simulated.slowApply().get().toMillis(),
                faults.operations().stream().sorted().toList());
    }

    private Selling.Order placed(Selling.NewOrder basket) {
        return switch (BuyerEdge.place(simulated, basket)) {
            case BuyOutcome.Bought(PlacedOrder order) -> order(order);
            case BuyOutcome.SoldOut(List<BuyOutcome.Shortage> shortages) ->
                throw new Answers.Refused(422, "sold out: " + shortages);
            case BuyOutcome.NotSold(String why) -> throw new Answers.Refused(422, why);
        };
    }

    private Selling.Order order(PlacedOrder order) {
        return seller.locked(() -> new Selling.Order(
                seller.name(),
                order.id(),
                order.status().name(),
                order.byAmazon(),
                order.createdAt(),
                order.updatedAt(),
                order.items().stream().map(ControlEdge::line).toList(),
                order.parcels().stream()
                        .map(parcel -> new Selling.Parcel(
                                parcel.referenceId(),
                                parcel.carrier(),
                                parcel.trackingNumber(),
                                parcel.units().values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum(),
                                parcel.shipDate()))
                        .toList(),
                cancelledBy(order)));
    }

    private static @Nullable String cancelledBy(PlacedOrder order) {
        return order.items().stream()
                .map(OrderItem::ended)
                .filter(Objects::nonNull)
                .map(Ended::by)
                .findFirst()
                .orElse(null);
    }

    private static Selling.OrderLine line(OrderItem item) {
        return new Selling.OrderLine(
                item.id(),
                item.sku(),
                item.quantity(),
                item.shipped(),
                item.ended() == null ? 0 : item.quantity(),
                item.requestedReason() != null,
                item.charged().total(),
                item.refunded().total());
    }

    /// Counts from the orders themselves, so that it cannot drift from them.
    private Selling.Tally tally() {
        List<PlacedOrder> orders = seller.orders();
        Map<String, long[]> bySku = new TreeMap<>();
        seller.listings().forEach(listing -> bySku.put(listing.sku(), new long[4]));
        for (PlacedOrder order : orders) {
            for (Selling.OrderLine line :
                    order.items().stream().map(ControlEdge::line).toList()) {
                long[] units = bySku.computeIfAbsent(line.sku(), any -> new long[4]);
                units[0] += line.quantity();
                units[1] += line.cancelled();
                units[2] += line.shipped();
                units[3] += line.refundedMinor();
            }
        }
        int cancelled = count(orders, OrderStatus.CANCELLED);
        int fulfilled = count(orders, OrderStatus.SHIPPED);
        int bySeller = (int) orders.stream()
                .filter(order -> order.status() == OrderStatus.CANCELLED && "MERCHANT".equals(cancelledBy(order)))
                .count();
        return new Selling.Tally(
                seller.name(),
                orders.size(),
                count(orders, OrderStatus.PENDING),
                cancelled,
                bySeller,
                fulfilled,
                orders.size() - cancelled - fulfilled,
                seller.soldOut(),
                simulated.journal().throttled(),
                simulated.journal().calls(),
                bySku.entrySet().stream()
                        .map(sku -> new Selling.SkuTally(
                                sku.getKey(),
                                sku.getValue()[0],
                                sku.getValue()[1],
                                sku.getValue()[2],
                                sku.getValue()[3],
                                seller.listing(sku.getKey())
                                        .map(Listing::quantity)
                                        .orElse(null)))
                        .toList());
    }

    private static int count(List<PlacedOrder> orders, OrderStatus status) {
        return (int) orders.stream().filter(order -> order.status() == status).count();
    }

    private Selling.Shown shown(Listing listing) {
        return new Selling.Shown(
                seller.name(), listing.sku(), Objects.requireNonNullElse(listing.quantity(), 0), listing.byAmazon());
    }

    private Selling.Shown sabotage(Selling.Sabotage wanted) {
        if (wanted.quantity() < 0) {
            throw new Answers.Refused(400, "quantity must not be negative");
        }
        return seller.sabotage(wanted.sku(), wanted.quantity())
                .map(this::shown)
                .orElseThrow(() -> new Answers.Refused(404, "this account does not sell " + wanted.sku()));
    }

    private List<Selling.Write> writes() {
        return seller.writes().stream()
                .map(write -> new Selling.Write(
                        seller.name(),
                        write.sku(),
                        write.at(),
                        write.before(),
                        write.after(),
                        write.submissionId(),
                        write.how()))
                .toList();
    }

    private List<Selling.Sale> sales() {
        return seller.changes().stream()
                .map(change -> new Selling.Sale(
                        seller.name(),
                        change.orderId(),
                        change.sku(),
                        change.at(),
                        change.units(),
                        change.shownAfter()))
                .toList();
    }

    private List<Selling.Refund> refunds() {
        return seller.postings().stream()
                .filter(posting -> posting.kind() == Posting.Kind.REFUND)
                .flatMap(posting -> posting.parts().stream()
                        .map(part -> new Selling.Refund(
                                seller.name(),
                                posting.orderId(),
                                part.item().id(),
                                part.item().sku(),
                                part.amounts().total(),
                                posting.postedAt())))
                .toList();
    }

    private Set<String> people() {
        Set<String> people = new LinkedHashSet<>();
        seller.orders().stream()
                .map(PlacedOrder::buyer)
                .flatMap(ControlEdge::given)
                .filter(text -> !text.isBlank())
                .forEach(people::add);
        return people;
    }

    private static Stream<String> given(Buyer buyer) {
        return Stream.of(buyer.name(), buyer.email(), buyer.phone(), buyer.address1());
    }

    private static <T> void parts(HttpExchange exchange, List<T> all) throws IOException {
        int after = after(exchange);
        int end = Math.min(all.size(), after + PART);
        Answers.send(
                exchange,
                200,
                new Selling.Part<>(
                        all.subList(Math.min(after, end), end), end < all.size() ? Integer.toString(end) : null));
    }

    private static int after(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        if (query == null) {
            return 0;
        }
        try {
            int after = query.startsWith("after=") ? Integer.parseInt(query.substring("after=".length())) : -1;
            if (after >= 0) {
                return after;
            }
        } catch (NumberFormatException e) {
            throw new Answers.Refused(400, "after is a number");
        }
        throw new Answers.Refused(400, "only after is known here, a number from 0");
    }
}
