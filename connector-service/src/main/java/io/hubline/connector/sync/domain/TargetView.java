package io.hubline.connector.sync.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One target for a person: what should stand there, what does, and why they differ.
///
/// @param expected what stands there by what the hub has booked; null before the first reading
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
        int driftCount,
        @Nullable Instant nextTryAt,
        @Nullable String reason) {}
