package io.hubline.catalog.offer.api;

import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferDraft;
import org.jspecify.annotations.Nullable;

/// An offer as a caller sees it.
record OfferView(
        String offer,
        long sequence,
        String account,
        String channel,
        String channelSku,
        @Nullable String variantId,
        @Nullable String inventoryItemId,
        @Nullable String channelLocation,
        String sku,
        String status) {

    static OfferView of(Offer offer) {
        OfferDraft terms = offer.terms();
        return new OfferView(
                offer.id(),
                offer.sequence(),
                terms.account(),
                terms.channel(),
                terms.channelSku(),
                terms.variantId(),
                terms.inventoryItemId(),
                terms.channelLocation(),
                terms.sku(),
                terms.status().name());
    }
}
