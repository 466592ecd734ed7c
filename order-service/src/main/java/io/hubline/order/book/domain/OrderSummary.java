package io.hubline.order.book.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One order in a list.
///
/// @param state what the other services see: OPEN, CANCELLED or COMPLETED
/// @param stage what the order waits for
/// @param totalMinor what the buyer pays, in minor units of the currency
public record OrderSummary(
        String orderId,
        String account,
        String channel,
        String externalId,
        String number,
        long version,
        String state,
        String stage,
        Instant placedAt,
        @Nullable Instant shipBy,
        String currency,
        long totalMinor,
        Instant updatedAt) {}
