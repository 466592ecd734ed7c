package io.hubline.order.offer.domain;

import org.jspecify.annotations.Nullable;

/// How a line of an order names what it sells.
///
/// @param channelSku may be empty, where the seller left it so
/// @param variantId the channel's id of the sellable thing; it wins over the text
/// @param channelLocation where the channel took the unit from its own count
public record LineName(
        String channelSku,
        @Nullable String variantId,
        @Nullable String channelLocation) {}
