package io.hubline.sandbox.trade;

import java.time.Duration;

/// How buyers behave: how many a second and for how long, which share of them regrets it, and within which
/// time; and which share of those who keep their order wants to send some of it back.
///
/// Regrets come early more often than late: half of them within a quarter of `cancelWithin`. Who returns
/// waits for the parcel first, at most until `returnWithin` after the last visit.
public record BuyerPlan(
        double ordersPerSecond,
        Duration duration,
        double cancelShare,
        Duration cancelWithin,
        long seed,
        double returnShare,
        Duration returnWithin) {

    public BuyerPlan {
        if (!(ordersPerSecond > 0 && ordersPerSecond <= 10_000)) {
            throw new IllegalArgumentException("orders per second must be above 0 and at most 10000");
        }
        if (!(cancelShare >= 0 && cancelShare <= 1)) {
            throw new IllegalArgumentException("the share of cancelled orders must be between 0 and 1");
        }
        if (!(returnShare >= 0 && returnShare <= 1)) {
            throw new IllegalArgumentException("the share of returned orders must be between 0 and 1");
        }
        if (duration.isNegative() || cancelWithin.isNegative() || returnWithin.isNegative()) {
            throw new IllegalArgumentException("durations must not be negative");
        }
    }

    /// Buyers who send nothing back.
    public BuyerPlan(double ordersPerSecond, Duration duration, double cancelShare, Duration cancelWithin, long seed) {
        this(ordersPerSecond, duration, cancelShare, cancelWithin, seed, 0, Duration.ZERO);
    }
}
