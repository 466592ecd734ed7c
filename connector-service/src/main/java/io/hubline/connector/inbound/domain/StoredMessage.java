package io.hubline.connector.inbound.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message as a person sees it: without its body, which is personal.
public record StoredMessage(
        UUID id,
        String account,
        String source,
        String deliveryId,
        @Nullable String topic,
        @Nullable String externalId,
        Instant receivedAt,
        String status,
        @Nullable String reason,
        int attempts) {}
