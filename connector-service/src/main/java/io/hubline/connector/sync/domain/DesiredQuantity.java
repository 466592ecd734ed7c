package io.hubline.connector.sync.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an offer should show, as of an availability's sequence.
///
/// @param booked units booked through the offer, ever, less those of cancelled sales
/// @param escrow whether the number was granted out of a divided stock: then it is applied once per permit
/// @param permit the availability that granted the number
/// @param sold units booked through the offer, ever; null where inventory does not say
public record DesiredQuantity(
        String offer,
        String account,
        long sequence,
        int quantity,
        long booked,
        boolean escrow,
        long permit,
        @Nullable Long sold,
        Instant at) {}
