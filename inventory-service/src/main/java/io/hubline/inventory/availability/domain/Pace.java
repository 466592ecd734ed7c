package io.hubline.inventory.availability.domain;

import java.time.Duration;
import java.time.Instant;

/// How fast an offer sells, learnt from the units booked through it.
///
/// @param velocity what is learnt from the buckets that are over
/// @param since when the bucket that is not over began
/// @param soldThen units ever sold when it began
public record Pace(String offer, Velocity velocity, Instant since, long soldThen) {

    /// An offer of which nothing was learnt yet.
    public static Pace unknown(String offer, Instant now, long sold) {
        return new Pace(offer, Velocity.UNKNOWN, now, sold);
    }

    /// As it is now: buckets that are over by then are learnt from. What was sold since the last look
    /// counts in the first of them, and in the others nothing was.
    ///
    /// @param sold units ever sold by now
    public Pace at(Instant now, long sold, Duration bucket) {
        long over = Math.max(0, Duration.between(since, now).dividedBy(bucket));
        if (over == 0) {
            return this;
        }
        int first = (int) Math.min(Integer.MAX_VALUE, Math.max(0, sold - soldThen));
        return new Pace(
                offer, velocity.after(first).afterSilence(over - 1), since.plus(bucket.multipliedBy(over)), sold);
    }
}
