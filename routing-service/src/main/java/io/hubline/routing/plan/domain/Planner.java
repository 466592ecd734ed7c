package io.hubline.routing.plan.domain;

import io.hubline.routing.plan.domain.CheapestSet.Share;
import io.hubline.routing.plan.domain.CheapestSet.Solution;
import io.hubline.routing.plan.domain.PlanOutcome.Assignment;
import io.hubline.routing.plan.domain.PlanOutcome.Cause;
import io.hubline.routing.plan.domain.PlanOutcome.NoPlan;
import io.hubline.routing.plan.domain.PlanOutcome.Parcel;
import io.hubline.routing.plan.domain.PlanOutcome.Planned;
import io.hubline.routing.plan.domain.PlanOutcome.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the cheapest way to ship one demand, exactly, and says why.
public final class Planner {

    private final PlanPolicy policy;

    public Planner(PlanPolicy policy) {
        this.policy = policy;
    }

    /// The best plan for a demand of at least one unit.
    ///
    /// @param now when it would be announced; from it follows when each location leaves
    public PlanOutcome plan(Demand demand, List<Site> sites, Instant now) {
        return new Attempt(demand, sites, now).run();
    }

    /// One demand over the sites, with what is found out on the way.
    private final class Attempt {

        private final Demand demand;
        private final List<Site> sites;
        private final Instant now;
        private final TreeMap<String, Integer> wanted = new TreeMap<>();
        private final List<Candidate> candidates = new ArrayList<>();
        private final Map<String, String> excluded = new LinkedHashMap<>();

        Attempt(Demand demand, List<Site> sites, Instant now) {
            this.demand = demand;
            this.sites = sites.stream()
                    .sorted(Comparator.comparing(Site::locationId))
                    .toList();
            this.now = now;
            demand.lines().forEach(line -> wanted.merge(line.sku(), line.units(), Math::addExact));
            wanted.values().removeIf(units -> units == 0);
            if (wanted.isEmpty()) {
                throw new IllegalArgumentException("nothing to plan");
            }
        }

        PlanOutcome run() {
            sites.forEach(this::admit);
            int[] units = wanted.values().stream().mapToInt(Integer::intValue).toArray();
            CheapestSet set = new CheapestSet(candidates, units, policy);
            @Nullable Solution best = set.search();
            return best == null ? none() : planned(best, set);
        }

        private void admit(Site site) {
            if (!site.enabled()) {
                excluded.put(site.locationId(), "is disabled");
                return;
            }
            int[] supply = wanted.entrySet().stream()
                    .mapToInt(entry -> Math.min(entry.getValue(), site.free(entry.getKey())))
                    .toArray();
            List<Tariff> tariffs = Candidate.worthTrying(site.tariffsTo(demand.country(), demand.region()));
            Candidate candidate = new Candidate(site.locationId(), isLate(site), tariffs, supply);
            if (candidate.units() == 0) {
                excluded.put(site.locationId(), "has none of the units");
            } else if (tariffs.isEmpty()) {
                excluded.put(site.locationId(), "has no rate to " + demand.destination());
            } else {
                candidates.add(candidate);
            }
        }

        private boolean isLate(Site site) {
            return demand.shipBy() != null && site.leaves(now).isAfter(demand.shipBy());
        }

        private NoPlan none() {
            if (sites.stream().noneMatch(Site::enabled)) {
                return new NoPlan(
                        Cause.NO_LOCATION,
                        sites.isEmpty() ? "no location is known" : "every location is disabled",
                        losers(null, List.of()));
            }
            Map<String, Integer> missing = new TreeMap<>();
            wanted.forEach((sku, units) -> {
                int free = sites.stream()
                        .filter(Site::enabled)
                        .mapToInt(site -> Math.min(units, site.free(sku)))
                        .sum();
                if (free < units) {
                    missing.put(sku, units - free);
                }
            });
            if (missing.isEmpty()) {
                return new NoPlan(
                        Cause.NO_RATE,
                        "no rate to %s from where the units lie".formatted(demand.destination()),
                        losers(null, List.of()));
            }
            String detail = missing.entrySet().stream()
                    .map(entry -> "%d units of %s are free nowhere".formatted(entry.getValue(), entry.getKey()))
                    .collect(Collectors.joining(", "));
            return new NoPlan(Cause.NO_STOCK, detail, losers(null, List.of()));
        }

        private Planned planned(Solution best, CheapestSet set) {
            return new Planned(
                    assignments(best),
                    best.shares().stream()
                            .map(share -> new Parcel(
                                    share.locationId(), share.pick().tariff().rateId(), share.total(), share.cost()))
                            .toList(),
                    best.cost(),
                    best.late(),
                    set.isProven(),
                    reasons(best, set.isProven()),
                    losers(best, set.beaten()));
        }

        /// Line by line in the order of the demand; a line is spread over locations only when one has not
        /// enough left.
        private List<Assignment> assignments(Solution best) {
            List<String> skus = List.copyOf(wanted.keySet());
            List<Assignment> assignments = new ArrayList<>();
            int[][] left = best.shares().stream().map(Share::units).toArray(int[][]::new);
            for (DemandLine line : demand.lines()) {
                int sku = skus.indexOf(line.sku());
                int missing = line.units();
                for (int at = 0; at < left.length && missing > 0; at++) {
                    int taken = Math.min(missing, left[at][sku]);
                    if (taken > 0) {
                        left[at][sku] -= taken;
                        missing -= taken;
                        assignments.add(new Assignment(
                                line.lineId(), line.sku(), best.shares().get(at).locationId(), taken));
                    }
                }
            }
            return assignments;
        }

        private List<String> reasons(Solution best, boolean proven) {
            List<String> reasons = new ArrayList<>();
            for (Share share : best.shares()) {
                Tariff tariff = share.pick().tariff();
                reasons.add("%s ships %d units by %s %s to %s for %d (rate %s, %d days)"
                        .formatted(
                                share.locationId(),
                                share.total(),
                                tariff.carrier(),
                                tariff.service(),
                                tariff.region() == null ? tariff.country() : tariff.country() + "-" + tariff.region(),
                                share.cost(),
                                tariff.rateId(),
                                tariff.transitDays()));
            }
            reasons.add(shape(best));
            if (demand.shipBy() != null) {
                reasons.add(
                        best.late() == 0
                                ? "everything leaves by " + demand.shipBy()
                                : "%d parcels leave after %s; no plan has fewer"
                                        .formatted(best.late(), demand.shipBy()));
            }
            reasons.add(
                    proven
                            ? "no plan over the %d locations that can ship is cheaper".formatted(candidates.size())
                            : "the search met its limit of %d steps; a cheaper plan may exist"
                                    .formatted(policy.stepsMax()));
            return reasons;
        }

        private String shape(Solution best) {
            if (best.shares().size() == 1) {
                return candidates.size() == 1 ? "it is the only location that can ship" : "one parcel is the best";
            }
            boolean forced = candidates.stream().noneMatch(this::coversAll);
            return forced
                    ? "split, for no location has everything"
                    : "split, for it is better than any one location, the penalty of %d per parcel more included"
                            .formatted(policy.splitPenaltyMinor());
        }

        private boolean coversAll(Candidate candidate) {
            int sku = 0;
            for (int units : wanted.values()) {
                if (candidate.supply(sku++) < units) {
                    return false;
                }
            }
            return true;
        }

        /// The nearest losers first: what could have been carried out, by cost, and then what could not, by
        /// id.
        private List<Rejected> losers(@Nullable Solution best, List<Solution> beaten) {
            Map<List<String>, Rejected> byLocations = new LinkedHashMap<>();
            List<Rejected> all = new ArrayList<>();
            beaten.forEach(solution -> all.add(lost(solution.locations(), solution.cost(), solution.late(), best)));
            for (Candidate candidate : candidates) {
                List<String> alone = List.of(candidate.locationId());
                int units = wanted.values().stream().mapToInt(Integer::intValue).sum();
                all.add(
                        coversAll(candidate)
                                ? lost(alone, candidate.cheapest(units), candidate.late() ? 1 : 0, best)
                                : new Rejected(alone, null, "has %d of %d units".formatted(candidate.units(), units)));
            }
            excluded.forEach((location, why) -> all.add(new Rejected(List.of(location), null, why)));
            all.stream()
                    .filter(loser -> best == null || !loser.locations().equals(best.locations()))
                    .sorted(Comparator.comparing(Rejected::costMinor, Comparator.nullsLast(Comparator.naturalOrder()))
                            .thenComparing(loser -> String.join("\n", loser.locations())))
                    .forEach(loser -> byLocations.putIfAbsent(loser.locations(), loser));
            return byLocations.values().stream().limit(policy.rejectedMax()).toList();
        }

        private static Rejected lost(List<String> locations, long cost, int late, @Nullable Solution best) {
            Solution winner = Objects.requireNonNull(best, "something that covers the demand lost against nothing");
            String reason;
            if (late > winner.late()) {
                reason = "leaves after the ship-by time";
            } else if (cost > winner.cost()) {
                reason = "costs %d more".formatted(cost - winner.cost());
            } else {
                reason = "costs the same; fewer parcels, fewer days and then the first id win";
            }
            return new Rejected(locations, cost, reason);
        }
    }
}
