package io.hubline.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubline.inventory.Warehouse;
import io.hubline.inventory.stock.domain.Bundle;
import io.hubline.inventory.stock.domain.Bundles;
import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.inventory.stock.domain.Exposures;
import io.hubline.inventory.stock.domain.Hold;
import io.hubline.inventory.stock.domain.Holds;
import io.hubline.inventory.stock.domain.OrderDemand;
import io.hubline.inventory.stock.domain.OrderDemand.Line;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.inventory.stock.domain.Promise;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.inventory.stock.domain.StockBooks;
import io.hubline.inventory.stock.domain.StockBooks.OpenLine;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import io.hubline.kit.Ids;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Holds, bundles and exposures as the database keeps them.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class PromiseBookTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123456Z");

    private final Bookkeeping books;
    private final Holds holds;
    private final Bundles bundles;
    private final Exposures exposures;
    private final StockBooks stock;
    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String shirt = Warehouse.sku() + " \"{blue, 40\\42}\"";
    private final String mug = Warehouse.sku();
    private final String kit = Warehouse.sku();
    private final String offer = "shop-a:" + kit;
    private final String hold = Ids.text();
    private final String order = Ids.text();

    PromiseBookTest(
            Bookkeeping books,
            Holds holds,
            Bundles bundles,
            Exposures exposures,
            StockBooks stock,
            DataSource database) {
        this.books = books;
        this.holds = holds;
        this.bundles = bundles;
        this.exposures = exposures;
        this.stock = stock;
        this.database = database;
    }

    /// Some tests damage the books; the next class looks at all of them.
    @AfterEach
    void mend() {
        Tokens.as("operator").post("/stock/check?repair=true").then().statusCode(200);
        warehouse.close();
    }

    @Test
    void a_hold_is_kept_as_it_was_granted_until_its_time_is_over() {
        receive(shirt, 5);
        receive(mug, 2);
        bundle();

        Outcome granted = ask(held(Map.of(kit, 2, shirt, 1)));

        assertThat(holds.find(hold)).contains(((Outcome.Granted) granted).hold());
        assertThat(holds.page(Hold.State.HELD, null, 1_000))
                .extracting(Hold::id)
                .contains(hold);
        assertThat(pool(shirt).reserved()).isEqualTo(5);
        assertThat(due(NOW.plusSeconds(59))).isEmpty();
        assertThat(drifts()).isEmpty();

        List<Request> overdue = due(NOW.plusSeconds(60));
        overdue.forEach(this::ask);

        assertThat(overdue).hasSize(1);
        assertThat(holds.find(hold)).get().extracting(Hold::state).isEqualTo(Hold.State.EXPIRED);
        assertThat(pool(shirt).reserved()).isZero();
        assertThat(pool(mug).reserved()).isZero();
        assertThat(drifts()).isEmpty();
    }

    @Test
    void a_hold_of_something_unknown_leaves_no_trace() {
        assertThat(ask(held(Map.of(mug, 1)))).isEqualTo(new Outcome.Refused(List.of(new Outcome.Missing(mug, 1, 0))));

        assertThat(stock.pools(mug)).isEmpty();
        assertThat(holds.find(hold)).isEmpty();
    }

    @Test
    void an_order_takes_what_was_held_for_it() {
        receive(shirt, 2);
        receive(mug, 1);
        bundle();
        ask(held(Map.of(kit, 1)));
        ask(new Request.Converted(hold, "shop-a:" + order, NOW));

        ask(wants(1, Promise.State.OPEN, 1, 1));

        assertThat(holds.find(hold)).get().extracting(Hold::state).isEqualTo(Hold.State.CONVERTED);
        assertThat(stock.openLines(shirt, null, 10))
                .singleElement()
                .extracting(OpenLine::sku, OpenLine::held, OpenLine::backordered)
                .containsExactly(kit, 1, 0);
        assertThat(pool(shirt).reserved()).isEqualTo(2);
        assertThat(drifts()).isEmpty();
    }

    @Test
    void a_hold_and_its_order_that_missed_each_other_are_brought_together() throws SQLException {
        receive(shirt, 2);
        receive(mug, 1);
        bundle();
        ask(held(Map.of(kit, 1)));
        ask(wants(1, Promise.State.OPEN, 1, 1));
        sql("update checkout_hold set state = 'CONVERTING', channel_order = 'shop-a:%s' where id = '%s'"
                .formatted(order, hold));

        List<Request> due = due(NOW);
        due.forEach(this::ask);

        assertThat(due).containsExactly(new Request.Converted(hold, "shop-a:" + order, NOW));
        assertThat(stock.openLines(mug, null, 10))
                .singleElement()
                .extracting(OpenLine::held, OpenLine::backordered)
                .containsExactly(1, 0);
        assertThat(due(NOW)).isEmpty();
        assertThat(drifts()).isEmpty();
    }

    @Test
    void a_bundle_that_waits_takes_its_other_part_with_it_though_nobody_named_that() {
        receive(shirt, 3);
        bundle();
        ask(wants(1, Promise.State.OPEN, 1, 1));

        receive(mug, 1);

        assertThat(pool(shirt))
                .extracting(PoolPosition::reserved, PoolPosition::backordered)
                .containsExactly(2, 0);
        assertThat(drifts()).isEmpty();
    }

    @Test
    void sales_and_cancellations_move_what_a_channel_may_still_sell() throws SQLException {
        receive(shirt, 10);
        receive(mug, 5);
        bundle();
        expose(Exposure.unknown(offer, parts(), false, true, 0, 0, 0)
                .settled(1, 1, 0, null)
                .published(2, 2));
        assertThat(pool(shirt).exposed()).isEqualTo(6);

        ask(wants(1, Promise.State.OPEN, 2, 2));

        assertThat(exposures.of(List.of(offer)).values())
                .singleElement()
                .extracting(Exposure::units, Exposure::sold)
                .containsExactly(1, 2L);
        assertThat(pool(shirt))
                .extracting(PoolPosition::exposed, PoolPosition::reserved)
                .containsExactly(2, 4);
        assertThat(drifts()).isEmpty();

        ask(wants(2, Promise.State.CANCELLED, 0, 2));

        assertThat(pool(shirt))
                .extracting(PoolPosition::exposed, PoolPosition::reserved)
                .containsExactly(6, 0);
        assertThat(exposures.of(List.of(offer)).values())
                .singleElement()
                .extracting(Exposure::sold, Exposure::cancelled)
                .containsExactly(2L, 2L);
        assertThat(drifts()).isEmpty();
        sql("update offer_exposure set units = 7 where offer = '%s'".formatted(offer));
        assertThat(drifts()).contains("offer_exposure.units");
    }

    @Test
    void units_that_a_channel_puts_back_count_though_somebody_waited_for_them() {
        receive(shirt, 2);
        receive(mug, 1);
        bundle();
        expose(Exposure.unknown(offer, parts(), true, true, 0, 0, 0).settled(1, 1, 0, null));
        ask(wants(1, Promise.State.OPEN, 1, 1));
        ask(demand(Ids.text(), 1, Promise.State.OPEN, new Line("1", mug, null, 1, 1)));

        ask(wants(2, Promise.State.CANCELLED, 0, 1));

        assertThat(pool(mug))
                .extracting(PoolPosition::exposed, PoolPosition::reserved)
                .containsExactly(1, 1);
        assertThat(drifts()).isEmpty();
    }

    @Test
    void a_publication_exposes_no_more_than_is_not_promised() {
        receive(shirt, 10);
        receive(mug, 2);
        ask(demand(order, 1, Promise.State.OPEN, new Line("1", mug, null, 1, 1)));
        Exposure settled = Exposure.unknown(offer, parts(), true, true, 0, 0, 0).settled(1, 1, 0, null);
        expose(settled);

        assertThatThrownBy(() -> expose(settled.published(2, 2)))
                .hasStackTraceContaining("2 exposed, and 1 of 2 on hand are promised");

        expose(settled.published(2, 0));
        QuarkusTransaction.requiringNew().run(() -> exposures.end(List.of(offer)));
        assertThat(pool(mug).exposed()).isZero();
        assertThat(exposures.of(List.of(offer))).isEmpty();
    }

    private void bundle() {
        QuarkusTransaction.requiringNew()
                .run(() -> bundles.put(new Bundle(kit, new TreeMap<>(Map.of(shirt, 2, mug, 1)))));
    }

    private SortedMap<StockKey, Integer> parts() {
        return new TreeMap<>(Map.of(StockKey.of(shirt), 2, StockKey.of(mug), 1));
    }

    private void expose(Exposure exposure) {
        QuarkusTransaction.requiringNew().run(() -> exposures.save(List.of(exposure)));
    }

    private void receive(String sku, int units) {
        ask(new Request.Moved(new PositionKey(sku, "berlin"), units, Reason.RECEIPT, "receipt " + Ids.text()));
    }

    private Request held(Map<String, Integer> lines) {
        return new Request.Held(hold, StockKey.DEFAULT_POOL, new TreeMap<>(lines), NOW, NOW.plusSeconds(60));
    }

    private Request wants(long version, Promise.State state, int quantity, int ordered) {
        return demand(order, version, state, new Line("1", kit, offer, quantity, ordered));
    }

    private static Request demand(String id, long version, Promise.State state, Line line) {
        return new Request.Promised(
                new OrderDemand(id, version, state, NOW, null, "shop-a", "shop-a:" + id, List.of(line), List.of()));
    }

    private Outcome ask(Request request) {
        return QuarkusTransaction.requiringNew()
                .call(() -> books.decide(List.of(request)).outcomes().getFirst());
    }

    /// What is due of this test's hold.
    private List<Request> due(Instant at) {
        return holds.due(at, 1_000).stream()
                .filter(request -> request instanceof Request.OfHold ofHold
                        && ofHold.hold().equals(hold))
                .toList();
    }

    private PoolPosition pool(String sku) {
        return stock.pools(sku).getFirst();
    }

    private List<String> drifts() {
        List<Map<String, @Nullable Object>> drifts = warehouse.check().getList("drifts");
        return drifts.stream()
                .filter(drift -> List.of(shirt, mug, kit).contains(String.valueOf(drift.get("sku"))))
                .map(drift -> String.valueOf(drift.get("sum")))
                .toList();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
