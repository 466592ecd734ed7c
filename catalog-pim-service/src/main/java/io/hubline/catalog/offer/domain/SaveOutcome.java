package io.hubline.catalog.offer.domain;

/// What became of a wish for an offer.
public sealed interface SaveOutcome {

    /// There is a new offer.
    record Created(Offer offer) implements SaveOutcome {}

    /// The offer stands differently now, and the others are told.
    record Changed(Offer before, Offer offer) implements SaveOutcome {}

    /// It stood like that already; nobody is told anything.
    record Unchanged(Offer offer) implements SaveOutcome {}

    /// Another offer has the right to it.
    record Refused(Conflict conflict, String otherOffer) implements SaveOutcome {}

    /// Over what two offers fight.
    enum Conflict {
        /// Another channel SKU sells the same variant at the same place.
        VARIANT_TAKEN,
        /// Another key comes out as the same offer id.
        ID_TAKEN
    }
}
