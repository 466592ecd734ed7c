package io.hubline.catalog.offer;

import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferDraft;
import io.hubline.contracts.catalog.ListingState;
import java.util.LinkedHashMap;
import java.util.Map;

/// Our offers said in the published language.
final class OfferEvents {

    private OfferEvents() {}

    static ListingState listing(Offer offer) {
        OfferDraft terms = offer.terms();
        return new ListingState(
                offer.id(),
                offer.sequence(),
                terms.account(),
                terms.channel(),
                terms.channelSku(),
                terms.variantId(),
                terms.inventoryItemId(),
                terms.channelLocation(),
                terms.sku(),
                switch (terms.status()) {
                    case ACTIVE -> ListingState.Status.ACTIVE;
                    case INACTIVE -> ListingState.Status.INACTIVE;
                },
                null);
    }

    /// What an audit row keeps of an offer.
    static Map<String, Object> audited(Offer offer) {
        OfferDraft terms = offer.terms();
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("sku", terms.sku());
        kept.put("channel", terms.channel());
        kept.put("variantId", terms.variantId() == null ? "" : terms.variantId());
        kept.put("inventoryItemId", terms.inventoryItemId() == null ? "" : terms.inventoryItemId());
        kept.put("status", terms.status().name());
        return kept;
    }
}
