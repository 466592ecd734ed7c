package io.hubline.order.process.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What routing last said about an order.
///
/// @param sequence routing's own count of what it said about the order; 0 when it has said nothing
/// @param orderVersion the version of the order it planned for
/// @param at when routing decided
/// @param planId the plan; null when none was found or none was sought
/// @param attempt which try the plan was; 0 without a plan
/// @param unroutable why there is no plan; null when there is one, or when a person asked for another try
public record Route(
        long sequence,
        long orderVersion,
        Instant at,
        @Nullable String planId,
        int attempt,
        @Nullable String unroutable) {

    /// Routing has said nothing yet.
    public static final Route NONE = new Route(0, 0, Instant.EPOCH, null, 0, null);

    Route askedAgain() {
        return new Route(sequence, orderVersion, at, planId, attempt, null);
    }
}
