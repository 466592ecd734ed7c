package io.hubline.contracts.returns;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import java.time.Instant;

/// What the returns service says on `returns`, keyed by return id.
public sealed interface ReturnEvent extends Event {

    /// The whole truth at this event's version.
    ReturnFacts facts();

    /// When it was decided.
    Instant at();

    @Override
    default String key() {
        return facts().returnId();
    }

    /// A buyer asks to send goods back, and a person or the policy has to answer.
    @EventName("return.requested.v1")
    record ReturnRequested(ReturnFacts facts, Instant at) implements ReturnEvent {}

    /// The buyer may send the goods: they are expected.
    @EventName("return.authorised.v1")
    record ReturnAuthorised(ReturnFacts facts, Instant at) implements ReturnEvent {}

    /// The seller said no.
    @EventName("return.declined.v1")
    record ReturnDeclined(ReturnFacts facts, Instant at) implements ReturnEvent {}

    /// Nothing will be sent back: the buyer or the channel called it off.
    @EventName("return.cancelled.v1")
    record ReturnCancelled(ReturnFacts facts, Instant at) implements ReturnEvent {}

    /// Goods arrived, and are to be inspected.
    @EventName("return.received.v1")
    record ReturnReceived(ReturnFacts facts, Instant at) implements ReturnEvent {}

    /// Somebody looked at goods and said what becomes of them.
    @EventName("return.inspected.v1")
    record ReturnInspected(ReturnFacts facts, Instant at) implements ReturnEvent {}

    /// Units go back to stock; they are among the facts.
    @EventName("return.restocked.v1")
    record UnitsRestocked(ReturnFacts facts, Instant at) implements ReturnEvent {}

    /// Units are written off, and never come back to stock.
    @EventName("return.scrapped.v1")
    record UnitsScrapped(ReturnFacts facts, Instant at) implements ReturnEvent {}

    /// The buyer gets money back; it is among the facts, and the connector tells the channel.
    @EventName("return.refund-requested.v1")
    record RefundRequested(ReturnFacts facts, Instant at, String refundId) implements ReturnEvent {}

    /// The channel was read back, and shows the refund.
    @EventName("return.refund-confirmed.v1")
    record RefundConfirmed(ReturnFacts facts, Instant at, String refundId) implements ReturnEvent {}

    /// Nothing more is to happen.
    @EventName("return.closed.v1")
    record ReturnClosed(ReturnFacts facts, Instant at) implements ReturnEvent {}
}
