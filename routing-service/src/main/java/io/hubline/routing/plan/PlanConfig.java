package io.hubline.routing.plan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What can be set about plans.
@ConfigMapping(prefix = "hubline.routing")
interface PlanConfig {

    /// What each parcel beyond the first counts, in minor units of the rates' currency.
    @WithDefault("200")
    long splitPenaltyMinor();

    /// Steps of one search; a step is some microseconds.
    @WithDefault("20000")
    int searchStepsMax();

    /// Losing options that are kept and announced with a plan.
    @WithDefault("8")
    int rejectedMax();

    /// Plans of one demand that may run dry before the order is unroutable.
    @WithDefault("5")
    int attemptsMax();

    /// The pause after the first plan that ran dry; it doubles with each.
    @WithDefault("500ms")
    Duration retryPause();

    /// How long stock may be missing for a promise that stands before the order is unroutable.
    @WithDefault("3s")
    Duration stockGrace();

    /// The same, where outstanding plans of other orders claim that stock.
    @WithDefault("30s")
    Duration claimGrace();

    /// How long newer facts may take after a plan was refused because the order changed.
    @WithDefault("30s")
    Duration changeGrace();

    /// How long a claim outlives its allocation at the most, should the stock record not show it.
    @WithDefault("5s")
    Duration claimAfterAllocation();

    /// Orders that one round of the sweep plans again.
    @WithDefault("100")
    int sweepBatch();

    /// How often the sweep looks for orders that have something new to look at.
    @WithDefault("250ms")
    Duration sweepInterval();
}
