package io.hubline.catalog.offer.domain;

import org.jspecify.annotations.Nullable;

/// What a channel calls the thing that an offer sells.
///
/// @param variantId the channel's id of the sellable thing
/// @param inventoryItemId the channel's id of what it counts, where that is another thing
public record ChannelIds(
        @Nullable String variantId, @Nullable String inventoryItemId) {

    public static final ChannelIds NONE = new ChannelIds(null, null);
}
