package io.hubline.inventory.availability.domain;

/// How many units to keep back so that what sells unseen while a number is on its way seldom sells twice.
public final class Buffers {

    // Above this many units a normal count is as good, and counting them one by one no longer pays.
    private static final double MANY = 100_000;

    private Buffers() {}

    /// The smallest number of units that is exceeded with no more than the stated probability.
    ///
    /// @param duringLag what sells between a sale and the moment at which every other channel shows it
    /// @param probability of more than that; above 0 and at most 1
    public static int against(Demand duringLag, double probability) {
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("oversell probability " + probability);
        }
        if (duringLag.mean() > MANY) {
            return many(duringLag, probability);
        }
        Demand.Tail more = duringLag.tail();
        do {
            more.advance();
        } while (more.probability() > probability && more.units() < Integer.MAX_VALUE);
        return more.units() - 1;
    }

    private static int many(Demand demand, double probability) {
        // Chebyshev's one-sided bound caps a normal quantile that is too bold far out.
        double deviation = Math.sqrt(Math.max(demand.mean(), demand.variance()));
        double cantelli = Math.sqrt(Math.max(0, (1 - probability) / probability));
        double normal = Math.sqrt(-2 * Math.log(Math.min(probability, 1))) + 1;
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(demand.mean() + deviation * Math.min(cantelli, normal)));
    }
}
