package io.hubline.kit.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends a record on as it is, with the outbox's promises. It is how a dead letter is replayed.
@FunctionalInterface
public interface Forwarding {

    /// Sends the record when, and only when, the caller's transaction commits.
    ///
    /// Its headers are kept, the event's id above all: by it the inbox knows whether the event took effect
    /// already.
    void forward(String topic, @Nullable String key, @Nullable String payload, Map<String, String> headers);
}
