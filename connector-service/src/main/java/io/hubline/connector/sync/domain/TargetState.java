package io.hubline.connector.sync.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far one offer is, to be announced.
public record TargetState(
        String offer,
        String account,
        long sequence,
        @Nullable Written acknowledged,
        @Nullable Written outstanding,
        @Nullable Read readBack) {

    /// A number sent.
    ///
    /// @param availabilitySequence which published availability it was
    public record Written(long availabilitySequence, int quantity, Instant at) {}

    /// A number read.
    public record Read(int quantity, Instant at) {}
}
