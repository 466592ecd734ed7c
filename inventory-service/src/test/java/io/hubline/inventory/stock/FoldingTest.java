package io.hubline.inventory.stock;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.inventory.stock.domain.Bundle;
import io.hubline.inventory.stock.domain.CommandNote;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import io.hubline.kit.Ids;
import io.hubline.kit.inbox.Origin;
import io.hubline.kit.inbox.Retries;
import io.hubline.kit.sql.FailureKind;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.context.Context;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Folding as it is, over the real database. Where a test has to say what is in one batch, it asks a folding
/// of its own that has not started: whatever was asked until then is taken together.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class FoldingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Ask.Source SOMEBODY = new Ask.Source("tester", new Origin(null, Context.root()));

    private static final String CONNECTION_LIMIT =
            "do $$ begin execute format('alter database %%I connection limit %d', current_database()); end $$";

    private final Folding folding;
    private final Bookkeeping books;
    private final BundleService bundles;
    private final Retries retries;
    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final List<Folding> started = new ArrayList<>();
    private final String sku = Warehouse.sku();

    FoldingTest(Folding folding, Bookkeeping books, BundleService bundles, Retries retries, DataSource database) {
        this.folding = folding;
        this.books = books;
        this.bundles = bundles;
        this.retries = retries;
        this.database = database;
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Folding own : started) {
            own.stop(new ShutdownEvent());
        }
        warehouse.close();
    }

    @Test
    void what_contradicts_the_books_fails_alone_in_the_midst_of_a_batch() throws SQLException {
        Folding own = folding(1, Duration.ofSeconds(5));
        List<CompletionStage<Answer>> before = receive(own, 20);
        CompletionStage<Answer> contradicts = own.ask(Ask.noted(
                SOMEBODY,
                new CommandNote("test", sku, "a plan of an order that nobody saw"),
                List.of(new Request.Planned(Ids.text(), 1, Ids.text(), List.of()))));
        CompletionStage<Answer> refused = own.ask(Ask.noted(
                SOMEBODY,
                new CommandNote("test", sku + " refused", "more than lies there"),
                List.of(new Request.Moved(new PositionKey(sku, "berlin"), -1_000, Reason.SCRAP, "scrap " + sku))));
        List<CompletionStage<Answer>> after = receive(own, 20);
        start(own);

        assertThat(answer(contradicts).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(answer(refused).outcome())
                .isEqualTo(new Outcome.NotOnHand(new PositionKey(sku, "berlin"), 20, -1_000));
        assertThat(before)
                .allSatisfy(asked -> assertThat(answer(asked).isDone()).isTrue());
        assertThat(after).allSatisfy(asked -> assertThat(answer(asked).isDone()).isTrue());
        assertThat(count("select count(distinct xmin::text) from stock_movement where sku = ?", sku))
                .isEqualTo(1);
        assertThat(count("select sum(delta) from stock_movement where sku = ?", sku))
                .isEqualTo(40);
        assertThat(count("select count(*) from stock_command where kind = 'test' and id like ? || '%'", sku))
                .isZero();
    }

    @Test
    void an_order_that_forgets_its_parcel_fails_alone() throws SQLException {
        Orders order = order().wants("1", sku, 2).ships("S1", "berlin", "1", 2);
        Folding own = folding(1, Duration.ofSeconds(5));
        receive(own, 20);
        CompletionStage<Answer> ships = own.ask(told(order));
        start(own);
        assertThat(answer(ships).isDone()).isTrue();

        Folding next = folding(1, Duration.ofSeconds(5));
        List<CompletionStage<Answer>> before = receive(next, 5);
        CompletionStage<Answer> forgets = next.ask(told(order.forgetsWhatLeft()));
        List<CompletionStage<Answer>> after = receive(next, 5);
        start(next);

        assertThat(answer(forgets).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(before)
                .allSatisfy(asked -> assertThat(answer(asked).isDone()).isTrue());
        assertThat(after).allSatisfy(asked -> assertThat(answer(asked).isDone()).isTrue());
        assertThat(count("select sum(delta) from stock_movement where sku = ?", sku))
                .isEqualTo(28);
        assertThat(count("select count(distinct xmin::text) from stock_movement where sku = ?", sku))
                .as("nothing was split from the batch")
                .isEqualTo(2);
    }

    @Test
    void what_only_the_database_finds_is_split_from_the_others() throws SQLException {
        Folding own = folding(1, Duration.ofSeconds(5));
        List<CompletionStage<Answer>> before = receive(own, 13);
        String unstorable = sku + "\u0000";
        CompletionStage<Answer> culprit = own.ask(Ask.noted(
                SOMEBODY,
                new CommandNote("test", sku, "a text that cannot be kept"),
                List.of(new Request.Moved(
                        new PositionKey(unstorable, "berlin"), 1, Reason.RECEIPT, "receipt " + sku))));
        List<CompletionStage<Answer>> after = receive(own, 13);
        start(own);

        assertThatThrownBy(() -> answer(culprit))
                .satisfies(failure ->
                        assertThat(FailureKind.isUnstorableText(failure)).isTrue());
        assertThat(before)
                .allSatisfy(asked -> assertThat(answer(asked).isDone()).isTrue());
        assertThat(after).allSatisfy(asked -> assertThat(answer(asked).isDone()).isTrue());
        assertThat(count("select sum(delta) from stock_movement where sku = ?", sku))
                .isEqualTo(26);
        // Halves that had no part in it went through whole.
        assertThat(count("select count(distinct xmin::text) from stock_movement where sku = ?", sku))
                .isBetween(2L, 8L);
        assertThat(count("select count(*) from stock_command where kind = 'test' and id = ?", sku))
                .isZero();
    }

    /// Goal: what is asked of a SKU first is decided first, whoever asks. Method: 64 callers at once; who
    /// asks next is drawn under a lock per SKU, so that the test knows the order; the ledger's numbers tell
    /// in which order they were booked.
    @Test
    void asks_of_one_sku_are_decided_in_their_order_under_sixty_four_callers() throws Exception {
        List<String> skus = List.of(sku, Warehouse.sku(), Warehouse.sku());
        Map<String, List<String>> asked = new TreeMap<>();
        skus.forEach(each -> asked.put(each, new ArrayList<>()));
        List<CompletionStage<Answer>> answers = new CopyOnWriteArrayList<>();

        together(64, caller -> {
            Random random = new Random(caller);
            for (int i = 0; i < 10; i++) {
                String hot = skus.get(random.nextInt(skus.size()));
                String cause = "receipt %d-%d".formatted(caller, i) + " " + hot;
                List<String> order = asked.getOrDefault(hot, List.of());
                synchronized (order) {
                    order.add(cause);
                    answers.add(folding.ask(Ask.of(
                            SOMEBODY, new Request.Moved(new PositionKey(hot, "berlin"), 1, Reason.RECEIPT, cause))));
                }
                answer(answers.getLast());
            }
        });

        assertThat(answers)
                .hasSize(640)
                .allSatisfy(one -> assertThat(answer(one).isDone()).isTrue());
        for (String each : skus) {
            assertThat(texts("select cause from stock_movement where sku = ? order by number", each))
                    .containsExactlyElementsOf(asked.getOrDefault(each, List.of()));
        }
    }

    @Test
    void a_sku_that_cannot_be_had_holds_up_no_other() throws SQLException {
        String cold = Warehouse.sku();
        warehouse.receive(sku, "berlin", 1);
        warehouse.receive(cold, "berlin", 1);
        try (Connection ours = database.getConnection()) {
            ours.setAutoCommit(false);
            lock(ours, sku);
            List<CompletionStage<Answer>> hot = receive(folding, 100);
            awaitWaiter(ours);

            List<CompletionStage<Answer>> cool = IntStream.range(0, 100)
                    .mapToObj(i ->
                            folding.ask(Ask.of(SOMEBODY, received(cold, "receipt cold %d %s".formatted(i, cold)))))
                    .toList();

            assertThat(cool)
                    .allSatisfy(asked -> assertThat(answer(asked).isDone()).isTrue());
            assertThat(hot).noneMatch(asked -> asked.toCompletableFuture().isDone());
            ours.rollback();
            assertThat(hot.getFirst())
                    .satisfies(asked -> assertThat(answer(asked).isDone()).isTrue());
        }
    }

    /// Goal: nobody deadlocks, whatever is asked together. Method: two foldings as of two replicas, each
    /// with several workers, meet over six SKUs and two bundles of them; PostgreSQL says 40P01 to whom it
    /// kills.
    @ParameterizedTest
    @ValueSource(longs = {3, 29})
    void nobody_deadlocks_over_many_skus_and_bundles(long seed) throws Exception {
        List<String> skus = IntStream.range(0, 6).mapToObj(_ -> Warehouse.sku()).toList();
        skus.forEach(each -> warehouse.receive(each, "berlin", 200));
        List<String> sellable = new ArrayList<>(skus);
        for (int i = 0; i < 2; i++) {
            String kit = Warehouse.sku();
            assertThat(bundles.define(new Bundle(
                            kit, new TreeMap<>(Map.of(skus.get(i), 1, skus.get(i + 2), 2, skus.get(5 - i), 1)))))
                    .isEmpty();
            sellable.add(kit);
        }
        List<Folding> replicas = List.of(folding(3, PATIENCE), folding(3, PATIENCE));
        replicas.forEach(this::start);
        List<Answer> answers = new CopyOnWriteArrayList<>();

        List<String> failures = heard(() -> together(16, caller -> {
            Random random = new Random(seed * 1_000 + caller);
            for (int i = 0; i < 40; i++) {
                answers.add(answer(replicas.get(random.nextInt(2)).ask(random(random, skus, sellable))));
            }
        }));

        assertThat(answers).hasSize(16 * 40);
        assertThat(answers).noneMatch(answer -> answer.outcome() instanceof Outcome.Failed);
        assertThat(failures).noneMatch(message -> message.contains("40P01"));
        assertThat(warehouse.check().getList("drifts")).isEmpty();
    }

    @Test
    void the_end_answers_whatever_was_asked_and_nothing_is_half_done() throws Exception {
        Folding own = folding(2, Duration.ofMillis(300));
        warehouse.receive(sku, "berlin", 1);
        List<CompletionStage<Answer>> asked = new ArrayList<>();
        try (Connection ours = database.getConnection()) {
            ours.setAutoCommit(false);
            lock(ours, sku);
            asked.add(own.ask(Ask.of(SOMEBODY, received(sku, "receipt in hand " + sku))));
            start(own);
            awaitWaiter(ours);
            // These wait behind the one in hand: callers and events alike.
            for (int i = 0; i < 20; i++) {
                Ask.Source source = i % 2 == 0 ? SOMEBODY : Ask.Source.ofEvent("test", UUID.randomUUID());
                asked.add(own.ask(Ask.of(source, received(sku, "receipt waits %d %s".formatted(i, sku)))));
            }

            own.stop(new ShutdownEvent());

            assertThat(asked.subList(1, asked.size()))
                    .allSatisfy(each -> assertThatThrownBy(() -> answer(each)).isInstanceOf(BusyException.class));
            assertThatThrownBy(() -> answer(own.ask(Ask.of(SOMEBODY, received(sku, "receipt late " + sku)))))
                    .isInstanceOf(BusyException.class);
            ours.rollback();
        }

        assertThat(answer(asked.getFirst()).isDone()).isTrue();
        assertThat(texts("select cause from stock_movement where sku = ? order by number offset 1", sku))
                .containsExactly("receipt in hand " + sku);
    }

    @Test
    void the_end_decides_what_waits_as_far_as_there_is_time() throws Exception {
        Folding own = folding(1, PATIENCE);
        List<CompletionStage<Answer>> asked = receive(own, 600);
        start(own);

        own.stop(new ShutdownEvent());

        assertThat(asked).allMatch(each -> each.toCompletableFuture().isDone());
        assertThat(asked).allSatisfy(each -> assertThat(answer(each).isDone()).isTrue());
        assertThat(count("select sum(delta) from stock_movement where sku = ?", sku))
                .isEqualTo(600);
    }

    @Test
    void who_never_gets_a_turn_is_told_to_come_again() throws Exception {
        Folding own = folding(1, Duration.ofMillis(100));
        List<CompletionStage<Answer>> asked = receive(own, 3);

        own.stop(new ShutdownEvent());

        assertThat(asked)
                .allSatisfy(each -> assertThatThrownBy(() -> answer(each)).isInstanceOf(BusyException.class));
        assertThat(count("select count(*) from stock_movement where sku = ?", sku))
                .isZero();
    }

    @Test
    void with_the_database_away_callers_are_told_to_come_again_and_events_wait() throws Exception {
        warehouse.receive(sku, "berlin", 5);
        Orders order = order().wants("1", sku, 2);
        RequestSpecification receipt = Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "receiptId",
                        Ids.text(),
                        "lines",
                        List.of(Map.of("sku", sku, "locationId", "berlin", "quantity", 1))));
        Folding own = folding(1, Duration.ofSeconds(5));
        CompletionStage<Answer> event = own.ask(
                Ask.of(Ask.Source.ofEvent("test", UUID.randomUUID()), received(sku, "receipt by event " + sku)));
        CompletionStage<Answer> inItsBatch =
                own.ask(Ask.of(SOMEBODY, received(Warehouse.sku(), "receipt in its batch " + sku)));

        Connection ours = database.getConnection();
        try {
            sendAllAway(ours);
            start(own);
            CompletionStage<Answer> behindIt = own.ask(Ask.of(SOMEBODY, received(sku, "receipt behind it " + sku)));
            warehouse.tell(Topic.ORDERS, order.tell());

            assertThat(List.of(inItsBatch, behindIt))
                    .allSatisfy(caller -> assertThatThrownBy(() -> answer(caller))
                            .satisfies(failure ->
                                    assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.UNREACHABLE)));
            receipt.post("/stock/receipts")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "1")
                    .body("type", equalTo("/problems/try-again"));
            assertThat(event.toCompletableFuture()).isNotDone();
        } finally {
            letThemBack(ours);
            ours.close();
        }

        assertThat(answer(event).isDone()).isTrue();
        assertThat(warehouse.hear(order.id(), 1)).hasOnlyElementsOfType(ReservationEvent.OrderReserved.class);
        await().atMost(PATIENCE)
                .untilAsserted(() -> receipt.post("/stock/receipts").then().statusCode(200));
        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(7);
        assertThat(count("select count(*) from stock_movement where cause = ?", "receipt by caller " + sku))
                .isZero();
    }

    private Ask random(Random random, List<String> skus, List<String> sellable) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<String> some = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(_ -> skus.get(random.nextInt(skus.size())))
                .distinct()
                .toList();
        String id = Ids.text();
        return switch (random.nextInt(4)) {
            case 0 ->
                Ask.noted(
                        SOMEBODY,
                        new CommandNote("test", id, "receipt"),
                        List.of(new Request.Received(some.stream()
                                .map(each -> received(each, "receipt " + id))
                                .toList())));
            case 1 -> {
                TreeMap<String, Integer> lines = new TreeMap<>();
                IntStream.range(0, 1 + random.nextInt(3))
                        .forEach(_ -> lines.put(sellable.get(random.nextInt(sellable.size())), 1 + random.nextInt(2)));
                yield Ask.of(SOMEBODY, new Request.Held(id, StockKey.DEFAULT_POOL, lines, now, now.plusSeconds(600)));
            }
            case 2 -> {
                Orders order = order();
                IntStream.range(0, 1 + random.nextInt(3))
                        .forEach(line ->
                                order.wants(String.valueOf(line), sellable.get(random.nextInt(sellable.size())), 1));
                yield told(order);
            }
            default -> {
                TreeMap<String, Integer> units = new TreeMap<>();
                some.forEach(each -> units.put(each, 1));
                yield Ask.noted(
                        SOMEBODY,
                        new CommandNote("test", id, "transfer"),
                        List.of(new Request.Sent(id, "berlin", "hamburg", units, now)));
            }
        };
    }

    private List<CompletionStage<Answer>> receive(Folding of, int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> of.ask(Ask.of(SOMEBODY, received(sku, "receipt " + Ids.text()))))
                .toList();
    }

    private static Ask told(Orders order) {
        return Ask.of(
                Ask.Source.ofEvent("test", UUID.randomUUID()),
                new Request.Promised(PromiseService.demand(order.next())));
    }

    private static Request.Moved received(String what, String cause) {
        return new Request.Moved(new PositionKey(what, "berlin"), 1, Reason.RECEIPT, cause);
    }

    private Folding folding(int workers, Duration stopMax) {
        record Bounds(int workers, int batchMax, int queueMax, Duration waitMax, Duration stopMax)
                implements FoldingConfig {}
        return new Folding(
                books, new Bounds(workers, 256, 4_000, PATIENCE, stopMax), retries, new SimpleMeterRegistry());
    }

    private void start(Folding own) {
        started.add(own);
        own.start(new StartupEvent());
    }

    private static Answer answer(CompletionStage<Answer> asked) {
        return Folding.await(asked.toCompletableFuture().copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private static void together(int callers, IntConsumer work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<?>[] done = IntStream.range(0, callers)
                    .mapToObj(caller -> CompletableFuture.runAsync(() -> work.accept(caller), threads))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(done).join();
        }
    }

    /// What foldings complain of meanwhile.
    private static List<String> heard(Runnable work) {
        List<String> messages = new CopyOnWriteArrayList<>();
        Handler ear = new Handler() {
            @Override
            public void publish(LogRecord record) {
                messages.add(record.getMessage() + Arrays.toString(record.getParameters()));
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger logger = Logger.getLogger(Folding.class.getName());
        logger.addHandler(ear);
        try {
            work.run();
        } finally {
            logger.removeHandler(ear);
        }
        return messages;
    }

    private static void lock(Connection ours, String sku) throws SQLException {
        try (PreparedStatement lock = ours.prepareStatement("select from pool_position where sku = ? for update")) {
            lock.setString(1, sku);
            try (ResultSet row = lock.executeQuery()) {
                assertThat(row.next()).isTrue();
            }
        }
    }

    /// Waits until somebody waits for what this connection holds.
    private void awaitWaiter(Connection ours) throws SQLException {
        long pid = pid(ours);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count(
                                "select count(*) from pg_stat_activity where pg_blocking_pids(pid) @> array[?::int]",
                                String.valueOf(pid)))
                        .isPositive());
    }

    private static long pid(Connection ours) throws SQLException {
        try (Statement query = ours.createStatement();
                ResultSet row = query.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    /// To whoever connects now the database is full, and it hangs up on whoever is connected but on us.
    private static void sendAllAway(Connection ours) throws SQLException {
        try (Statement statement = ours.createStatement()) {
            statement.execute(CONNECTION_LIMIT.formatted(0));
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }
    }

    private static void letThemBack(Connection ours) throws SQLException {
        try (Statement statement = ours.createStatement()) {
            statement.execute(CONNECTION_LIMIT.formatted(-1));
        }
    }

    private long count(String query, String parameter) throws SQLException {
        return Long.parseLong(texts(query, parameter).getFirst());
    }

    private List<String> texts(String query, String parameter) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement reading = connection.prepareStatement(query)) {
            reading.setString(1, parameter);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = reading.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }
}
