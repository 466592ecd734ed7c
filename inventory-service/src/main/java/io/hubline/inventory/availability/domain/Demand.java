package io.hubline.inventory.availability.domain;

/// How many units are asked for in a stretch of time: a Poisson count, or a negative binomial one where the
/// variance is known to be above the mean.
///
/// @param mean expected units; never negative
/// @param variance at or below the mean it is a Poisson count
public record Demand(double mean, double variance) {

    /// Nobody asks for anything.
    public static final Demand NONE = new Demand(0, 0);

    // Below this a tail is summed from its far end, because a difference of two numbers near 1 has no digits left.
    private static final double SMALL = 1e-6;

    public Demand {
        if (!(mean >= 0) || !(variance >= 0) || Double.isInfinite(mean) || Double.isInfinite(variance)) {
            throw new IllegalArgumentException("demand of %s with variance %s".formatted(mean, variance));
        }
    }

    /// A Poisson count.
    public static Demand poisson(double mean) {
        return new Demand(mean, mean);
    }

    /// The demand of both, where they do not depend on each other.
    public Demand plus(Demand other) {
        return new Demand(mean + other.mean, variance + other.variance);
    }

    /// The probability that `units` or more are asked for.
    public double atLeast(int units) {
        Tail tail = tail();
        while (tail.units() < units) {
            tail.advance();
        }
        return tail.probability();
    }

    /// Expected sales when so many units are there: the sum of the probabilities that each of them is asked
    /// for.
    public double expectedSales(int units) {
        Tail tail = tail();
        double sum = 0;
        for (int unit = 1; unit <= units; unit++) {
            tail.advance();
            if (tail.probability() == 0) {
                break;
            }
            sum += tail.probability();
        }
        return sum;
    }

    /// Its tail, from "none or more" upwards.
    Tail tail() {
        return new Tail(this);
    }

    /// The probability that a number of units or more are asked for, one unit at a time: each step costs
    /// the same, until the tail is small and is summed anew.
    static final class Tail {

        private final double mean;
        private final double size; // of the negative binomial; infinite for Poisson
        private final double fails; // its chance of one more unit; unused for Poisson
        private int units;
        private double logOfExactly;
        private double probability = 1;

        private Tail(Demand demand) {
            mean = demand.mean;
            boolean scattered = demand.variance > demand.mean * (1 + SMALL) && demand.mean > 0;
            size = scattered ? mean * mean / (demand.variance - mean) : Double.POSITIVE_INFINITY;
            fails = scattered ? (demand.variance - mean) / demand.variance : 0;
            logOfExactly = scattered ? size * Math.log1p(-fails) : -mean;
        }

        int units() {
            return units;
        }

        double probability() {
            return probability;
        }

        void advance() {
            if (mean == 0) {
                units++;
                probability = 0;
                return;
            }
            double left = probability - Math.exp(logOfExactly);
            logOfExactly += Math.log(ratio(units));
            units++;
            probability = left > SMALL || units <= mean ? Math.max(0, left) : fromHere();
        }

        /// How much likelier one more unit is than `exactly`.
        private double ratio(double exactly) {
            return Double.isInfinite(size) ? mean / (exactly + 1) : fails * (exactly + size) / (exactly + 1);
        }

        private double fromHere() {
            double term = Math.exp(logOfExactly);
            double sum = term;
            for (double exactly = units; term > sum * 1e-12 && term > 0; exactly++) {
                term *= ratio(exactly);
                sum += term;
            }
            return Math.min(1, sum);
        }
    }
}
