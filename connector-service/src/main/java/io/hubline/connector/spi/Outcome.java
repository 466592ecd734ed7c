package io.hubline.connector.spi;

import java.time.Duration;

/// A channel's answer, cut down to what the caller must decide next. An adapter never throws for what a
/// channel may answer, a broken connection included.
///
/// @param <T> what a call that went well brings
public sealed interface Outcome<T> {

    /// The channel did it, or told it.
    record Done<T>(T value) implements Outcome<T> {}

    /// Nothing happened, and the same call may go well later.
    ///
    /// @param after not before this much time
    record TryAgain<T>(Duration after, String why) implements Outcome<T> {}

    /// Nothing happened, and the same call is refused again.
    ///
    /// @param code the channel's own word, for a person to look up
    record Refused<T>(String code, String why) implements Outcome<T> {}

    /// The call left, and nobody knows whether it was carried out. Only a call that changes something has
    /// this outcome; it stays outstanding until the same key or a look at the channel settles it.
    record Unknown<T>(String why) implements Outcome<T> {}

    /// This outcome where it brings nothing, as that of another call.
    ///
    /// @throws IllegalStateException when it is [Done], whose value would be lost
    static <T> Outcome<T> failed(Outcome<?> outcome) {
        return switch (outcome) {
            case Done<?> _ -> throw new IllegalStateException("a value would be lost");
            case TryAgain<?>(Duration after, String why) -> new TryAgain<>(after, why);
            case Refused<?>(String code, String why) -> new Refused<>(code, why);
            case Unknown<?>(String why) -> new Unknown<>(why);
        };
    }
}
