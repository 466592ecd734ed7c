package io.hubline.inventory.stock.domain;

import static io.hubline.inventory.stock.domain.Demands.cancelled;
import static io.hubline.inventory.stock.domain.Demands.demand;
import static io.hubline.inventory.stock.domain.Demands.line;
import static io.hubline.inventory.stock.domain.Demands.received;
import static io.hubline.inventory.stock.domain.Demands.wants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.hubline.inventory.stock.domain.OrderDemand.Parcel;
import io.hubline.inventory.stock.domain.Request.Assignment;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A kit of two shirts and a mug.
class BundlePromiseTest {

    private static final String KIT = "KIT";
    private static final String SHIRT = "SHIRT";
    private static final String MUG = "MUG";

    private final BooksInMemory books = new BooksInMemory();

    @BeforeEach
    void define() {
        books.bundles.put(KIT, bundle(KIT, Map.of(SHIRT, 2, MUG, 1)));
    }

    @Test
    void a_bundle_is_promised_in_its_parts() {
        books.decide(received(SHIRT, "berlin", 5), received(MUG, "berlin", 3));

        books.decide(wants("A", 1, line("1", KIT, 2)));

        assertThat(books.line("A", "1").held()).isEqualTo(2);
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(4);
        assertThat(books.pool(MUG).reserved()).isEqualTo(2);
        assertThat(books.pool(KIT)).isEqualTo(PoolPosition.empty(StockKey.of(KIT)));
    }

    @Test
    void as_many_bundles_are_promised_as_can_be_made() {
        books.decide(received(SHIRT, "berlin", 5), received(MUG, "berlin", 3));

        Decision decision = books.decide(wants("A", 1, line("1", KIT, 3)));

        assertThat(books.line("A", "1"))
                .extracting(Reservation::held, Reservation::backordered)
                .containsExactly(2, 1);
        assertThat(decision.oversells()).singleElement().satisfies(oversell -> {
            assertThat(oversell.sku()).isEqualTo(KIT);
            assertThat(oversell.units()).isEqualTo(1);
        });
        assertThat(books.pool(SHIRT))
                .extracting(PoolPosition::reserved, PoolPosition::backordered)
                .containsExactly(4, 2);
        assertThat(books.pool(MUG))
                .extracting(PoolPosition::reserved, PoolPosition::backordered)
                .containsExactly(2, 1);
    }

    @Test
    void a_bundle_that_waits_keeps_no_part_from_others() {
        books.decide(received(MUG, "berlin", 1));
        books.decide(wants("A", 1, line("1", KIT, 1)));

        books.decide(wants("B", 1, line("1", MUG, 1)));

        assertThat(books.line("A", "1").backordered()).isEqualTo(1);
        assertThat(books.line("B", "1").held()).isEqualTo(1);
    }

    @Test
    void a_bundle_is_filled_when_its_last_part_arrives() {
        books.decide(wants("A", 1, line("1", KIT, 2)));
        books.decide(received(MUG, "berlin", 2), received(SHIRT, "berlin", 3));
        assertThat(books.line("A", "1"))
                .extracting(Reservation::held, Reservation::backordered)
                .containsExactly(1, 1);

        Decision decision = books.decide(received(SHIRT, "hamburg", 1));

        assertThat(books.line("A", "1").held()).isEqualTo(2);
        assertThat(decision.announcements()).singleElement().isInstanceOf(Announcement.Reserved.class);
        assertThat(books.pool(SHIRT).backordered()).isZero();
        assertThat(books.pool(MUG).backordered()).isZero();
    }

    @Test
    void a_line_of_the_bundle_and_one_of_its_part_share_what_there_is() {
        books.decide(received(SHIRT, "berlin", 4), received(MUG, "berlin", 4));

        books.decide(wants("A", 1, line("1", KIT, 1), line("2", SHIRT, 3)));

        assertThat(books.line("A", "1").held()).isEqualTo(1);
        assertThat(books.line("A", "2"))
                .extracting(Reservation::held, Reservation::backordered)
                .containsExactly(2, 1);
        assertThat(books.pool(SHIRT).free()).isZero();
    }

    @Test
    void two_bundles_that_share_a_part_share_what_there_is() {
        books.bundles.put("PAIR", bundle("PAIR", Map.of(SHIRT, 2)));
        books.decide(received(SHIRT, "berlin", 5), received(MUG, "berlin", 1));

        books.decide(wants("A", 1, line("1", KIT, 1), line("2", "PAIR", 2)));

        assertThat(books.line("A", "1").held()).isEqualTo(1);
        assertThat(books.line("A", "2"))
                .extracting(Reservation::held, Reservation::backordered)
                .containsExactly(1, 1);
        assertThat(books.pool(SHIRT))
                .extracting(PoolPosition::reserved, PoolPosition::backordered, PoolPosition::free)
                .containsExactly(4, 2, 1);
    }

    @Test
    void a_cancelled_bundle_sets_all_its_parts_free() {
        books.decide(received(SHIRT, "berlin", 2), received(MUG, "berlin", 1));
        books.decide(wants("A", 1, line("1", KIT, 2)), plan("A", at("berlin", 1)));
        books.decide(wants("B", 1, line("1", MUG, 1)));

        books.decide(cancelled("A", 2));

        assertThat(books.line("A", "1").wanted()).isZero();
        assertThat(books.line("B", "1").held()).isEqualTo(1);
        assertThat(books.pool(SHIRT))
                .extracting(PoolPosition::reserved, PoolPosition::backordered, PoolPosition::free)
                .containsExactly(0, 0, 2);
        assertThat(books.position(SHIRT, "berlin").allocated()).isZero();
        assertThat(books.position(MUG, "berlin").allocated()).isZero();
    }

    @Test
    void a_plan_allocates_every_part_at_its_location() {
        books.decide(received(SHIRT, "berlin", 2), received(MUG, "berlin", 1));
        books.decide(received(SHIRT, "hamburg", 2), received(MUG, "hamburg", 1));
        books.decide(wants("A", 1, line("1", KIT, 2)));

        Decision decision = books.decide(plan("A", at("berlin", 1), at("hamburg", 1)));

        assertThat(decision.announcements()).singleElement().isInstanceOf(Announcement.Allocated.class);
        assertThat(books.position(SHIRT, "berlin").allocated()).isEqualTo(2);
        assertThat(books.position(MUG, "hamburg").allocated()).isEqualTo(1);
        assertThat(books.line("A", "1").allocated()).isEqualTo(2);
    }

    @Test
    void a_plan_is_refused_where_one_part_is_missing() {
        books.decide(received(SHIRT, "berlin", 4), received(MUG, "berlin", 1), received(MUG, "hamburg", 1));
        books.decide(wants("A", 1, line("1", KIT, 2)));

        Decision decision = books.decide(plan("A", at("berlin", 2)));

        assertThat(decision.announcements()).singleElement().satisfies(told -> {
            assertThat(((Announcement.Refused) told).refusal()).isEqualTo(Announcement.Refusal.RAN_DRY);
            assertThat(((Announcement.Refused) told).detail()).contains("1 free units of MUG");
        });
        assertThat(decision.positions()).isEmpty();
    }

    @Test
    void a_parcel_of_bundles_takes_every_part_out_of_both_books() {
        books.decide(received(SHIRT, "berlin", 4), received(MUG, "berlin", 2));
        books.decide(wants("A", 1, line("1", KIT, 2)), plan("A", at("berlin", 2)));

        Decision decision = books.decide(demand(
                "A", 2, Promise.State.OPEN, List.of(line("1", KIT, 2)), List.of(new Parcel("S1", "berlin", "1", 1))));

        assertThat(decision.movements())
                .extracting(movement -> movement.key().sku(), StockMovement::delta)
                .containsExactlyInAnyOrder(tuple(SHIRT, -2), tuple(MUG, -1));
        assertThat(decision.discrepancies()).isEmpty();
        assertThat(books.pool(SHIRT))
                .extracting(PoolPosition::onHand, PoolPosition::reserved)
                .containsExactly(2, 2);
        assertThat(books.line("A", "1").shipped()).isEqualTo(1);
    }

    @Test
    void a_parcel_with_a_part_that_the_book_does_not_know_is_booked_and_noted() {
        books.decide(received(SHIRT, "berlin", 2));
        books.decide(wants("A", 1, line("1", KIT, 1)));

        Decision decision = books.decide(demand(
                "A", 2, Promise.State.OPEN, List.of(line("1", KIT, 1)), List.of(new Parcel("S1", "berlin", "1", 1))));

        assertThat(decision.discrepancies())
                .extracting(found -> found.position().sku(), Decision.Discrepancy::kind)
                .contains(tuple(MUG, Decision.Discrepancy.Kind.SHIPPED_UNKNOWN_UNITS));
        assertThat(books.pool(MUG)).isEqualTo(PoolPosition.empty(StockKey.of(MUG)));
        assertThat(books.pool(SHIRT)).isEqualTo(PoolPosition.empty(StockKey.of(SHIRT)));
    }

    @Test
    void what_was_promised_stays_in_its_parts_when_the_bundle_is_defined_anew() {
        books.decide(received(SHIRT, "berlin", 4), received(MUG, "berlin", 4));
        books.decide(wants("A", 1, line("1", KIT, 1)));

        books.bundles.put(KIT, bundle(KIT, Map.of(MUG, 2)));
        books.decide(wants("A", 2, line("1", KIT, 2)));
        books.decide(wants("B", 1, line("1", KIT, 1)));

        assertThat(books.line("A", "1").parts())
                .isEqualTo(new TreeMap<>(Map.of(StockKey.of(SHIRT), 2, StockKey.of(MUG), 1)));
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(4);
        assertThat(books.pool(MUG).reserved()).isEqualTo(4);
    }

    @Test
    void a_line_that_turns_out_to_be_a_bundle_moves_its_promise() {
        books.decide(received("CAP", "berlin", 1), received(SHIRT, "berlin", 2), received(MUG, "berlin", 1));
        books.decide(wants("A", 1, line("1", "CAP", 1)));

        books.decide(wants("A", 2, line("1", KIT, 1)));

        assertThat(books.pool("CAP").reserved()).isZero();
        assertThat(books.pool(SHIRT).reserved()).isEqualTo(2);
        assertThat(books.pool(MUG).reserved()).isEqualTo(1);
    }

    @Test
    void a_bundle_is_neither_received_nor_counted_but_comes_back_in_its_parts() {
        PositionKey kit = new PositionKey(KIT, "berlin");

        Decision refused = books.decide(received(KIT, "berlin", 1), new Request.Counted(kit, 3, "count"));
        books.decide(new Request.Moved(kit, 2, Reason.RETURN, "return:1"));

        assertThat(refused.outcomes()).containsExactly(new Outcome.IsBundle(KIT), new Outcome.IsBundle(KIT));
        assertThat(refused.movements()).isEmpty();
        assertThat(books.pool(SHIRT).onHand()).isEqualTo(4);
        assertThat(books.pool(MUG).onHand()).isEqualTo(2);
    }

    @Test
    void a_bundle_is_more_than_one_unit_of_something_else() {
        assertThatThrownBy(() -> bundle(KIT, Map.of(SHIRT, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bundle(KIT, Map.of(KIT, 2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bundle(KIT, Map.of(SHIRT, 3, MUG, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Bundle bundle(String sku, Map<String, Integer> components) {
        return new Bundle(sku, new TreeMap<>(components));
    }

    private static Request plan(String order, Assignment... assignments) {
        return new Request.Planned(order, 1, "plan of " + order, List.of(assignments));
    }

    private static Assignment at(String location, int quantity) {
        return new Assignment("1", KIT, location, quantity);
    }
}
