package io.hubline.returns.rma.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.returns.rma.domain.Announcement.Kind;
import io.hubline.returns.rma.domain.ChannelView.Status;
import io.hubline.returns.rma.domain.Command.Disposition;
import io.hubline.returns.rma.domain.Command.Finding;
import io.hubline.returns.rma.domain.Decision.Advanced;
import io.hubline.returns.rma.domain.Decision.Refused;
import io.hubline.returns.rma.domain.Decision.Unchanged;
import io.hubline.returns.rma.domain.ReturnPolicy.Refunding;
import io.hubline.returns.rma.domain.Rma.Waiting;
import io.hubline.returns.rma.domain.RmaMachine.Asked;
import io.hubline.returns.rma.domain.RmaMachine.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RmaMachineTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Rma.Identity SELLERS = new Rma.Identity("RMA", "shop-a", "shopify", "1001", null);
    private static final Rma.Identity CHANNELS = new Rma.Identity("RMA", "shop-a", "shopify", "1001", "C1");

    private Refunding refunding = Refunding.RESTOCKED_OR_SELLERS_FAULT;
    private SoldOrder order = sold(3, 3, 1000);

    @Test
    void whatever_is_asked_in_whatever_state_takes_effect_changes_nothing_or_is_refused() {
        Map<RmaState, Map<String, String>> table = new EnumMap<>(RmaState.class);
        states().forEach((state, rma) -> table.put(
                state,
                commands().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, command -> outcome(decide(rma, command.getValue()))))));

        assertThat(table.get(RmaState.WAITING))
                .containsExactlyInAnyOrderEntriesOf(expected("no", "no", "CANCELLED", "no", "no", "no", "no"));
        assertThat(table.get(RmaState.REQUESTED))
                .containsExactlyInAnyOrderEntriesOf(expected("OPEN", "DECLINED", "CANCELLED", "no", "no", "no", "no"));
        assertThat(table.get(RmaState.OPEN))
                .containsExactlyInAnyOrderEntriesOf(
                        expected("same", "no", "CANCELLED", "OPEN", "no", "CLOSED", "OPEN"));
        assertThat(table.get(RmaState.CLOSED))
                .containsExactlyInAnyOrderEntriesOf(expected("same", "no", "no", "OPEN", "no", "same", "OPEN"));
        assertThat(table.get(RmaState.DECLINED))
                .containsExactlyInAnyOrderEntriesOf(expected("no", "same", "no", "no", "no", "no", "no"));
        assertThat(table.get(RmaState.CANCELLED))
                .containsExactlyInAnyOrderEntriesOf(expected("no", "no", "same", "no", "no", "no", "no"));
    }

    private static Map<String, String> expected(
            String authorise,
            String decline,
            String cancel,
            String receive,
            String inspect,
            String giveUp,
            String pay) {
        return Map.of(
                "authorise", authorise,
                "decline", decline,
                "cancel", cancel,
                "receive", receive,
                "inspect", inspect,
                "giveUp", giveUp,
                "payBack", pay);
    }

    private static Map<String, Command> commands() {
        return Map.of(
                "authorise", new Command.Authorise(),
                "decline", new Command.Decline("worn"),
                "cancel", new Command.Cancel(),
                "receive", receive("R", 1),
                "inspect", inspect("I", new Finding("L", 1, "AS_NEW", Disposition.RESTOCK, "berlin")),
                "giveUp", new Command.GiveUp(List.of(new Command.Units("L", 1))),
                "payBack", payBack("F", 1));
    }

    /// A return of one unit in each state; the closed one was given up.
    private Map<RmaState, Rma> states() {
        Rma open = open(1);
        Rma requested = rma(RmaMachine.observe(CHANNELS, view(1, Status.REQUESTED, 1), context(Duration.ofDays(40))));
        return Map.of(
                RmaState.WAITING,
                rma(RmaMachine.observe(CHANNELS, view(1, Status.OPEN, 9), context(Duration.ofDays(1)))),
                RmaState.REQUESTED,
                requested,
                RmaState.OPEN,
                open,
                RmaState.CLOSED,
                after(open, new Command.GiveUp(List.of(new Command.Units("L", 1)))),
                RmaState.DECLINED,
                after(requested, new Command.Decline("worn")),
                RmaState.CANCELLED,
                after(open, new Command.Cancel()));
    }

    private static String outcome(Decision decision) {
        return switch (decision) {
            case Advanced advanced -> advanced.rma().state().name();
            case Unchanged _ -> "same";
            case Refused _ -> "no";
        };
    }

    static Stream<Arguments> channelTable() {
        return Stream.of(
                Arguments.of(RmaState.WAITING, Status.REQUESTED, RmaState.OPEN),
                Arguments.of(RmaState.WAITING, Status.OPEN, RmaState.OPEN),
                Arguments.of(RmaState.WAITING, Status.CLOSED, RmaState.CLOSED),
                Arguments.of(RmaState.WAITING, Status.CANCELLED, RmaState.CANCELLED),
                Arguments.of(RmaState.WAITING, Status.DECLINED, RmaState.DECLINED),
                Arguments.of(RmaState.REQUESTED, Status.REQUESTED, RmaState.REQUESTED),
                Arguments.of(RmaState.REQUESTED, Status.OPEN, RmaState.OPEN),
                Arguments.of(RmaState.REQUESTED, Status.CLOSED, RmaState.CANCELLED),
                Arguments.of(RmaState.REQUESTED, Status.CANCELLED, RmaState.CANCELLED),
                Arguments.of(RmaState.REQUESTED, Status.DECLINED, RmaState.DECLINED),
                Arguments.of(RmaState.OPEN, Status.REQUESTED, RmaState.OPEN),
                Arguments.of(RmaState.OPEN, Status.OPEN, RmaState.OPEN),
                Arguments.of(RmaState.OPEN, Status.CLOSED, RmaState.OPEN),
                Arguments.of(RmaState.OPEN, Status.CANCELLED, RmaState.CANCELLED),
                Arguments.of(RmaState.OPEN, Status.DECLINED, RmaState.DECLINED),
                Arguments.of(RmaState.CLOSED, Status.REQUESTED, RmaState.CLOSED),
                Arguments.of(RmaState.CLOSED, Status.OPEN, RmaState.CLOSED),
                Arguments.of(RmaState.CLOSED, Status.CLOSED, RmaState.CLOSED),
                Arguments.of(RmaState.CLOSED, Status.CANCELLED, RmaState.CLOSED),
                Arguments.of(RmaState.CLOSED, Status.DECLINED, RmaState.CLOSED),
                Arguments.of(RmaState.DECLINED, Status.OPEN, RmaState.DECLINED),
                Arguments.of(RmaState.CANCELLED, Status.OPEN, RmaState.CANCELLED));
    }

    @ParameterizedTest
    @MethodSource("channelTable")
    void a_channels_word_takes_a_return_where_the_table_says(RmaState state, Status status, RmaState next) {
        Rma rma = Objects.requireNonNull(states().get(state));

        Decision decision = decide(rma, new Command.Observed(view(9, status, 1)));

        assertThat(((Advanced) decision).rma().state()).isEqualTo(next);
    }

    @Test
    void versions_count_the_announcements_without_a_gap() {
        Advanced opened = (Advanced) RmaMachine.open(SELLERS, order, List.of(new Asked("L", 2, "UNWANTED")));
        Advanced received = advanced(opened.rma(), receive("R", 2));
        Advanced inspected = advanced(
                received.rma(),
                inspect(
                        "I",
                        new Finding("L", 1, "AS_NEW", Disposition.RESTOCK, "berlin"),
                        new Finding("L", 1, "WORN", Disposition.SCRAP, null)));

        assertThat(kinds(opened)).containsExactly(Kind.AUTHORISED);
        assertThat(kinds(received)).containsExactly(Kind.RECEIVED);
        assertThat(kinds(inspected))
                .containsExactly(Kind.INSPECTED, Kind.RESTOCKED, Kind.SCRAPPED, Kind.REFUND_REQUESTED);
        assertThat(Stream.of(opened, received, inspected)
                        .flatMap(step -> step.told().stream())
                        .map(Announcement::version))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(inspected.rma().version()).isEqualTo(6);
    }

    @Test
    void what_is_restocked_is_refunded_by_itself_and_what_the_buyer_broke_is_not() {
        Rma received = after(open(2), receive("R", 2));

        Rma inspected = after(
                received,
                inspect(
                        "I",
                        new Finding("L", 1, "AS_NEW", Disposition.RESTOCK, "berlin"),
                        new Finding("L", 1, "WORN", Disposition.SCRAP, null)));

        assertThat(inspected.refunds()).singleElement().satisfies(refund -> {
            assertThat(refund.refundId()).isEqualTo("RMA:I");
            assertThat(refund.amountMinor()).isEqualTo(333);
            assertThat(refund.lines()).containsExactly(new Refund.Line("L", "c-L", 1, 333, 33));
        });
        assertThat(inspected.units()).extracting(Unit::money).containsExactly(MoneyState.SENT, MoneyState.NONE);
    }

    @Test
    void what_is_scrapped_by_the_sellers_fault_is_refunded_too() {
        Rma rma = rma(RmaMachine.open(SELLERS, order, List.of(new Asked("L", 1, "DEFECTIVE"))));

        Rma inspected = after(
                after(rma, receive("R", 1)), inspect("I", new Finding("L", 1, "BROKEN", Disposition.SCRAP, null)));

        assertThat(inspected.refunds()).extracting(Refund::state).containsExactly(MoneyState.SENT);
    }

    @Test
    void without_automatic_refunds_a_return_closes_and_a_later_refund_opens_it_again() {
        refunding = Refunding.NEVER;
        Rma closed = after(
                after(open(1), receive("R", 1)),
                inspect("I", new Finding("L", 1, "AS_NEW", Disposition.RESTOCK, "berlin")));

        Rma paying = after(closed, payBack("F", 1));
        Advanced paid = advanced(paying, settled("F", 333));

        assertThat(List.of(closed.state(), paying.state(), paid.rma().state()))
                .containsExactly(RmaState.CLOSED, RmaState.OPEN, RmaState.CLOSED);
        assertThat(kinds(paid)).containsExactly(Kind.REFUND_CONFIRMED, Kind.CLOSED);
    }

    @Test
    void money_does_not_wait_for_goods_and_a_unit_is_paid_back_once() {
        Rma paid = after(after(open(1), payBack("F", 1)), settled("F", 333));

        Decision again = decide(paid, payBack("G", 1));
        Rma inspected = after(
                after(paid, receive("R", 1)),
                inspect("I", new Finding("L", 1, "AS_NEW", Disposition.RESTOCK, "berlin")));

        assertThat(refusal(again)).isInstanceOf(Refusal.TooManyUnits.class);
        assertThat(inspected.refunds()).hasSize(1);
        assertThat(inspected.state()).isEqualTo(RmaState.CLOSED);
    }

    @Test
    void a_parcel_that_comes_after_it_was_given_up_is_received() {
        Rma givenUp = after(open(2), new Command.GiveUp(List.of(new Command.Units("L", 2))));

        Rma received = after(givenUp, receive("R", 1));

        assertThat(givenUp.state()).isEqualTo(RmaState.CLOSED);
        assertThat(received.state()).isEqualTo(RmaState.OPEN);
        assertThat(received.units()).extracting(Unit::custody).containsExactly(Custody.RECEIVED, Custody.MISSING);
    }

    @Test
    void giving_the_same_units_up_twice_changes_nothing() {
        Rma givenUp = after(open(3), new Command.GiveUp(List.of(new Command.Units("L", 2))));

        Decision again = decide(givenUp, new Command.GiveUp(List.of(new Command.Units("L", 2))));
        Decision tooMany = decide(givenUp, new Command.GiveUp(List.of(new Command.Units("L", 4))));

        assertThat(again).isInstanceOf(Unchanged.class);
        assertThat(refusal(tooMany)).isInstanceOf(Refusal.TooManyUnits.class);
    }

    @Test
    void no_more_units_come_back_than_left() {
        Decision decision = RmaMachine.open(SELLERS, sold(5, 3, 1000), List.of(new Asked("L", 4, "UNWANTED")));

        assertThat(refusal(decision))
                .isEqualTo(new Refusal.TooManyUnits("lines[0].quantity", "L", 4, 3, "that left and are in no return"));
    }

    @Test
    void units_of_another_return_are_not_had_twice() {
        order = sold(3, 3, 1000, 0, 2);

        Rma rma = open(1);

        assertThat(rma.units()).extracting(Unit::number).containsExactly(1);
        assertThat(refusal(RmaMachine.open(SELLERS, order, List.of(new Asked("L", 2, "UNWANTED")))))
                .isInstanceOf(Refusal.TooManyUnits.class);
    }

    @Test
    void a_refund_never_exceeds_what_is_left_of_what_was_paid() {
        Rma rma = open(1);
        order = refunded(order, 900);

        Rma paying = after(rma, payBack("F", 1));
        order = refunded(order, 1000);
        Decision nothingLeft = decide(rma, payBack("G", 1));

        assertThat(paying.refunds().getFirst().amountMinor()).isEqualTo(100);
        assertThat(refusal(nothingLeft)).isEqualTo(new Refusal.NothingToRefund());
    }

    @Test
    void shipping_goes_back_only_as_far_as_it_is_known_to_be_paid() {
        Command.PayBack asked = new Command.PayBack("F", List.of(new Command.Units("L", 1)), 50, "GOODWILL");
        Rma rma = open(1);
        Decision unknown = decide(rma, asked);
        order = shipping(order, 40);
        Decision tooMuch = decide(rma, asked);
        order = shipping(order, 50);
        Rma paying = after(rma, asked);

        assertThat(refusal(unknown)).isEqualTo(new Refusal.ShippingNotKnown());
        assertThat(refusal(tooMuch)).isEqualTo(new Refusal.TooMuchShipping(50, 40));
        assertThat(paying.refunds().getFirst().amountMinor()).isEqualTo(383);
    }

    @Test
    void a_refused_refund_is_tried_again_with_the_same_amount() {
        Rma sent = after(open(1), payBack("F", 1));
        Rma failed = after(sent, new Command.RefundFailed("F", new Refund.Failure("no payment", "look")));

        Advanced again = advanced(failed, new Command.Retry("F"));

        assertThat(failed.units()).extracting(Unit::money).containsExactly(MoneyState.FAILED);
        assertThat(kinds(again)).containsExactly(Kind.REFUND_REQUESTED);
        assertThat(again.rma().refunds().getFirst().amountMinor()).isEqualTo(333);
        assertThat(decide(again.rma(), new Command.Retry("F"))).isInstanceOf(Unchanged.class);
        assertThat(refusal(decide(after(again.rma(), settled("F", 333)), new Command.Retry("F"))))
                .isEqualTo(new Refusal.NotRetryable("F", MoneyState.CONFIRMED));
        assertThat(refusal(decide(again.rma(), new Command.Retry("X")))).isEqualTo(new Refusal.UnknownRefund("X"));
    }

    @Test
    void another_amount_than_was_asked_for_shows() {
        Rma paid = after(after(open(1), payBack("F", 1)), settled("F", 300));

        assertThat(NextStep.of(paid)).extracting(NextStep::code).contains("COMPARE_REFUND");
    }

    @Test
    void a_failure_told_after_the_confirmation_changes_nothing() {
        Rma paid = after(after(open(1), payBack("F", 1)), settled("F", 333));

        assertThat(decide(paid, new Command.RefundFailed("F", new Refund.Failure("late", "none"))))
                .isInstanceOf(Unchanged.class);
        assertThat(decide(paid, settled("F", 333))).isInstanceOf(Unchanged.class);
    }

    @Test
    void a_free_unit_is_owed_nothing() {
        order = sold(1, 1, 0);

        Rma inspected = after(
                after(open(1), receive("R", 1)),
                inspect("I", new Finding("L", 1, "AS_NEW", Disposition.RESTOCK, "berlin")));

        assertThat(inspected.refunds()).isEmpty();
        assertThat(inspected.state()).isEqualTo(RmaState.CLOSED);
    }

    @Test
    void a_channel_that_closes_or_cancels_after_goods_moved_is_a_contradiction_that_shows() {
        Rma received = after(
                rma(RmaMachine.observe(CHANNELS, view(1, Status.OPEN, 2), context(Duration.ofDays(1)))),
                receive("R", 1));

        Rma cancelled = after(received, new Command.Observed(view(2, Status.CANCELLED, 2)));
        Rma closed = after(received, new Command.Observed(view(2, Status.CLOSED, 2)));

        assertThat(cancelled.state()).isEqualTo(RmaState.OPEN);
        assertThat(NextStep.of(cancelled)).extracting(NextStep::code).contains("CHANNEL_SAYS_NO");
        assertThat(NextStep.of(closed)).extracting(NextStep::code).contains("CHANNEL_CLOSED");
    }

    @Test
    void a_channel_that_changes_the_lines_is_followed_while_nothing_has_moved() {
        Rma one = rma(RmaMachine.observe(CHANNELS, view(1, Status.OPEN, 1), context(Duration.ofDays(1))));
        order = sold(3, 3, 1000, 0);

        Rma two = after(one, new Command.Observed(view(2, Status.OPEN, 2)));
        Rma moved = after(after(one, receive("R", 1)), new Command.Observed(view(2, Status.OPEN, 2)));

        assertThat(two.units()).hasSize(2);
        assertThat(moved.units()).hasSize(1);
        assertThat(NextStep.of(moved)).extracting(NextStep::code).contains("LINES_DIFFER");
    }

    @Test
    void an_unknown_order_is_waited_for() {
        Rma waiting = RmaMachine.observe(CHANNELS, view(1, Status.OPEN, 1), new Context(null, policy(), NOON))
                .rma();

        assertThat(waiting.waiting()).extracting(Waiting::reason).isEqualTo(Waiting.Reason.ORDER_UNKNOWN);
        assertThat(decideWithout(waiting)).isInstanceOf(Unchanged.class);
        assertThat(after(waiting, new Command.OrderLearnt()).state()).isEqualTo(RmaState.OPEN);
    }

    private Decision decideWithout(Rma rma) {
        return RmaMachine.decide(rma, new Command.OrderLearnt(), new Context(null, policy(), NOON));
    }

    @Test
    void the_policy_says_why_a_person_has_to_look() {
        Rma old = rma(RmaMachine.observe(CHANNELS, view(1, Status.REQUESTED, 1), context(Duration.ofDays(31))));
        order = sold(1, 1, 5000);
        Rma dear = rma(RmaMachine.observe(CHANNELS, view(1, Status.REQUESTED, 1), context(Duration.ofDays(1))));
        order = unpriced(1);
        Rma unpriced = rma(RmaMachine.observe(CHANNELS, view(1, Status.REQUESTED, 1), context(Duration.ofDays(1))));

        assertThat(List.of(old.state(), dear.state(), unpriced.state())).containsOnly(RmaState.REQUESTED);
        assertThat(old.answer()).contains("more than 30 days ago");
        assertThat(dear.answer()).contains("5000 minor units of EUR");
        assertThat(unpriced.answer()).contains("not known what was paid");
    }

    @Test
    void just_below_the_limit_and_at_the_last_moment_of_the_window_the_policy_answers() {
        order = sold(1, 1, 4999);

        Rma answered = rma(RmaMachine.observe(CHANNELS, view(1, Status.REQUESTED, 1), context(Duration.ofDays(30))));

        assertThat(answered.state()).isEqualTo(RmaState.OPEN);
    }

    private static SoldOrder sold(int ordered, int shipped, long paid, Integer... taken) {
        return order(
                new SoldLine.Sale(ordered, paid, paid / 10, "EUR"),
                shipped,
                new HashSet<>(Arrays.asList(taken)),
                0,
                null);
    }

    private static SoldOrder unpriced(int shipped) {
        return order(null, shipped, Set.of(), 0, null);
    }

    private static SoldOrder refunded(SoldOrder order, long refunded) {
        SoldLine line = order.lines().getFirst();
        return order(line.sale(), line.shipped(), line.taken(), refunded, null);
    }

    private static SoldOrder shipping(SoldOrder order, long paid) {
        SoldLine line = order.lines().getFirst();
        return order(line.sale(), line.shipped(), line.taken(), line.refundedMinor(), paid);
    }

    private static SoldOrder order(
            SoldLine.@Nullable Sale sale, int shipped, Set<Integer> taken, long refunded, @Nullable Long shipping) {
        return new SoldOrder(
                "O",
                1,
                "shop-a",
                "shopify",
                "1001",
                shipping,
                0,
                List.of(new SoldLine("L", "c-L", "SKU", shipped, NOON, sale, refunded, taken)));
    }

    private static ChannelView view(int second, Status status, int units) {
        return new ChannelView(
                NOON.plusSeconds(second),
                second,
                "#R1",
                status,
                List.of(new ChannelView.Line("c-L", units, "SIZE_TOO_SMALL")));
    }

    private static Command.Receive receive(String id, int units) {
        return new Command.Receive(id, "berlin", List.of(new Command.Units("L", units)));
    }

    private static Command.Inspect inspect(String id, Finding... findings) {
        return new Command.Inspect(id, Arrays.asList(findings));
    }

    private static Command.PayBack payBack(String id, int units) {
        return new Command.PayBack(id, List.of(new Command.Units("L", units)), 0, "GOODWILL");
    }

    private static Command settled(String id, long minor) {
        return new Command.RefundSettled(id, new Refund.Settled("channel", minor, "EUR"));
    }

    private ReturnPolicy policy() {
        return new ReturnPolicy(
                Duration.ofDays(30), Map.of("EUR", 5000L), 10_000, Set.of(), Set.of("DEFECTIVE"), refunding);
    }

    private Context context(Duration sinceShipment) {
        return new Context(order, policy(), NOON.plus(sinceShipment));
    }

    private Rma open(int units) {
        return rma(RmaMachine.open(SELLERS, order, List.of(new Asked("L", units, "UNWANTED"))));
    }

    private Decision decide(Rma rma, Command command) {
        return RmaMachine.decide(rma, command, context(Duration.ofDays(1)));
    }

    private Advanced advanced(Rma rma, Command command) {
        return switch (decide(rma, command)) {
            case Advanced advanced -> advanced;
            case Unchanged _ -> throw new AssertionError("nothing changed by " + command);
            case Refused refused -> throw new AssertionError(refused.refusal().text());
        };
    }

    private Rma after(Rma rma, Command command) {
        return advanced(rma, command).rma();
    }

    private static Rma rma(Decision decision) {
        return ((Advanced) decision).rma();
    }

    private static Refusal refusal(Decision decision) {
        return ((Refused) decision).refusal();
    }

    private static List<Kind> kinds(Advanced advanced) {
        return advanced.told().stream().map(Announcement::kind).toList();
    }
}
