package io.hubline.routing.plan.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Everything routing keeps of one order.
///
/// @param note for a person: what the order waits for, or why it is where it is
/// @param attempts plans announced for the present demand since the last one that held
/// @param sequence the number of the last announcement; zero before the first
/// @param dueAt when a retry is tried at the latest
/// @param starvedSince since when stock is missing for a promise that stands; null where it is not
/// @param unroutable what was last announced as the reason for no plan; null after a plan
public record CaseState(
        String orderId,
        Phase phase,
        String note,
        @Nullable Facts facts,
        @Nullable Promise promise,
        @Nullable Decision decision,
        int attempts,
        long sequence,
        @Nullable Instant dueAt,
        @Nullable Instant starvedSince,
        @Nullable Unroutable unroutable) {

    /// An order of which nothing is known yet.
    public static CaseState unknown(String orderId) {
        return new CaseState(orderId, Phase.WAITING, "the order itself", null, null, null, 0, 0, null, null, null);
    }

    /// An announced failure.
    ///
    /// @param orderVersion the version it was announced for
    public record Unroutable(String reason, long orderVersion) {}
}
