package io.hubline.catalog.offer;

import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.OfferBook;
import io.hubline.catalog.offer.domain.OfferDraft;
import io.hubline.catalog.offer.domain.Offers;
import io.hubline.catalog.offer.domain.SaveOutcome;
import io.hubline.catalog.offer.domain.SaveOutcome.Changed;
import io.hubline.catalog.offer.domain.SaveOutcome.Created;
import io.hubline.catalog.offer.domain.SaveOutcome.Refused;
import io.hubline.catalog.offer.domain.SaveOutcome.Unchanged;
import io.hubline.contracts.StateEvent;
import io.hubline.contracts.Topic;
import io.hubline.kit.audit.Audit;
import io.hubline.kit.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
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
    private final Outbox outbox;
    private final Audit audit;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    OfferService(Offers offers, Outbox outbox, Audit audit, InstantSource clock, MeterRegistry metrics) {
        this.offers = offers;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Brings offers to what the drafts say, in their order and in one transaction, and announces each one
    /// that is
    /// different afterwards.
    ///
    /// A refused draft does not hinder the others. Drafts that ask for what is there already announce
    /// nothing.
    ///
    /// @return one outcome per draft, in the same order
    @Transactional
    public List<SaveOutcome> save(List<OfferDraft> drafts) {
        offers.hold(drafts.stream().map(OfferDraft::account).collect(Collectors.toCollection(TreeSet::new)));
        Instant now = clock.instant();
        OfferBook book = new OfferBook(offers.met(drafts), last -> StateEvent.next(last, now));
        List<SaveOutcome> outcomes = drafts.stream().map(book::save).toList();
        write(outcomes);
        return outcomes;
    }

    /// An id drafted twice is written once, as it stands after the last draft; the rows of the outbox say
    /// the same.
    private void write(List<SaveOutcome> outcomes) {
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
        offers.write(created.values(), changed.values());
        announce(created.values());
        announce(changed.values());
        outcomes.forEach(this::record);
    }

    private void announce(Collection<Offer> written) {
        outbox.publishAll(
                Topic.LISTINGS, written.stream().map(OfferEvents::listing).toList());
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
    @Transactional
    public List<Offer> page(@Nullable String account, @Nullable String sku, @Nullable String after, int limit) {
        return offers.page(account, sku, after, limit);
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
        announce(batch);
        audit.record(
                "offers.republished",
                "offer",
                batch.getFirst().id(),
                Map.of(),
                Map.of("last", last, "offers", batch.size()));
        return new Batch(batch.size(), last);
    }

    /// What was announced again.
    ///
    /// @param last behind which the next batch begins; null when this one is empty and there is none
    public record Batch(int offers, @Nullable String last) {}
}
