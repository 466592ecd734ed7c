package io.hubline.sandbox.policy;

import io.hubline.inventory.availability.domain.Demand;
import io.hubline.inventory.availability.domain.Velocity;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/// How fast each channel sells, as the hub has learnt it: from the sales of the two days before, and from
/// those that it books as they come.
final class Pace {

    private static final Duration BUCKET = Duration.ofHours(1);
    private static final int BUCKETS_BEFORE = 48;

    private final Velocity[] velocities = new Velocity[Channel.ALL.size()];
    private final int[] inBucket = new int[Channel.ALL.size()];
    private long bucket;

    /// @param seed of the sales of the days before
    Pace(Cell cell, long seed) {
        SplittableRandom chance = new SplittableRandom(seed ^ 0x70616365);
        Arrays.setAll(velocities, channel -> {
            Velocity velocity = Velocity.UNKNOWN;
            double perBucket = cell.salesPerHour() * Channel.ALL.get(channel).share();
            for (int before = 0; before < BUCKETS_BEFORE; before++) {
                velocity = velocity.after(poisson(perBucket, chance));
            }
            return velocity;
        });
    }

    void sold(int channel, long at) {
        reach(at);
        inBucket[channel]++;
    }

    /// What is asked for at a channel in a stretch of time.
    Demand of(int channel, Duration time, long at) {
        reach(at);
        return velocities[channel].over(time, BUCKET);
    }

    /// What is asked for at all of them.
    Demand ofAll(Duration time, long at) {
        Demand all = Demand.NONE;
        for (int channel = 0; channel < velocities.length; channel++) {
            all = all.plus(of(channel, time, at));
        }
        return all;
    }

    private void reach(long at) {
        for (; (bucket + 1) * BUCKET.toMillis() <= at; bucket++) {
            for (int channel = 0; channel < velocities.length; channel++) {
                velocities[channel] = velocities[channel].after(inBucket[channel]);
                inBucket[channel] = 0;
            }
        }
    }

    /// The number of arrivals whose gaps add up to no more than one.
    private static int poisson(double mean, SplittableRandom chance) {
        int arrivals = -1;
        for (double at = 0; at <= mean; at -= Math.log(1 - chance.nextDouble())) {
            arrivals++;
        }
        return arrivals;
    }
}
