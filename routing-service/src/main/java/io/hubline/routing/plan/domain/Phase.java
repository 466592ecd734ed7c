package io.hubline.routing.plan.domain;

/// How far routing is with an order.
public enum Phase {
    /// Something is missing that will come as an event: the order, its promise, the end of a hold.
    WAITING,
    /// A plan is outstanding.
    PLANNED,
    /// Planned again at a due time, or earlier when something new is known.
    RETRY,
    /// No plan; said so. Planned again when stock, rates or locations change, or when somebody lifts the
    /// hold.
    UNROUTABLE,
    /// Every wanted unit has a location or has left.
    ROUTED,
    /// Nobody waits for goods any longer.
    ENDED
}
