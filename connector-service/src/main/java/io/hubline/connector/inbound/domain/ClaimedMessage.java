package io.hubline.connector.inbound.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message that this replica works on until its claim runs out.
public record ClaimedMessage(
        UUID id, String externalId, @Nullable Instant channelUpdatedAt, Instant receivedAt, int attempts) {}
