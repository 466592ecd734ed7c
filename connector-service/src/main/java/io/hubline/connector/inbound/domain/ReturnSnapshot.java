package io.hubline.connector.inbound.domain;

import io.hubline.connector.inbound.domain.OrderSnapshot.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is remembered of a return as it was last seen with its order.
///
/// @param updatedAt the channel's clock for the order
/// @param contentHash of everything that is announced
/// @param savedNumber the fetch number under which it was saved
public record ReturnSnapshot(Instant updatedAt, String contentHash, long savedNumber) {

    /// Compares a fresh look with what is remembered, by the rules of orders.
    ///
    /// @param last null when the return was never seen
    /// @param fetchNumber taken before the fresh fetch began
    public static Verdict judge(
            @Nullable ReturnSnapshot last, Instant updatedAt, String contentHash, long fetchNumber) {
        return OrderSnapshot.judge(
                last == null ? null : new OrderSnapshot(last.updatedAt, "", last.contentHash, last.savedNumber),
                updatedAt,
                contentHash,
                fetchNumber);
    }
}
