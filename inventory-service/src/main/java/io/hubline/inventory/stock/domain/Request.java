package io.hubline.inventory.stock.domain;

import java.util.List;

/// What somebody asks of the books. Requests that arrive together are decided together, in their order.
public sealed interface Request {

    /// Bring the promise to the demand.
    record Promised(OrderDemand demand) implements Request {}

    /// Turn what is held into allocations at the plan's locations, all or nothing.
    ///
    /// @param sequence the plan's number among those of its order; what is not higher than the last is
    ///     ignored
    record Planned(String orderId, long sequence, String planId, List<Assignment> assignments) implements Request {

        public Planned {
            assignments = List.copyOf(assignments);
        }
    }

    /// Units came or went: below zero they are lost.
    record Moved(PositionKey position, int delta, StockMovement.Reason reason, String cause) implements Request {}

    /// So many lie there now. The difference becomes a movement.
    record Counted(PositionKey position, int onHand, String cause) implements Request {

        public Counted {
            if (onHand < 0) {
                throw new IllegalArgumentException("%s: %d counted".formatted(position, onHand));
            }
        }
    }

    /// Give free units to whoever waits for them, as after a repair.
    record Settled(StockKey key) implements Request {}

    /// Units of one line that one location ships.
    record Assignment(String lineId, String sku, String locationId, int quantity) {

        public Assignment {
            if (quantity <= 0) {
                throw new IllegalArgumentException("line %s is assigned %d units".formatted(lineId, quantity));
            }
        }
    }
}
