package io.hubline.contracts.inventory;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import java.time.Instant;
import java.util.List;

/// What the promise book says on `reservations`, keyed by order id.
public sealed interface ReservationEvent extends Event {

    String orderId();

    /// The version of the order that was decided upon.
    long orderVersion();

    /// 1, 2, 3, ... per order, one per event, without gaps; a reader ignores what is not higher than it has
    /// seen.
    long sequence();

    /// The whole promise of the order after this decision.
    List<PromisedLine> lines();

    /// When it was decided.
    Instant at();

    @Override
    default String key() {
        return orderId();
    }

    /// Every wanted unit is promised.
    @EventName("order.reserved.v1")
    record OrderReserved(String orderId, long orderVersion, long sequence, List<PromisedLine> lines, Instant at)
            implements ReservationEvent {

        public OrderReserved {
            lines = List.copyOf(lines);
        }
    }

    /// Sold, but there is less than that: what exists is promised, and the lines say what is missing.
    @EventName("order.backordered.v1")
    record OrderBackordered(String orderId, long orderVersion, long sequence, List<PromisedLine> lines, Instant at)
            implements ReservationEvent {

        public OrderBackordered {
            lines = List.copyOf(lines);
        }
    }

    /// Promises were given back, because the order was cancelled or now wants less.
    @EventName("reservation.released.v1")
    record ReservationReleased(String orderId, long orderVersion, long sequence, List<PromisedLine> lines, Instant at)
            implements ReservationEvent {

        public ReservationReleased {
            lines = List.copyOf(lines);
        }
    }

    /// The plan holds: the promises now stand at its locations.
    @EventName("order.allocated.v1")
    record OrderAllocated(
            String orderId, long orderVersion, long sequence, List<PromisedLine> lines, Instant at, String planId)
            implements ReservationEvent {

        public OrderAllocated {
            lines = List.copyOf(lines);
        }
    }

    /// The plan was not carried out, and nothing changed.
    @EventName("allocation.refused.v1")
    record AllocationRefused(
            String orderId,
            long orderVersion,
            long sequence,
            List<PromisedLine> lines,
            Instant at,
            String planId,
            Refusal reason,
            String detail)
            implements ReservationEvent {

        public AllocationRefused {
            lines = List.copyOf(lines);
        }
    }

    /// Why a plan was not carried out.
    enum Refusal {
        /// The location no longer has the units: plan again.
        RAN_DRY,
        /// The order was changed or cancelled since: drop the plan; a new one follows from the newer facts.
        ORDER_CHANGED
    }

    /// One line of the promise.
    ///
    /// @param held promised, at no particular location
    /// @param backordered sold, and not promised for want of stock
    /// @param allocated promised at locations, and not shipped
    /// @param shipped gone
    record PromisedLine(
            String lineId, String sku, int held, int backordered, List<AllocatedUnits> allocated, int shipped) {

        public PromisedLine {
            allocated = List.copyOf(allocated);
        }
    }

    /// Units promised at one location.
    record AllocatedUnits(String locationId, int quantity) {}
}
