package io.hubline.catalog.offer.domain;

import io.hubline.catalog.offer.domain.SaveOutcome.Changed;
import io.hubline.catalog.offer.domain.SaveOutcome.Conflict;
import io.hubline.catalog.offer.domain.SaveOutcome.Created;
import io.hubline.catalog.offer.domain.SaveOutcome.Refused;
import io.hubline.catalog.offer.domain.SaveOutcome.Unchanged;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The offers that a set of drafts could meet: decides draft by draft, as if each came alone.
///
/// A variant that one draft gives up is free for the next, so two offers can swap what they sell only
/// through a
/// third step, exactly as with single requests.
public final class OfferBook {

    private final Map<String, Offer> byId = new HashMap<>();
    private final Map<VariantKey, String> owners = new HashMap<>();
    private final LongUnaryOperator nextSequence;

    /// @param present every offer that shares an id or a variant with a draft to come
    /// @param nextSequence the sequence that follows a given one
    public OfferBook(Collection<Offer> present, LongUnaryOperator nextSequence) {
        this.nextSequence = nextSequence;
        present.forEach(this::enter);
    }

    /// Takes a draft over, or says which offer stands in its way.
    public SaveOutcome save(OfferDraft draft) {
        String id = draft.key().offerId();
        @Nullable Offer before = byId.get(id);
        if (before != null && !before.key().equals(draft.key())) {
            return new Refused(Conflict.ID_TAKEN, id);
        }
        @Nullable VariantKey variant = draft.variant();
        @Nullable String owner = variant == null ? null : owners.get(variant);
        if (owner != null && !owner.equals(id)) {
            return new Refused(Conflict.VARIANT_TAKEN, owner);
        }
        if (before == null) {
            Offer created = new Offer(id, nextSequence.applyAsLong(0), draft);
            enter(created);
            return new Created(created);
        }
        if (before.terms().equals(draft)) {
            return new Unchanged(before);
        }
        Offer changed = new Offer(id, nextSequence.applyAsLong(before.sequence()), draft);
        @Nullable VariantKey given = before.terms().variant();
        if (given != null) {
            owners.remove(given);
        }
        enter(changed);
        return new Changed(before, changed);
    }

    private void enter(Offer offer) {
        byId.put(offer.id(), offer);
        @Nullable VariantKey variant = offer.terms().variant();
        if (variant != null) {
            owners.put(variant, offer.id());
        }
    }
}
