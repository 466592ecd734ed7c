package io.hubline.order.offer.domain;

import org.jspecify.annotations.Nullable;

/// One sellable entry at a channel, by the names under which an order may speak of it.
///
/// @param variantKey the last part of the channel's id of the sellable thing
/// @param locationKey the last part of the channel's id of the place of stock
public record Offer(
        String offer,
        String channelSku,
        @Nullable String variantKey,
        @Nullable String locationKey,
        String sku) {

    /// The part of a channel's id that tells it from others: channels write one id as
    /// `gid://shop/Variant/7` here and as `7` there.
    public static @Nullable String key(@Nullable String id) {
        if (id == null || id.isBlank()) {
            return null;
        }
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
