package io.hubline.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.inventory.Warehouse;
import io.hubline.inventory.stock.StockService.CountOutcome;
import io.hubline.inventory.stock.StockService.Counted;
import io.hubline.inventory.stock.domain.Hold;
import io.hubline.inventory.stock.domain.Holds;
import io.hubline.inventory.stock.domain.Moment;
import io.hubline.inventory.stock.domain.OrderDemand;
import io.hubline.inventory.stock.domain.OrderDemand.Line;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.inventory.stock.domain.Promise;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.kit.Ids;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is kept for those who ask again, and for how long. Rows are made old in the database, and the jobs
/// are run by hand.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ForgettingTest {

    private final Folding books;
    private final StockService stock;
    private final HoldService service;
    private final Holds holds;
    private final HoldSweeper sweeper;
    private final NotePurge purge;
    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    ForgettingTest(
            Folding books,
            StockService stock,
            HoldService service,
            Holds holds,
            HoldSweeper sweeper,
            NotePurge purge,
            DataSource database) {
        this.books = books;
        this.stock = stock;
        this.service = service;
        this.holds = holds;
        this.sweeper = sweeper;
        this.purge = purge;
        this.database = database;
    }

    @BeforeEach
    void receive() {
        warehouse.receive(sku, "berlin", 10);
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void a_hold_that_ended_is_answered_for_a_month_and_then_its_id_is_as_good_as_new() throws SQLException {
        String ended = Ids.text();
        String live = Ids.text();
        grant(ended);
        grant(live);
        ask(new Request.Released(ended, service.now(), false));
        execute(
                "update checkout_hold set granted_at = now() - interval '99 days' where id = any (array[?, ?])",
                ended,
                live);

        execute("update checkout_hold set ended_at = now() - interval '29 days' where id = ?", ended);
        sweeper.sweep();
        assertThat(grant(ended)).isEqualTo(new Outcome.Gone(Hold.State.RELEASED));

        execute("update checkout_hold set ended_at = now() - interval '31 days' where id = ?", ended);
        sweeper.sweep();
        assertThat(holds.find(ended)).isEmpty();
        assertThat(holds.find(live)).isPresent();
        assertThat(grant(ended)).isInstanceOf(Outcome.Granted.class);
    }

    @Test
    void holds_are_forgotten_however_they_ended() throws SQLException {
        List<String> ended = List.of(Ids.text(), Ids.text(), Ids.text());
        ended.forEach(this::grant);
        ask(new Request.Released(ended.get(0), service.now(), false));
        ask(new Request.Expired(ended.get(1), Instant.parse("2100-01-01T00:00:00Z")));
        String order = Ids.text();
        ask(new Request.Converted(ended.get(2), "shop-a:" + order, service.now()));
        ask(wants(order));
        assertThat(ended)
                .extracting(id -> holds.find(id).orElseThrow().state())
                .containsExactly(Hold.State.RELEASED, Hold.State.EXPIRED, Hold.State.CONVERTED);

        execute(
                "update checkout_hold set ended_at = now() - interval '31 days' where id = any (array[?, ?, ?])",
                ended.toArray(String[]::new));
        sweeper.sweep();

        assertThat(ended).allSatisfy(id -> assertThat(holds.find(id)).isEmpty());
        assertThat(warehouse.check().getList("drifts")).isEmpty();
    }

    @Test
    void a_count_that_moved_nothing_is_forgotten_and_one_that_moved_units_is_not() throws SQLException {
        Counted same = new Counted(new PositionKey(sku, "berlin"), 10, new Moment.Now(), Ids.text());
        Counted other = new Counted(new PositionKey(sku, "hamburg"), 4, new Moment.Now(), Ids.text());
        assertThat(stock.count(List.of(same, other)))
                .containsExactly(new CountOutcome.Applied(0), new CountOutcome.Applied(0));

        age("import", same.key(), 29);
        age("import", other.key(), 31);
        purge.purge();
        assertThat(stock.count(List.of(same, other)))
                .containsExactly(new CountOutcome.Repeated(), new CountOutcome.Repeated());

        age("import", same.key(), 31);
        purge.purge();
        assertThat(stock.count(List.of(same, other)))
                .containsExactly(new CountOutcome.Applied(0), new CountOutcome.Repeated());
    }

    @Test
    void what_a_receipt_was_answered_is_never_forgotten() throws SQLException {
        String receipt = Ids.text();
        List<StockService.Line> lines = List.of(new StockService.Line(new PositionKey(sku, "berlin"), 1));
        stock.receive(receipt, lines);

        age("receipt", receipt, 31);
        purge.purge();
        stock.receive(receipt, lines);

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(11);
    }

    @Test
    void a_plan_that_comes_again_when_its_answer_is_forgotten_is_ignored() throws SQLException {
        String order = Ids.text();
        Request plan =
                new Request.Planned(order, 1, Ids.text(), List.of(new Request.Assignment("1", sku, "berlin", 1)));
        ask(wants(order));
        ask(plan);
        warehouse.hear(order, 2);

        ask(plan);
        warehouse.hear(order, 3);
        execute("update plan_answer set answered_at = now() - interval '31 days' where order_id = ?", order);
        purge.purge();
        ask(plan);

        assertThat(count("select count(*) from plan_answer where order_id = ?", order))
                .isZero();
        assertThat(count("select coalesce(sum(quantity), 0) from allocation where order_id = ?", order))
                .isEqualTo(1);
    }

    private Outcome grant(String hold) {
        Instant now = service.now();
        return ask(new Request.Held(
                hold, StockKey.DEFAULT_POOL, new TreeMap<>(Map.of(sku, 1)), now, now.plusSeconds(600)));
    }

    private Request wants(String order) {
        return new Request.Promised(new OrderDemand(
                order,
                1,
                Promise.State.OPEN,
                Instant.parse("2026-11-23T08:00:00Z"),
                null,
                "shop-a",
                "shop-a:" + order,
                List.of(new Line("1", sku, null, 1, 1)),
                List.of()));
    }

    private Outcome ask(Request request) {
        return books.askAndWait(Ask.of(Ask.Source.ofEvent("test", UUID.randomUUID()), request))
                .outcome();
    }

    private void age(String kind, String id, int days) throws SQLException {
        execute(
                "update stock_command set recorded_at = now() - interval '%d days' where kind = ? and id = ?"
                        .formatted(days),
                kind,
                id);
    }

    private void execute(String statement, String... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setString(i + 1, parameters[i]);
            }
            assertThat(update.executeUpdate()).isPositive();
        }
    }

    private long count(String query, String parameter) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement counting = connection.prepareStatement(query)) {
            counting.setString(1, parameter);
            try (ResultSet row = counting.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
