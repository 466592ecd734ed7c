package io.hubline.sandbox.shopify.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message and how far it got. `acceptedAt` is when the subscriber first answered 2xx.
public record MessageState(
        WebhookMessage message,
        WebhookFaults.Fate fate,
        Status status,
        int deliveries,
        int lastAnswer,
        @Nullable Instant acceptedAt) {

    /// Where a message stands.
    public enum Status {
        PENDING,
        ACCEPTED,
        LOST,
        ABANDONED
    }
}
