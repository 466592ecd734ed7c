package io.hubline.inventory.availability;

import io.hubline.contracts.StateEvent;
import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.ChannelState;
import io.hubline.inventory.availability.domain.Demand;
import io.hubline.inventory.availability.domain.Escrow;
import io.hubline.inventory.availability.domain.Escrow.Offered;
import io.hubline.inventory.availability.domain.Limits;
import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.Modes;
import io.hubline.inventory.availability.domain.Offer;
import io.hubline.inventory.availability.domain.Publication;
import io.hubline.inventory.availability.domain.Source;
import io.hubline.inventory.availability.domain.Stock;
import io.hubline.inventory.availability.domain.StockView;
import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.inventory.stock.domain.Exposures;
import io.hubline.inventory.stock.domain.StockKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Divides the units of SKUs in escrow over their offers, and keeps the exposures (design section 5, E1 to
/// E10).
///
/// Whatever it changes is of pools that the transaction has locked. What it cannot lock without waiting,
/// because a bundle ties it to other pools, it leaves for the sweep, which locks all of them in their order
/// first.
@ApplicationScoped
class Divider {

    private final Exposures exposures;
    private final Modes modes;
    private final StockView view;

    Divider(Exposures exposures, Modes modes, StockView view) {
        this.exposures = exposures;
        this.modes = modes;
        this.view = view;
    }

    /// Decides what the offers in escrow show. Every offer that draws on one of their pools is among those
    /// held.
    ///
    /// @param held offers that are locked
    /// @param stocks what they are made of
    /// @param chosen the mode of each of their parts
    /// @param demand what is asked for at each until its number could be changed again
    Round divide(
            List<Offer> held,
            Map<Source, Stock> stocks,
            Map<Source, Modes.Chosen> chosen,
            Function<Offer, Demand> demand,
            Instant now) {
        boolean isOrWas = held.stream().anyMatch(offer -> wasDivided(offer) || isDivided(offer, stocks, chosen));
        if (!isOrWas) {
            return Round.NOTHING;
        }
        Set<Source> locked = modes.tryHold(keysOf(held, stocks, exposures(held)));
        // All of it again, now that nothing moves in the pools that are locked.
        Map<Source, Stock> stocksNow = view.of(held.stream().map(Offer::source).collect(Collectors.toSet()));
        Map<String, Exposure> known = exposures(held);
        Map<Source, Modes.Chosen> chosenNow = modes.of(keysOf(held, stocksNow, known));
        List<Offer> divided = held.stream()
                .filter(offer -> isDivided(offer, stocksNow, chosenNow))
                .toList();

        Round round = new Round(stocksNow);
        Set<String> ids = divided.stream().map(Offer::id).collect(Collectors.toSet());
        end(known.values().stream().filter(it -> !ids.contains(it.offer())).toList(), locked, round);
        for (List<Offer> together : components(divided, stocksNow)) {
            Map<String, Exposure> theirs = new HashMap<>(known);
            theirs.keySet().retainAll(together.stream().map(Offer::id).toList());
            Set<Source> keys = keysOf(together, stocksNow, theirs);
            if (locked.containsAll(keys)) {
                new Component(together, keys, stocksNow, theirs, demand, now).decide(round);
            } else {
                together.forEach(offer -> round.undecided.add(offer.id()));
                keys.forEach(key -> round.due.add(key.sku()));
            }
        }
        exposures.save(round.changed);
        modes.atRisk(round.looked, round.deficits, now);
        return round;
    }

    private Map<String, Exposure> exposures(List<Offer> of) {
        return exposures.of(of.stream().map(Offer::id).toList());
    }

    private static Set<Source> keysOf(List<Offer> offers, Map<Source, Stock> stocks, Map<String, Exposure> known) {
        Set<Source> keys = new HashSet<>();
        offers.forEach(offer -> keys.addAll(parts(offer, stocks).keySet()));
        known.values().forEach(exposure -> exposure.parts().keySet().forEach(key -> keys.add(source(key))));
        return keys;
    }

    /// What an offer in escrow shows as things stand, for a look at it: nothing is decided.
    ///
    /// @param known the exposures of the offers that are looked at
    static Publication.@Nullable Division asItStands(Offer offer, Stock stock, Map<String, Exposure> known) {
        @Nullable Exposure exposure = known.get(offer.id());
        if (exposure == null || offer.announced() == null) {
            return null;
        }
        int elsewhere = 0;
        for (Stock.Part part : stock.parts()) {
            int others = part.exposed() - exposure.unitsOf(new StockKey(part.pool(), part.sku()));
            elsewhere = Math.max(elsewhere, Math.ceilDiv(Math.max(0, others), part.per()));
        }
        return new Publication.Division(
                elsewhere, offer.announced().quantity(), exposure.units(), exposure.isUnproven());
    }

    private void end(List<Exposure> over, Set<Source> locked, Round round) {
        List<String> ended = new ArrayList<>();
        for (Exposure exposure : over) {
            Set<Source> theirs =
                    exposure.parts().keySet().stream().map(Divider::source).collect(Collectors.toSet());
            if (locked.containsAll(theirs)) {
                ended.add(exposure.offer());
                round.looked.addAll(theirs);
            } else {
                round.undecided.add(exposure.offer());
                theirs.forEach(key -> round.due.add(key.sku()));
            }
        }
        exposures.end(ended);
    }

    private static boolean isDivided(Offer offer, Map<Source, Stock> stocks, Map<Source, Modes.Chosen> chosen) {
        return (offer.active() || wasDivided(offer))
                && parts(offer, stocks).keySet().stream().anyMatch(key -> {
                    Modes.@Nullable Chosen mode = chosen.get(key);
                    return mode != null && mode.mode() == Mode.ESCROW;
                });
    }

    private static boolean wasDivided(Offer offer) {
        return offer.announced() != null && offer.announced().mode() == Mode.ESCROW;
    }

    /// What one unit of the offer takes out of the pools.
    static SortedMap<Source, Integer> parts(Offer offer, Map<Source, Stock> stocks) {
        SortedMap<Source, Integer> parts = new TreeMap<>();
        Objects.requireNonNull(stocks.get(offer.source()), offer.id())
                .parts()
                .forEach(part -> parts.put(new Source(part.pool(), part.sku()), part.per()));
        return parts;
    }

    private static Source source(StockKey key) {
        return new Source(key.pool(), key.sku());
    }

    /// Offers that draw on the same pools, directly or through others.
    static List<List<Offer>> components(Collection<Offer> offers, Map<Source, Stock> stocks) {
        Map<Source, List<Offer>> byKey = new HashMap<>();
        for (Offer offer : offers) {
            List<Offer> together = new ArrayList<>();
            together.add(offer);
            Set<Source> keys = new HashSet<>(parts(offer, stocks).keySet());
            for (Source key : List.copyOf(keys)) {
                @Nullable List<Offer> there = byKey.get(key);
                if (there != null && !together.containsAll(there)) {
                    together.addAll(there);
                    there.forEach(other -> keys.addAll(parts(other, stocks).keySet()));
                }
            }
            keys.forEach(key -> byKey.put(key, together));
        }
        return byKey.values().stream().distinct().toList();
    }

    /// What was decided.
    static final class Round {

        private static final Round NOTHING = new Round(Map.of());

        private final Map<Source, Stock> stocks;
        private final Map<String, Grant> grants = new HashMap<>();
        private final Set<String> undecided = new HashSet<>();
        private final Set<String> due = new HashSet<>();
        private final List<Exposure> changed = new ArrayList<>();
        private final Set<Source> looked = new HashSet<>();
        private final Map<Source, Integer> deficits = new HashMap<>();

        private Round(Map<Source, Stock> stocks) {
            this.stocks = stocks;
        }

        /// What was read when the pools were locked; empty where nothing was.
        Map<Source, Stock> stocks() {
            return stocks;
        }

        /// What an offer is granted; null for one that is not in escrow.
        @Nullable
        Grant of(Offer offer) {
            return grants.get(offer.id());
        }

        /// Whether nothing could be decided of the offer now.
        boolean isUndecided(Offer offer) {
            return undecided.contains(offer.id());
        }

        /// The SKUs that the sweep has to decide.
        Set<String> due() {
            return due;
        }
    }

    /// What an offer shows.
    ///
    /// @param sequence of the publication, should there be one
    /// @param permit the sequence of the publication that granted it
    /// @param inputs what it was decided upon
    record Grant(long sequence, long permit, Publication.Inputs inputs) {

        /// Whether this publication grants it.
        boolean isNew() {
            return sequence == permit;
        }
    }

    /// Offers that draw on the same pools, all of them locked.
    private static final class Component {

        private final List<Offer> offers;
        private final Set<Source> keys;
        private final Map<Source, Stock> stocks;
        private final Function<Offer, Demand> demand;
        private final Instant now;
        private final Map<String, Exposure> before;
        private final Map<String, Exposure> after = new HashMap<>();

        Component(
                List<Offer> offers,
                Set<Source> keys,
                Map<Source, Stock> stocks,
                Map<String, Exposure> known,
                Function<Offer, Demand> demand,
                Instant now) {
            this.offers = offers;
            this.keys = keys;
            this.stocks = stocks;
            this.demand = demand;
            this.now = now;
            this.before = known;
            offers.forEach(offer -> after.put(offer.id(), exposure(offer)));
        }

        void decide(Round round) {
            List<Offered<Source>> offered = offers.stream().map(this::offered).toList();
            Map<String, Escrow.Permit> permits =
                    Escrow.decide(promisable(true), offered, Escrow.USUAL_WORTHWHILE).stream()
                            .collect(Collectors.toMap(Escrow.Permit::offer, Function.identity()));
            for (Offer offer : offers) {
                Escrow.@Nullable Permit permit = permits.get(offer.id());
                if (permit != null) {
                    after.computeIfPresent(
                            offer.id(), (_, exposure) -> exposure.published(sequence(offer), permit.quantity()));
                }
            }
            for (Offer offer : offers) {
                Exposure exposure = after(offer);
                if (!exposure.equals(before.get(offer.id()))) {
                    round.changed.add(exposure);
                }
                round.grants.put(offer.id(), grant(offer, exposure, permits.get(offer.id())));
            }
            round.looked.addAll(keys);
            round.deficits.putAll(Escrow.deficits(
                    promisable(false), offers.stream().map(this::offered).toList()));
        }

        private Grant grant(Offer offer, Exposure exposure, Escrow.@Nullable Permit permit) {
            long sequence = sequence(offer);
            int quantity = permit != null ? permit.quantity() : exposure.isUnproven() ? 0 : exposure.level();
            Offer.@Nullable Announced announced = offer.announced();
            return new Grant(
                    sequence,
                    permit != null || announced == null ? sequence : announced.permit(),
                    new Publication.Inputs(
                            stock(offer),
                            offer.rule(),
                            0,
                            new Publication.Division(
                                    elsewhere(offer), quantity, exposure.units(), exposure.isUnproven())));
        }

        private long sequence(Offer offer) {
            return StateEvent.next(offer.lastSequence(), now);
        }

        /// As it is kept, with what the offer is made of and how its channel counts brought up to date.
        /// Where the channel is to be told again whatever it was told, nothing is known of its number any
        /// longer.
        private Exposure exposure(Offer offer) {
            SortedMap<StockKey, Integer> parts = new TreeMap<>();
            parts(offer, stocks).forEach((key, per) -> parts.put(new StockKey(key.pool(), key.sku()), per));
            ChannelState.@Nullable Ways ways = offer.ways();
            // The worst is assumed of a channel that nothing is known of.
            boolean compares = ways != null && ways.compares();
            boolean restocks = ways == null || ways.restocks();
            @Nullable Exposure known = before.get(offer.id());
            if (known == null || (offer.announced() == null && offer.active())) {
                return unknown(offer, parts, compares, restocks);
            }
            Exposure adapted = known.with(parts, compares, restocks);
            boolean rises = parts.keySet().stream().anyMatch(key -> adapted.unitsOf(key) > known.unitsOf(key));
            // What was granted under other terms is no measure for these.
            return rises ? unknown(offer, parts, compares, restocks) : adapted;
        }

        private static Exposure unknown(
                Offer offer, SortedMap<StockKey, Integer> parts, boolean compares, boolean restocks) {
            long from = offer.lastSequence() == 0 ? 0 : offer.lastSequence() + 1;
            return Exposure.unknown(
                    offer.id(), parts, compares, restocks, offer.sold(), offer.sold() - offer.booked(), from);
        }

        private Offered<Source> offered(Offer offer) {
            Exposure exposure = after(offer);
            Limits limits = offer.rule().limits();
            Escrow.Standing standing = !exposure.isUnproven()
                    ? Escrow.Standing.PROVEN
                    : exposure.isCleared() ? Escrow.Standing.CLEARED : Escrow.Standing.UNKNOWN;
            int most = Availability.shared(stock(offer), limits, 0).quantity();
            return new Offered<>(
                    offer.id(),
                    parts(offer, stocks),
                    exposure.compares(),
                    standing,
                    exposure.units(),
                    exposure.isUnproven() ? 0 : exposure.level(),
                    demand.apply(offer),
                    1,
                    limits.minimum(),
                    offer.active() ? most : 0);
        }

        /// On hand, less what is promised and what waits.
        ///
        /// @param keepingBack less the safety stock too, as far as all offers keep it back
        private Map<Source, Integer> promisable(boolean keepingBack) {
            Map<Source, Integer> promisable = new TreeMap<>();
            for (Offer offer : offers) {
                for (Stock.Part part : stock(offer).parts()) {
                    Source key = new Source(part.pool(), part.sku());
                    promisable.computeIfAbsent(
                            key,
                            _ -> part.onHand()
                                    - part.reserved()
                                    - part.backordered()
                                    - (keepingBack ? keptBack(key, part.promisable()) : 0));
                }
            }
            return promisable;
        }

        private int keptBack(Source key, int promisable) {
            return offers.stream()
                    .filter(Offer::active)
                    .filter(offer -> parts(offer, stocks).containsKey(key))
                    .mapToInt(offer -> stock(offer).consistsOfOthers()
                            ? 0
                            : Availability.safety(promisable, offer.rule().limits()))
                    .min()
                    .orElse(0);
        }

        /// What the other offers can still sell, in units of this one.
        private int elsewhere(Offer offer) {
            int most = 0;
            for (Map.Entry<Source, Integer> part : parts(offer, stocks).entrySet()) {
                StockKey key = new StockKey(part.getKey().pool(), part.getKey().sku());
                int others = after.values().stream()
                        .filter(exposure -> !exposure.offer().equals(offer.id()))
                        .mapToInt(exposure -> exposure.unitsOf(key))
                        .sum();
                most = Math.max(most, Math.ceilDiv(others, part.getValue()));
            }
            return most;
        }

        private Exposure after(Offer offer) {
            return Objects.requireNonNull(after.get(offer.id()), offer.id());
        }

        private Stock stock(Offer offer) {
            return Objects.requireNonNull(stocks.get(offer.source()), offer.id());
        }
    }
}
