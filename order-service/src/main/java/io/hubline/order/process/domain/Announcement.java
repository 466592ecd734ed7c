package io.hubline.order.process.domain;

/// One thing to tell the others. Each carries the whole order, so they differ only in what they draw
/// attention to.
public sealed interface Announcement {

    /// The version of the order that is told.
    long version();

    record Accepted(long version) implements Announcement {}

    record LinesChanged(long version) implements Announcement {}

    record Held(long version) implements Announcement {}

    record HoldLifted(long version) implements Announcement {}

    record Shipped(long version, String shipmentId) implements Announcement {}

    record Cancelled(long version, Cancellation.By by, String reason) implements Announcement {}

    record Completed(long version) implements Announcement {}

    record Released(long version) implements Announcement {}
}
