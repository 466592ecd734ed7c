package io.hubline.sandbox.trade;

import java.time.Duration;

/// How buyers behave: how many a second and for how long, which share of them regrets it, and within which
/// time.
///
/// Regrets come early more often than late: half of them within a quarter of `cancelWithin`.
public record BuyerPlan(
        double ordersPerSecond, Duration duration, double cancelShare, Duration cancelWithin, long seed) {

    public BuyerPlan {
        if (!(ordersPerSecond > 0 && ordersPerSecond <= 10_000)) {
            throw new IllegalArgumentException("orders per second must be above 0 and at most 10000");
        }
        if (!(cancelShare >= 0 && cancelShare <= 1)) {
            throw new IllegalArgumentException("the share of cancelled orders must be between 0 and 1");
        }
        if (duration.isNegative() || cancelWithin.isNegative()) {
            throw new IllegalArgumentException("durations must not be negative");
        }
    }
}
