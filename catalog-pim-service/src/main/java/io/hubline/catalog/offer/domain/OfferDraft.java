package io.hubline.catalog.offer.domain;

import org.jspecify.annotations.Nullable;

/// An offer as somebody wants it to be. It comes out of [OfferForm#check], so its texts are sound.
///
/// @param variantId the channel's id as a person knows it; one that the hub learns is kept apart
///     ([Offer#learnt])
/// @param managed whether the hub keeps what buyers read and pay; otherwise it keeps the number only
/// @param title instead of the product's; null unless managed
/// @param price instead of the variant's; null unless managed
public record OfferDraft(
        String account,
        String channel,
        String channelSku,
        @Nullable String variantId,
        @Nullable String inventoryItemId,
        @Nullable String channelLocation,
        String sku,
        OfferStatus status,
        boolean managed,
        @Nullable String title,
        @Nullable Price price) {

    /// What tells it from every other offer: one entry per account, channel SKU and place.
    public OfferKey key() {
        return new OfferKey(account, channelSku, channelLocation);
    }
}
