package io.hubline.inventory.stock.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hubline.inventory.stock.domain.Announcement.Allocated;
import io.hubline.inventory.stock.domain.Announcement.Backordered;
import io.hubline.inventory.stock.domain.Announcement.Refusal;
import io.hubline.inventory.stock.domain.Announcement.Refused;
import io.hubline.inventory.stock.domain.Announcement.Released;
import io.hubline.inventory.stock.domain.Announcement.Reserved;
import io.hubline.inventory.stock.domain.Decision.Discrepancy;
import io.hubline.inventory.stock.domain.Decision.Oversell;
import io.hubline.inventory.stock.domain.OrderDemand.Line;
import io.hubline.inventory.stock.domain.OrderDemand.Parcel;
import io.hubline.inventory.stock.domain.Request.Assignment;
import io.hubline.inventory.stock.domain.Reservation.Place;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BookkeeperTest {

    private static final String SHIRT = "SHIRT";
    private static final String MUG = "MUG";
    private static final String OFFER = "shop-a:SHIRT";
    private static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");

    private final BooksInMemory books = new BooksInMemory();
    private int causes;

    @Test
    void what_exists_is_promised_and_the_rest_is_an_oversell() {
        received(SHIRT, "berlin", 2);

        Decision decision = books.decide(wants("A", 1, line(SHIRT, 5)));

        assertThat(decision.announcements()).singleElement().isInstanceOf(Backordered.class);
        assertThat(books.line("A", "1"))
                .extracting(Reservation::held, Reservation::backordered)
                .containsExactly(2, 3);
        assertThat(decision.oversells()).containsExactly(new Oversell("A", "1", SHIRT, OFFER, 3));
        assertThat(decision.sales()).containsEntry(OFFER, new Decision.Sales(5, 0));
    }

    @Test
    void nothing_missing_is_announced_too() {
        received(SHIRT, "berlin", 2);

        Decision decision = books.decide(wants("A", 1, line(SHIRT, 2)));

        assertThat(decision.announcements()).singleElement().isInstanceOf(Reserved.class);
        assertThat(decision.oversells()).isEmpty();
    }

    @Test
    void a_version_that_was_seen_changes_nothing() {
        received(SHIRT, "berlin", 5);
        books.decide(wants("A", 2, line(SHIRT, 2)));

        Decision decision = books.decide(wants("A", 2, line(SHIRT, 3)), wants("A", 1, line(SHIRT, 4)));

        assertThat(decision.announcements()).isEmpty();
        assertThat(decision.promises()).isEmpty();
        assertThat(decision.pools()).isEmpty();
    }

    @Test
    void a_version_without_news_for_us_is_noted_without_a_word() {
        received(SHIRT, "berlin", 5);
        books.decide(wants("A", 1, line(SHIRT, 2)));

        Decision decision = books.decide(wants("A", 2, line(SHIRT, 2)));

        assertThat(decision.announcements()).isEmpty();
        assertThat(books.promise("A").version()).isEqualTo(2);
    }

    @Test
    void an_order_whose_lines_are_all_unknown_is_not_announced() {
        Decision decision = books.decide(wants("A", 1));

        assertThat(decision.announcements()).isEmpty();
        assertThat(decision.promises()).hasSize(1);
    }

    @Test
    void less_quantity_is_taken_from_what_waits_before_what_is_held() {
        received(SHIRT, "berlin", 2);
        books.decide(wants("A", 1, line(SHIRT, 5)));

        Decision decision = books.decide(wants("A", 2, line(SHIRT, 1)));

        assertThat(books.line("A", "1"))
                .extracting(Reservation::held, Reservation::backordered)
                .containsExactly(1, 0);
        assertThat(decision.announcements())
                .extracting(Object::getClass)
                .containsExactly(Released.class, Reserved.class);
        assertThat(decision.sales()).containsEntry(OFFER, new Decision.Sales(0, 4));
        assertThat(books.pool(SHIRT).free()).isEqualTo(1);
    }

    @Test
    void what_a_cancelled_order_had_allocated_goes_to_whoever_waits() {
        received(SHIRT, "berlin", 2);
        books.decide(wants("A", 1, line(SHIRT, 2)), plan("A", 1, "P", at("berlin", 2)));
        books.decide(wants("B", 1, line(SHIRT, 2)));

        Decision decision = books.decide(cancelled("A", 2));

        assertThat(decision.announcements())
                .extracting(Object::getClass)
                .containsExactly(Released.class, Reserved.class);
        assertThat(books.line("B", "1").held()).isEqualTo(2);
        assertThat(books.position(SHIRT, "berlin").allocated()).isZero();
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(2);
    }

    @Test
    void a_cancellation_is_announced_even_where_nothing_was_held() {
        Decision decision = books.decide(cancelled("A", 3));

        assertThat(decision.announcements()).singleElement().isInstanceOf(Released.class);
    }

    @Test
    void what_an_order_gives_back_goes_to_those_who_wait_before_it_takes_more_itself() {
        received(SHIRT, "berlin", 2);
        books.decide(wants("A", 1, line("1", SHIRT, 2)));
        books.decide(wants("B", 1, line(SHIRT, 1)));

        books.decide(wants("A", 2, line("1", SHIRT, 1), line("2", SHIRT, 1)));

        assertThat(books.line("B", "1").held()).isEqualTo(1);
        assertThat(books.line("A", "2").backordered()).isEqualTo(1);
    }

    @Test
    void a_line_that_turns_out_to_be_another_sku_moves_its_promise() {
        received(SHIRT, "berlin", 2);
        received(MUG, "berlin", 1);
        books.decide(wants("A", 1, line(SHIRT, 2)));

        books.decide(wants("A", 2, line(MUG, 2)));

        assertThat(books.pool(SHIRT).reserved()).isZero();
        assertThat(books.pool(MUG))
                .extracting(PoolPosition::reserved, PoolPosition::backordered)
                .containsExactly(1, 1);
        assertThat(books.line("A", "1").key()).isEqualTo(StockKey.of(MUG));
    }

    @Test
    void a_line_that_is_gone_is_released() {
        received(SHIRT, "berlin", 2);
        books.decide(wants("A", 1, line("1", SHIRT, 1), line("2", SHIRT, 1)));

        Decision decision = books.decide(wants("A", 2, line("2", SHIRT, 1)));

        assertThat(decision.announcements())
                .extracting(Object::getClass)
                .containsExactly(Released.class, Reserved.class);
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(1);
    }

    @Test
    void a_receipt_goes_to_the_earliest_ship_by_date_then_to_the_oldest_order() {
        books.decide(wants("young", 1, MORNING.plus(Duration.ofHours(1)), null, line(SHIRT, 1)));
        books.decide(wants("old", 1, MORNING, null, line(SHIRT, 1)));
        books.decide(wants(
                "urgent", 1, MORNING.plus(Duration.ofHours(2)), MORNING.plus(Duration.ofDays(1)), line(SHIRT, 1)));

        received(SHIRT, "berlin", 2);

        assertThat(books.line("urgent", "1").held()).isEqualTo(1);
        assertThat(books.line("old", "1").held()).isEqualTo(1);
        assertThat(books.line("young", "1").backordered()).isEqualTo(1);
        assertThat(books.announcements).filteredOn(Reserved.class::isInstance).hasSize(2);
    }

    @Test
    void a_plan_turns_what_is_held_into_allocations() {
        received(SHIRT, "berlin", 2);
        received(SHIRT, "hamburg", 2);
        books.decide(wants("A", 1, line(SHIRT, 3)));

        Decision decision = books.decide(plan("A", 1, "P", at("berlin", 2), at("hamburg", 1)));

        assertThat(decision.announcements()).singleElement().isInstanceOf(Allocated.class);
        assertThat(books.line("A", "1").held()).isZero();
        assertThat(books.position(SHIRT, "berlin").free()).isZero();
        assertThat(books.position(SHIRT, "hamburg").free()).isEqualTo(1);
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(3);
    }

    @Test
    void a_plan_that_one_location_cannot_keep_changes_nothing() {
        received(SHIRT, "berlin", 2);
        received(SHIRT, "hamburg", 2);
        books.decide(wants("A", 1, line(SHIRT, 3)));

        Decision decision = books.decide(plan("A", 1, "P", at("berlin", 3)));

        assertThat(refusal(decision)).isEqualTo(Refusal.RAN_DRY);
        assertThat(decision.positions()).isEmpty();
        assertThat(books.line("A", "1").held()).isEqualTo(3);
    }

    @Test
    void a_plan_for_another_demand_is_refused() {
        received(SHIRT, "berlin", 5);
        books.decide(wants("A", 1, line(SHIRT, 3)));
        books.decide(wants("A", 2, line(SHIRT, 2)));

        assertThat(refusal(books.decide(plan("A", 1, "P1", at("berlin", 3))))).isEqualTo(Refusal.ORDER_CHANGED);
        assertThat(refusal(books.decide(plan("A", 2, "P2", new Assignment("1", MUG, "berlin", 2)))))
                .isEqualTo(Refusal.ORDER_CHANGED);
        assertThat(refusal(books.decide(plan("A", 3, "P3", new Assignment("9", SHIRT, "berlin", 2)))))
                .isEqualTo(Refusal.ORDER_CHANGED);
        books.decide(cancelled("A", 3));
        assertThat(refusal(books.decide(plan("A", 4, "P4", at("berlin", 2))))).isEqualTo(Refusal.ORDER_CHANGED);
    }

    @Test
    void a_newer_version_with_the_same_demand_does_not_stop_a_plan() {
        received(SHIRT, "berlin", 5);
        books.decide(wants("A", 1, line(SHIRT, 3)), wants("A", 2, line(SHIRT, 3)));

        Decision decision = books.decide(plan("A", 1, "P1", at("berlin", 3)));

        assertThat(decision.announcements()).singleElement().isInstanceOf(Allocated.class);
    }

    @Test
    void a_repeated_plan_gets_its_first_answer_and_an_older_one_none() {
        received(SHIRT, "berlin", 5);
        books.decide(wants("A", 1, line(SHIRT, 3)), plan("A", 2, "P2", at("berlin", 3)));

        Decision repeated = books.decide(plan("A", 2, "P2", at("berlin", 3)));
        Decision older = books.decide(plan("A", 1, "P1", at("berlin", 3)));

        assertThat(repeated.announcements()).singleElement().isInstanceOf(Allocated.class);
        assertThat(repeated.positions()).isEmpty();
        assertThat(older.announcements()).isEmpty();
    }

    @Test
    void a_plan_for_an_order_nobody_announced_is_broken() {
        Decision decision = books.decide(plan("A", 1, "P", at("berlin", 1)));

        assertThat(failure(decision)).contains("order A, of which nothing is promised");
    }

    @Test
    void a_parcel_leaves_both_books() {
        received(SHIRT, "berlin", 5);
        books.decide(wants("A", 1, line(SHIRT, 3)), plan("A", 1, "P", at("berlin", 3)));

        Decision decision = books.decide(ships("A", 2, 3, parcel("S1", "berlin", 2)));

        assertThat(decision.announcements()).isEmpty();
        assertThat(decision.discrepancies()).isEmpty();
        assertThat(decision.movements())
                .singleElement()
                .extracting(StockMovement::delta)
                .isEqualTo(-2);
        assertThat(books.line("A", "1").at("berlin")).isEqualTo(new Place(1, 2));
        assertThat(books.pool(SHIRT))
                .extracting(PoolPosition::onHand, PoolPosition::reserved)
                .containsExactly(3, 1);
    }

    @Test
    void parcels_are_cumulative_so_each_is_booked_once() {
        received(SHIRT, "berlin", 5);
        books.decide(wants("A", 1, line(SHIRT, 3)), plan("A", 1, "P", at("berlin", 3)));
        books.decide(ships("A", 2, 3, parcel("S1", "berlin", 2)));

        Decision decision = books.decide(ships("A", 3, 3, parcel("S1", "berlin", 2), parcel("S2", "berlin", 1)));

        assertThat(decision.movements()).singleElement().satisfies(movement -> {
            assertThat(movement.delta()).isEqualTo(-1);
            assertThat(movement.cause()).contains("S2");
        });
        assertThat(books.pool(SHIRT).onHand()).isEqualTo(2);
    }

    @Test
    void facts_that_take_a_parcel_back_are_broken() {
        received(SHIRT, "berlin", 5);
        books.decide(wants("A", 1, line(SHIRT, 3)), plan("A", 1, "P", at("berlin", 3)));
        books.decide(ships("A", 2, 3, parcel("S1", "berlin", 2)));

        Decision decision = books.decide(wants("A", 3, line(SHIRT, 3)));

        assertThat(failure(decision)).contains("line 1 had shipped 2 more units from berlin");
    }

    @Test
    void what_left_stays_booked_when_the_rest_is_cancelled() {
        received(SHIRT, "berlin", 5);
        books.decide(wants("A", 1, line(SHIRT, 3)), plan("A", 1, "P", at("berlin", 3)));

        books.decide(new Request.Promised(new OrderDemand(
                "A",
                2,
                Promise.State.CANCELLED,
                MORNING,
                null,
                "shop-a",
                "shop-a:A",
                List.of(line(SHIRT, 2)),
                List.of(parcel("S1", "berlin", 2)))));

        assertThat(books.booked(OFFER)).isEqualTo(2);
        assertThat(books.line("A", "1").open()).isZero();
        assertThat(books.pool(SHIRT))
                .extracting(PoolPosition::onHand, PoolPosition::reserved)
                .containsExactly(3, 0);
    }

    @Test
    void units_shipped_that_the_book_does_not_know_are_found_first_and_noted() {
        received(SHIRT, "berlin", 3);
        books.decide(wants("A", 1, line(SHIRT, 3)), plan("A", 1, "P", at("berlin", 3)));
        books.decide(new Request.Moved(new PositionKey(SHIRT, "berlin"), -2, Reason.ADJUSTMENT, "theft"));

        Decision decision = books.decide(ships("A", 2, 3, parcel("S1", "berlin", 3)));

        assertThat(decision.movements())
                .extracting(StockMovement::reason, StockMovement::delta)
                .containsExactly(tuple(Reason.FOUND, 2), tuple(Reason.SHIPMENT, -3));
        assertThat(decision.discrepancies())
                .extracting(Discrepancy::kind)
                .containsExactly(Discrepancy.Kind.SHIPPED_UNKNOWN_UNITS);
        assertThat(books.pool(SHIRT)).isEqualTo(PoolPosition.empty(StockKey.of(SHIRT)));
    }

    @Test
    void a_parcel_from_another_place_than_planned_is_booked_where_it_left_and_noted() {
        received(SHIRT, "berlin", 3);
        received(SHIRT, "hamburg", 3);
        books.decide(wants("A", 1, line(SHIRT, 3)), plan("A", 1, "P", at("berlin", 3)));

        Decision decision = books.decide(ships("A", 2, 3, parcel("S1", "hamburg", 2)));

        assertThat(decision.discrepancies())
                .extracting(Discrepancy::kind)
                .containsExactly(Discrepancy.Kind.SHIPPED_ANOTHER_PROMISE);
        assertThat(books.position(SHIRT, "hamburg").onHand()).isEqualTo(1);
        assertThat(books.position(SHIRT, "berlin").allocated()).isEqualTo(1);
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(1);
    }

    @Test
    void facts_that_are_seen_for_the_first_time_with_a_parcel_are_promised_and_shipped() {
        received(SHIRT, "berlin", 3);

        Decision decision = books.decide(ships("A", 4, 3, parcel("S1", "berlin", 2)));

        assertThat(decision.announcements()).singleElement().isInstanceOf(Reserved.class);
        assertThat(books.line("A", "1").held()).isEqualTo(1);
        assertThat(books.pool(SHIRT))
                .extracting(PoolPosition::onHand, PoolPosition::reserved)
                .containsExactly(1, 1);
    }

    @Test
    void a_loss_of_promised_units_makes_the_pool_short_until_more_come() {
        received(SHIRT, "berlin", 3);
        books.decide(wants("A", 1, line(SHIRT, 3)));

        Decision loss =
                books.decide(new Request.Moved(new PositionKey(SHIRT, "berlin"), -2, Reason.ADJUSTMENT, "fire"));
        Decision next = books.decide(wants("B", 1, line(SHIRT, 1)));
        int shortAfterLoss = books.pool(SHIRT).shortBy();
        received(SHIRT, "berlin", 3);

        assertThat(loss.discrepancies())
                .extracting(Discrepancy::kind)
                .containsExactly(Discrepancy.Kind.LOST_PROMISED_UNITS);
        assertThat(shortAfterLoss).isEqualTo(2);
        assertThat(next.announcements()).singleElement().isInstanceOf(Backordered.class);
        assertThat(books.pool(SHIRT)).isEqualTo(new PoolPosition(StockKey.of(SHIRT), 4, 4, 0, 0, 0));
    }

    @Test
    void a_loss_of_more_than_lies_there_is_refused() {
        received(SHIRT, "berlin", 3);

        Decision decision =
                books.decide(new Request.Moved(new PositionKey(SHIRT, "berlin"), -4, Reason.ADJUSTMENT, "fire"));

        assertThat(decision.outcomes()).containsExactly(new Outcome.NotOnHand(new PositionKey(SHIRT, "berlin"), 3, -4));
        assertThat(decision.movements()).isEmpty();
    }

    @Test
    void a_count_moves_the_difference() {
        received(SHIRT, "berlin", 3);

        Decision more = books.decide(new Request.Counted(new PositionKey(SHIRT, "berlin"), 5, "count 1"));
        Decision same = books.decide(new Request.Counted(new PositionKey(SHIRT, "berlin"), 5, "count 2"));

        assertThat(more.movements())
                .singleElement()
                .extracting(StockMovement::delta)
                .isEqualTo(2);
        assertThat(same.movements()).isEmpty();
    }

    @Test
    void requests_that_arrive_together_are_decided_in_their_order() {
        Decision decision = books.decide(
                new Request.Moved(new PositionKey(SHIRT, "berlin"), 1, Reason.RECEIPT, "receipt"),
                wants("A", 1, line(SHIRT, 1)),
                wants("B", 1, line(SHIRT, 1)),
                cancelled("A", 2));

        assertThat(decision.announcements())
                .extracting(Object::getClass)
                .containsExactly(Reserved.class, Backordered.class, Released.class, Reserved.class);
        assertThat(books.line("B", "1").held()).isEqualTo(1);
        assertThat(decision.pools()).hasSize(1);
    }

    @Test
    void a_broken_request_fails_alone() {
        received(SHIRT, "berlin", 3);
        BooksInMemory without = new BooksInMemory();
        without.decide(new Request.Moved(new PositionKey(SHIRT, "berlin"), 3, Reason.RECEIPT, "receipt 0"));
        // It has shipped what it never wanted, and fails when its first line is promised already.
        Request broken = new Request.Promised(new OrderDemand(
                "X",
                1,
                Promise.State.OPEN,
                MORNING,
                null,
                "shop-a",
                "shop-a:X",
                List.of(line(SHIRT, 3)),
                List.of(parcel("S1", "berlin", 2), new Parcel("S1", "berlin", "2", 1))));

        Decision decision = books.decide(wants("A", 1, line(SHIRT, 1)), broken, wants("B", 1, line(SHIRT, 2)), broken);
        Decision expected = without.decide(wants("A", 1, line(SHIRT, 1)), wants("B", 1, line(SHIRT, 2)));

        assertThat(decision.outcomes())
                .extracting(Object::getClass)
                .containsExactly(Outcome.Done.class, Outcome.Failed.class, Outcome.Done.class, Outcome.Failed.class);
        assertThat(decision.announcements()).isEqualTo(expected.announcements());
        assertThat(decision.movements()).isEmpty();
        assertThat(decision.sales()).isEqualTo(expected.sales());
        assertThat(books.pools).isEqualTo(without.pools);
        assertThat(books.promises).isEqualTo(without.promises);
    }

    private void received(String sku, String location, int units) {
        books.decide(new Request.Moved(new PositionKey(sku, location), units, Reason.RECEIPT, "receipt " + causes++));
    }

    private static Request wants(String order, long version, Line... lines) {
        return wants(order, version, MORNING, null, lines);
    }

    private static Request wants(
            String order, long version, Instant placedAt, @Nullable Instant shipBy, Line... lines) {
        return new Request.Promised(new OrderDemand(
                order,
                version,
                Promise.State.OPEN,
                placedAt,
                shipBy,
                "shop-a",
                "shop-a:" + order,
                List.of(lines),
                List.of()));
    }

    private static Request cancelled(String order, long version) {
        return new Request.Promised(new OrderDemand(
                order,
                version,
                Promise.State.CANCELLED,
                MORNING,
                null,
                "shop-a",
                "shop-a:" + order,
                List.of(),
                List.of()));
    }

    private static Request ships(String order, long version, int wanted, Parcel... parcels) {
        return new Request.Promised(new OrderDemand(
                order,
                version,
                Promise.State.OPEN,
                MORNING,
                null,
                "shop-a",
                "shop-a:" + order,
                List.of(line(SHIRT, wanted)),
                List.of(parcels)));
    }

    private static Request plan(String order, long sequence, String plan, Assignment... assignments) {
        return new Request.Planned(order, sequence, plan, List.of(assignments));
    }

    private static Line line(String sku, int quantity) {
        return line("1", sku, quantity);
    }

    private static Line line(String line, String sku, int quantity) {
        return new Line(line, sku, OFFER, quantity, quantity);
    }

    private static Assignment at(String location, int quantity) {
        return new Assignment("1", SHIRT, location, quantity);
    }

    private static Parcel parcel(String shipment, String location, int quantity) {
        return new Parcel(shipment, location, "1", quantity);
    }

    private static String failure(Decision decision) {
        return ((Outcome.Failed) decision.outcomes().getLast()).reason();
    }

    private static Refusal refusal(Decision decision) {
        return ((Refused) decision.announcements().getLast()).refusal();
    }
}
