package io.hubline.connector.inbound.domain;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message to store.
///
/// @param source who brought it
/// @param deliveryId equal in all copies; the first is worked, the others are stored
/// @param sealedBody the scrubbed raw body under encryption; null where a poll brought no body
/// @param externalId the order it is about; null where it names none
/// @param status [MessageStatus#PENDING], or where it ends at once
public record Arrival(
        UUID id,
        String account,
        String adapter,
        Source source,
        String deliveryId,
        @Nullable String topic,
        Map<String, String> headers,
        @Nullable String sealedBody,
        @Nullable String externalId,
        @Nullable Instant channelUpdatedAt,
        Instant receivedAt,
        MessageStatus status,
        @Nullable String reason) {

    /// Who brought a message.
    public enum Source {
        WEBHOOK,
        POLL;

        @Override
        public String toString() {
            return this == WEBHOOK ? "webhook" : "poll";
        }
    }
}
