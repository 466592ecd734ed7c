package io.hubline.kit.deadletter;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event that could not be applied.
///
/// @param topic the dead-letter topic it came on
/// @param sourceTopic the topic on which the consumer met it; a replay topic when a replay failed again
/// @param eventId the id the inbox knows it by; null when that was unreadable
/// @param reason what the consumer threw
/// @param replayOf the letter whose replay failed again with this one
/// @param settledBy who replayed or dismissed it
record DeadLetter(
        UUID id,
        String topic,
        String sourceTopic,
        @Nullable String key,
        @Nullable UUID eventId,
        @Nullable String type,
        @Nullable String payload,
        Map<String, String> headers,
        String reason,
        @Nullable UUID replayOf,
        Instant recordedAt,
        Status status,
        @Nullable Instant settledAt,
        @Nullable String settledBy) {

    enum Status {
        OPEN,
        REPLAYED,
        DISMISSED
    }
}
