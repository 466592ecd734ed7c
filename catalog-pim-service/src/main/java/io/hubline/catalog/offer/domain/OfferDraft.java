package io.hubline.catalog.offer.domain;

import org.jspecify.annotations.Nullable;

/// An offer as somebody wants it to be. It comes out of [OfferForm#check], so its texts are sound.
public record OfferDraft(
        String account,
        String channel,
        String channelSku,
        @Nullable String variantId,
        @Nullable String inventoryItemId,
        @Nullable String channelLocation,
        String sku,
        OfferStatus status) {

    /// What tells it from every other offer: one entry per account, channel SKU and place.
    public OfferKey key() {
        return new OfferKey(account, channelSku, channelLocation);
    }

    /// The channel's own thing at the channel's own place, which only one offer may sell; null where there
    /// is none.
    public @Nullable VariantKey variant() {
        return variantId == null ? null : new VariantKey(account, variantId, channelLocation);
    }
}
