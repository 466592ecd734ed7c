package io.hubline.inventory.availability.domain;

import java.time.Duration;

/// How fast an offer sells, learnt from its sales in buckets of equal length.
///
/// A steady seller is smoothed exponentially. Of an intermittent one, whose buckets are mostly empty, the
/// chance of a sale and its size are smoothed apart, the chance in every bucket and the size only where
/// something sold (TSB: Teunter, Syntetos and Babai, "Intermittent demand: Linking forecasting to inventory
/// obsolescence", European Journal of Operational Research 214, 2011). So one sale after a long silence
/// does not look like a new trend, and a dead SKU fades.
///
/// @param mean smoothed units per bucket
/// @param variance smoothed variance of the units per bucket
/// @param chance smoothed share of buckets in which anything sold
/// @param size smoothed units in a bucket in which anything sold
/// @param buckets how many it has learnt from
public record Velocity(double mean, double variance, double chance, double size, long buckets) {

    /// Before the first bucket.
    public static final Velocity UNKNOWN = new Velocity(0, 0, 0, 0, 0);

    /// Weight of the newest bucket in the mean, the variance and the size.
    public static final double ALPHA = 0.15;
    /// Weight of the newest bucket in the chance.
    public static final double BETA = 0.1;

    // One sale in more than 1.32 buckets: the bound of Syntetos and Boylan between steady and intermittent.
    private static final double INTERMITTENT_BELOW = 1 / 1.32;

    public Velocity {
        if (!(mean >= 0 && variance >= 0 && chance >= 0 && chance <= 1 && size >= 0) || buckets < 0) {
            throw new IllegalArgumentException(
                    "mean %s, variance %s, chance %s, size %s".formatted(mean, variance, chance, size));
        }
    }

    /// A bucket is over, in which so many units sold.
    public Velocity after(int sold) {
        if (sold < 0) {
            throw new IllegalArgumentException(sold + " units sold");
        }
        // The first buckets weigh as much as the average of all so far, so that the start does not linger.
        double weight = Math.max(ALPHA, 1.0 / (buckets + 1));
        double ofChance = Math.max(BETA, 1.0 / (buckets + 1));
        double off = sold - mean;
        boolean first = size == 0;
        return new Velocity(
                mean + weight * off,
                Math.max(0, (1 - weight) * (variance + weight * off * off)),
                clamp(chance + ofChance * ((sold > 0 ? 1 : 0) - chance)),
                sold == 0 ? size : first ? sold : size + ALPHA * (sold - size),
                buckets + 1);
    }

    /// So many buckets are over in which nothing sold.
    public Velocity afterSilence(long buckets) {
        Velocity quiet = this;
        long left = buckets;
        while (left > 0 && (quiet.mean > 1e-12 || quiet.chance > 1e-12 || quiet.buckets < 1 / BETA)) {
            quiet = quiet.after(0);
            left--;
        }
        return new Velocity(quiet.mean, quiet.variance, quiet.chance, quiet.size, quiet.buckets + left);
    }

    /// Whether most buckets are empty.
    public boolean isIntermittent() {
        return buckets > 0 && chance < INTERMITTENT_BELOW;
    }

    /// Expected units in one bucket.
    public double perBucket() {
        return isIntermittent() ? chance * size : mean;
    }

    /// What is asked for in a stretch of time.
    ///
    /// @param bucket how long one bucket is
    public Demand over(Duration time, Duration bucket) {
        double times = seconds(time) / seconds(bucket);
        double expected = perBucket() * times;
        return new Demand(expected, Math.max(expected, variance * times));
    }

    private static double seconds(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a time of " + time);
        }
        return time.getSeconds() + time.getNano() / 1e9;
    }

    private static double clamp(double chance) {
        return Math.min(1, Math.max(0, chance));
    }
}
