package io.hubline.contracts.catalog;

import io.hubline.contracts.EventName;
import io.hubline.contracts.StateEvent;
import org.jspecify.annotations.Nullable;

/// One offer as it should stand at its channel, on `listings`.
///
/// @param offer the offer's id: an opaque text, made by the catalogue
/// @param channel the kind of channel, such as `shopify`
/// @param channelSku the SKU text at the channel
/// @param variantId the channel's id of the sellable thing, where it has one
/// @param inventoryItemId the channel's id of what it counts, where that is another thing
/// @param channelLocation the channel's place of stock, where it counts by place
/// @param sku the seller's SKU whose stock it sells
@EventName("listing.v1")
public record ListingState(
        String offer,
        long sequence,
        String account,
        String channel,
        String channelSku,
        @Nullable String variantId,
        @Nullable String inventoryItemId,
        @Nullable String channelLocation,
        String sku,
        Status status)
        implements StateEvent {

    @Override
    public String key() {
        return offer;
    }

    /// Whether the offer is for sale.
    public enum Status {
        ACTIVE,
        /// Not for sale through the hub: its quantity is no longer pushed. Orders that still come are
        /// mapped all the
        /// same.
        INACTIVE
    }
}
