package io.hubline.inventory.availability.domain;

import static java.lang.Math.max;
import static java.lang.Math.min;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Decides which offers of SKUs in escrow get another number, so that what all channels together can still
/// sell never is raised above what can be promised (design section 5).
///
/// It is asked whenever something changed: a sale, a receipt, a settlement, a limit. It sees all offers
/// that draw on the pools in question, bundles included, and answers with new permits. What it does not
/// name needs none: a number that only follows booked sales goes out under the permit it has.
///
/// - A raise is paid out of headroom: what can be promised less all exposures. A channel that compares
///   costs the difference, one that sets blindly the whole number (E3, E5).
/// - Where the numbers that channels are coming to show are more than can be promised, they are lowered at
///   once (E9): those that compare to their share, those that set blindly to 0, the least valuable first.
/// - An offer of which nothing is proved gets 0 (E10). Until it has settled, nothing is raised that draws
///   on the same pools, because nobody knows what it takes.
/// - Units that lie idle at one offer while another could sell them are fetched back, if that is worth more
///   than what the first loses meanwhile.
///
/// Everything it does is worth a change, by a threshold, since each permit costs a call at a channel and,
/// where it is set blindly, its whole value until it has settled.
///
/// @param <K> what units are counted by: a SKU in a pool
public final class Escrow<K extends Comparable<K>> {

    private final Map<K, Integer> promisable;
    private final double worthwhile;
    private final SortedMap<String, Offered<K>> offers = new TreeMap<>();
    private final Set<K> unproven = new HashSet<>();
    private final Map<String, Permit> permits = new LinkedHashMap<>();

    private Escrow(Map<K, Integer> promisable, Collection<Offered<K>> offers, double worthwhile) {
        this.promisable = promisable;
        this.worthwhile = worthwhile;
        for (Offered<K> offer : offers) {
            this.offers.put(offer.offer(), offer);
            if (offer.standing() != Standing.PROVEN) {
                unproven.addAll(offer.parts().keySet());
            }
        }
    }

    // A limit may be a share of what is left, and fall with each sale. An offer may be above it by a quarter before a
    // call at its channel is spent on it.
    private static final int TOLERATED_PART = 4;

    /// What was found to be worth a change in most cases: a twentieth of a sale.
    public static final double USUAL_WORTHWHILE = 0.05;

    /// How far ahead demand is to be looked at: until a number could be changed again, and no less than the
    /// time in which one unit sells somewhere.
    ///
    /// Without the latter, a SKU that sells seldom over quick channels is asked for next to nothing in the
    /// time a number takes to settle; no change is worth its call then, and the last units lie idle where
    /// nobody asks for them.
    ///
    /// @param settling how long a number takes to settle
    /// @param meanWhileSettling units asked for in that time, at all offers
    public static Duration horizon(Duration settling, double meanWhileSettling) {
        if (meanWhileSettling >= 1 || settling.isZero()) {
            return settling;
        }
        double millis = settling.toMillis() / Math.max(meanWhileSettling, Double.MIN_NORMAL);
        return Duration.ofMillis((long) min(millis, (double) HORIZON_MAX.toMillis()));
    }

    private static final Duration HORIZON_MAX = Duration.ofDays(30);

    /// The new permits, in the order in which they are to be granted.
    ///
    /// @param <K> what units are counted by
    /// @param promisable on hand, less what is promised, what waits and what is kept back; may be below 0
    /// @param offers every offer that draws on one of these pools, with its other parts among them
    /// @param worthwhile expected sales, times their weight, below which nothing is raised or fetched back
    public static <K extends Comparable<K>> List<Permit> decide(
            Map<K, Integer> promisable, Collection<Offered<K>> offers, double worthwhile) {
        Escrow<K> escrow = new Escrow<>(promisable, offers, worthwhile);
        escrow.decide();
        return List.copyOf(escrow.permits.values());
    }

    /// By how much what channels can still sell is more than can be promised, by key. Units of offers of
    /// which nothing is proved are not known, and not in it.
    ///
    /// @param <K> what units are counted by
    public static <K extends Comparable<K>> SortedMap<K, Integer> deficits(
            Map<K, Integer> promisable, Collection<Offered<K>> offers) {
        Escrow<K> escrow = new Escrow<>(promisable, offers, 0);
        SortedMap<K, Integer> deficits = new TreeMap<>();
        promisable.keySet().forEach(key -> {
            int beyond = escrow.exposed(key) - escrow.units(key);
            if (beyond > 0) {
                deficits.put(key, beyond);
            }
        });
        return deficits;
    }

    private void decide() {
        clearWhatIsUnproven();
        SortedMap<String, Integer> targets = Division.of(
                promisable, offers.values().stream().map(Offered::claim).toList());
        obeyLimits();
        lowerWhatIsTooMuch(targets);
        fetchBackWhatIsIdle(targets);
        raise(targets);
    }

    private void clearWhatIsUnproven() {
        List.copyOf(offers.values()).stream()
                .filter(offer -> offer.standing() == Standing.UNKNOWN)
                .forEach(offer -> permit(offer.offer(), 0, Why.UNPROVEN));
    }

    private void obeyLimits() {
        for (Offered<K> offer : List.copyOf(offers.values())) {
            if (offer.level() > 0 && offer.level() < offer.minimum()) {
                permit(offer.offer(), 0, Why.LIMITS);
            } else if (offer.level() > (long) offer.maximum() + offer.maximum() / TOLERATED_PART) {
                permit(offer.offer(), min(offer.maximum(), most(offer)), Why.LIMITS);
            }
        }
    }

    private void lowerWhatIsTooMuch(Map<String, Integer> targets) {
        for (K key : new TreeMap<>(promisable).keySet()) {
            for (String offer : drawingOn(key)) {
                if (excess(key) > 0 && offer(offer).compares() && level(offer) > target(targets, offer)) {
                    permit(offer, target(targets, offer), Why.DEFICIT);
                }
            }
            while (excess(key) > 0) {
                List<String> showing = drawingOn(key).stream()
                        .filter(offer -> level(offer) > 0)
                        .sorted(cheapestThatCovers(key))
                        .toList();
                if (showing.isEmpty()) {
                    break;
                }
                permit(showing.getFirst(), lowered(showing.getFirst(), key), Why.DEFICIT);
            }
        }
    }

    /// A number that frees what is too much, as far as the channel allows: what is set blindly can only go
    /// to 0.
    private int lowered(String offer, K key) {
        int per = offer(offer).parts().getOrDefault(key, 1);
        return offer(offer).compares() ? max(0, level(offer) - Math.ceilDiv(excess(key), per)) : 0;
    }

    /// First those that cover the excess alone, the one that loses least by it before the others; then by
    /// how little is lost with each unit.
    private Comparator<String> cheapestThatCovers(K key) {
        int excess = excess(key);
        return Comparator.comparing((String offer) -> freed(offer, key) < excess)
                .thenComparingDouble(offer -> {
                    double lost = worth(offer, level(offer)) - worth(offer, lowered(offer, key));
                    return freed(offer, key) < excess ? lost / freed(offer, key) : lost;
                })
                .thenComparing(Comparator.naturalOrder());
    }

    private int freed(String offer, K key) {
        return (level(offer) - lowered(offer, key)) * offer(offer).parts().getOrDefault(key, 0);
    }

    private void fetchBackWhatIsIdle(Map<String, Integer> targets) {
        List<String> needy = offers.keySet().stream()
                .filter(offer -> isProven(offer(offer)) && gain(offer, target(targets, offer)) >= worthwhile)
                .toList();
        for (String needing : needy) {
            int wanted = target(targets, needing);
            double each = gain(needing, wanted) / (wanted - level(needing));
            for (String idle : cheapestFirst(needing)) {
                int missing = missing(needing, wanted);
                int spare = level(idle) - target(targets, idle);
                if (missing > 0 && spare > 0 && !permits.containsKey(idle)) {
                    double gained = each * min(missing, spare);
                    boolean compares = offer(idle).compares();
                    int quantity = compares ? target(targets, idle) : 0;
                    // What is set blindly shows nothing until it has settled, and then must be written again.
                    double lost = (compares ? 1 : 2) * (worth(idle, level(idle)) - worth(idle, quantity));
                    if (gained - lost >= worthwhile) {
                        permit(idle, quantity, Why.IDLE);
                    }
                }
            }
        }
    }

    private List<String> cheapestFirst(String needing) {
        Set<K> keys = offer(needing).parts().keySet();
        return offers.keySet().stream()
                .filter(offer -> !offer.equals(needing)
                        && offer(offer).parts().keySet().stream().anyMatch(keys::contains))
                .sorted(Comparator.comparingDouble((String offer) -> worth(offer, level(offer)))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /// Units of the offer for which there is no headroom, nor will be when what was lowered has settled.
    private int missing(String offer, int wanted) {
        int missing = 0;
        for (Map.Entry<K, Integer> part : offer(offer).parts().entrySet()) {
            int coming = max(0, -excess(part.getKey()));
            int needed = (wanted - level(offer)) * part.getValue();
            missing = max(missing, Math.ceilDiv(needed - coming, part.getValue()));
        }
        return missing;
    }

    private void raise(Map<String, Integer> targets) {
        Comparator<String> mostGained = Comparator.comparingDouble(
                        (String offer) -> -gain(offer, target(targets, offer)))
                .thenComparing(Comparator.naturalOrder());
        for (String id : offers.keySet().stream().sorted(mostGained).toList()) {
            Offered<K> offer = offer(id);
            int quantity = min(target(targets, id), most(offer));
            boolean more = quantity > offer.level() && quantity >= offer.minimum();
            boolean worth = offer.level() == 0 || gain(id, quantity) >= worthwhile;
            if (more && worth && isProven(offer) && !permits.containsKey(id)) {
                permit(id, quantity, Why.RAISE);
            }
        }
    }

    /// Whether of every offer that draws on the same pools it is proved what it shows.
    private boolean isProven(Offered<K> offer) {
        return offer.parts().keySet().stream().noneMatch(unproven::contains);
    }

    private void permit(String offer, int quantity, Why why) {
        permits.put(offer, new Permit(offer, quantity, why));
        offers.put(offer, offer(offer).showing(quantity));
    }

    /// The highest number that raises nothing above what can be promised.
    private int most(Offered<K> offer) {
        if (offer.standing() != Standing.PROVEN) {
            return 0;
        }
        int headroom = Integer.MAX_VALUE;
        for (Map.Entry<K, Integer> part : offer.parts().entrySet()) {
            headroom = min(headroom, max(0, units(part.getKey()) - exposed(part.getKey())) / part.getValue());
        }
        return offer.compares() ? Math.addExact(offer.exposed(), headroom) : headroom;
    }

    private List<String> drawingOn(K key) {
        return offers.keySet().stream()
                .filter(offer -> offer(offer).parts().containsKey(key))
                .toList();
    }

    /// By how much the numbers that channels are coming to show are more than can be promised; below 0,
    /// what will be to spare.
    private int excess(K key) {
        return sum(key, Offered::level) - units(key);
    }

    private int exposed(K key) {
        return sum(key, Offered::exposed);
    }

    private int sum(K key, ToIntFunction<Offered<K>> units) {
        return offers.values().stream()
                .mapToInt(offer -> units.applyAsInt(offer) * offer.parts().getOrDefault(key, 0))
                .sum();
    }

    private double gain(String offer, int quantity) {
        return quantity <= level(offer) ? 0 : worth(offer, quantity) - worth(offer, level(offer));
    }

    private double worth(String offer, int quantity) {
        return offer(offer).weight() * offer(offer).demand().expectedSales(quantity);
    }

    private int units(K key) {
        return max(0, promisable.getOrDefault(key, 0));
    }

    private int level(String offer) {
        return offer(offer).level();
    }

    private static int target(Map<String, Integer> targets, String offer) {
        return targets.getOrDefault(offer, 0);
    }

    private Offered<K> offer(String id) {
        @Nullable Offered<K> offer = offers.get(id);
        if (offer == null) {
            throw new IllegalArgumentException(id + " is not among the offers");
        }
        return offer;
    }

    /// An offer that draws on the pools.
    ///
    /// @param <K> what units are counted by: a SKU in a pool
    /// @param parts what one unit of the offer takes out of the pools
    /// @param compares whether the channel compares before it sets
    /// @param standing what is known of its number at the channel
    /// @param exposed the most that the channel can still sell without the hub having booked it
    /// @param level what the channel comes to show when nothing more is published
    /// @param demand what is asked for there until its number could be changed again: velocity over the
    ///     time that a number takes to settle
    /// @param weight what one sale there is worth, against the others
    /// @param minimum with fewer it shows none
    /// @param maximum it never shows more; 0 for an offer that is not on sale
    public record Offered<K>(
            String offer,
            SortedMap<K, Integer> parts,
            boolean compares,
            Standing standing,
            int exposed,
            int level,
            Demand demand,
            double weight,
            int minimum,
            int maximum) {

        private Division.Claim<K> claim() {
            return new Division.Claim<>(
                    offer, parts, demand, weight, minimum, standing == Standing.PROVEN ? maximum : 0);
        }

        /// As it is when this number is published: a channel that compares comes to show the highest number
        /// at most, one that sets blindly may sell all that it showed before as well (E3, E5).
        private Offered<K> showing(int quantity) {
            int counted = compares ? max(exposed, quantity) : Math.addExact(exposed, quantity);
            return new Offered<>(offer, parts, compares, standing, counted, quantity, demand, weight, minimum, maximum);
        }
    }

    /// What is known of an offer's number at its channel.
    public enum Standing {
        /// A number has settled.
        PROVEN,
        /// Nothing has, and 0 is on its way.
        CLEARED,
        /// Nothing has, and nothing was done about it.
        UNKNOWN
    }

    /// A number that an offer is to show from now on, under a permit of its own.
    public record Permit(String offer, int quantity, Why why) {}

    /// Why an offer gets another number.
    public enum Why {
        /// Units are to spare, and it could sell them.
        RAISE,
        /// Channels came to show more than can be promised.
        DEFICIT,
        /// Another offer could sell what lies idle here.
        IDLE,
        /// What it shows is outside its limits.
        LIMITS,
        /// Nothing is proved of what it shows.
        UNPROVEN
    }
}
