package io.hubline.connector.spi;

import org.jspecify.annotations.Nullable;

/// Where an offer stands at its channel, in the channel's own words.
///
/// @param channelSku the SKU text at the channel
/// @param variantId the channel's id of the sellable thing; null where it has none or none is known yet
/// @param inventoryItemId the channel's id of what it counts; null likewise
/// @param channelLocation the channel's place of stock, where it counts by place
public record OfferAddress(
        String channelSku,
        @Nullable String variantId,
        @Nullable String inventoryItemId,
        @Nullable String channelLocation) {}
