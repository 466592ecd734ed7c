package io.hubline.inventory.availability.api;

import io.hubline.inventory.availability.ExplainService.ExplainedPart;
import io.hubline.inventory.availability.ExplainService.Explanation;
import io.hubline.inventory.availability.ExplainService.Promises;
import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.ChannelState;
import io.hubline.inventory.availability.domain.Evidence;
import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.Publication;
import io.hubline.inventory.availability.domain.Rule;
import io.hubline.inventory.availability.domain.Stock;
import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.kit.web.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Why one offer shows what it shows.
///
/// @param published the number that is explained; absent where nothing was announced, or is kept no longer
/// @param quantity what is explained: the published number, or what it would be
/// @param terms what adds up to it, and where each comes from
/// @param addsUp whether the terms are the number, the movements are what lies there, and the promises are
///     what is promised
/// @param mismatches what does not add up, in words
/// @param rule the limits that counted, and the row of settings that each came from
/// @param division what the division over the offers granted; absent where all show what is left
/// @param parts what one unit is made of, as of then
/// @param now what the offer should show by the books as they are
/// @param exposure what the channel can still sell unseen; absent for an earlier number, and where units
///     are shared
/// @param channel how it stands at its channel; absent where the connector told nothing yet
record ExplainedOffer(
        String offer,
        String channelName,
        boolean active,
        @Nullable Published published,
        int quantity,
        List<ExplainedTerm> terms,
        boolean addsUp,
        List<String> mismatches,
        Rule rule,
        int computedSafety,
        Publication.@Nullable Division division,
        List<Part> parts,
        Now now,
        @Nullable Exposed exposure,
        @Nullable AtChannel channel) {

    private static final int LOCATIONS_MAX = 200;

    static ExplainedOffer of(Explanation explanation) {
        List<String> mismatches = explanation.mismatches();
        Publication.Inputs inputs = explanation.inputs();
        @Nullable Publication publication = explanation.publication();
        @Nullable ChannelState told = explanation.told();
        return new ExplainedOffer(
                explanation.offer().id(),
                explanation.offer().channel(),
                explanation.offer().active(),
                publication == null ? null : Published.of(publication, explanation.newest()),
                explanation.quantity(),
                explanation.terms().stream()
                        .map(term -> ExplainedTerm.of(term, inputs.rule()))
                        .toList(),
                mismatches.isEmpty(),
                mismatches,
                inputs.rule(),
                inputs.computedSafety(),
                inputs.division(),
                explanation.parts().stream()
                        .map(part -> Part.of(part, inputs.rule()))
                        .toList(),
                new Now(
                        explanation.now().availability().quantity(),
                        explanation.now().availability().terms()),
                explanation.exposure() == null ? null : Exposed.of(explanation.exposure()),
                told == null
                        ? null
                        : new AtChannel(told.ways(), told.acknowledged(), told.outstanding(), told.readBack()));
    }

    /// @param permit the sequence of the publication that granted the number
    /// @param newest whether nothing was announced since
    record Published(
            long sequence,
            long permit,
            int quantity,
            Mode mode,
            long bookedUnits,
            long soldUnits,
            Instant at,
            boolean newest) {

        static Published of(Publication publication, boolean newest) {
            return new Published(
                    publication.sequence(),
                    publication.permit(),
                    publication.quantity(),
                    publication.mode(),
                    publication.booked(),
                    publication.sold(),
                    publication.at(),
                    newest);
        }
    }

    /// @param from what stands behind the term
    record ExplainedTerm(String name, int units, Origin from) {

        static ExplainedTerm of(Availability.Term term, Rule rule) {
            return new ExplainedTerm(term.name(), term.units(), Origin.of(term.name(), rule));
        }
    }

    /// Where a term comes from.
    ///
    /// @param kind what it is, such as `movements` or `setting`
    /// @param field the field of settings, where it is one
    /// @param row the row of settings that named it, as `account/sku`
    record Origin(
            String kind, @Nullable String field, @Nullable String row) {

        private static final Map<String, String> FIELDS = Map.ofEntries(
                Map.entry("at-other-locations", "locations"),
                Map.entry("allocated-at-other-locations", "locations"),
                Map.entry("owed-to-other-locations", "locations"),
                Map.entry("safety-stock", "safetyStock"),
                Map.entry("safety-percent", "safetyPercent"),
                Map.entry("safety-computed", "oversellProbability"),
                Map.entry("kept-for-other-channels", "reserve"),
                Map.entry("above-share", "share"),
                Map.entry("above-maximum", "maximum"),
                Map.entry("below-minimum", "minimum"),
                Map.entry("made-to-order", "madeToOrder"),
                Map.entry("discontinued", "discontinued"));

        private static final Map<String, String> KINDS = Map.of(
                "on-hand", "movements",
                "fewest-of-parts", "parts",
                "reserved", "reservations and holds",
                "backordered", "reservations",
                "promised-beyond-on-hand", "shortage",
                "exposed-at-other-offers", "exposure",
                "division", "division",
                "hidden-at-zero", "channel hides the offer");

        static Origin of(String term, Rule rule) {
            @Nullable String field = FIELDS.get(term);
            return field == null
                    ? new Origin(KINDS.getOrDefault(term, term), null, null)
                    : new Origin("setting", field, rule.from().get(field));
        }
    }

    /// @param promisable what could be promised of it
    /// @param locations the first two hundred; `all` has the rest
    /// @param movements what came and went until then
    /// @param now what is promised of it now; absent for an earlier number, whose promises are gone
    record Part(
            String pool,
            String sku,
            int per,
            int onHand,
            int reserved,
            int backordered,
            int exposed,
            int promisable,
            List<AtLocation> locations,
            @Nullable String moreLocations,
            Movements movements,
            @Nullable Promised now,
            boolean addsUp) {

        static Part of(ExplainedPart explained, Rule rule) {
            Stock.Part part = explained.part();
            @Nullable Promises promises = explained.promises();
            List<Stock.Place> places = part.places();
            return new Part(
                    part.pool(),
                    part.sku(),
                    part.per(),
                    part.onHand(),
                    part.reserved(),
                    part.backordered(),
                    part.exposed(),
                    part.promisable(),
                    places.stream()
                            .limit(LOCATIONS_MAX)
                            .map(place -> AtLocation.of(place, explained, rule))
                            .toList(),
                    places.size() > LOCATIONS_MAX ? "/stock/" + encode(part.sku()) : null,
                    Movements.of(explained),
                    promises == null ? null : Promised.of(promises),
                    explained.mismatches().isEmpty());
        }
    }

    /// @param movement the number of the newest movement there; zero before the first
    /// @param counts whether the location counts for the offer
    record AtLocation(
            String locationId,
            int onHand,
            int allocated,
            long movement,
            boolean counts,
            SortedMap<String, Long> unitsByReason,
            boolean addsUp) {

        static AtLocation of(Stock.Place place, ExplainedPart explained, Rule rule) {
            return new AtLocation(
                    place.location(),
                    place.onHand(),
                    place.allocated(),
                    place.movement(),
                    rule.limits().locations().isEmpty()
                            || rule.limits().locations().contains(place.location()),
                    byReason(explained.sums().stream()
                            .filter(sum -> sum.location().equals(place.location()))
                            .toList()),
                    explained.units(place.location()) == place.onHand());
        }
    }

    /// @param count how many there were
    /// @param units what they add up to: what lay there
    /// @param last the last ones, newest first
    /// @param all where they are listed, oldest first
    /// @param tail the page that ends with the last ones
    record Movements(
            long count,
            long units,
            SortedMap<String, Long> unitsByReason,
            List<Evidence.Movement> last,
            String all,
            String tail) {

        static Movements of(ExplainedPart explained) {
            String all = "/stock/" + encode(explained.part().sku()) + "/movements";
            long before = explained.last().stream()
                            .mapToLong(Evidence.Movement::seq)
                            .min()
                            .orElse(1)
                    - 1;
            return new Movements(
                    explained.sums().stream().mapToLong(Evidence.Sum::movements).sum(),
                    explained.units(),
                    byReason(explained.sums()),
                    explained.last(),
                    all,
                    all + "?after=" + cursor(before));
        }

        private static @Nullable String cursor(long before) {
            return Page.of(List.of(before, before), 1, String::valueOf).next();
        }
    }

    /// What is promised of a part now.
    ///
    /// @param exposed units that channels can still sell unseen
    /// @param atRisk how many of those cannot be promised any longer
    /// @param lines open order lines that take units of it
    /// @param first the first of them; `all` lists them
    record Promised(
            int onHand,
            int reserved,
            int backordered,
            int exposed,
            int atRisk,
            long lines,
            long heldUnits,
            long allocatedUnits,
            long backorderedUnits,
            List<Evidence.Line> first,
            String all,
            long holds,
            long keptUnits,
            List<Evidence.KeptHold> firstHolds,
            String allHolds,
            boolean addsUp) {

        static Promised of(Promises promises) {
            Stock.Part now = promises.now();
            return new Promised(
                    now.onHand(),
                    now.reserved(),
                    now.backordered(),
                    now.exposed(),
                    Math.max(0, now.exposed() - now.promisable()),
                    promises.promised().lines(),
                    promises.promised().held(),
                    promises.promised().allocated(),
                    promises.promised().backordered(),
                    promises.promised().first(),
                    "/stock/" + encode(now.sku()) + "/reservations",
                    promises.kept().holds(),
                    promises.kept().units(),
                    promises.kept().first(),
                    "/holds?state=HELD",
                    promises.mismatches().isEmpty());
        }
    }

    /// @param units the most that the channel can still sell without our having booked it
    /// @param unproven whether nothing is proved of what it shows, so that the truth may be more
    /// @param base the last number that settled; absent where none has
    /// @param permits the numbers that were granted since
    record Exposed(
            int units,
            boolean unproven,
            Exposure.@Nullable Base base,
            List<Exposure.Permit> permits,
            long settledThrough) {

        static Exposed of(Exposure exposure) {
            return new Exposed(
                    exposure.units(),
                    exposure.isUnproven(),
                    exposure.base(),
                    exposure.permits(),
                    exposure.settledThrough());
        }
    }

    record Now(int quantity, List<Availability.Term> terms) {}

    /// @param ways how the channel keeps its number
    /// @param acknowledged the number known to stand there
    /// @param outstanding the number that was written and of which the outcome is not known yet
    /// @param readBack the number read there last
    record AtChannel(
            ChannelState.@Nullable Ways ways,
            ChannelState.@Nullable Written acknowledged,
            ChannelState.@Nullable Written outstanding,
            ChannelState.@Nullable ReadBack readBack) {}

    private static SortedMap<String, Long> byReason(List<Evidence.Sum> sums) {
        return sums.stream()
                .sorted(Comparator.comparing(Evidence.Sum::reason))
                .collect(Collectors.toMap(Evidence.Sum::reason, Evidence.Sum::units, Long::sum, TreeMap::new));
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
