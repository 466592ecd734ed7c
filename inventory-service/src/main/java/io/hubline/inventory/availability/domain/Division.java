package io.hubline.inventory.availability.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/// Divides units over offers so that as little as possible of what is asked for is lost: each unit goes
/// where it is worth most.
///
/// The k-th unit at an offer is worth its weight times the probability that k or more are asked for there,
/// for each unit that it takes out of the pools. That falls with k, so taking the greatest first is the
/// best division of a single SKU.
public final class Division {

    private static final Comparator<Next<?>> GREATEST_FIRST = Comparator.<Next<?>>comparingDouble(next -> -next.value())
            .thenComparingDouble(next -> next.reach())
            .thenComparing(next -> next.claim.offer());

    private Division() {}

    /// Units for each offer, 0 included.
    ///
    /// @param <K> what units are counted by
    /// @param units what there is to divide; a key that is missing has none
    public static <K> SortedMap<String, Integer> of(Map<K, Integer> units, Collection<Claim<K>> claims) {
        List<Claim<K>> taking = new ArrayList<>(claims);
        SortedMap<String, Integer> divided = divide(units, taking);
        while (true) {
            // Who would get less than it can show gets nothing, and the others get that. The least first.
            SortedMap<String, Integer> last = divided;
            List<Claim<K>> tooFew = taking.stream()
                    .filter(claim -> last.getOrDefault(claim.offer(), 0) < claim.minimum())
                    .sorted(Comparator.comparingDouble((Claim<K> claim) ->
                                    claim.weight() * claim.demand().expectedSales(claim.minimum()))
                            .thenComparing(claim -> claim.offer()))
                    .toList();
            if (tooFew.isEmpty()) {
                claims.forEach(claim -> last.putIfAbsent(claim.offer(), 0));
                return last;
            }
            taking.remove(tooFew.getFirst());
            divided = divide(units, taking);
        }
    }

    private static <K> SortedMap<String, Integer> divide(Map<K, Integer> units, Collection<Claim<K>> claims) {
        Map<K, Integer> left = new HashMap<>(units);
        SortedMap<String, Integer> divided = new TreeMap<>();
        PriorityQueue<Next<K>> queue = new PriorityQueue<>(GREATEST_FIRST);
        for (Claim<K> claim : claims) {
            divided.put(claim.offer(), 0);
            if (claim.maximum() > 0 && claim.weight() > 0) {
                queue.add(new Next<>(claim));
            }
        }
        while (!queue.isEmpty()) {
            Next<K> next = queue.remove();
            Claim<K> claim = next.claim;
            // What is gone does not come back: an offer that once finds too little is out.
            if (claim.parts().entrySet().stream()
                    .allMatch(part -> left.getOrDefault(part.getKey(), 0) >= part.getValue())) {
                claim.parts().forEach((key, per) -> left.merge(key, -per, Integer::sum));
                int has = divided.merge(claim.offer(), 1, Integer::sum);
                if (has < claim.maximum()) {
                    next.advance();
                    queue.add(next);
                }
            }
        }
        return divided;
    }

    /// What an offer could use.
    ///
    /// @param <K> what units are counted by: a SKU in a pool
    /// @param parts what one unit of the offer takes out of the pools
    /// @param demand what is asked for until the units could be divided again
    /// @param weight what one sale there is worth, against the others
    /// @param minimum with fewer it shows none
    /// @param maximum it never shows more
    public record Claim<K>(
            String offer, SortedMap<K, Integer> parts, Demand demand, double weight, int minimum, int maximum) {

        public Claim {
            if (!(weight >= 0) || minimum < 0 || maximum < 0) {
                throw new IllegalArgumentException(
                        "%s: weight %s, minimum %d, maximum %d".formatted(offer, weight, minimum, maximum));
            }
        }
    }

    private static final class Next<K> {
        private final Claim<K> claim;
        private final Demand.Tail tail;
        private final int takes;

        private Next(Claim<K> claim) {
            this.claim = claim;
            this.tail = claim.demand().tail();
            this.takes =
                    claim.parts().values().stream().mapToInt(Integer::intValue).sum();
            tail.advance();
        }

        private double value() {
            return claim.weight() * tail.probability() / takes;
        }

        /// For how long the units last there: what decides where nothing is known to be asked for.
        private double reach() {
            return tail.units() / Math.max(claim.demand().mean(), 1e-9);
        }

        private void advance() {
            tail.advance();
        }
    }
}
