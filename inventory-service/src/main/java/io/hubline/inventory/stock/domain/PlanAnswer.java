package io.hubline.inventory.stock.domain;

import org.jspecify.annotations.Nullable;

/// What a plan was answered. A repeated plan is answered the same.
///
/// @param refusal null where it was carried out
/// @param detail for a person; null where it was carried out
public record PlanAnswer(
        String planId,
        String orderId,
        Announcement.@Nullable Refusal refusal,
        @Nullable String detail) {

    Announcement about(Promise promise) {
        return refusal == null || detail == null
                ? new Announcement.Allocated(promise, planId)
                : new Announcement.Refused(promise, planId, refusal, detail);
    }
}
