package io.hubline.returns.rma.domain;

import org.jspecify.annotations.Nullable;

/// One thing to tell the others. Each carries the whole return, so they differ only in what they draw
/// attention to.
///
/// @param version of the return that is told
/// @param refundId the refund it is about; null where it is about none
public record Announcement(
        Kind kind, long version, @Nullable String refundId) {

    /// What happened.
    public enum Kind {
        REQUESTED,
        AUTHORISED,
        DECLINED,
        CANCELLED,
        RECEIVED,
        INSPECTED,
        RESTOCKED,
        SCRAPPED,
        REFUND_REQUESTED,
        REFUND_CONFIRMED,
        CLOSED
    }
}
