package io.hubline.catalog.offer;

import io.hubline.catalog.offer.domain.ChannelIds;
import io.hubline.catalog.offer.domain.ChannelReport;
import io.hubline.catalog.offer.domain.ChannelReport.Issue;
import io.hubline.catalog.offer.domain.Offer;
import io.hubline.catalog.offer.domain.Offers;
import io.hubline.catalog.offer.domain.VariantKey;
import io.hubline.catalog.product.ProductService;
import io.hubline.catalog.product.domain.Sellable;
import io.hubline.kit.audit.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Takes over how channels answer for listings, and what they call them.
@ApplicationScoped
public class ChannelAnswers {

    /// The hub's own word among the channel's issues.
    private static final String VARIANT_TAKEN = "hubline:variant-taken";

    private final Offers offers;
    private final ProductService products;
    private final Announcer announcer;
    private final Audit audit;

    ChannelAnswers(Offers offers, ProductService products, Announcer announcer, Audit audit) {
        this.offers = offers;
        this.products = products;
        this.announcer = announcer;
        this.audit = audit;
    }

    /// Takes an answer over, unless a newer one was seen. Ids that are news are announced with the offer
    /// again, so that the other services know where it stands.
    ///
    /// Ids that a person set are never touched: learnt ones stand behind them. An id that another offer
    /// sells is not learnt; it is shown among the issues.
    ///
    /// @param syncSequence which record of the connector it was
    @Transactional
    public void apply(String offerId, long syncSequence, ChannelIds ids, ChannelReport report) {
        Optional<Offer> seen = find(offerId).filter(offer -> offer.syncSequence() < syncSequence);
        if (seen.isEmpty()) {
            return;
        }
        // Most records of the connector are about quantities, and say nothing new here.
        if (report.equals(seen.get().report())
                && seen.get().learnt().equals(merge(seen.get().learnt(), ids))) {
            offers.look(offerId, syncSequence);
            return;
        }
        offers.hold(new TreeSet<>(List.of(seen.get().terms().account())));
        // Nobody points it to another SKU while its account is held.
        String sku = find(offerId).orElseThrow().terms().sku();
        Map<String, Sellable> sellable = products.hold(List.of(sku));
        offers.holdOffer(offerId)
                .filter(offer -> offer.syncSequence() < syncSequence)
                .ifPresent(offer -> apply(offer, syncSequence, ids, report, sellable));
    }

    private Optional<Offer> find(String offerId) {
        return offers.find(List.of(offerId)).stream().findFirst();
    }

    private void apply(
            Offer before, long syncSequence, ChannelIds ids, ChannelReport report, Map<String, Sellable> sellable) {
        ChannelIds learnt = merge(before.learnt(), ids);
        Offer wanted = before.answered(syncSequence, learnt, report);
        @Nullable VariantKey variant = wanted.variant();
        Optional<String> owner =
                variant == null ? Optional.empty() : offers.owner(variant).filter(other -> !other.equals(before.id()));
        if (owner.isPresent()) {
            List<Issue> issues = new ArrayList<>(report.issues());
            issues.add(new Issue(
                    VARIANT_TAKEN,
                    "the channel calls it %s, which is already sold as %s".formatted(learnt.variantId(), owner.get())));
            wanted = before.answered(
                    syncSequence,
                    before.learnt(),
                    new ChannelReport(
                            report.listingSequence(), report.standing(), report.productId(), issues, report.at()));
        }
        Offer after = announcer.settle(List.of(), List.of(wanted), sellable).get(before.id());
        record(before, after == null ? wanted : after);
    }

    private void record(Offer before, Offer after) {
        if (!before.ids().equals(after.ids())) {
            audit.record(
                    "offer.ids-learnt", "offer", after.id(), OfferEvents.audited(before), OfferEvents.audited(after));
        }
        String was = standing(before);
        String is = standing(after);
        if (!was.equals(is)) {
            audit.record("offer.answered", "offer", after.id(), Map.of("standing", was), Map.of("standing", is));
        }
    }

    private static String standing(Offer offer) {
        @Nullable ChannelReport report = offer.report();
        return report == null ? "" : report.standing();
    }

    /// An answer that does not name an id says nothing about it.
    private static ChannelIds merge(ChannelIds old, ChannelIds said) {
        if (said.variantId() == null || said.variantId().equals(old.variantId())) {
            return new ChannelIds(
                    old.variantId(), said.inventoryItemId() == null ? old.inventoryItemId() : said.inventoryItemId());
        }
        return said;
    }
}
