package io.hubline.connector.listing.domain;

import io.hubline.connector.listing.domain.Standing.Issue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A listing for a person: what is wanted beside what stands.
///
/// @param state `pending`, `in-flight`, `accepted`, `live` or `rejected`
/// @param standing the channel's last answer, which may be about an older content; null before the first
/// @param issues what the channel finds wrong
/// @param reason why the last try did not come to an answer
public record ListingView(
        String offer,
        String account,
        String productId,
        String state,
        boolean active,
        long desiredSequence,
        Instant desiredAt,
        @Nullable Long standingSequence,
        @Nullable String standing,
        @Nullable Instant standingAt,
        @Nullable String channelProductId,
        @Nullable String variantId,
        @Nullable String inventoryItemId,
        List<Issue> issues,
        int attempts,
        @Nullable Instant nextTryAt,
        @Nullable String reason) {

    public ListingView {
        issues = List.copyOf(issues);
    }
}
