package io.hubline.returns.rma.domain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be done next with a return. It follows from the return alone.
///
/// @param code a stable word, such as `RECEIVE_GOODS`
/// @param text a sentence that says what and why
/// @param byPerson whether a person has to do it; the rest goes on by itself
public record NextStep(String code, String text, boolean byPerson) {

    /// Everything that is open about a return, the most pressing first; empty when nothing is.
    public static List<NextStep> of(Rma rma) {
        List<NextStep> steps = new ArrayList<>();
        contradiction(rma, steps);
        switch (rma.state()) {
            case WAITING -> waiting(rma, steps);
            case REQUESTED ->
                steps.add(new NextStep(
                        "ANSWER_REQUEST",
                        "the buyer asks; authorise or decline it, for the policy does not answer: " + rma.answer(),
                        true));
            case OPEN, CLOSED -> open(rma, steps);
            case DECLINED, CANCELLED -> {}
        }
        return List.copyOf(steps);
    }

    private static void waiting(Rma rma, List<NextStep> steps) {
        Rma.@Nullable Waiting waiting = rma.waiting();
        if (waiting == null) {
            return;
        }
        switch (waiting.reason()) {
            case ORDER_UNKNOWN, UNITS_NOT_SHIPPED ->
                steps.add(new NextStep(
                        "WAIT_" + waiting.reason(),
                        waiting.detail() + "; it goes on by itself once the order book says so",
                        false));
            case LINE_UNKNOWN, UNITS_IN_ANOTHER_RETURN ->
                steps.add(new NextStep(
                        "CHECK_" + waiting.reason(),
                        waiting.detail() + "; it goes on by itself when that changes; cancel it if it never will",
                        true));
        }
    }

    private static void open(Rma rma, List<NextStep> steps) {
        for (Refund refund : rma.refunds()) {
            Refund.@Nullable Failure failure = refund.failure();
            if (refund.state() == MoneyState.FAILED && failure != null) {
                steps.add(new NextStep(
                        "RETRY_REFUND",
                        "refund %s failed: %s; %s; then retry it"
                                .formatted(refund.refundId(), failure.reason(), failure.nextStep()),
                        true));
            } else if (refund.state() == MoneyState.APPROVED) {
                steps.add(new NextStep(
                        "WAIT_PRICE",
                        "refund %s is sent once the channel says what was paid".formatted(refund.refundId()),
                        false));
            } else if (refund.state() == MoneyState.SENT) {
                steps.add(new NextStep(
                        "WAIT_CHANNEL", "the channel is being told of refund %s".formatted(refund.refundId()), false));
            } else if (refund.isPaidDifferently()) {
                steps.add(new NextStep(
                        "COMPARE_REFUND",
                        "the channel paid another amount for refund %s than it was asked for; compare its payments"
                                .formatted(refund.refundId()),
                        true));
            }
        }
        count(rma, Custody.RECEIVED, steps, "INSPECT_GOODS", "inspect %d units that arrived");
        count(rma, Custody.EXPECTED, steps, "RECEIVE_GOODS", "receive %d units, or give them up as missing");
    }

    private static void count(Rma rma, Custody custody, List<NextStep> steps, String code, String text) {
        long units =
                rma.units().stream().filter(unit -> unit.custody() == custody).count();
        if (units > 0) {
            steps.add(new NextStep(code, text.formatted(units), true));
        }
    }

    /// Where the channel's word and the hub's cannot both be.
    private static void contradiction(Rma rma, List<NextStep> steps) {
        @Nullable ChannelView seen = rma.seen();
        if (seen == null || rma.state() != RmaState.OPEN) {
            return;
        }
        switch (seen.status()) {
            case CANCELLED, DECLINED ->
                steps.add(new NextStep(
                        "CHANNEL_SAYS_NO",
                        "the channel shows the return as %s, and goods or money have moved; settle it with the buyer"
                                .formatted(seen.status()),
                        true));
            case CLOSED -> {
                if (rma.units().stream().anyMatch(unit -> unit.custody() == Custody.EXPECTED)) {
                    steps.add(new NextStep(
                            "CHANNEL_CLOSED",
                            "the channel closed the return, and units are still expected; receive them or give them up",
                            true));
                }
            }
            case REQUESTED, OPEN -> {}
        }
        if (RmaMachine.differs(rma, seen)) {
            steps.add(new NextStep(
                    "LINES_DIFFER",
                    "the channel shows other units than the return has, and goods or money have moved, or the units cannot be"
                            + " had; settle it with the buyer",
                    true));
        }
    }
}
