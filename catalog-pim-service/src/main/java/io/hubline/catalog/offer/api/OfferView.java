package io.hubline.catalog.offer.api;

import io.hubline.catalog.offer.domain.ChannelReport;
import io.hubline.catalog.offer.domain.Obstacle;
import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferDraft;
import io.hubline.catalog.offer.domain.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An offer as a caller sees it.
///
/// @param variantId a person's, or else what the channel called it
/// @param blocked why its content cannot be announced; null when nothing is in the way
/// @param listing how its channel last answered for its content; null where it never did
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
        String status,
        boolean managed,
        @Nullable String title,
        @Nullable Price price,
        @Nullable List<Obstacle> blocked,
        @Nullable ChannelReport listing) {

    static OfferView of(Offer offer) {
        OfferDraft terms = offer.terms();
        return new OfferView(
                offer.id(),
                offer.sequence(),
                terms.account(),
                terms.channel(),
                terms.channelSku(),
                offer.ids().variantId(),
                offer.ids().inventoryItemId(),
                terms.channelLocation(),
                terms.sku(),
                terms.status().name(),
                terms.managed(),
                terms.title(),
                terms.price(),
                offer.obstacles().isEmpty() ? null : offer.obstacles(),
                offer.report());
    }
}
