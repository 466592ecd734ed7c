package io.hubline.connector.spi;

import java.time.Duration;
import java.util.Map;

/// What a channel did with the numbers of one call: all of them, or none.
public sealed interface WriteAnswer {

    /// Every number stands.
    record Applied() implements WriteAnswer {}

    /// Every number was taken, and none is known to stand yet: they are to be read back.
    ///
    /// @param lookAfter when they may have got there
    record Accepted(Duration lookAfter) implements WriteAnswer {}

    /// Nothing changed, and the key of the call is used up.
    ///
    /// @param faults by position in the call; the positions without one were good. Empty when the channel
    ///     blames none
    record NotApplied(Map<Integer, Fault> faults) implements WriteAnswer {

        public NotApplied {
            faults = Map.copyOf(faults);
        }
    }

    /// What is wrong with one number.
    sealed interface Fault {

        /// Something else stands there than was expected.
        record Stale() implements Fault {}

        /// The channel will not have this number, whatever stands there.
        record Rejected(String code, String why) implements Fault {}
    }
}
