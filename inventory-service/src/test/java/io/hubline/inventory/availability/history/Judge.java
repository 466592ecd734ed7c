package io.hubline.inventory.availability.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.inventory.availability.history.Arithmetic.Part;
import io.hubline.inventory.availability.history.Arithmetic.Place;
import io.hubline.inventory.availability.history.History.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with an explanation, by the tables, the topic, what was set, and arithmetic of its
/// own. How large a computed buffer should be is not judged here; that it is taken into account is.
final class Judge {

    private static final int LISTED = 10;
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

    private final History history;
    private final Told told;
    private final Ledger ledger;
    private final List<String> wrong = new ArrayList<>();
    private String about = "";

    private Judge(History history, Told told, Ledger ledger) {
        this.history = history;
        this.told = told;
        this.ledger = ledger;
    }

    /// What is wrong with the explanation of the number that counts now.
    ///
    /// @param facts as of a moment since which nothing changed that concerns the offer
    static List<String> newest(
            History history, Told told, Ledger ledger, Facts facts, Offer offer, JsonNode explained) {
        Judge judge = new Judge(history, told, ledger);
        judge.published(offer, explained);
        judge.same("published.newest", true, explained.at("/published/newest").asBoolean());
        judge.same(
                "newest sequence",
                facts.announced(offer.id()).sequence(),
                explained.at("/published/sequence").asLong());
        judge.same(
                "newest sequence told",
                told.newest(offer.id()),
                explained.at("/published/sequence").asLong());
        judge.now(offer, explained, facts);
        return judge.wrong;
    }

    /// What is wrong with the explanation of a number of which was recorded, when it was published, what
    /// it consisted of.
    static List<String> earlier(
            History history, Told told, Ledger ledger, Offer offer, Recorded recorded, JsonNode explained) {
        Judge judge = new Judge(history, told, ledger);
        judge.published(offer, explained);
        judge.same(
                "sequence",
                recorded.sequence,
                explained.at("/published/sequence").asLong());
        judge.same("quantity", recorded.quantity, explained.path("quantity").asInt());
        Map<String, Integer> terms = Told.terms(explained.path("terms"));
        terms.keySet().removeAll(List.of("exposed-at-other-offers", "division"));
        Map<String, Integer> recordedTerms = new HashMap<>(recorded.terms);
        recordedTerms.keySet().removeAll(List.of("exposed-at-other-offers", "division"));
        judge.same("terms", recordedTerms, terms);
        judge.same("parts", unexposed(recorded.parts), unexposed(parts(explained)));
        return judge.wrong;
    }

    /// What is right for any number, however old.
    private void published(Offer offer, JsonNode explained) {
        about = offer.id();
        long sequence = explained.at("/published/sequence").asLong();
        int quantity = explained.path("quantity").asInt();
        Map<String, Integer> terms = Told.terms(explained.path("terms"));
        Told.@Nullable Shown number = told.of(offer.id(), sequence);
        same("offer", offer.id(), explained.path("offer").asText());
        same(
                "what was told",
                number,
                new Told.Shown(quantity, explained.at("/published/mode").asText(), terms.toString()));
        same("published.quantity", quantity, explained.at("/published/quantity").asInt());
        same("the sum of the terms", quantity, Arithmetic.total(terms));
        same("addsUp", true, explained.path("addsUp").asBoolean());
        same("mismatches", 0, explained.path("mismatches").size());
        List<Part> parts = parts(explained);
        explained.path("parts").forEach(this::movements);
        Instant at = Instant.parse(explained.at("/published/at").asText());
        List<Limits> possible = history.settings(at).stream()
                .map(settings -> Limits.of(offer.account(), offer.sku(), settings))
                .toList();
        Optional<Limits> set = possible.stream()
                .filter(limits -> isRule(limits, explained.path("rule")))
                .findFirst();
        if (set.isEmpty()) {
            wrong.add("%s: the rule %s is none of %s".formatted(about, explained.path("rule"), possible));
            return;
        }
        JsonNode division = explained.path("division");
        int buffer = explained.path("computedSafety").asInt();
        if (set.get().oversellProbability() == 0) {
            same("computedSafety", 0, buffer);
        }
        same(
                "terms",
                division.isObject()
                        ? Arithmetic.divided(
                                parts,
                                set.get(),
                                division.path("exposedElsewhere").asInt(),
                                division.path("quantity").asInt())
                        : Arithmetic.shared(parts, set.get(), buffer),
                terms);
        for (JsonNode term : explained.path("terms")) {
            @Nullable String field = FIELDS.get(term.path("name").asText());
            String kind = field == null ? KINDS.getOrDefault(term.path("name").asText(), "unknown") : "setting";
            same("the kind of " + term, kind, term.at("/from/kind").asText());
            if (field != null) {
                same("the field of " + term, field, term.at("/from/field").asText());
                same(
                        "the row of " + term,
                        set.get().rows().get(field),
                        term.at("/from/row").asText());
            }
        }
    }

    private static boolean isRule(Limits limits, JsonNode rule) {
        Map<String, String> from = new TreeMap<>();
        rule.path("from")
                .properties()
                .forEach(row -> from.put(row.getKey(), row.getValue().asText()));
        JsonNode told = rule.path("limits");
        List<String> locations = new ArrayList<>();
        told.path("locations").forEach(location -> locations.add(location.asText()));
        return from.equals(limits.rows())
                && told.path("safetyStock").asInt() == limits.safetyStock()
                && told.path("safetyPercent").asInt() == limits.safetyPercent()
                && told.path("oversellProbability").asDouble() == limits.oversellProbability()
                && told.path("minimum").asInt() == limits.minimum()
                && told.path("maximum").asInt() == limits.maximum()
                && told.path("share").asInt() == limits.share()
                && told.path("reserve").asInt() == limits.reserve()
                && told.path("madeToOrder").asInt() == limits.madeToOrder()
                && told.path("discontinued").asBoolean() == limits.discontinued()
                && locations.equals(limits.locations().stream().distinct().toList());
    }

    /// The ledger up to the movements that are named is what is said to have lain there.
    private void movements(JsonNode part) {
        String sku = part.path("sku").asText();
        String pool = part.path("pool").asText();
        Map<String, Long> all = new TreeMap<>();
        long count = 0;
        Map<String, Long> through = new HashMap<>();
        for (JsonNode place : part.path("locations")) {
            String location = place.path("locationId").asText();
            long movement = place.path("movement").asLong();
            Map<String, Long> units = ledger.units(sku, location, movement);
            same("the pool of " + location, history.poolOf(location), pool);
            same(sku + " at " + location, sum(units), place.path("onHand").asLong());
            same(sku + " by reason at " + location, units, longs(place.path("unitsByReason")));
            same("addsUp of " + location, true, place.path("addsUp").asBoolean());
            units.forEach((reason, sum) -> all.merge(reason, sum, Long::sum));
            count += movement;
            through.put(location, movement);
        }
        same(sku + " on hand", sum(all), part.path("onHand").asLong());
        same(sku + " moved", sum(all), part.at("/movements/units").asLong());
        same(sku + " moved by reason", all, longs(part.at("/movements/unitsByReason")));
        same(sku + " movements", count, part.at("/movements/count").asLong());
        same("addsUp of " + sku, true, part.path("addsUp").asBoolean());
        List<Ledger.Movement> last = new ArrayList<>();
        for (JsonNode listed : part.at("/movements/last")) {
            last.add(new Ledger.Movement(
                    listed.path("locationId").asText(),
                    listed.path("number").asLong(),
                    listed.path("delta").asInt(),
                    listed.path("reason").asText(),
                    listed.path("seq").asLong()));
        }
        same("the last movements of " + sku, ledger.newest(sku, through, LISTED), last);
    }

    private void now(Offer offer, JsonNode explained, Facts facts) {
        String pool = history.pool(offer.account());
        Map<String, Integer> needed = history.parts(offer.sku());
        List<Part> parts = needed.entrySet().stream()
                .map(part -> part(new Facts.Key(pool, part.getKey()), part.getValue(), facts, history))
                .toList();
        Limits limits = Limits.of(offer.account(), offer.sku(), history.settings());
        Map<String, Integer> terms = Told.terms(explained.at("/now/terms"));
        Facts.Announced announced = facts.announced(offer.id());
        @Nullable Integer exposure = facts.exposure(offer.id());
        boolean divided = !announced.isShared() && exposure != null;
        int buffer = limits.oversellProbability() == 0 ? 0 : -terms.getOrDefault("safety-computed", 0);
        Map<String, Integer> expected = divided
                ? Arithmetic.divided(parts, limits, elsewhere(offer, parts, facts), announced.quantity())
                : Arithmetic.shared(parts, limits, buffer);
        same("terms by the books as they are", expected, terms);
        same(
                "number by the books as they are",
                Arithmetic.total(expected),
                explained.at("/now/quantity").asInt());
        if (divided || limits.oversellProbability() == 0) {
            same(
                    "the number that counts",
                    Arithmetic.total(expected),
                    explained.path("quantity").asInt());
        }
        same(
                "exposure",
                exposure,
                explained.path("exposure").isObject()
                        ? explained.at("/exposure/units").asInt()
                        : null);
        Map<String, JsonNode> live = new HashMap<>();
        explained.path("parts").forEach(part -> live.put(part.path("sku").asText(), part.path("now")));
        if (live.keySet().containsAll(needed.keySet())) {
            parts.forEach(part -> promised(part, Objects.requireNonNull(live.get(part.sku())), facts));
        } else {
            same("parts after another definition", true, history.isBundle(offer.sku()));
        }
    }

    private void promised(Part part, JsonNode now, Facts facts) {
        Facts.Promised promised = facts.promised(new Facts.Key(part.pool(), part.sku()));
        String of = " of " + part.sku();
        same("on hand" + of, part.onHand(), now.path("onHand").asInt());
        same("reserved" + of, promised.reserved(), now.path("reserved").asInt());
        same("backordered" + of, promised.backordered(), now.path("backordered").asInt());
        same("exposed" + of, part.exposed(), now.path("exposed").asInt());
        same("held" + of, promised.held(), now.path("heldUnits").asInt());
        same("allocated" + of, promised.allocated(), now.path("allocatedUnits").asInt());
        same(
                "waiting" + of,
                promised.backordered(),
                now.path("backorderedUnits").asInt());
        same("lines" + of, promised.lines(), now.path("lines").asLong());
        same("holds" + of, promised.holds(), now.path("holds").asLong());
        same("kept" + of, promised.kept(), now.path("keptUnits").asInt());
        same("addsUp of the promises" + of, true, now.path("addsUp").asBoolean());
        same("lines listed" + of, Math.min(LISTED, promised.lines()), (long)
                now.path("first").size());
        same("holds listed" + of, Math.min(LISTED, promised.holds()), (long)
                now.path("firstHolds").size());
        List<Facts.OpenLine> open = facts.lines(part.sku());
        for (JsonNode line : now.path("first")) {
            same("the books have the line " + line, true, open.contains(line(line)));
        }
    }

    /// A line as an explanation or a list tells it.
    static Facts.OpenLine line(JsonNode line) {
        return new Facts.OpenLine(
                line.path("orderId").asText(),
                line.path("lineId").asText(),
                line.path("sku").asText(),
                line.path("per").asInt(1),
                line.path("held").asInt(),
                line.path("allocated").asInt(),
                line.path("backordered").asInt());
    }

    /// What of an offer was the truth when a number of it was published.
    static Recorded record(History history, Facts facts, Offer offer, Instant at) {
        String pool = history.pool(offer.account());
        List<Part> parts = history.parts(offer.sku()).entrySet().stream()
                .map(part -> part(new Facts.Key(pool, part.getKey()), part.getValue(), facts, history))
                .toList();
        Facts.Announced announced = facts.announced(offer.id());
        Limits limits = Limits.of(offer.account(), offer.sku(), history.settings());
        Map<String, Integer> terms = announced.isShared()
                ? Arithmetic.shared(parts, limits, 0)
                : Arithmetic.divided(parts, limits, 0, announced.quantity());
        return new Recorded(offer, announced.sequence(), announced.quantity(), terms, parts, at);
    }

    private static Part part(Facts.Key key, int per, Facts facts, History history) {
        List<Place> places = facts.lying(key.sku()).entrySet().stream()
                .filter(place -> history.poolOf(place.getKey()).equals(key.pool()))
                .map(place -> new Place(
                        place.getKey(),
                        place.getValue().units(),
                        facts.allocated(key.sku(), place.getKey()),
                        place.getValue().movement()))
                .toList();
        Facts.Promised promised = facts.promised(key);
        return new Part(
                key.pool(),
                key.sku(),
                per,
                promised.reserved(),
                promised.backordered(),
                facts.exposed(key, null),
                places);
    }

    private static int elsewhere(Offer offer, List<Part> parts, Facts facts) {
        return parts.stream()
                .mapToInt(part ->
                        Math.ceilDiv(facts.exposed(new Facts.Key(part.pool(), part.sku()), offer.id()), part.per()))
                .max()
                .orElse(0);
    }

    private static List<Part> parts(JsonNode explained) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode part : explained.path("parts")) {
            List<Place> places = new ArrayList<>();
            for (JsonNode place : part.path("locations")) {
                places.add(new Place(
                        place.path("locationId").asText(),
                        place.path("onHand").asInt(),
                        place.path("allocated").asInt(),
                        place.path("movement").asLong()));
            }
            parts.add(new Part(
                    part.path("pool").asText(),
                    part.path("sku").asText(),
                    part.path("per").asInt(),
                    part.path("reserved").asInt(),
                    part.path("backordered").asInt(),
                    part.path("exposed").asInt(),
                    places));
        }
        return parts;
    }

    /// Without what is exposed: of numbers that settle, and without what is empty.
    private static List<Part> unexposed(List<Part> parts) {
        return parts.stream()
                .map(part -> new Part(
                        part.pool(),
                        part.sku(),
                        part.per(),
                        part.reserved(),
                        part.backordered(),
                        0,
                        part.places().stream()
                                .filter(place -> place.movement() > 0)
                                .toList()))
                .toList();
    }

    private static Map<String, Long> longs(JsonNode byName) {
        Map<String, Long> longs = new TreeMap<>();
        byName.properties()
                .forEach(entry -> longs.put(entry.getKey(), entry.getValue().asLong()));
        return longs;
    }

    private static long sum(Map<String, Long> units) {
        return units.values().stream().mapToLong(Long::longValue).sum();
    }

    private void same(String what, @Nullable Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            wrong.add("%s: %s should be %s and is %s".formatted(about, what, expected, found));
        }
    }

    /// What was true when a number was published.
    ///
    /// @param at a time at which it counted
    record Recorded(
            Offer offer, long sequence, int quantity, Map<String, Integer> terms, List<Part> parts, Instant at) {}
}
