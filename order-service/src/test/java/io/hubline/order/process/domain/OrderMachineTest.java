package io.hubline.order.process.domain;

import static io.hubline.order.process.domain.Orders.NOON;
import static io.hubline.order.process.domain.Orders.accepted;
import static io.hubline.order.process.domain.Orders.advanced;
import static io.hubline.order.process.domain.Orders.after;
import static io.hubline.order.process.domain.Orders.allocated;
import static io.hubline.order.process.domain.Orders.backordered;
import static io.hubline.order.process.domain.Orders.held;
import static io.hubline.order.process.domain.Orders.id;
import static io.hubline.order.process.domain.Orders.line;
import static io.hubline.order.process.domain.Orders.observed;
import static io.hubline.order.process.domain.Orders.paid;
import static io.hubline.order.process.domain.Orders.parcel;
import static io.hubline.order.process.domain.Orders.refused;
import static io.hubline.order.process.domain.Orders.released;
import static io.hubline.order.process.domain.Orders.routed;
import static io.hubline.order.process.domain.Orders.snapshot;
import static io.hubline.order.process.domain.Orders.unknown;
import static io.hubline.order.process.domain.Orders.unpriced;
import static io.hubline.order.process.domain.Orders.unroutable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.hubline.order.process.domain.Cancellation.By;
import io.hubline.order.process.domain.OrderInput.CancellationRequested;
import io.hubline.order.process.domain.OrderInput.HoldPlaced;
import io.hubline.order.process.domain.OrderInput.HoldReleased;
import io.hubline.order.process.domain.OrderInput.MappingArrived;
import io.hubline.order.process.domain.Snapshot.Place;
import io.hubline.order.process.domain.Snapshot.Status;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OrderMachineTest {

    @Test
    void an_order_is_released_when_it_is_allocated_in_full() {
        Order order = accepted(line("A", 2));

        Order promised = after(order, held(order, 1, "A", 2));
        Order routed = after(promised, routed(1, 1, "plan-1"));
        Decision.Advanced allocated = advanced(routed, allocated(routed, 2, "A", Map.of("berlin", 2)));

        assertThat(List.of(
                        order.stage(),
                        promised.stage(),
                        routed.stage(),
                        allocated.order().stage()))
                .containsExactly(Stage.AWAITING_PROMISE, Stage.AWAITING_ROUTE, Stage.ROUTED, Stage.RELEASED);
        assertThat(allocated.announcements()).containsExactly(new Announcement.Released(2));
        assertThat(allocated.order().picks()).containsExactly(new Order.Pick("berlin", id(order, "A"), "SKU-A", 2));
    }

    @Test
    void an_allocation_that_overtakes_the_promise_and_the_plan_releases_the_order_all_the_same() {
        Order order = accepted(line("A", 2));

        Order allocated = after(order, allocated(order, 2, "A", Map.of("berlin", 2)));
        Decision late = OrderMachine.decide(allocated, held(order, 1, "A", 2), NOON);

        assertThat(allocated.stage()).isEqualTo(Stage.RELEASED);
        assertThat(late).isInstanceOf(Decision.Ignored.class);
    }

    @Test
    void a_refused_plan_no_longer_stands_even_when_its_refusal_came_first() {
        Order order = accepted(line("A", 2));

        Order known = after(order, refused(order, 1, "A", 2, "plan-1"));
        Order routed = after(known, routed(1, 1, "plan-1"));

        assertThat(routed.stage()).isEqualTo(Stage.AWAITING_ROUTE);
    }

    @Test
    void what_is_missing_is_a_backorder_until_goods_come_in() {
        Order order = accepted(line("A", 3));

        Order short_ = after(order, backordered(order, 1, "A", 1, 2));
        Order filled = after(short_, held(order, 2, "A", 3));

        assertThat(short_.stage()).isEqualTo(Stage.BACKORDERED);
        assertThat(filled.stage()).isEqualTo(Stage.AWAITING_ROUTE);
    }

    @Test
    void a_pending_order_is_held_and_its_demand_is_told_at_once() {
        Decision.Advanced first = OrderMachine.accept(Orders.IDENTITY, snapshot(1, Status.PENDING, line("A", 1)), NOON);
        Order allocated = after(first.order(), allocated(first.order(), 1, "A", Map.of("berlin", 1)));

        Decision.Advanced paid = advanced(allocated, observed(snapshot(2, line("A", 1))));

        assertThat(first.announcements()).containsExactly(new Announcement.Accepted(1));
        assertThat(first.order().wanted(first.order().lines().getFirst())).isEqualTo(1);
        assertThat(allocated.stage()).isEqualTo(Stage.AWAITING_DECISION);
        assertThat(allocated.picks()).isEmpty();
        assertThat(paid.announcements()).containsExactly(new Announcement.HoldLifted(2), new Announcement.Released(3));
    }

    @Test
    void a_released_payment_hold_stays_released_while_the_payment_stays_pending() {
        Order pending = OrderMachine.accept(Orders.IDENTITY, snapshot(1, Status.PENDING, line("A", 1)), NOON)
                .order();

        Order released = after(pending, new HoldReleased(HoldReason.PAYMENT_PENDING));
        Order seenAgain = after(released, observed(snapshot(2, Status.PENDING, line("A", 1))));

        assertThat(released.activeHolds()).isEmpty();
        assertThat(seenAgain.activeHolds()).isEmpty();
        assertThat(seenAgain.version()).isEqualTo(released.version());
    }

    @Test
    void an_unknown_line_holds_the_order_and_the_others_are_wanted_at_once() {
        Order order = accepted(line("A", 1), unknown("B", 2));

        assertThat(order.activeHolds()).singleElement().satisfies(hold -> {
            assertThat(hold.reason()).isEqualTo(HoldReason.UNKNOWN_SKU);
            assertThat(hold.detail()).contains("line 2").contains("'B'");
        });
        assertThat(order.stage()).isEqualTo(Stage.AWAITING_DECISION);
    }

    @Test
    void a_mapping_lifts_the_hold_by_itself() {
        Order order = accepted(line("A", 1), unknown("B", 2));

        Decision.Advanced mapped =
                advanced(order, new MappingArrived(Map.of(id(order, "B"), new Mapping("SKU-B", "shop-a:B"))));

        assertThat(mapped.announcements())
                .containsExactly(new Announcement.LinesChanged(2), new Announcement.HoldLifted(3));
        assertThat(mapped.order().activeHolds()).isEmpty();
    }

    @Test
    void a_line_keeps_the_sku_it_was_promised_on() {
        Order order = accepted(line("A", 1));

        Decision again =
                OrderMachine.decide(order, new MappingArrived(Map.of(id(order, "A"), new Mapping("X", null))), NOON);

        assertThat(again).isInstanceOf(Decision.Ignored.class);
    }

    @Test
    void a_missing_destination_holds_until_a_snapshot_brings_it() {
        Order order = OrderMachine.accept(Orders.IDENTITY, snapshot(1, Status.OPEN, null, false, line("A", 1)), NOON)
                .order();

        Decision.Advanced known = advanced(order, observed(snapshot(2, line("A", 1))));

        assertThat(order.activeHolds()).extracting(Hold::reason).containsExactly(HoldReason.MISSING_DESTINATION);
        assertThat(known.announcements())
                .containsExactly(new Announcement.LinesChanged(2), new Announcement.HoldLifted(3));
    }

    @Test
    void a_destination_once_known_is_not_forgotten() {
        Order order = accepted(line("A", 1));

        Order later = after(order, observed(snapshot(2, Status.OPEN, null, false, line("A", 1))));

        assertThat(later.header().destination()).isEqualTo(new Place("DE", null));
        assertThat(later.version()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("olderSnapshots")
    void an_older_snapshot_is_ignored(Snapshot older) {
        Order order = after(accepted(line("A", 1)), observed(snapshot(5, line("A", 3))));

        Decision decision = OrderMachine.decide(order, observed(older), NOON);

        assertThat(decision).isInstanceOf(Decision.Ignored.class);
    }

    static Stream<Snapshot> olderSnapshots() {
        return Stream.of(snapshot(4, line("A", 9)), snapshot(5, line("A", 9)), snapshot(2, Status.CANCELLED));
    }

    @Test
    void a_snapshot_without_news_tells_nobody_anything() {
        Order order = accepted(line("A", 1));

        Decision.Advanced same = advanced(order, observed(snapshot(2, line("A", 1))));

        assertThat(same.announcements()).isEmpty();
        assertThat(same.order().header().fetchNumber()).isEqualTo(2);
    }

    @Test
    void a_line_that_is_gone_is_no_longer_wanted_and_a_new_one_is() {
        Order order = accepted(line("A", 1), line("B", 1));

        Decision.Advanced changed = advanced(order, observed(snapshot(2, line("B", 1), line("C", 2))));

        assertThat(changed.order().lines())
                .extracting(Line::channelLineId, changed.order()::wanted)
                .containsExactly(tuple("A", 0), tuple("B", 1), tuple("C", 2));
        assertThat(changed.announcements()).containsExactly(new Announcement.LinesChanged(2));
    }

    @Test
    void an_order_cancelled_before_it_was_seen_is_recorded_as_cancelled() {
        Decision.Advanced first =
                OrderMachine.accept(Orders.IDENTITY, snapshot(1, Status.CANCELLED, line("A", 1)), NOON);

        assertThat(first.announcements())
                .containsExactly(new Announcement.Accepted(1), new Announcement.Cancelled(2, By.CHANNEL, "customer"));
        assertThat(first.order().stage()).isEqualTo(Stage.CANCELLED);
        assertThat(first.order().wanted(first.order().lines().getFirst())).isZero();
    }

    @Test
    void an_order_that_the_channel_ships_wants_nothing_of_us() {
        Decision.Advanced first =
                OrderMachine.accept(Orders.IDENTITY, snapshot(1, Status.OPEN, null, true, unknown("A", 1)), NOON);

        assertThat(first.order().stage()).isEqualTo(Stage.AT_CHANNEL);
        assertThat(first.order().activeHolds()).isEmpty();
        assertThat(first.announcements()).containsExactly(new Announcement.Accepted(1));
    }

    @Test
    void an_order_without_any_line_left_is_cancelled_and_one_with_a_new_line_goes_on() {
        Order order = accepted(line("A", 1));

        Decision.Advanced emptied = advanced(order, observed(snapshot(2, line("A", 0))));
        Decision.Advanced refilled = advanced(emptied.order(), observed(snapshot(3, line("B", 1))));

        assertThat(emptied.announcements())
                .containsExactly(new Announcement.Cancelled(2, By.CHANNEL, "every line was removed"));
        assertThat(refilled.announcements()).containsExactly(new Announcement.LinesChanged(3));
        assertThat(refilled.order().stage()).isEqualTo(Stage.AWAITING_PROMISE);
    }

    @Test
    void parcels_complete_the_order() {
        Order order = released(3);

        Decision.Advanced first = advanced(order, parcel(order, "S1", "berlin", "A", 1));
        Decision.Advanced last = advanced(first.order(), parcel(order, "S2", "berlin", "A", 2));

        assertThat(first.order().stage()).isEqualTo(Stage.PARTIALLY_SHIPPED);
        assertThat(first.announcements()).containsExactly(new Announcement.Shipped(3, "S1"));
        assertThat(first.order().picks()).extracting(Order.Pick::quantity).containsExactly(2);
        assertThat(last.order().stage()).isEqualTo(Stage.COMPLETED);
        assertThat(last.announcements())
                .containsExactly(new Announcement.Shipped(4, "S2"), new Announcement.Completed(5));
    }

    @Test
    void a_parcel_counts_against_its_location_before_and_after_inventory_heard_of_it() {
        Order order = accepted(line("A", 3));
        order = after(order, allocated(order, 1, "A", Map.of("berlin", 1, "lyon", 2)));
        order = after(order, parcel(order, "S1", "berlin", "A", 1));
        Line line = order.lines().getFirst();

        Order heard = after(order, allocated(order, 2, "A", Map.of("lyon", 2), 1));

        assertThat(order.allocated(line)).isEqualTo(Map.of("lyon", 2));
        assertThat(heard.allocated(line)).isEqualTo(Map.of("lyon", 2));
    }

    @Test
    void the_same_report_again_is_ignored_and_another_under_its_id_refused() {
        Order order = released(3);
        Order shipped = after(order, parcel(order, "S1", "berlin", "A", 3));

        Decision again = OrderMachine.decide(shipped, parcel(order, "S1", "berlin", "A", 3), NOON);
        Decision other = OrderMachine.decide(shipped, parcel(order, "S1", "berlin", "A", 2), NOON);

        assertThat(again).isInstanceOf(Decision.Ignored.class);
        assertThat(refusal(other)).isEqualTo(new Refusal.ShipmentDiffers("S1"));
    }

    @ParameterizedTest
    @MethodSource("wrongParcels")
    void a_parcel_of_units_that_are_not_allocated_there_is_refused(String location, String line, int units) {
        Order order = released(2);
        String lineId = line.equals("A") ? id(order, "A") : line;

        Decision decision =
                OrderMachine.decide(order, parcel("S1", location, new Shipment.ShippedLine(lineId, units)), NOON);

        assertThat(decision).isInstanceOf(Decision.Refused.class);
    }

    static Stream<Arguments> wrongParcels() {
        return Stream.of(
                Arguments.of("lyon", "A", 1), Arguments.of("berlin", "A", 3), Arguments.of("berlin", "nothing", 1));
    }

    @Test
    void two_lines_of_one_parcel_count_together() {
        Order order = released(2);
        Shipment.ShippedLine two = new Shipment.ShippedLine(id(order, "A"), 2);

        Decision decision = OrderMachine.decide(order, parcel("S1", "berlin", two, two), NOON);

        assertThat(refusal(decision)).isEqualTo(new Refusal.NotAllocatedThere(id(order, "A"), "berlin", 4, 2));
    }

    @Test
    void less_is_wanted_and_less_may_be_shipped_before_inventory_answers() {
        Order order = after(released(3), observed(snapshot(2, line("A", 1))));

        Decision decision = OrderMachine.decide(order, parcel(order, "S1", "berlin", "A", 2), NOON);

        assertThat(order.picks()).extracting(Order.Pick::quantity).containsExactly(1);
        assertThat(decision).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void the_seller_cancels_what_has_not_left() {
        Order order = released(3);
        Order shipped = after(order, parcel(order, "S1", "berlin", "A", 1));

        Decision.Advanced cancelled = advanced(shipped, new CancellationRequested("out of season"));

        assertThat(cancelled.order().stage()).isEqualTo(Stage.CANCELLED);
        assertThat(cancelled.order().wanted(order.lines().getFirst())).isEqualTo(1);
        assertThat(cancelled.order().picks()).isEmpty();
        assertThat(cancelled.announcements())
                .containsExactly(new Announcement.Cancelled(4, By.SELLER, "out of season"));
    }

    @Test
    void an_order_that_has_left_cannot_be_cancelled() {
        Order order = released(1);
        Order shipped = after(order, parcel(order, "S1", "berlin", "A", 1));

        Decision decision = OrderMachine.decide(shipped, new CancellationRequested("too late"), NOON);

        assertThat(refusal(decision)).isEqualTo(new Refusal.OrderClosed(Stage.COMPLETED));
    }

    @Test
    void a_parcel_of_a_cancelled_order_is_refused() {
        Order order = after(released(1), new CancellationRequested("changed mind"));

        Decision decision = OrderMachine.decide(order, parcel(order, "S1", "berlin", "A", 1), NOON);

        assertThat(refusal(decision)).isEqualTo(new Refusal.OrderClosed(Stage.CANCELLED));
    }

    @Test
    void the_sellers_cancellation_stands_though_the_channel_still_shows_the_order_open() {
        Order order = after(released(1), new CancellationRequested("out of stock"));

        Decision.Advanced seen = advanced(order, observed(snapshot(9, line("A", 1))));

        assertThat(seen.announcements()).isEmpty();
        assertThat(seen.order().stage()).isEqualTo(Stage.CANCELLED);
    }

    @Test
    void a_cancellation_at_the_channel_after_all_has_left_is_a_conflict_to_decide() {
        Order order = released(1);
        Order shipped = after(order, parcel(order, "S1", "berlin", "A", 1));

        Decision.Advanced conflict = advanced(shipped, observed(snapshot(9, Status.CANCELLED, line("A", 0))));
        Order settled = after(conflict.order(), new HoldReleased(HoldReason.CHANNEL_CONFLICT));

        assertThat(conflict.order().stage()).isEqualTo(Stage.COMPLETED);
        assertThat(conflict.announcements()).containsExactly(new Announcement.Held(5));
        assertThat(conflict.order().activeHolds())
                .extracting(Hold::reason)
                .containsExactly(HoldReason.CHANNEL_CONFLICT);
        assertThat(settled.activeHolds()).isEmpty();
    }

    @Test
    void less_wanted_than_left_is_a_conflict_and_never_a_number_below_what_left() {
        Order order = released(3);
        Order shipped = after(order, parcel(order, "S1", "berlin", "A", 2));

        Order changed = after(shipped, observed(snapshot(9, line("A", 1))));

        assertThat(changed.wanted(changed.lines().getFirst())).isEqualTo(2);
        assertThat(changed.activeHolds()).extracting(Hold::reason).containsExactly(HoldReason.CHANNEL_CONFLICT);
        assertThat(changed.stage()).isEqualTo(Stage.COMPLETED);
    }

    @Test
    void an_unroutable_order_holds_and_a_release_lets_routing_plan_again() {
        Order order = accepted(line("A", 1));
        Order promised = after(order, held(order, 1, "A", 1));

        Decision.Advanced held = advanced(promised, unroutable(1, 1));
        Decision.Advanced released = advanced(held.order(), new HoldReleased(HoldReason.UNROUTABLE));
        Decision.Advanced again = advanced(released.order(), unroutable(2, 3));

        assertThat(held.announcements()).containsExactly(new Announcement.Held(2));
        assertThat(released.announcements()).containsExactly(new Announcement.HoldLifted(3));
        assertThat(released.order().stage()).isEqualTo(Stage.AWAITING_ROUTE);
        assertThat(again.announcements()).containsExactly(new Announcement.Held(4));
    }

    @Test
    void another_demand_lifts_the_hold_of_an_unroutable_one() {
        Order order = after(accepted(line("A", 2)), unroutable(1, 1));

        Decision.Advanced changed = advanced(order, observed(snapshot(2, line("A", 1))));
        Order late = after(changed.order(), unroutable(2, 2));

        assertThat(changed.announcements())
                .containsExactly(new Announcement.LinesChanged(3), new Announcement.HoldLifted(4));
        assertThat(late.activeHolds()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = HoldReason.class,
            names = {"UNKNOWN_SKU", "MISSING_DESTINATION"})
    void what_is_missing_cannot_be_released(HoldReason reason) {
        Order order = OrderMachine.accept(Orders.IDENTITY, snapshot(1, Status.OPEN, null, false, unknown("A", 1)), NOON)
                .order();

        Decision decision = OrderMachine.decide(order, new HoldReleased(reason), NOON);

        assertThat(refusal(decision)).isEqualTo(new Refusal.HoldLiftsItself(reason));
    }

    @Test
    void a_price_that_comes_late_makes_a_version_and_leaves_promise_and_plan_as_they_are() {
        Order order = accepted(unpriced("A", 2));
        order = after(order, held(order, 1, "A", 2));
        order = after(order, routed(1, order.version(), "plan-1"));
        Order released = after(order, allocated(order, 2, "A", Map.of("berlin", 2)));

        Decision.Advanced priced = advanced(released, observed(snapshot(2, paid("A", 2, 2, 1999))));

        assertThat(priced.announcements()).containsExactly(new Announcement.LinesChanged(released.version() + 1));
        assertThat(priced.order().lines().getFirst().sale()).isEqualTo(new Sale(2, new Amount(1999, "EUR")));
        assertThat(priced.order().demandVersion()).isEqualTo(released.demandVersion());
        assertThat(priced.order().stage()).isEqualTo(Stage.RELEASED);
        assertThat(priced.order().picks()).isEqualTo(released.picks());
    }

    @Test
    void a_price_that_is_seen_again_says_nothing() {
        Order order = accepted(paid("A", 2, 2, 1999));

        Decision.Advanced again = advanced(order, observed(snapshot(2, paid("A", 2, 2, 1999))));

        assertThat(again.announcements()).isEmpty();
    }

    @Test
    void a_price_once_told_outlives_a_snapshot_without_one() {
        Order order = accepted(paid("A", 2, 2, 1999));

        Decision.Advanced silent = advanced(order, observed(snapshot(2, unpriced("A", 2))));

        assertThat(silent.order().lines().getFirst().sale()).isEqualTo(new Sale(2, new Amount(1999, "EUR")));
        assertThat(silent.announcements()).isEmpty();
    }

    @Test
    void the_price_of_a_line_without_a_sku_is_told_with_its_sku() {
        Order order = accepted(unknown("A", 2));

        Decision.Advanced mapped =
                advanced(order, new MappingArrived(Map.of(id(order, "A"), new Mapping("SKU-A", "shop-a:A"))));

        assertThat(mapped.announcements()).first().isEqualTo(new Announcement.LinesChanged(2));
        assertThat(mapped.order().lines().getFirst().sale()).isNotNull();
    }

    @Test
    void a_removed_line_keeps_what_was_paid_for_it() {
        Order order = accepted(line("A", 1), line("B", 1));

        Order without = after(order, observed(snapshot(2, line("B", 1))));

        assertThat(without.lines().getFirst().sale())
                .isEqualTo(order.lines().getFirst().sale());
    }

    @Test
    void a_person_stops_a_released_order_and_lets_it_go_on() {
        Order order = released(1);

        Decision.Advanced held = advanced(order, new HoldPlaced("check the invoice"));
        Decision.Advanced released = advanced(held.order(), new HoldReleased(HoldReason.OPERATOR));

        assertThat(held.order().picks()).isEmpty();
        assertThat(held.announcements()).containsExactly(new Announcement.Held(3));
        assertThat(released.announcements())
                .containsExactly(new Announcement.HoldLifted(4), new Announcement.Released(5));
    }

    @Test
    void a_hold_that_is_not_there_cannot_be_released() {
        Decision decision = OrderMachine.decide(released(1), new HoldReleased(HoldReason.OPERATOR), NOON);

        assertThat(refusal(decision)).isEqualTo(new Refusal.NoSuchHold(HoldReason.OPERATOR));
    }

    private static Refusal refusal(Decision decision) {
        return switch (decision) {
            case Decision.Refused refused -> refused.refusal();
            case Decision.Advanced _, Decision.Ignored _ -> throw new AssertionError("not refused: " + decision);
        };
    }
}
