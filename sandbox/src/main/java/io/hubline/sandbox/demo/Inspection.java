package io.hubline.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.contracts.Topic;
import io.hubline.sandbox.demo.DemoFigures.Invariant;
import io.hubline.sandbox.demo.ShopBooks.ShopOrder;
import io.hubline.sandbox.demo.ShopBooks.Shown;
import io.hubline.sandbox.demo.ShopBooks.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Judges a hub from outside, after it has settled: its databases and topics against one another, and
/// against what the shops counted on their own.
///
/// It reads tables past their services on purpose. A check that asked the service would believe the
/// service.
final class Inspection {

    private final Databases databases;
    private final Map<Topic, List<TopicLog.Entry>> topics;
    private final ShopBooks shops;
    private final Map<String, Integer> received;
    private final Map<String, Integer> shipped;
    private final Map<String, Integer> restocked;

    /// @param received units that came in from suppliers, by SKU, as the demo itself sent them
    /// @param shipped units that left, by SKU, as the warehouse itself counted them
    /// @param restocked units that came back and went on the shelf, by SKU, as the returns desk counted
    ///     them
    Inspection(
            Databases databases,
            Map<Topic, List<TopicLog.Entry>> topics,
            ShopBooks shops,
            Map<String, Integer> received,
            Map<String, Integer> shipped,
            Map<String, Integer> restocked) {
        this.databases = databases;
        this.topics = Map.copyOf(topics);
        this.shops = shops;
        this.received = Map.copyOf(received);
        this.shipped = Map.copyOf(shipped);
        this.restocked = Map.copyOf(restocked);
    }

    private List<TopicLog.Entry> topic(Topic topic) {
        return topics.getOrDefault(topic, List.of());
    }

    /// Every invariant of design section 1.
    List<Invariant> invariants() {
        return List.of(
                stockIsTheSumOfItsMovements(),
                aUnitIsPromisedOnce(),
                oneExternalOrderIsOneOrder(),
                anEventLeavesAndActsOnce(),
                noInboundMessageIsLost(),
                noChannelKeepsAnOldNumber(),
                nothingGoesBackTwice(),
                nothingLeaks(),
                nothingFailsSilently());
    }

    private Invariant stockIsTheSumOfItsMovements() {
        Verdict verdict = new Verdict("I1");
        try (Database inventory = databases.open("inventory")) {
            inventory
                    .rows(
                            """
                            select coalesce(p.sku, m.sku), coalesce(p.location, m.location),
                                   coalesce(p.on_hand, 0), coalesce(m.total, 0)
                            from stock_position p
                            full join (select sku, location, sum(delta) total from stock_movement group by 1, 2) m
                              on m.sku = p.sku and m.location = p.location
                            """,
                            row -> new Comparison(
                                    row.getString(1) + " at " + row.getString(2), row.getLong(3), row.getLong(4)))
                    .forEach(position -> verdict.check(
                            position.agrees(),
                            "%s: position %d, movements %d".formatted(position.what, position.left, position.right)));
            inventory
                    .rows("""
                            select pool.sku, pool.on_hand, coalesce(sum(at.on_hand), 0)
                            from pool_position pool left join stock_position at on at.sku = pool.sku and at.pool = pool.pool
                            group by pool.pool, pool.sku
                            """, row -> new Comparison(row.getString(1), row.getLong(2), row.getLong(3)))
                    .forEach(pool -> verdict.check(
                            pool.agrees(), "%s: pool %d, locations %d".formatted(pool.what, pool.left, pool.right)));
        }
        for (Comparison sku : tallies()) {
            verdict.check(
                    sku.agrees(),
                    "%s: the hub has %d on hand, received less shipped and with what came back is %d"
                            .formatted(sku.what, sku.left, sku.right));
        }
        return verdict.result();
    }

    /// On hand as the hub has it, and as the independent tally has it, by SKU.
    List<Comparison> tallies() {
        Map<String, Long> expected = new TreeMap<>();
        received.forEach((sku, units) -> expected.merge(sku, (long) units, Long::sum));
        shipped.forEach((sku, units) -> expected.merge(sku, -(long) units, Long::sum));
        restocked.forEach((sku, units) -> expected.merge(sku, (long) units, Long::sum));
        Map<String, Long> held = new HashMap<>();
        try (Database inventory = databases.open("inventory")) {
            inventory
                    .rows(
                            "select sku, sum(on_hand) from pool_position group by sku",
                            row -> new Comparison(row.getString(1), row.getLong(2), 0))
                    .forEach(sku -> held.put(sku.what, sku.left));
        }
        Set<String> all = new HashSet<>(expected.keySet());
        all.addAll(held.keySet());
        return all.stream()
                .sorted()
                .map(sku -> new Comparison(sku, held.getOrDefault(sku, 0L), expected.getOrDefault(sku, 0L)))
                .toList();
    }

    private Invariant aUnitIsPromisedOnce() {
        Verdict verdict = new Verdict("I2");
        try (Database inventory = databases.open("inventory")) {
            inventory
                    .rows(
                            "select sku, reserved, on_hand + short from pool_position",
                            row -> new Comparison(row.getString(1), row.getLong(2), row.getLong(3)))
                    .forEach(pool -> verdict.check(
                            pool.left <= pool.right,
                            "%s: %d promised of %d".formatted(pool.what, pool.left, pool.right)));
            inventory
                    .rows("""
                            select pool.sku, pool.reserved, coalesce(sum(r.held + r.allocated), 0)
                            from pool_position pool left join reservation r on r.sku = pool.sku and r.pool = pool.pool
                            group by pool.pool, pool.sku
                            """, row -> new Comparison(row.getString(1), row.getLong(2), row.getLong(3)))
                    .forEach(pool -> verdict.check(
                            pool.agrees(),
                            "%s: position says %d promised, the promises add up to %d"
                                    .formatted(pool.what, pool.left, pool.right)));
            Map<String, Long> open = new TreeMap<>();
            shops.orders().stream()
                    .filter(order -> order.state() == ShopOrder.State.OPEN && !order.byChannel())
                    .flatMap(order -> order.lines().stream())
                    .forEach(line -> open.merge(line.sku(), (long) line.ordered() - line.fulfilled(), Long::sum));
            inventory
                    .rows(
                            "select sku, sum(reserved + backordered) from pool_position group by sku",
                            row -> new Comparison(
                                    row.getString(1), row.getLong(2), open.getOrDefault(row.getString(1), 0L)))
                    .forEach(sku -> verdict.check(
                            sku.agrees(),
                            "%s: %d units are promised or backordered, the shops still wait for %d"
                                    .formatted(sku.what, sku.left, sku.right)));
            long constraints = inventory.number("""
                    select count(*) from pg_constraint
                    where conname = 'reserved_within_on_hand_and_short' and contype = 'c' and convalidated
                    """);
            verdict.check(constraints == 1, "the table no longer holds reserved <= on_hand + short by itself");
        }
        return verdict.result();
    }

    private Invariant oneExternalOrderIsOneOrder() {
        Verdict verdict = new Verdict("I3");
        Map<String, Integer> book = ordersInTheBook();
        book.forEach(
                (order, times) -> verdict.check(times == 1, "%s stands %d times in the book".formatted(order, times)));
        Set<String> sold = soldOrders();
        List<String> lost =
                sold.stream().filter(order -> !book.containsKey(order)).toList();
        List<String> invented =
                book.keySet().stream().filter(order -> !sold.contains(order)).toList();
        verdict.checked(sold.size());
        lost.forEach(order -> verdict.violated(order + " was sold and is not in the book"));
        invented.forEach(order -> verdict.violated(order + " is in the book and was never sold"));
        return verdict.result();
    }

    /// How often each order, named account:external id, stands in the book.
    Map<String, Integer> ordersInTheBook() {
        try (Database orders = databases.open("orders")) {
            return orders
                    .rows(
                            "select account, external_id from customer_order",
                            row -> orderName(row.getString(1), row.getString(2)))
                    .stream()
                    .collect(Collectors.toMap(order -> order, order -> 1, Integer::sum));
        }
    }

    /// Every order that a shop sold, named as [#ordersInTheBook] names it.
    Set<String> soldOrders() {
        return shops.orders().stream()
                .map(order -> orderName(order.shop(), order.id()))
                .collect(Collectors.toSet());
    }

    static String orderName(String account, String externalId) {
        return account + ":" + externalId.substring(externalId.lastIndexOf('/') + 1);
    }

    private Invariant anEventLeavesAndActsOnce() {
        Verdict verdict = new Verdict("I4");
        for (String name : Databases.NAMES) {
            try (Database database = databases.open(name)) {
                verdict.check(
                        database.number("select count(*) from outbox") == 0,
                        name + " still has events that did not leave");
            }
        }
        Map<String, Long> orderVersions = longs("orders", "select order_id::text, version from customer_order");
        List<TopicLog.Entry> orders = topic(Topic.ORDERS);
        everyNumberLeft(verdict, "orders", orders, "/facts/version", orderVersions);
        List<TopicLog.Entry> reservations = topic(Topic.RESERVATIONS);
        Map<String, Long> promised = longs("inventory", "select order_id, sequence from promise");
        everyNumberLeft(verdict, "reservations", reservations, "/sequence", promised);
        List<TopicLog.Entry> routes = topic(Topic.ROUTES);
        everyNumberLeft(
                verdict, "routes", routes, "/sequence", longs("routing", "select order_id, sequence from route_case"));
        List<TopicLog.Entry> returns = topic(Topic.RETURNS);
        everyNumberLeft(
                verdict,
                "returns",
                returns,
                "/facts/version",
                longs("returns", "select return_id, version from rma where version > 0"));

        reached(verdict, "inventory", "version of orders", orderVersions, longs("inventory", """
                select order_id, version from promise"""));
        reached(verdict, "routing", "version of orders", orderVersions, longs("routing", """
                select order_id, (facts->>'version')::bigint from route_case where facts is not null"""));
        reached(verdict, "order", "sequence of reservations", promised, longs("orders", """
                select order_id::text, promise_sequence from customer_order"""));
        tookEffectOnce(verdict, "inventory", orders);
        tookEffectOnce(verdict, "orders", reservations);
        tookEffectOnce(verdict, "orders", routes);
        tookEffectOnce(verdict, "returns", orders);
        tookEffectOnce(verdict, "inventory", returns);
        tookEffectOnce(verdict, "connector", returns);
        return verdict.result();
    }

    /// Each key's events must be numbered 1, 2, 3, ... up to what the announcing service has written, no
    /// less and no more.
    private static void everyNumberLeft(
            Verdict verdict, String topic, List<TopicLog.Entry> entries, String number, Map<String, Long> written) {
        Map<String, Map<Long, Set<String>>> idsByNumber = new HashMap<>();
        for (TopicLog.Entry entry : entries) {
            JsonNode at = entry.json().at(number);
            idsByNumber
                    .computeIfAbsent(entry.key(), key -> new TreeMap<>())
                    .computeIfAbsent(at.asLong(), key -> new HashSet<>())
                    .add(entry.id());
        }
        written.forEach((key, last) -> {
            Map<Long, Set<String>> left = idsByNumber.getOrDefault(key, Map.of());
            for (long expected = 1; expected <= last; expected++) {
                Set<String> ids = left.getOrDefault(expected, Set.of());
                verdict.check(
                        ids.size() == 1,
                        "%s: number %d of %s left %d times".formatted(topic, expected, key, ids.size()));
            }
            verdict.check(
                    left.keySet().stream().noneMatch(seen -> seen > last),
                    "%s: an event of %s left without its change".formatted(topic, key));
        });
        idsByNumber.keySet().stream()
                .filter(key -> !written.containsKey(key))
                .forEach(key -> verdict.violated("%s: %s is announced and not written".formatted(topic, key)));
    }

    private static void reached(
            Verdict verdict, String reader, String what, Map<String, Long> written, Map<String, Long> read) {
        written.forEach((key, number) -> verdict.check(
                read.getOrDefault(key, 0L).equals(number),
                "%s knows %s %d of %s, not %d".formatted(reader, what, read.getOrDefault(key, 0L), key, number)));
    }

    private void tookEffectOnce(Verdict verdict, String database, List<TopicLog.Entry> entries) {
        try (Database open = databases.open(database)) {
            Set<String> handled = new HashSet<>(open.rows("select event_id::text from inbox", row -> row.getString(1)));
            Set<String> announced = entries.stream().map(TopicLog.Entry::id).collect(Collectors.toSet());
            verdict.checked(announced.size());
            announced.stream()
                    .filter(id -> !handled.contains(id))
                    .forEach(id -> verdict.violated("%s has not applied event %s".formatted(database, id)));
        }
    }

    private Map<String, Long> longs(String database, String sql) {
        try (Database open = databases.open(database)) {
            return open.rows(sql, row -> Map.entry(row.getString(1), row.getLong(2))).stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max));
        }
    }

    private Invariant noInboundMessageIsLost() {
        Verdict verdict = new Verdict("I5");
        try (Database connector = databases.open("connector")) {
            Set<String> stored = new HashSet<>(connector.rows(
                    "select distinct account || ':' || delivery_id from inbound_message where source = 'webhook'",
                    row -> row.getString(1)));
            shops.acceptedWebhooks()
                    .forEach(webhook -> verdict.check(
                            stored.contains(webhook),
                            "webhook %s was answered 2xx and is not stored".formatted(webhook)));
            verdict.check(
                    connector.number("select count(*) from inbound_message where status = 'pending'") == 0,
                    "messages are stored and not worked");
            long dead = connector.number("select count(*) from inbound_message where status = 'dead'");
            long unexplained = connector.number(
                    "select count(*) from inbound_message where status = 'dead' and coalesce(reason, '') = ''");
            verdict.check(unexplained == 0, unexplained + " dead messages give no reason");
            verdict.note("%d dead, with a reason".formatted(dead));
        }
        return verdict.result();
    }

    private Invariant noChannelKeepsAnOldNumber() {
        Verdict verdict = new Verdict("I6");
        Map<String, Shown> shown = shops.shown();
        try (Database inventory = databases.open("inventory")) {
            List<Announced> announced = inventory.rows(
                    "select offer, account, announced_quantity, announced_sequence from offer where active",
                    row -> new Announced(row.getString(1), row.getLong(3)));
            for (Announced offer : announced) {
                Shown now = shown.get(offer.offer);
                verdict.check(
                        now != null && now.quantity() == offer.quantity,
                        "%s shows %s, the hub says %d"
                                .formatted(offer.offer, now == null ? "nothing" : now.quantity(), offer.quantity));
            }
        }
        numbersWereWrittenInOrder(verdict);
        return verdict.result();
    }

    /// The numbers written to an offer must follow one another as inventory published them: some may be
    /// passed over, for a newer one replaces an older, but none may come back after its successor.
    private void numbersWereWrittenInOrder(Verdict verdict) {
        Map<String, List<Integer>> published = new HashMap<>();
        for (TopicLog.Entry entry : topic(Topic.AVAILABILITY)) {
            published
                    .computeIfAbsent(entry.key(), key -> new ArrayList<>())
                    .add(entry.json().path("quantity").asInt());
        }
        Map<String, Integer> reached = new HashMap<>();
        for (Write write : shops.writes()) {
            List<Integer> numbers = published.getOrDefault(write.offer(), List.of());
            int at = reached.getOrDefault(write.offer(), 0);
            while (at < numbers.size() && numbers.get(at) != write.to()) {
                at++;
            }
            verdict.check(
                    at < numbers.size(),
                    "%s was written %d, which was not published or had been replaced"
                            .formatted(write.offer(), write.to()));
            if (at < numbers.size()) {
                reached.put(write.offer(), at);
            }
        }
    }

    /// Per order line, no more may be paid back than was paid, and no more put back than had left; and what
    /// the hub believes was paid back is what the channels say they paid.
    private Invariant nothingGoesBackTwice() {
        Verdict verdict = new Verdict("I7");
        Map<String, Long> refunded = new HashMap<>();
        Map<String, Long> restocked = new HashMap<>();
        for (JsonNode facts : newest(topic(Topic.RETURNS))) {
            for (JsonNode refund : facts.path("refunds")) {
                for (JsonNode line : refund.path("lines")) {
                    refunded.merge(
                            line.path("lineId").asText(),
                            line.path("amount").path("minor").asLong(),
                            Long::sum);
                }
            }
            for (JsonNode restock : facts.path("restocks")) {
                restocked.merge(
                        restock.path("lineId").asText(),
                        restock.path("quantity").asLong(),
                        Long::sum);
            }
        }
        Set<String> told = new HashSet<>();
        for (JsonNode facts : newest(topic(Topic.ORDERS))) {
            Map<String, Long> left = new HashMap<>();
            for (JsonNode shipment : facts.path("shipments")) {
                for (JsonNode line : shipment.path("lines")) {
                    left.merge(
                            line.path("lineId").asText(), line.path("quantity").asLong(), Long::sum);
                }
            }
            for (JsonNode line : facts.path("lines")) {
                String id = line.path("lineId").asText();
                told.add(id);
                if (refunded.containsKey(id) || restocked.containsKey(id)) {
                    long paid = line.path("sale").path("paid").path("minor").asLong();
                    verdict.check(
                            refunded.getOrDefault(id, 0L) <= paid,
                            "line %s: %d paid back of %d".formatted(id, refunded.getOrDefault(id, 0L), paid));
                    verdict.check(
                            restocked.getOrDefault(id, 0L) <= left.getOrDefault(id, 0L),
                            "line %s: %d put back, %d had left"
                                    .formatted(id, restocked.getOrDefault(id, 0L), left.getOrDefault(id, 0L)));
                }
            }
        }
        refunded.keySet().forEach(line -> verdict.check(told.contains(line), "line " + line + " is in no order"));
        refundsStandAtTheChannels(verdict);
        try (Database returns = databases.open("returns")) {
            long bounds = returns.number("""
                    select count(*) from pg_constraint
                    where conname in ('refunded_within_paid', 'restocked_within_shipped') and contype = 'c' and convalidated
                    """);
            verdict.check(bounds == 2, "the tables no longer hold refunded <= paid and restocked <= shipped");
        }
        return verdict.result();
    }

    private void refundsStandAtTheChannels(Verdict verdict) {
        Map<String, Long> settled = new TreeMap<>();
        Set<String> counted = new HashSet<>();
        for (TopicLog.Entry entry : topic(Topic.CHANNEL_RETURNS)) {
            if (entry.type().equals("channel-refund.settled.v1")
                    && counted.add(entry.json().path("refundId").asText())) {
                settled.merge(
                        orderName(
                                entry.json().path("account").asText(),
                                entry.json().path("externalId").asText()),
                        entry.json().path("amount").path("minor").asLong(),
                        Long::sum);
            }
        }
        Map<String, Long> paidBack = new TreeMap<>();
        shops.refunds()
                .forEach(refund ->
                        paidBack.merge(orderName(refund.shop(), refund.orderId()), refund.amountMinor(), Long::sum));
        Set<String> orders = new HashSet<>(settled.keySet());
        orders.addAll(paidBack.keySet());
        for (String order : orders) {
            verdict.check(
                    settled.getOrDefault(order, 0L).equals(paidBack.getOrDefault(order, 0L)),
                    "%s: the hub believes %d were paid back, the channel says %d"
                            .formatted(order, settled.getOrDefault(order, 0L), paidBack.getOrDefault(order, 0L)));
        }
        for (ShopOrder order : shops.orders()) {
            long back = paidBack.getOrDefault(orderName(order.shop(), order.id()), 0L);
            verdict.check(
                    back <= order.paidMinor(),
                    "%s %s: the buyer paid %d and got %d back"
                            .formatted(order.shop(), order.id(), order.paidMinor(), back));
        }
    }

    /// The newest facts of each key.
    private static List<JsonNode> newest(List<TopicLog.Entry> entries) {
        Map<String, JsonNode> newest = new HashMap<>();
        for (TopicLog.Entry entry : entries) {
            newest.merge(
                    entry.key(),
                    entry.json().path("facts"),
                    (one, other) -> one.path("version").asLong()
                                    >= other.path("version").asLong()
                            ? one
                            : other);
        }
        return List.copyOf(newest.values());
    }

    private Invariant nothingLeaks() {
        Verdict verdict = new Verdict("I8");
        LeakScan scan = new LeakScan(shops.personalData());
        for (String name : Databases.NAMES) {
            try (Database database = databases.open(name)) {
                List<String> tables = database.rows(
                        "select tablename from pg_tables where schemaname = 'public' order by 1",
                        row -> row.getString(1));
                for (String table : tables) {
                    List<String> rows =
                            database.rows("select t::text from \"" + table + "\" t", row -> row.getString(1));
                    verdict.checked(rows.size());
                    report(verdict, scan, rows, "table " + name + "." + table);
                }
            }
        }
        for (Topic topic : Topic.values()) {
            List<String> values =
                    topic(topic).stream().map(TopicLog.Entry::text).toList();
            verdict.checked(values.size());
            report(verdict, scan, values, "topic " + topic.topicName());
        }
        databases.logs().forEach((log, lines) -> {
            verdict.checked(lines.size());
            report(verdict, scan, lines, "log " + log);
        });
        try (Database orders = databases.open("orders")) {
            long audited = orders.number("select count(*) from audit_entry");
            verdict.check(audited > 0, "no mutation of the order book left an audit row");
        }
        return verdict.result();
    }

    private static void report(Verdict verdict, LeakScan scan, List<String> texts, String where) {
        Map<String, Integer> found = new TreeMap<>();
        texts.forEach(text -> scan.leaksIn(text).forEach(leak -> found.merge(leak, 1, Integer::sum)));
        found.forEach((leak, times) -> verdict.violated("%s in %s, %d times".formatted(leak, where, times)));
    }

    private Invariant nothingFailsSilently() {
        Verdict verdict = new Verdict("I9");
        Map<String, String> stages = new HashMap<>();
        Set<String> explained;
        try (Database orders = databases.open("orders")) {
            orders.rows(
                            "select account, external_id, stage from customer_order",
                            row -> Map.entry(orderName(row.getString(1), row.getString(2)), row.getString(3)))
                    .forEach(order -> stages.put(order.getKey(), order.getValue()));
            explained = new HashSet<>(orders.rows("""
                    select distinct o.account, o.external_id from customer_order o
                    join order_hold h on h.order_id = o.order_id where not h.waived and h.reason <> '' and h.detail <> ''
                    """, row -> orderName(row.getString(1), row.getString(2))));
        }
        explained.addAll(ordersWithFailedActs());
        for (ShopOrder order : shops.orders()) {
            String name = orderName(order.shop(), order.id());
            String stage = stages.getOrDefault(name, "MISSING");
            boolean agree = switch (stage) {
                case "COMPLETED" -> order.state() == ShopOrder.State.FULFILLED;
                case "CANCELLED" -> order.state() == ShopOrder.State.CANCELLED;
                case "BACKORDERED" -> order.state() == ShopOrder.State.OPEN;
                case "AT_CHANNEL" -> order.byChannel();
                default -> false;
            };
            verdict.check(
                    agree || explained.contains(name),
                    "%s is %s in the book and %s at the shop, and no row says why"
                            .formatted(name, stage, order.state()));
        }
        for (String name : Databases.NAMES) {
            try (Database database = databases.open(name)) {
                long unexplained = database.number("select count(*) from dead_letter where coalesce(reason, '') = ''");
                verdict.check(unexplained == 0, "%d dead letters of %s give no reason".formatted(unexplained, name));
                long open = database.number("select count(*) from dead_letter where status = 'open'");
                verdict.check(open == 0, "%d dead letters of %s wait for somebody".formatted(open, name));
            }
        }
        try (Database connector = databases.open("connector")) {
            long unsettled =
                    connector.number("select count(*) from act where status in ('pending', 'running', 'unknown')");
            verdict.check(unsettled == 0, unsettled + " acts are neither done nor failed");
            verdict.checked(connector.number("select count(*) from act"));
        }
        return verdict.result();
    }

    /// Orders of which the channel did not take a shipment or a cancellation: each such act says why, and
    /// what to do. It happens when a buyer calls off what has just left.
    private Set<String> ordersWithFailedActs() {
        try (Database connector = databases.open("connector")) {
            return new HashSet<>(connector.rows("""
                    select account, external_id from act
                    where status = 'failed' and reason <> '' and next_step <> ''
                    """, row -> orderName(row.getString(1), row.getString(2))));
        }
    }

    /// Two numbers that should be one.
    record Comparison(String what, long left, long right) {
        boolean agrees() {
            return left == right;
        }
    }

    private record Announced(String offer, long quantity) {}

    /// The ways into a running hub that the judge needs.
    interface Databases {

        /// Each service's own.
        List<String> NAMES = List.of("connector", "orders", "inventory", "catalog", "routing", "returns");

        /// Opens the database as its superuser. Close it.
        Database open(String name);

        /// The lines of every log, by part.
        Map<String, List<String>> logs();
    }
}
