package io.hubline.sandbox.demo;

import io.hubline.contracts.Topic;
import io.hubline.sandbox.demo.DemoFigures.Fault;
import io.hubline.sandbox.demo.DemoFigures.Invariant;
import io.hubline.sandbox.demo.DemoFigures.LatencyMs;
import io.hubline.sandbox.demo.DemoFigures.Orders;
import io.hubline.sandbox.demo.DemoFigures.Quantiles;
import io.hubline.sandbox.demo.DemoFigures.Returns;
import io.hubline.sandbox.demo.DemoFigures.Stock;
import io.hubline.sandbox.demo.DemoFigures.Webhooks;
import io.hubline.sandbox.demo.Inspection.Comparison;
import io.hubline.sandbox.demo.Inspection.Databases;
import io.hubline.sandbox.demo.ShopBooks.Sale;
import io.hubline.sandbox.demo.ShopBooks.ShopOrder;
import io.hubline.sandbox.shopify.Control;
import io.hubline.sandbox.trade.ReturnedUnits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Adds up what happened, and has it judged.
final class Reckoning {

    private final Databases databases;
    private final Map<Topic, List<TopicLog.Entry>> topics;
    private final List<Control.Tally> tallies;
    private final ShopBooks books;
    private final Assortment assortment;
    private final Trade trade;
    private final Inspection inspection;

    Reckoning(
            Databases databases,
            Map<Topic, List<TopicLog.Entry>> topics,
            List<Control.Tally> tallies,
            ShopBooks books,
            Assortment assortment,
            Trade trade) {
        this.databases = databases;
        this.topics = topics;
        this.tallies = List.copyOf(tallies);
        this.books = books;
        this.assortment = assortment;
        this.trade = trade;
        this.inspection =
                new Inspection(databases, topics, books, assortment.received(), trade.shipped(), trade.restocked());
    }

    DemoFigures figures(
            DemoOptions options, double startupSeconds, double settleSeconds, List<Fault> faults, List<String> damage) {
        Orders orders = orders();
        Stock stock = stock();
        List<Invariant> invariants = new ArrayList<>(inspection.invariants());
        ShelfAudit shelf = new ShelfAudit(books, assortment.delivered(), trade.returned(), trade.turnedAway());
        if (options.mode() == DemoOptions.Mode.ESCROW) {
            invariants.add(shelf.nothingIsShownTwice(databases));
        }
        boolean passed = invariants.stream().allMatch(Invariant::holds)
                && orders.lost() == 0
                && orders.doubled() == 0
                && stock.accuracyPercent() == 100.0;
        return new DemoFigures(
                passed,
                options.seed(),
                options.seconds(),
                options.rate(),
                startupSeconds,
                settleSeconds,
                orders,
                stock,
                shelf.buyers(),
                returns(),
                webhooks(),
                new LatencyMs(webhookToRouted(), saleToOtherChannel()),
                faults,
                damage,
                invariants);
    }

    private Orders orders() {
        Map<String, Integer> book = inspection.ordersInTheBook();
        Set<String> sold = inspection.soldOrders();
        try (Database database = databases.open("orders")) {
            return new Orders(
                    sold.size(),
                    book.size(),
                    (int) database.number("select count(*) from customer_order where routed_at is not null"),
                    (int) database.number("select count(distinct order_id) from shipment"),
                    (int) books.orders().stream()
                            .filter(order -> order.state() == ShopOrder.State.CANCELLED)
                            .count(),
                    keysOf(Topic.RESERVATIONS, "order.backordered.v1").size(),
                    (int) messages().stream()
                            .mapToLong(Control.Messages::duplicatesInjected)
                            .sum(),
                    (int) sold.stream()
                            .filter(order -> !book.containsKey(order))
                            .count(),
                    book.values().stream().mapToInt(times -> times - 1).sum());
        }
    }

    private Stock stock() {
        List<Comparison> skus = inspection.tallies();
        long right = skus.stream().filter(Comparison::agrees).count();
        try (Database inventory = databases.open("inventory")) {
            return new Stock(
                    skus.size(),
                    inventory.number("select count(*) from stock_movement"),
                    inventory.number("select coalesce(sum(units), 0) from oversell"),
                    skus.isEmpty() ? 0 : 100.0 * right / skus.size());
        }
    }

    private Returns returns() {
        try (Database database = databases.open("returns")) {
            return new Returns(
                    (int) database.number("select count(*) from rma"),
                    units(trade.returned(), true),
                    units(trade.returned(), false),
                    books.refunds().size(),
                    books.refunds().stream()
                            .mapToLong(ShopBooks.Refund::amountMinor)
                            .sum());
        }
    }

    private static int units(List<ReturnedUnits> returned, boolean restocked) {
        return returned.stream()
                .filter(units -> units.restocked() == restocked)
                .mapToInt(ReturnedUnits::quantity)
                .sum();
    }

    private Webhooks webhooks() {
        List<Control.Messages> messages = messages();
        return new Webhooks(
                (int) messages.stream().mapToLong(Control.Messages::messages).sum(),
                (int) messages.stream()
                        .mapToLong(Control.Messages::duplicatesInjected)
                        .sum(),
                (int) messages.stream().mapToLong(Control.Messages::reordered).sum(),
                (int) messages.stream().mapToLong(Control.Messages::lost).sum());
    }

    private List<Control.Messages> messages() {
        return tallies.stream().map(Control.Tally::messages).toList();
    }

    /// From the moment connector heard of an order to its plan. Orders that waited for goods or for a
    /// decision are left out: they waited for the world and not for the hub.
    private Quantiles webhookToRouted() {
        Set<String> waited = keysOf(Topic.RESERVATIONS, "order.backordered.v1");
        waited.addAll(keysOf(Topic.ORDERS, "order.held.v1"));
        try (Database orders = databases.open("orders")) {
            record Routed(String orderId, long millis) {}
            return Quantiles.of(
                    orders.rows("""
                            select order_id::text, extract(epoch from routed_at - observed_at) * 1000
                            from customer_order where routed_at is not null
                            """, row -> new Routed(row.getString(1), Math.round(row.getDouble(2)))).stream()
                            .filter(routed -> !waited.contains(routed.orderId))
                            .map(Routed::millis)
                            .toList());
        }
    }

    private Set<String> keysOf(Topic topic, String type) {
        return topics.getOrDefault(topic, List.of()).stream()
                .filter(entry -> entry.type().equals(type))
                .map(TopicLog.Entry::key)
                .collect(Collectors.toSet());
    }

    /// From a sale in one shop to the next write that the other shop got for the same SKU. A sale that no
    /// write followed, since the other shop showed the right number already, is left out.
    private Quantiles saleToOtherChannel() {
        Map<String, NavigableSet<java.time.Instant>> writes = books.writes().stream()
                .filter(write -> write.to() < write.from())
                .collect(Collectors.groupingBy(
                        write -> write.shop() + " " + write.sku(),
                        Collectors.mapping(ShopBooks.Write::at, Collectors.toCollection(TreeSet::new))));
        List<Long> millis = new ArrayList<>();
        for (Sale sale : books.sales()) {
            // From shop to shop: at Amazon a sale is listed after two minutes, which would measure Amazon.
            if (!Shops.NAMES.contains(sale.shop())) {
                continue;
            }
            String other = Shops.NAMES.stream()
                    .filter(name -> !name.equals(sale.shop()))
                    .findFirst()
                    .orElseThrow();
            java.time.@Nullable Instant write = writes.getOrDefault(other + " " + sale.sku(), new TreeSet<>())
                    .ceiling(sale.at());
            if (sale.units() < 0 && write != null) {
                millis.add(Duration.between(sale.at(), write).toMillis());
            }
        }
        return Quantiles.of(millis);
    }
}
