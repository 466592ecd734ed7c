package io.hubline.catalog.offer;

import io.hubline.catalog.offer.domain.ListingWish;
import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferBook;
import io.hubline.catalog.offer.domain.OfferDraft;
import io.hubline.catalog.offer.domain.OfferForm.CheckOutcome.Sound;
import io.hubline.catalog.offer.domain.OfferForm.CheckOutcome.Unsound;
import io.hubline.catalog.offer.domain.OfferForm.Violation;
import io.hubline.catalog.offer.domain.Offers;
import io.hubline.catalog.offer.domain.SaveOutcome;
import io.hubline.catalog.offer.domain.SaveOutcome.Changed;
import io.hubline.catalog.offer.domain.SaveOutcome.Created;
import io.hubline.catalog.offer.domain.SaveOutcome.Refused;
import io.hubline.catalog.offer.domain.SaveOutcome.Unchanged;
import io.hubline.catalog.product.ProductService;
import io.hubline.catalog.product.domain.Sellable;
import io.hubline.kit.audit.Audit;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What can be done with offers.
@ApplicationScoped
public class OfferService {

    private final Offers offers;
    private final ProductService products;
    private final Announcer announcer;
    private final Audit audit;
    private final MeterRegistry metrics;

    OfferService(Offers offers, ProductService products, Announcer announcer, Audit audit, MeterRegistry metrics) {
        this.offers = offers;
        this.products = products;
        this.announcer = announcer;
        this.audit = audit;
        this.metrics = metrics;
    }

    /// Brings offers to what the drafts say, in their order and in one transaction, and announces each one
    /// that is said differently afterwards.
    ///
    /// A refused draft does not hinder the others. Drafts that ask for what is there already announce
    /// nothing. A managed offer whose content its channel is certain to refuse is kept, blocked with the
    /// reasons, and announced without content.
    ///
    /// @return one outcome per draft, in the same order; its offer as it stands after the last draft
    @Transactional
    public List<SaveOutcome> save(List<OfferDraft> drafts) {
        holdAccounts(drafts.stream().map(OfferDraft::account).toList());
        return saveHeld(
                drafts,
                products.hold(drafts.stream()
                        .filter(OfferDraft::managed)
                        .map(OfferDraft::sku)
                        .collect(Collectors.toSet())));
    }

    /// Makes the hub list SKUs at channels, in one transaction.
    ///
    /// A wish that is not sound or stands in the way of another offer does not hinder the rest.
    ///
    /// @return one outcome per wish, in the same order
    @Transactional
    public List<ListOutcome> list(List<ListingWish> wishes) {
        holdAccounts(wishes.stream().map(ListingWish::account).toList());
        Map<String, Sellable> sellable =
                products.hold(wishes.stream().map(ListingWish::sku).toList());
        Map<String, Offer> stored = new HashMap<>();
        offers.find(wishes.stream().map(ListingWish::offerId).toList()).forEach(offer -> stored.put(offer.id(), offer));
        List<OfferDraft> drafts = new ArrayList<>();
        List<@Nullable ListOutcome> outcomes = new ArrayList<>();
        for (ListingWish wish : wishes) {
            switch (wish.onto(stored.get(wish.offerId())).check()) {
                case Sound(OfferDraft draft) -> {
                    drafts.add(draft);
                    outcomes.add(null);
                }
                case Unsound(List<Violation> violations) -> outcomes.add(new ListOutcome.NotSound(violations));
            }
        }
        Iterator<SaveOutcome> saved = saveHeld(drafts, sellable).iterator();
        return outcomes.stream()
                .map(outcome -> outcome == null ? new ListOutcome.Saved(saved.next()) : outcome)
                .toList();
    }

    /// Holds accounts until the transaction ends. Whoever changes products and offers in one transaction
    /// calls it first.
    @Transactional(TxType.MANDATORY)
    public void holdAccounts(Collection<String> accounts) {
        offers.hold(new TreeSet<>(accounts));
    }

    private List<SaveOutcome> saveHeld(List<OfferDraft> drafts, Map<String, Sellable> sellable) {
        OfferBook book = new OfferBook(offers.met(drafts));
        List<SaveOutcome> outcomes = drafts.stream().map(book::save).toList();
        // An id drafted twice is written once, as it stands after the last draft.
        Map<String, Offer> created = new LinkedHashMap<>();
        Map<String, Offer> changed = new LinkedHashMap<>();
        for (SaveOutcome outcome : outcomes) {
            switch (outcome) {
                case Created(Offer offer) -> created.put(offer.id(), offer);
                case Changed change ->
                    (created.containsKey(change.offer().id()) ? created : changed)
                            .put(change.offer().id(), change.offer());
                case Unchanged _, Refused _ -> {}
            }
        }
        Map<String, Offer> settled = announcer.settle(created.values(), changed.values(), sellable);
        outcomes.forEach(this::record);
        return outcomes.stream().map(outcome -> outcome.as(settled)).toList();
    }

    private void record(SaveOutcome outcome) {
        switch (outcome) {
            case Created(Offer offer) -> {
                audit.record("offer.created", "offer", offer.id(), Map.of(), OfferEvents.audited(offer));
                count("created");
            }
            case Changed(Offer before, Offer offer) -> {
                audit.record(
                        "offer.changed", "offer", offer.id(), OfferEvents.audited(before), OfferEvents.audited(offer));
                count("changed");
            }
            case Unchanged _ -> count("unchanged");
            case Refused _ -> count("refused");
        }
    }

    private void count(String outcome) {
        metrics.counter("hubline.catalog.offers.saved", "outcome", outcome).increment();
    }

    /// Offers in the order of their ids, at most `limit`.
    ///
    /// @param blocked only managed ones whose content cannot be announced, where true
    @Transactional
    public List<Offer> page(
            @Nullable String account, @Nullable String sku, boolean blocked, @Nullable String after, int limit) {
        return offers.page(account, sku, blocked, after, limit);
    }

    /// Announces the next `limit` offers behind `after` again, as they stand and with the sequences they
    /// have.
    ///
    /// It is for a reader that has lost its copy. Nobody else is disturbed, since nothing of it is new to
    /// them.
    ///
    /// @param after null for the first batch
    @Transactional
    public Batch republish(@Nullable String after, int limit) {
        List<Offer> batch = offers.holdPage(after, limit);
        if (batch.isEmpty()) {
            return new Batch(0, null);
        }
        String last = batch.getLast().id();
        announcer.repeat(
                batch,
                products.sellable(batch.stream()
                        .map(Offer::terms)
                        .filter(OfferDraft::managed)
                        .map(OfferDraft::sku)
                        .collect(Collectors.toSet())));
        audit.record(
                "offers.republished",
                "offer",
                batch.getFirst().id(),
                Map.of(),
                Map.of("last", last, "offers", batch.size()));
        return new Batch(batch.size(), last);
    }

    /// What became of a wish to list something.
    public sealed interface ListOutcome {

        /// It is an offer, or another offer stands in its way.
        record Saved(SaveOutcome outcome) implements ListOutcome {}

        /// It cannot be an offer, for these reasons.
        record NotSound(List<Violation> violations) implements ListOutcome {

            public NotSound {
                violations = List.copyOf(violations);
            }
        }
    }

    /// What was announced again.
    ///
    /// @param last behind which the next batch begins; null when this one is empty and there is none
    public record Batch(int offers, @Nullable String last) {}
}
