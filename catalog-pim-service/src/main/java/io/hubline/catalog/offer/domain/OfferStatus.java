package io.hubline.catalog.offer.domain;

/// Whether an offer is for sale through the hub. Orders for an inactive one are mapped all the same.
public enum OfferStatus {
    ACTIVE,
    INACTIVE
}
