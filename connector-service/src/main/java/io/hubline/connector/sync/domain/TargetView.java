package io.hubline.connector.sync.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One target for a person: what should stand there, what does, and why they differ.
///
/// @param expected what stands there by what the hub has booked; null before the first reading
/// @param permit the availability that granted the desired number
/// @param settledSequence every availability up to this one is done with at the channel, and proved to be
/// @param settled the number that was proved with it
/// @param unsettledSince since when a newer number waits for its proof; null when none does
public record TargetView(
        String offer,
        String account,
        String state,
        @Nullable Long desiredSequence,
        @Nullable Integer desired,
        @Nullable Long expected,
        @Nullable Long acknowledgedSequence,
        @Nullable Integer acknowledged,
        @Nullable Instant acknowledgedAt,
        @Nullable Long observed,
        @Nullable Instant observedAt,
        @Nullable Instant owedSince,
        @Nullable Instant suspectSince,
        @Nullable Long permit,
        @Nullable Long settledSequence,
        @Nullable Long settled,
        @Nullable Instant unsettledSince,
        int driftCount,
        @Nullable Instant nextTryAt,
        @Nullable String reason) {}
