package io.hubline.catalog.offer.domain;

import org.jspecify.annotations.Nullable;

/// That the hub should list a SKU at a channel. What it leaves out (null) stays as it is.
///
/// @param channelLocation the channel's place of stock, where it counts by place; part of the offer's key
public record ListingWish(
        String account,
        String channel,
        String channelSku,
        @Nullable String channelLocation,
        String sku,
        @Nullable String status,
        @Nullable String title,
        OfferForm.@Nullable PriceForm price) {

    /// The id of the offer that would be.
    public String offerId() {
        return new OfferKey(account, channelSku, channelLocation).offerId();
    }

    /// The form of the offer that would be.
    ///
    /// @param stored what there is under that id; null where there is nothing
    public OfferForm onto(@Nullable Offer stored) {
        @Nullable OfferDraft old = stored == null ? null : stored.terms();
        @Nullable Price oldPrice = old == null ? null : old.price();
        return new OfferForm(
                account,
                channel,
                channelSku,
                old == null ? null : old.variantId(),
                old == null ? null : old.inventoryItemId(),
                channelLocation,
                sku,
                status != null ? status : old == null ? null : old.status().name(),
                true,
                title != null ? title : old == null ? null : old.title(),
                price != null
                        ? price
                        : oldPrice == null ? null : new OfferForm.PriceForm(oldPrice.minor(), oldPrice.currency()));
    }
}
