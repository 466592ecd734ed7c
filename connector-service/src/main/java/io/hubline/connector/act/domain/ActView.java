package io.hubline.connector.act.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An act for a person.
public record ActView(
        UUID id,
        String account,
        String kind,
        String orderId,
        String externalId,
        String subject,
        String status,
        int attempts,
        @Nullable Instant nextTryAt,
        @Nullable String reason,
        @Nullable String nextStep,
        Instant createdAt,
        @Nullable Instant settledAt) {}
