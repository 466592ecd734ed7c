package io.hubline.inventory.availability;

import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.ChannelState;
import io.hubline.inventory.availability.domain.Channels;
import io.hubline.inventory.availability.domain.Evidence;
import io.hubline.inventory.availability.domain.Offer;
import io.hubline.inventory.availability.domain.Offers;
import io.hubline.inventory.availability.domain.Publication;
import io.hubline.inventory.availability.domain.Publications;
import io.hubline.inventory.availability.domain.Stock;
import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.inventory.stock.domain.Exposures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Explains numbers, down to the entries of both books.
@ApplicationScoped
public class ExplainService {

    /// So many movements, order lines and holds are told with a number; the rest is asked for by page.
    public static final int FIRST = 10;

    private static final int OFFERS_MAX = 20;

    private final AvailabilityService availability;
    private final Offers offers;
    private final Publications publications;
    private final Channels channels;
    private final Evidence evidence;
    private final Exposures exposures;

    ExplainService(
            AvailabilityService availability,
            Offers offers,
            Publications publications,
            Channels channels,
            Evidence evidence,
            Exposures exposures) {
        this.availability = availability;
        this.offers = offers;
        this.publications = publications;
        this.channels = channels;
        this.evidence = evidence;
        this.exposures = exposures;
    }

    /// What the offers of an account that sell a SKU show, and why. Empty when there is no such offer, or
    /// when none of them was told the number that is asked for, or it is kept no longer.
    @Transactional
    public List<Explanation> explain(String account, String sku, Which which) {
        evidence.asOfOneMoment();
        List<Offer> found = offers.of(account, sku, OFFERS_MAX);
        Map<String, ChannelState> told = channels
                .of(found.stream().map(Offer::id).toList())
                .stream()
                .collect(Collectors.toMap(ChannelState::offer, Function.identity()));
        List<Explanation> explanations = new ArrayList<>();
        for (Offer offer : found) {
            List<Publication> publication = publication(offer, which);
            if (!publication.isEmpty()) {
                explanations.add(explanation(offer, publication.getFirst(), told.get(offer.id())));
            } else if (which instanceof Which.Newest) {
                explanations.add(explanation(offer, null, told.get(offer.id())));
            }
        }
        return explanations;
    }

    private List<Publication> publication(Offer offer, Which which) {
        return switch (which) {
            case Which.Newest _ -> publications.find(offer.id(), offer.lastSequence());
            case Which.Sequence(long sequence) -> publications.find(offer.id(), sequence);
            case Which.At(Instant at) -> publications.asOf(offer.id(), at);
        };
    }

    private Explanation explanation(Offer offer, @Nullable Publication publication, @Nullable ChannelState told) {
        AvailabilityService.Shown now = availability.shown(List.of(offer)).getFirst();
        boolean newest = publication == null || publication.sequence() == offer.lastSequence();
        Stock stock = publication == null
                ? now.inputs().stock()
                : publication.inputs().stock();
        List<ExplainedPart> parts = new ArrayList<>();
        for (int i = 0; i < stock.parts().size(); i++) {
            Stock.Part part = stock.parts().get(i);
            parts.add(new ExplainedPart(
                    part,
                    evidence.sums(part.sku(), part.places()),
                    evidence.last(part.sku(), part.places(), FIRST),
                    newest ? promises(part, now.inputs().stock()) : null));
        }
        @Nullable Exposure exposure = newest ? exposures.of(List.of(offer.id())).get(offer.id()) : null;
        return new Explanation(offer, publication, newest, now, parts, exposure, told);
    }

    private @Nullable Promises promises(Stock.Part part, Stock now) {
        return now.parts().stream()
                .filter(live -> live.sku().equals(part.sku()) && live.pool().equals(part.pool()))
                .findFirst()
                .map(live -> new Promises(
                        live,
                        evidence.promised(live.pool(), live.sku(), FIRST),
                        evidence.kept(live.pool(), live.sku(), FIRST)))
                .orElse(null);
    }

    /// Which number is to be explained.
    public sealed interface Which {

        /// The one that counts now.
        record Newest() implements Which {}

        /// The one with this sequence.
        record Sequence(long sequence) implements Which {}

        /// The one that counted then.
        record At(Instant at) implements Which {}
    }

    /// A number and all that stands behind it.
    ///
    /// @param publication the number as it was announced; null for an offer of which nothing was announced,
    ///     or is kept no longer
    /// @param newest whether it counts still
    /// @param now what the offer should show by the books as they are
    /// @param exposure what the channel can still sell unseen; null for an earlier number, and where units
    ///     are shared
    /// @param told how it stands at the channel; null where the connector told nothing yet
    public record Explanation(
            Offer offer,
            @Nullable Publication publication,
            boolean newest,
            AvailabilityService.Shown now,
            List<ExplainedPart> parts,
            @Nullable Exposure exposure,
            @Nullable ChannelState told) {

        public Explanation {
            parts = List.copyOf(parts);
        }

        /// What was shown.
        public int quantity() {
            return publication == null ? now.availability().quantity() : publication.quantity();
        }

        /// What adds up to it.
        public List<Availability.Term> terms() {
            return publication == null ? now.availability().terms() : publication.terms();
        }

        /// What it was decided upon.
        public Publication.Inputs inputs() {
            return publication == null ? now.inputs() : publication.inputs();
        }

        /// What does not add up, in words; empty when all does.
        public List<String> mismatches() {
            List<String> found = new ArrayList<>();
            int sum = terms().stream().mapToInt(Availability.Term::units).sum();
            if (sum != quantity()) {
                found.add("the terms add up to %d and the number is %d".formatted(sum, quantity()));
            }
            Availability again = inputs().decide();
            if (!again.terms().equals(terms())) {
                found.add("from its inputs the number would be %d".formatted(again.quantity()));
            }
            parts.forEach(part -> found.addAll(part.mismatches()));
            return found;
        }
    }

    /// A part as it was then, and the entries behind it.
    ///
    /// @param sums its movements until then
    /// @param last the last of them
    /// @param promises what is promised of it now; null for an earlier number, whose promises are gone
    public record ExplainedPart(
            Stock.Part part,
            List<Evidence.Sum> sums,
            List<Evidence.Movement> last,
            @Nullable Promises promises) {

        public ExplainedPart {
            sums = List.copyOf(sums);
            last = List.copyOf(last);
        }

        /// What its movements at a location add up to.
        public long units(String location) {
            return sums.stream()
                    .filter(sum -> sum.location().equals(location))
                    .mapToLong(Evidence.Sum::units)
                    .sum();
        }

        /// What all its movements add up to.
        public long units() {
            return sums.stream().mapToLong(Evidence.Sum::units).sum();
        }

        /// What does not add up, in words; empty when all does.
        public List<String> mismatches() {
            List<String> found = new ArrayList<>();
            for (Stock.Place place : part.places()) {
                long moved = units(place.location());
                if (moved != place.onHand()) {
                    found.add("%s at %s: the movements add up to %d and %d lie there"
                            .formatted(part.sku(), place.location(), moved, place.onHand()));
                }
            }
            if (units() != part.onHand()) {
                found.add("%s in pool %s: the movements add up to %d and %d lie there"
                        .formatted(part.sku(), part.pool(), units(), part.onHand()));
            }
            if (promises != null) {
                found.addAll(promises.mismatches());
            }
            return found;
        }
    }

    /// What is promised of a part now.
    public record Promises(Stock.Part now, Evidence.Promised promised, Evidence.Kept kept) {

        /// What does not add up, in words; empty when all does.
        public List<String> mismatches() {
            List<String> found = new ArrayList<>();
            long reserved = promised.held() + promised.allocated() + kept.units();
            if (reserved != now.reserved()) {
                found.add("%s in pool %s: the promises add up to %d and %d are reserved"
                        .formatted(now.sku(), now.pool(), reserved, now.reserved()));
            }
            if (promised.backordered() != now.backordered()) {
                found.add("%s in pool %s: the lines that wait add up to %d and %d are backordered"
                        .formatted(now.sku(), now.pool(), promised.backordered(), now.backordered()));
            }
            return found;
        }
    }
}
