package io.hubline.sandbox.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The buyers of one run: the same for every policy.
final class Buyers {

    /// Of a hundred who bought, so many do not want it any more.
    private static final double CANCEL_SHARE = 0.03;

    private Buyers() {}

    /// Buyers who come independently of one another.
    static List<Buyer> draw(Cell cell, long seed) {
        SplittableRandom chance = new SplittableRandom(seed * 1_000_003 + cell.salesPerHour() * 31L + cell.units());
        double perMilli = cell.salesPerHour() / 3_600_000.0;
        List<Buyer> buyers = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < cell.buyers(); i++) {
            at += -Math.log(1 - chance.nextDouble()) / perMilli;
            long regret = chance.nextDouble() < CANCEL_SHARE
                    ? 1 + (long) (-Math.log(1 - chance.nextDouble()) * cell.units() / perMilli / 4)
                    : 0;
            buyers.add(new Buyer((long) at, channel(chance.nextDouble()), regret));
        }
        return List.copyOf(buyers);
    }

    private static int channel(double drawn) {
        double upTo = 0;
        for (int channel = 0; channel < Channel.ALL.size() - 1; channel++) {
            upTo += Channel.ALL.get(channel).share();
            if (drawn < upTo) {
                return channel;
            }
        }
        return Channel.ALL.size() - 1;
    }

    /// Somebody who wants one unit.
    ///
    /// @param at milliseconds from the start
    /// @param regretAfter milliseconds from the sale to its cancellation; zero for never
    record Buyer(long at, int channel, long regretAfter) {}
}
