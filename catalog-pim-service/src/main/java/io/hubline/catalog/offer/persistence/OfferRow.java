package io.hubline.catalog.offer.persistence;

import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferDraft;
import io.hubline.catalog.offer.domain.OfferStatus;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "offer")
@NullUnmarked
class OfferRow {

    @Id
    String offer;

    long sequence;
    String account;
    String channel;
    String channelSku;
    String variantId;
    String inventoryItemId;
    String channelLocation;
    String sku;

    @Enumerated(EnumType.STRING)
    OfferStatus status;

    Offer toDomain() {
        return new Offer(
                offer,
                sequence,
                new OfferDraft(account, channel, channelSku, variantId, inventoryItemId, channelLocation, sku, status));
    }
}
