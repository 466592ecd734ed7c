package io.hubline.connector.act.domain;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something to tell a channel.
///
/// @param id its key over all tries
/// @param attempts how often it was tried, this time included
/// @param progress what an earlier try brought
public record ActTask(
        UUID id,
        String account,
        String orderId,
        String externalId,
        Detail detail,
        int attempts,
        @Nullable String progress) {

    /// What to tell.
    public sealed interface Detail {

        /// Unique together with the order and the kind: the same thing is told once.
        String subject();
    }

    /// A parcel left.
    public record Ship(
            String shipmentId,
            String carrier,
            String trackingNumber,
            @Nullable String trackingUrl,
            List<ShippedUnits> lines)
            implements Detail {

        public Ship {
            lines = List.copyOf(lines);
        }

        @Override
        public String subject() {
            return shipmentId;
        }

        /// Units by the channel's line id.
        public Map<String, Integer> quantities() {
            return lines.stream()
                    .collect(java.util.stream.Collectors.toMap(
                            ShippedUnits::channelLineId, ShippedUnits::quantity, Math::addExact));
        }
    }

    /// Units of one line.
    public record ShippedUnits(String channelLineId, int quantity) {}

    /// The seller called the order off.
    public record Cancel(String reason) implements Detail {

        @Override
        public String subject() {
            return "order";
        }
    }
}
