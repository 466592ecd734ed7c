package io.hubline.routing.plan.domain;

/// What the seller decides about plans.
///
/// @param splitPenaltyMinor what each parcel beyond the first counts on top of its price: a buyer's
///     annoyance in money
/// @param stepsMax how far the search goes before it takes the best plan seen
/// @param rejectedMax how many losing options are kept with a plan
public record PlanPolicy(long splitPenaltyMinor, int stepsMax, int rejectedMax) {

    public PlanPolicy {
        if (splitPenaltyMinor < 0 || stepsMax < 1 || rejectedMax < 0) {
            throw new IllegalArgumentException("a plan policy below zero: " + splitPenaltyMinor + ", " + stepsMax);
        }
    }
}
