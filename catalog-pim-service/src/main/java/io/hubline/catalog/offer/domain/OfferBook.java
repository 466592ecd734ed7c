package io.hubline.catalog.offer.domain;

import io.hubline.catalog.offer.domain.SaveOutcome.Changed;
import io.hubline.catalog.offer.domain.SaveOutcome.Conflict;
import io.hubline.catalog.offer.domain.SaveOutcome.Created;
import io.hubline.catalog.offer.domain.SaveOutcome.Refused;
import io.hubline.catalog.offer.domain.SaveOutcome.Unchanged;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The offers that a set of drafts could meet: decides draft by draft, as if each came alone.
///
/// A variant that one draft gives up is free for the next, so two offers can swap what they sell only
/// through a third step, exactly as with single requests.
public final class OfferBook {

    private final Map<String, Offer> byId = new HashMap<>();
    private final Map<VariantKey, String> owners = new HashMap<>();

    /// @param present every offer that shares an id or a variant with a draft to come, or with what the
    ///     drafts meet
    public OfferBook(Collection<Offer> present) {
        present.forEach(this::enter);
    }

    /// Takes a draft over, or says which offer stands in its way.
    public SaveOutcome save(OfferDraft draft) {
        String id = draft.key().offerId();
        @Nullable Offer before = byId.get(id);
        if (before != null && !before.key().equals(draft.key())) {
            return new Refused(Conflict.ID_TAKEN, id);
        }
        Offer wanted = before == null ? Offer.of(id, draft) : before.under(draft);
        @Nullable VariantKey variant = wanted.variant();
        @Nullable String owner = variant == null ? null : owners.get(variant);
        if (owner != null && !owner.equals(id)) {
            return new Refused(Conflict.VARIANT_TAKEN, owner);
        }
        if (before == null) {
            enter(wanted);
            return new Created(wanted);
        }
        if (before.terms().equals(draft)) {
            return new Unchanged(before);
        }
        @Nullable VariantKey given = before.variant();
        if (given != null) {
            owners.remove(given);
        }
        enter(wanted);
        return new Changed(before, wanted);
    }

    private void enter(Offer offer) {
        byId.put(offer.id(), offer);
        @Nullable VariantKey variant = offer.variant();
        if (variant != null) {
            owners.put(variant, offer.id());
        }
    }
}
