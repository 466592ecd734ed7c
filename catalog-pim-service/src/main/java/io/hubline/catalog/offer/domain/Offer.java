package io.hubline.catalog.offer.domain;

/// An offer as it stands.
///
/// @param id made from the key when the offer came to be, and never changed
/// @param sequence rises with every change; readers apply only what is higher than what they have
public record Offer(String id, long sequence, OfferDraft terms) {

    public OfferKey key() {
        return terms.key();
    }
}
