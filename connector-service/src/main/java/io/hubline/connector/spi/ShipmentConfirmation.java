package io.hubline.connector.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parcel to tell a channel about.
///
/// @param quantities units by the channel's line id
/// @param confirmedBefore units of the same lines that other parcels of the order with the same tracking
///     number have confirmed, so that they are not taken for this one's
public record ShipmentConfirmation(
        String externalId,
        String shipmentId,
        String carrier,
        String trackingNumber,
        @Nullable String trackingUrl,
        Map<String, Integer> quantities,
        Map<String, Integer> confirmedBefore) {

    public ShipmentConfirmation {
        quantities = Map.copyOf(quantities);
        confirmedBefore = Map.copyOf(confirmedBefore);
    }
}
