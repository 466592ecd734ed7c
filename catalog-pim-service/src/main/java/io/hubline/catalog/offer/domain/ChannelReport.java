package io.hubline.catalog.offer.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a channel last answered for an offer's content.
///
/// @param listingSequence which announcement it answered for
/// @param standing `ACCEPTED`, `LIVE` or `REJECTED`
/// @param productId the channel's id of the page
/// @param issues what it finds wrong, in its words, and what of its answer the hub could not take over
public record ChannelReport(
        long listingSequence, String standing, @Nullable String productId, List<Issue> issues, Instant at) {

    public ChannelReport {
        issues = List.copyOf(issues);
    }

    /// One thing that is wrong.
    public record Issue(String code, String message) {}
}
