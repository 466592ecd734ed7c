package io.hubline.inventory.availability.domain;

import java.time.Duration;

/// How long a number takes from its announcement until it is known to stand at a channel of an account. A
/// statistic, by the clocks of two services: it sizes buffers and divides units, and no promise rests on
/// it.
///
/// @param mean smoothed time
/// @param deviation smoothed distance from it
/// @param samples how many numbers it was learnt from
public record Lag(String account, Duration mean, Duration deviation, long samples) {

    private static final double WEIGHT = 0.1;
    private static final double DEVIATIONS = 2;

    /// An account of which nothing was measured yet.
    public static Lag unknown(String account, Duration assumed) {
        return new Lag(account, assumed, Duration.ZERO, 0);
    }

    /// One more number arrived.
    public Lag after(Duration measured) {
        if (measured.isNegative()) {
            return this;
        }
        double weight = Math.max(WEIGHT, 1.0 / (samples + 1));
        double off = measured.toMillis() - mean.toMillis();
        return new Lag(
                account,
                Duration.ofMillis(Math.round(mean.toMillis() + weight * off)),
                samples == 0
                        ? Duration.ZERO
                        : Duration.ofMillis(
                                Math.round(deviation.toMillis() + weight * (Math.abs(off) - deviation.toMillis()))),
                samples + 1);
    }

    /// What seldom is exceeded.
    public Duration usual() {
        return mean.plusMillis(Math.round(DEVIATIONS * deviation.toMillis()));
    }
}
