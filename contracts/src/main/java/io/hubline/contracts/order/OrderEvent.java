package io.hubline.contracts.order;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import java.time.Instant;

/// What the order book says on `orders`, keyed by order id.
public sealed interface OrderEvent extends Event {

    /// The whole truth at this event's version.
    OrderFacts facts();

    /// When it was decided.
    Instant at();

    @Override
    default String key() {
        return facts().orderId();
    }

    /// The order is in the book.
    @EventName("order.accepted.v1")
    record OrderAccepted(OrderFacts facts, Instant at) implements OrderEvent {}

    /// A hold was placed; it is among the facts.
    @EventName("order.held.v1")
    record OrderHeld(OrderFacts facts, Instant at) implements OrderEvent {}

    /// A hold was lifted; routing may go on when no other is left.
    @EventName("order.hold-lifted.v1")
    record OrderHoldLifted(OrderFacts facts, Instant at) implements OrderEvent {}

    /// The demand changed: a quantity, a line, or a SKU that became known.
    @EventName("order.lines-changed.v1")
    record OrderLinesChanged(OrderFacts facts, Instant at) implements OrderEvent {}

    /// The allocation stands and nothing holds the order: its fulfilment partner may pick it.
    @EventName("order.released.v1")
    record OrderReleased(OrderFacts facts, Instant at) implements OrderEvent {}

    /// Nobody waits for the goods any longer, save for what had already left.
    ///
    /// @param by who called it off; the connector tells the channel only of the seller's decisions
    @EventName("order.cancelled.v1")
    record OrderCancelled(OrderFacts facts, Instant at, CancelledBy by, String reason) implements OrderEvent {}

    /// A parcel left; it is among the facts.
    @EventName("order.shipped.v1")
    record OrderShipped(OrderFacts facts, Instant at, String shipmentId) implements OrderEvent {}

    /// Every wanted unit has been shipped.
    @EventName("order.completed.v1")
    record OrderCompleted(OrderFacts facts, Instant at) implements OrderEvent {}

    /// Who called an order off.
    enum CancelledBy {
        CHANNEL,
        SELLER
    }
}
