package io.hubline.routing.plan.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Searches the set of locations, with one tariff each, that ships a demand at the least cost.
///
/// Once set and tariffs are fixed, the rest is easy: a location has no limit over SKUs, so each SKU takes
/// its units where a unit costs least. What is searched is the set alone. A branch is left when even its
/// lower bound (what is chosen, one parcel more, and every unit at the least price still open) is worse
/// than the best set known.
///
/// Better means fewer late parcels, then less cost, then fewer parcels, then fewer days under way, then the
/// first ids. So the answer does not hang on the order in which anything was read.
final class CheapestSet {

    private final List<Candidate> candidates;
    private final int[] wanted;
    private final PlanPolicy policy;
    private final Integer[] byUnitPrice;
    private final long[] baseMinFrom;
    private final boolean[] chosen;

    private final List<Pick> picks = new ArrayList<>();
    private final List<Solution> beaten = new ArrayList<>();
    private @Nullable Solution best;
    private int steps;

    /// @param wanted units per SKU; the candidates' supplies are in the same order
    CheapestSet(List<Candidate> candidates, int[] wanted, PlanPolicy policy) {
        this.wanted = wanted.clone();
        this.policy = policy;
        // The widest first: what covers much in one parcel makes a good bound early.
        this.candidates = candidates.stream()
                .sorted(Comparator.comparing(Candidate::late)
                        .thenComparing(Comparator.comparingInt(Candidate::units).reversed())
                        .thenComparingLong(candidate -> candidate.cheapest(candidate.units()))
                        .thenComparing(Candidate::locationId))
                .toList();
        this.byUnitPrice = IntStream.range(0, this.candidates.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                        index -> this.candidates.get(index).perUnitMin()))
                .toArray(Integer[]::new);
        this.baseMinFrom = new long[this.candidates.size() + 1];
        baseMinFrom[this.candidates.size()] = Long.MAX_VALUE;
        for (int index = this.candidates.size() - 1; index >= 0; index--) {
            baseMinFrom[index] =
                    Math.min(baseMinFrom[index + 1], this.candidates.get(index).baseMin());
        }
        this.chosen = new boolean[this.candidates.size()];
    }

    /// The best set, or null where all candidates together have too little.
    @Nullable
    Solution search() {
        single();
        extend(0, 0, 0);
        return best;
    }

    /// Whether the search went to its end.
    boolean isProven() {
        return steps < policy.stepsMax();
    }

    /// Sets that were the best for a while.
    List<Solution> beaten() {
        return List.copyOf(beaten);
    }

    private void single() {
        for (Candidate candidate : candidates) {
            for (Tariff tariff : candidate.tariffs()) {
                picks.add(new Pick(candidate, tariff));
                consider();
                picks.removeLast();
            }
        }
    }

    private void extend(int from, long base, int late) {
        if (from == candidates.size() || steps >= policy.stepsMax()) {
            return;
        }
        steps++;
        long units = leastForUnits(from);
        if (units < 0 || isHopeless(late, base + baseMinFrom[from] + penalty(picks.size() + 1) + units)) {
            return;
        }
        for (int index = from; index < candidates.size(); index++) {
            Candidate candidate = candidates.get(index);
            int lateThen = late + (candidate.late() ? 1 : 0);
            chosen[index] = true;
            for (Tariff tariff : candidate.tariffs()) {
                long baseThen = base + tariff.baseMinor();
                if (isHopeless(lateThen, baseThen + penalty(picks.size() + 1) + units)) {
                    continue;
                }
                picks.add(new Pick(candidate, tariff));
                if (picks.size() > 1) {
                    consider();
                }
                extend(index + 1, baseThen, lateThen);
                picks.removeLast();
            }
            chosen[index] = false;
        }
    }

    private long penalty(int parcels) {
        return policy.splitPenaltyMinor() * Math.max(0, parcels - 1);
    }

    /// Equal is not hopeless: it may still win by ids.
    private boolean isHopeless(int late, long cost) {
        return best != null && (late > best.late() || (late == best.late() && cost > best.cost()));
    }

    /// What the units cost at the least when the chosen ones and all from `from` on may give them; -1 where
    /// even those have too little.
    private long leastForUnits(int from) {
        long cost = 0;
        for (int sku = 0; sku < wanted.length; sku++) {
            int missing = wanted[sku];
            for (Integer index : byUnitPrice) {
                if (missing > 0 && (index >= from || chosen[index])) {
                    int taken = Math.min(missing, candidates.get(index).supply(sku));
                    missing -= taken;
                    cost += candidates.get(index).perUnitMin() * taken;
                }
            }
            if (missing > 0) {
                return -1;
            }
        }
        return cost;
    }

    /// Takes the picks as they are, if they cover the demand and each is needed.
    private void consider() {
        List<Pick> byPrice = picks.stream()
                .sorted(Comparator.comparingLong((Pick pick) -> pick.tariff().perUnitMinor())
                        .thenComparing(pick -> pick.candidate().locationId()))
                .toList();
        int[][] units = new int[byPrice.size()][wanted.length];
        for (int sku = 0; sku < wanted.length; sku++) {
            int missing = wanted[sku];
            for (int pick = 0; pick < byPrice.size() && missing > 0; pick++) {
                units[pick][sku] =
                        Math.min(missing, byPrice.get(pick).candidate().supply(sku));
                missing -= units[pick][sku];
            }
            if (missing > 0) {
                return;
            }
        }
        List<Share> shares = new ArrayList<>();
        for (int pick = 0; pick < byPrice.size(); pick++) {
            Share share = new Share(byPrice.get(pick), units[pick]);
            if (share.total() == 0) {
                return;
            }
            shares.add(share);
        }
        Solution found = Solution.of(shares, penalty(shares.size()));
        if (best == null || Solution.BETTER_FIRST.compare(found, best) < 0) {
            if (best != null) {
                beaten.add(best);
            }
            best = found;
        } else if (shares.size() > 1 && beaten.size() < policy.rejectedMax()) {
            beaten.add(found);
        }
    }

    /// A location with the tariff it would ship by.
    record Pick(Candidate candidate, Tariff tariff) {}

    /// What one location ships.
    static final class Share {

        private final Pick pick;
        private final int[] units;

        private Share(Pick pick, int[] units) {
            this.pick = pick;
            this.units = units;
        }

        Pick pick() {
            return pick;
        }

        /// A copy, per SKU of the demand.
        int[] units() {
            return units.clone();
        }

        int total() {
            int total = 0;
            for (int each : units) {
                total += each;
            }
            return total;
        }

        long cost() {
            return pick.tariff().cost(total());
        }

        String locationId() {
            return pick.candidate().locationId();
        }
    }

    /// A set that covers the demand.
    record Solution(List<Share> shares, int late, long cost, int transitDays, List<String> ids) {

        static final Comparator<Solution> BETTER_FIRST = Comparator.comparingInt(Solution::late)
                .thenComparingLong(Solution::cost)
                .thenComparingInt(solution -> solution.shares().size())
                .thenComparingInt(Solution::transitDays)
                .thenComparing(solution -> String.join("\n", solution.ids()));

        static Solution of(List<Share> shares, long penalty) {
            List<Share> sorted = shares.stream()
                    .sorted(Comparator.comparing(Share::locationId))
                    .toList();
            return new Solution(
                    sorted,
                    (int) sorted.stream()
                            .filter(share -> share.pick().candidate().late())
                            .count(),
                    penalty + sorted.stream().mapToLong(Share::cost).sum(),
                    sorted.stream()
                            .mapToInt(share -> share.pick().tariff().transitDays())
                            .max()
                            .orElse(0),
                    sorted.stream()
                            .map(share -> share.locationId() + " "
                                    + share.pick().tariff().rateId())
                            .toList());
        }

        List<String> locations() {
            return shares.stream().map(Share::locationId).toList();
        }
    }
}
