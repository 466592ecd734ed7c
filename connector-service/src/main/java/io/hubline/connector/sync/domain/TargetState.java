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
        @Nullable Read readBack,
        @Nullable Settled settled) {

    /// A number sent.
    ///
    /// @param availabilitySequence which published availability it was
    public record Written(long availabilitySequence, int quantity, Instant at) {}

    /// A number read.
    public record Read(int quantity, Instant at) {}

    /// The newest number of which it is proved what the channel can still sell.
    ///
    /// @param sold units ever ordered through the offer, as announced when the poll ended that proves it
    /// @param cancelled units of cancelled sales announced before it was read; null for one that was
    ///     written
    public record Settled(
            long throughSequence,
            int quantity,
            long sold,
            @Nullable Long cancelled) {}
}
