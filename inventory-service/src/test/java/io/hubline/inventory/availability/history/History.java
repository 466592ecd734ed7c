package io.hubline.inventory.availability.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubline.contracts.Event;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.contracts.returns.ReturnFacts;
import io.hubline.contracts.routing.RouteEvent.Assignment;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.kit.Ids;
import io.hubline.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Trade from a seed, through topics and HTTP as the neighbours of the service trade: what is asked for
/// follows from the seed, in which order it is decided the machine says.
///
/// Two pools, one of them with an account of its own; bundles; SKUs of which some are divided; rows of
/// settings for accounts, SKUs and both.
final class History implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WORKERS = 3;
    private static final AtomicLong TOLD = new AtomicLong(1_000_000);

    private final DataSource database;
    private final Random chance;
    private final Warehouse warehouse = new Warehouse();
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final String name = "H" + Ids.text() + "-";
    private final String west = "west-" + Ids.text();
    private final List<String> east;
    private final List<String> beyond;
    private final List<String> skus;
    private final List<String> accounts;
    private final Map<String, Map<String, Integer>> bundles = new TreeMap<>();
    private final List<Offer> offers = new ArrayList<>();
    private final Map<String, ChannelSyncState.Ways> ways = new HashMap<>();
    private final Map<String, Map<String, Object>> settings = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Purchase> purchases = new TreeMap<>();
    private final List<String> transfers = Collections.synchronizedList(new ArrayList<>());
    private final List<Kept> holds = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> done = new TreeMap<>();
    private final List<Future<?>> under = new ArrayList<>();
    private final List<String> returned = new ArrayList<>();
    private final Map<String, Long> heard = new HashMap<>();
    private int rounds;

    /// @param skus how many, bundles not counted
    History(DataSource database, long seed, int skus) {
        this.database = database;
        this.chance = new Random(seed);
        this.skus = IntStream.range(0, skus).mapToObj(number -> name + number).toList();
        this.east = places("east", 3);
        this.beyond = places("beyond", 2);
        this.accounts = List.of(name + "a", name + "b", name + "c", name + "west");
    }

    private List<String> places(String side, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> name + side + number)
                .toList();
    }

    /// What all its SKUs begin with.
    String name() {
        return name;
    }

    Warehouse warehouse() {
        return warehouse;
    }

    List<Offer> offers() {
        return offers;
    }

    /// What happened how often.
    Map<String, Integer> done() {
        return done;
    }

    /// Settings as they are now.
    Map<String, Map<String, Object>> settings() {
        return settings;
    }

    /// Every state of the settings that may have counted at a time.
    List<Map<String, Map<String, Object>>> settings(Instant at) {
        List<Map<String, Map<String, Object>>> possible = new ArrayList<>();
        Map<String, Map<String, Object>> known = new HashMap<>();
        possible.add(Map.of());
        for (Change change : changes) {
            known.put(change.row, change.values);
            if (!change.after.isAfter(at)) {
                possible.clear();
            }
            if (!change.before.isAfter(at)) {
                possible.add(new HashMap<>(known));
            }
        }
        return possible;
    }

    String pool(String account) {
        return account.equals(accounts.getLast()) ? west : "default";
    }

    String poolOf(String location) {
        return beyond.contains(location) ? west : "default";
    }

    boolean isBundle(String sku) {
        return bundles.containsKey(sku);
    }

    /// What one unit of a SKU takes.
    Map<String, Integer> parts(String sku) {
        return bundles.getOrDefault(sku, Map.of(sku, 1));
    }

    /// Sets the shop up: stock everywhere, pools, bundles, offers at every account, some SKUs divided.
    void open() {
        operator()
                .body(Map.of("locations", beyond))
                .put("/pools/{pool}", west)
                .then()
                .statusCode(200);
        operator()
                .body(Map.of("pool", west))
                .put("/pools/accounts/{account}", accounts.getLast())
                .then()
                .statusCode(200);
        for (String location : everywhere()) {
            receipt(skus.stream().map(sku -> line(sku, location, 20)).toList());
        }
        for (int number = 0; number < Math.max(2, skus.size() / 12); number++) {
            assertThat(define(name + "set" + number)).isTrue();
        }
        List<String> sold = new ArrayList<>(skus);
        sold.addAll(bundles.keySet());
        for (String sku : sold) {
            for (String account : accounts) {
                if (account.equals(accounts.getFirst()) || chance.nextInt(10) < 6) {
                    list(new Offer(account + ":" + sku, account, sku));
                    if (chance.nextInt(12) == 0) {
                        list(new Offer(account + ":" + sku + ":second", account, sku));
                    }
                }
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(known(
                                "select count(*) from offer where announced_sequence > 0 and sku like ?", name + "%"))
                        .isEqualTo(offers.size()));
        for (String sku : skus) {
            int share = chance.nextInt(10);
            if (share < 8) {
                divide(sku, share < 2 ? "ESCROW" : "SHARED");
            }
        }
        for (Offer offer : offers) {
            ways.put(offer.id, new ChannelSyncState.Ways(chance.nextBoolean(), chance.nextBoolean()));
            tell(offer, null);
        }
    }

    private List<String> everywhere() {
        List<String> all = new ArrayList<>(east);
        all.addAll(beyond);
        return all;
    }

    private void list(Offer offer) {
        offers.add(offer);
        warehouse.list(offer.id, offer.account, offer.sku, ListingState.Status.ACTIVE);
    }

    /// Defines a bundle; one that is promised keeps its definition.
    ///
    /// @return whether it was done
    private boolean define(String bundle) {
        Map<String, Integer> components = new TreeMap<>();
        for (int number = 0; number <= chance.nextInt(2); number++) {
            components.put(any(skus), 1 + chance.nextInt(2));
        }
        components.putIfAbsent(skus.get(chance.nextInt(4)), 2);
        List<Map<String, Object>> listed = components.entrySet().stream()
                .map(part -> Map.<String, Object>of("sku", part.getKey(), "quantity", part.getValue()))
                .toList();
        boolean defined =
                maybe(200, () -> operator().body(Map.of("components", listed)).put("/bundles/{sku}", bundle));
        if (defined) {
            bundles.put(bundle, components);
        }
        return defined;
    }

    /// Trades for a round, and returns when everything that was told has been decided.
    ///
    /// @return how many movements the history has
    long round() throws ExecutionException, InterruptedException {
        rounds++;
        List<Held> held = held();
        List<Held> allocated = allocated();
        times(3, () -> post("a receipt", () -> receipt(randomly(40 + chance.nextInt(40), 1, 9))));
        times(2, () -> post("a count", count(100 + chance.nextInt(100))));
        times(4, () -> post("an adjustment", adjustment()));
        times(3, () -> post("a scrap", scrap()));
        times(4, () -> post("a transfer", transfer()));
        times(3, () -> post("an arrival", arrival()));
        times(8, () -> post("a hold", hold()));
        times(4, () -> post("an end of a hold", endOfHold()));
        Map<String, Long> told = new HashMap<>();
        times(40, () -> told(purchase(), told));
        times(15, () -> told(change(), told));
        List<String> plans = held.stream()
                .collect(Collectors.groupingBy(Held::order, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .limit(20)
                .map(this::plan)
                .toList();
        allocated.stream().limit(25).forEach(line -> told(shipment(line), told));
        times(5, this::comeBack);
        times(6, this::set);
        times(20, this::settle);
        if (chance.nextInt(6) == 0) {
            divide(any(skus), chance.nextBoolean() ? "ESCROW" : chance.nextBoolean() ? "SHARED" : "AUTOMATIC");
        }
        if (chance.nextInt(4) == 0) {
            redefine();
        }
        for (Future<?> each : under) {
            each.get();
        }
        under.clear();
        settled(told, plans);
        return known("select count(*) from stock_movement where sku like ?", name + "%");
    }

    /// Puts one unit of each of these SKUs on a shelf of either pool, and returns when nothing waits.
    void touch(List<String> some) {
        for (String location : List.of(any(east), any(beyond))) {
            receipt(some.stream()
                    .flatMap(sku -> parts(sku).keySet().stream())
                    .distinct()
                    .map(sku -> line(sku, location, 1))
                    .toList());
        }
        settled(Map.of(), List.of());
    }

    /// The SKUs that can be bought.
    List<String> sold() {
        return offers.stream().map(Offer::sku).distinct().toList();
    }

    private void settled(Map<String, Long> told, List<String> plans) {
        String[] orders = told.keySet().toArray(String[]::new);
        Long[] versions = Arrays.stream(orders).map(told::get).toArray(Long[]::new);
        String[] listed = heard.keySet().toArray(String[]::new);
        Long[] sequences = Arrays.stream(listed).map(heard::get).toArray(Long[]::new);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            assertThat(known(
                            "select count(*) from promise p join unnest(?::text[], ?::bigint[]) as t (id, version)"
                                    + " on p.order_id = t.id and p.version >= t.version",
                            orders,
                            versions))
                    .isEqualTo(orders.length);
            assertThat(known("select count(*) from plan_answer where plan_id = any (?)", (Object)
                            plans.toArray(String[]::new)))
                    .isEqualTo(plans.size());
            assertThat(known("select count(*) from stock_command where kind = 'return' and id = any (?)", (Object)
                            returned.toArray(String[]::new)))
                    .isEqualTo(returned.size());
            assertThat(known(
                            "select count(*) from offer_channel c join unnest(?::text[], ?::bigint[]) as t (id, sequence)"
                                    + " on c.offer = t.id and c.sequence >= t.sequence",
                            listed,
                            sequences))
                    .isEqualTo(listed.length);
            assertThat(known("select count(*) from availability_due where sku like ?", name + "%"))
                    .isZero();
        });
        returned.clear();
        heard.clear();
    }

    private void receipt(List<Map<String, Object>> lines) {
        Map<String, Object> request = Map.of("receiptId", Ids.text(), "lines", lines);
        insist(200, () -> operator().body(request).post("/stock/receipts"));
    }

    private List<Map<String, Object>> randomly(int lines, int least, int most) {
        return IntStream.range(0, lines)
                .mapToObj(_ -> line(any(skus), any(everywhere()), least + chance.nextInt(most)))
                .toList();
    }

    private static Map<String, Object> line(String sku, String location, int quantity) {
        return Map.of("sku", sku, "locationId", location, "quantity", quantity);
    }

    private Runnable count(int rows) {
        StringBuilder file = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            file.append("%s,%s,%d,%s%n"
                    .formatted(
                            any(skus),
                            any(everywhere()),
                            chance.nextInt(8) == 0 ? chance.nextInt(5) : 20 + chance.nextInt(80),
                            Ids.text()));
        }
        return () -> insist(
                200,
                () -> operator().contentType("text/csv").body(file.toString()).post("/stock/import"));
    }

    private Runnable adjustment() {
        int delta = chance.nextInt(20) - 10;
        Map<String, Object> request = Map.of(
                "adjustmentId",
                Ids.text(),
                "sku",
                any(skus),
                "locationId",
                any(everywhere()),
                "delta",
                delta >= 0 ? delta + 1 : delta,
                "reason",
                delta >= 0 ? "FOUND" : "DAMAGED");
        return () -> maybe(200, () -> operator().body(request).post("/stock/adjustments"));
    }

    private Runnable scrap() {
        Map<String, Object> request = Map.of(
                "scrapId",
                Ids.text(),
                "sku",
                any(skus),
                "locationId",
                any(everywhere()),
                "quantity",
                1 + chance.nextInt(4),
                "reason",
                "EXPIRED");
        return () -> maybe(200, () -> operator().body(request).post("/stock/scraps"));
    }

    private Runnable transfer() {
        String from = any(everywhere());
        List<String> others =
                everywhere().stream().filter(location -> !location.equals(from)).toList();
        String id = Ids.text();
        Map<String, Object> request = Map.of(
                "fromLocationId",
                from,
                "toLocationId",
                any(others),
                "lines",
                Stream.of(any(skus), any(skus))
                        .distinct()
                        .map(sku -> Map.of("sku", sku, "quantity", 3))
                        .toList());
        return () -> {
            if (maybe(200, () -> operator().body(request).put("/transfers/{id}", id))) {
                transfers.add(id);
            }
        };
    }

    private Runnable arrival() {
        if (transfers.isEmpty()) {
            return () -> {};
        }
        String id = transfers.removeFirst();
        int units = 1 + chance.nextInt(3);
        boolean lost = chance.nextInt(4) == 0;
        return () -> {
            List<Map<String, Object>> lines = viewer()
                    .get("/transfers/{id}", id)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .<String>getList("lines.sku")
                    .stream()
                    .map(sku -> Map.<String, Object>of("sku", sku, "quantity", units))
                    .toList();
            Map<String, Object> request = Map.of("receiptId", Ids.text(), "lines", lines);
            insist(200, () -> operator().body(request).post("/transfers/{id}/receipts", id));
            if (lost && units < 3) {
                insist(200, () -> operator().body(Map.of("reason", "LOST")).post("/transfers/{id}/close", id));
            }
        };
    }

    private Runnable hold() {
        String account = any(accounts);
        Kept kept = new Kept(Ids.text(), account);
        String sku = anySold(account).sku;
        Map<String, Object> request = Map.of(
                "lines", List.of(Map.of("sku", sku, "quantity", 1)), "expiresInSeconds", 3_600, "pool", pool(account));
        return () -> {
            if (maybe(201, () -> operator().body(request).put("/holds/{id}", kept.id))) {
                holds.add(kept);
            }
        };
    }

    private Runnable endOfHold() {
        if (holds.isEmpty()) {
            return () -> {};
        }
        Kept kept = holds.removeFirst();
        if (chance.nextBoolean()) {
            return () -> insist(204, () -> operator().delete("/holds/{id}", kept.id));
        }
        String order = chance.nextInt(3) == 0 ? "never-comes" : any(List.copyOf(purchases.keySet()));
        return () -> insist(
                200,
                () -> operator()
                        .body(Map.of("account", kept.account, "externalId", "#" + order))
                        .post("/holds/{id}/convert", kept.id));
    }

    private Purchase purchase() {
        String account = any(accounts);
        Purchase purchase = new Purchase(Orders.order().soldBy(account));
        for (int line = 0; line <= chance.nextInt(3); line++) {
            Offer offer = anySold(account);
            purchase.lines.put(
                    Integer.toString(line),
                    new Wanted(offer.sku, chance.nextInt(8) == 0 ? null : offer.id, 1 + chance.nextInt(4), 0));
        }
        if (chance.nextBoolean()) {
            purchase.order.within(Duration.ofDays(chance.nextInt(9)));
        }
        purchases.put(purchase.order.id(), purchase);
        happened("an order");
        return purchase;
    }

    private Purchase change() {
        Purchase purchase = purchases.get(any(List.copyOf(purchases.keySet())));
        boolean cancelled = chance.nextBoolean();
        Objects.requireNonNull(purchase)
                .lines
                .replaceAll((_, line) -> line.wanting(cancelled ? line.shipped : line.shipped + chance.nextInt(4)));
        happened(cancelled ? "a cancellation" : "a change of an order");
        return purchase;
    }

    private Purchase shipment(Held line) {
        Purchase purchase = Objects.requireNonNull(purchases.get(line.order));
        Wanted wanted = Objects.requireNonNull(purchase.lines.get(line.line));
        int units = Math.min(line.units, wanted.quantity - wanted.shipped);
        if (units > 0) {
            int sent = 1 + chance.nextInt(units);
            purchase.order.ships(Ids.text(), line.location, line.line, sent);
            purchase.lines.put(line.line, wanted.shipping(sent));
            happened("a shipment");
        }
        return purchase;
    }

    private void told(Purchase purchase, Map<String, Long> told) {
        purchase.lines.forEach((line, wanted) -> purchase.order.wants(line, wanted.sku, wanted.quantity, wanted.offer));
        OrderEvent event = purchase.order.tell();
        warehouse.tell(Topic.ORDERS, event);
        if (chance.nextInt(12) == 0) {
            warehouse.tell(Topic.ORDERS, event);
        }
        told.put(purchase.order.id(), purchase.order.version());
    }

    private String plan(List<Held> lines) {
        Purchase purchase = Objects.requireNonNull(purchases.get(lines.getFirst().order));
        List<String> places = lines.getFirst().pool.equals(west) ? beyond : east;
        String place = any(places);
        String id = Ids.text();
        warehouse.tell(
                Topic.ROUTES,
                purchase.order.plan(
                        ++purchase.plans,
                        id,
                        lines.stream()
                                .map(line -> new Assignment(line.line, line.sku, place, line.units))
                                .toArray(Assignment[]::new)));
        happened("a plan");
        return id;
    }

    private void comeBack() {
        String id = Ids.text();
        Event event = new ReturnEvent.UnitsRestocked(
                new ReturnFacts(
                        id,
                        1,
                        Ids.text(),
                        any(accounts),
                        "shopify",
                        "1001",
                        null,
                        ReturnFacts.State.OPEN,
                        List.of(),
                        List.of(new ReturnFacts.Restock(
                                id + "-1",
                                "1",
                                chance.nextInt(9) == 0 ? anyBundle() : any(skus),
                                any(everywhere()),
                                1)),
                        List.of()),
                Instant.EPOCH);
        warehouse.tell(Topic.RETURNS, event);
        returned.add(id + "-1");
        happened("a return");
    }

    /// Says something of an account, a SKU or both; each row says another thing every time.
    private void set() {
        String account = chance.nextInt(3) == 0 ? "*" : any(accounts);
        String sku = account.equals("*") || chance.nextInt(8) > 0 ? any(sold()) : "*";
        Map<String, Object> values = new TreeMap<>();
        for (int field = 0; field <= chance.nextInt(2); field++) {
            switch (chance.nextInt(11)) {
                case 0 -> values.put("safetyStock", chance.nextInt(8));
                case 1 -> values.put("safetyPercent", chance.nextInt(40));
                case 2 -> values.put("oversellProbability", 0.01);
                case 3 -> values.put("minimum", chance.nextInt(4));
                case 4 -> values.put("maximum", 5 + chance.nextInt(40));
                case 5 -> values.put("share", 20 + chance.nextInt(80));
                case 6 -> values.put("reserve", chance.nextInt(8));
                case 7 -> values.put("locations", List.of(any(everywhere()), any(everywhere())));
                case 8 -> values.put("madeToOrder", chance.nextInt(20));
                case 9 -> values.put("discontinued", chance.nextBoolean());
                default -> values.put("safetyStock", 0);
            }
        }
        Instant before = Instant.now();
        warehouse.limit(account, sku, values);
        String row = account + "/" + sku;
        changes.add(new Change(row, values, before, Instant.now().plusMillis(1)));
        settings.put(row, values);
        values.keySet().forEach(field -> happened("a limit: " + field));
    }

    private void divide(String sku, String mode) {
        operator()
                .body(Map.of("mode", mode))
                .put("/availability/modes/default/{sku}", sku)
                .then()
                .statusCode(200);
        happened("a mode: " + mode);
    }

    private void redefine() {
        if (define(anyBundle())) {
            happened("a bundle defined anew");
        }
    }

    /// Lets the newest number of some offers in escrow settle, as a channel that sold what was booked, and
    /// nothing else.
    private void settle() {
        Offer offer = any(offers);
        query(
                "select o.announced_sequence, o.announced_quantity, coalesce(s.sold, 0), coalesce(s.cancelled, 0)"
                        + " from offer o join offer_exposure e using (offer) left join offer_sales s using (offer)"
                        + " where o.offer = ? and o.announced_quantity is not null",
                row -> {
                    boolean read = chance.nextBoolean();
                    tell(
                            offer,
                            new ChannelSyncState.Settled(
                                    row.getLong(1), row.getInt(2), row.getLong(3), read ? row.getLong(4) : null));
                    happened("a number that settled");
                },
                offer.id);
    }

    private void tell(Offer offer, ChannelSyncState.@Nullable Settled settled) {
        long sequence = TOLD.incrementAndGet();
        heard.put(offer.id, sequence);
        warehouse.tell(
                Topic.CHANNEL_SYNC,
                new ChannelSyncState(
                        offer.id, sequence, offer.account, null, null, null, null, null, ways.get(offer.id), settled));
    }

    /// Lines with units that are held and could be planned.
    private List<Held> held() {
        List<Held> lines = new ArrayList<>();
        query(
                "select order_id, line_id, pool, sku, held from reservation"
                        + " where held > 0 and order_id = any (?) order by hashtext(order_id || ?), line_id limit 60",
                row -> lines.add(new Held(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), "", row.getInt(5))),
                purchases.keySet().toArray(String[]::new),
                Integer.toString(rounds));
        return lines;
    }

    /// Lines with units that lie ready at a location.
    private List<Held> allocated() {
        List<Held> lines = new ArrayList<>();
        query(
                "select order_id, line_id, r.pool, r.sku, a.location, a.quantity"
                        + " from allocation a join reservation r using (order_id, line_id)"
                        + " where a.quantity > 0 and order_id = any (?) order by hashtext(order_id || ?), line_id limit 60",
                row -> lines.add(new Held(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6))),
                purchases.keySet().toArray(String[]::new),
                Integer.toString(rounds));
        return lines;
    }

    private String anyBundle() {
        return any(List.copyOf(bundles.keySet()));
    }

    private Offer anySold(String account) {
        return any(
                offers.stream().filter(offer -> offer.account.equals(account)).toList());
    }

    private <T> T any(List<T> of) {
        return of.get(chance.nextInt(of.size()));
    }

    private void post(String what, Runnable work) {
        happened(what);
        under.add(workers.submit(work));
    }

    private void happened(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private static void times(int times, Runnable work) {
        for (int time = 0; time < times; time++) {
            work.run();
        }
    }

    /// Whether it was done; a conflict with what lies there is an answer, too.
    private static boolean maybe(int expected, Supplier<Response> request) {
        int status = answer(request).statusCode();
        assertThat(status).isIn(expected, 409);
        return status == expected;
    }

    private static void insist(int expected, Supplier<Response> request) {
        Response answer = answer(request);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(expected);
    }

    /// Asks again as long as the service says that it has too much to do.
    private static Response answer(Supplier<Response> request) {
        Response first = request.get();
        return first.statusCode() != 503
                ? first
                : await().atMost(PATIENCE).until(request::get, answer -> answer.statusCode() != 503);
    }

    private static RequestSpecification operator() {
        return Tokens.as("operator").contentType(ContentType.JSON);
    }

    private static RequestSpecification viewer() {
        return Tokens.as("viewer");
    }

    private long known(String sql, Object... parameters) {
        List<Long> counted = new ArrayList<>();
        query(sql, row -> counted.add(row.getLong(1)), parameters);
        return counted.getFirst();
    }

    private void query(String sql, Take take, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                Object parameter = parameters[i];
                switch (parameter) {
                    case String[] texts -> query.setArray(i + 1, connection.createArrayOf("text", texts));
                    case Long[] numbers -> query.setArray(i + 1, connection.createArrayOf("bigint", numbers));
                    default -> query.setObject(i + 1, parameter);
                }
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    take.take(rows);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        warehouse.close();
    }

    /// One entry at a channel.
    record Offer(String id, String account, String sku) {}

    /// A row of settings that got these values at some time between two.
    private record Change(String row, Map<String, Object> values, Instant before, Instant after) {}

    private record Kept(String id, String account) {}

    private record Held(String order, String line, String pool, String sku, String location, int units) {}

    private record Wanted(String sku, @Nullable String offer, int quantity, int shipped) {
        Wanted wanting(int units) {
            return new Wanted(sku, offer, units, shipped);
        }

        Wanted shipping(int units) {
            return new Wanted(sku, offer, quantity, shipped + units);
        }
    }

    private static final class Purchase {
        private final Orders order;
        private final Map<String, Wanted> lines = new TreeMap<>();
        private long plans;

        Purchase(Orders order) {
            this.order = order;
        }
    }

    @FunctionalInterface
    private interface Take {
        void take(ResultSet row) throws SQLException;
    }
}
