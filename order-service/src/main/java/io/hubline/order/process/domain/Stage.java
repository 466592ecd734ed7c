package io.hubline.order.process.domain;

/// What an order waits for.
public enum Stage {
    /// Inventory has not answered for the whole demand yet.
    AWAITING_PROMISE,
    /// Sold, and some units are not there: goods must come in.
    BACKORDERED,
    /// A hold must be decided.
    AWAITING_DECISION,
    /// Promised in full, and no plan stands.
    AWAITING_ROUTE,
    /// A plan stands, and inventory has not allocated the units at its locations yet.
    ROUTED,
    /// Allocated and free of holds: it is in the pick queue.
    RELEASED,
    /// As released, and a part has left.
    PARTIALLY_SHIPPED,
    /// Everything wanted has left.
    COMPLETED,
    /// Nobody waits for what has not left.
    CANCELLED,
    /// The channel ships it from its own warehouse: nothing is wanted of ours.
    AT_CHANNEL;

    /// How the stage looks to the other services.
    public Standing standing() {
        return switch (this) {
            case AWAITING_PROMISE,
                    BACKORDERED,
                    AWAITING_DECISION,
                    AWAITING_ROUTE,
                    ROUTED,
                    RELEASED,
                    PARTIALLY_SHIPPED -> Standing.OPEN;
            case COMPLETED, AT_CHANNEL -> Standing.COMPLETED;
            case CANCELLED -> Standing.CANCELLED;
        };
    }

    /// Whether its allocated units are to be picked now.
    public boolean isPickable() {
        return this == RELEASED || this == PARTIALLY_SHIPPED;
    }

    /// Whether somebody still waits for goods of ours.
    public enum Standing {
        OPEN,
        CANCELLED,
        COMPLETED
    }
}
