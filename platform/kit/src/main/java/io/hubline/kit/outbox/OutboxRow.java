package io.hubline.kit.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event that the broker has not acknowledged.
///
/// @param seq its place in the order of leaving
record OutboxRow(
        long seq,
        String topic,
        @Nullable String key,
        @Nullable String payload,
        Map<String, String> headers) {

    /// What must leave in order. A record without a key has no order to keep.
    Lane lane() {
        return key == null ? new Lane(topic, "", seq) : new Lane(topic, key, 0);
    }

    record Lane(String topic, String key, long alone) {}
}
