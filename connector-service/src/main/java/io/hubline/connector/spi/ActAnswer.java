package io.hubline.connector.spi;

import java.time.Duration;

/// How far a channel is with something it was told.
public sealed interface ActAnswer {

    /// It is so at the channel, now or already before.
    ///
    /// @param how for a person
    record Settled(String how) implements ActAnswer {}

    /// The channel works on it.
    ///
    /// @param progress handed back with the next try
    record Underway(String progress, Duration lookAfter) implements ActAnswer {}
}
