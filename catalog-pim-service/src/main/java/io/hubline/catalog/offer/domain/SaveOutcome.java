package io.hubline.catalog.offer.domain;

import java.util.Map;

/// What became of a wish for an offer.
public sealed interface SaveOutcome {

    /// The same, with its offer as it stands in the end.
    ///
    /// @param settled by id; an offer that is not there stands as the outcome says
    default SaveOutcome as(Map<String, Offer> settled) {
        return switch (this) {
            case Created(Offer offer) -> new Created(settled.getOrDefault(offer.id(), offer));
            case Changed change ->
                new Changed(change.before(), settled.getOrDefault(change.offer().id(), change.offer()));
            case Unchanged(Offer offer) -> new Unchanged(settled.getOrDefault(offer.id(), offer));
            case Refused refused -> refused;
        };
    }

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
