package io.hubline.inventory.stock.domain;

import java.time.Instant;

/// As of when units were counted. What came and went since is not part of the count.
public sealed interface Moment {

    /// Now: what was counted is what lies there.
    record Now() implements Moment {}

    /// By the clock: all movements recorded until then are part of the count.
    record At(Instant instant) implements Moment {}

    /// By the ledger, and by no clock: all movements of the position up to this number are part of the
    /// count.
    ///
    /// @param number as the position's newest movement had it before somebody began to count; zero before
    ///     the first
    record Movement(long number) implements Moment {

        public Movement {
            if (number < 0) {
                throw new IllegalArgumentException("no movement has the number " + number);
            }
        }
    }
}
