package io.hubline.inventory.stock.domain;

/// What the others are told of a promise.
public sealed interface Announcement {

    /// The promise as it stood then, its number included.
    Promise promise();

    /// Every wanted unit is promised.
    record Reserved(Promise promise) implements Announcement {}

    /// Some units are sold and not promised.
    record Backordered(Promise promise) implements Announcement {}

    /// Promises were taken back.
    record Released(Promise promise) implements Announcement {}

    /// The plan holds.
    record Allocated(Promise promise, String planId) implements Announcement {}

    /// The plan was not carried out, and nothing changed.
    record Refused(Promise promise, String planId, Refusal refusal, String detail) implements Announcement {}

    /// Why a plan was not carried out.
    enum Refusal {
        /// A location no longer has the units.
        RAN_DRY,
        /// The order no longer wants what was planned.
        ORDER_CHANGED
    }
}
