package io.hubline.connector.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How far a channel is with something it was told.
public sealed interface ActAnswer {

    /// It is so at the channel, now or already before.
    ///
    /// @param how for a person
    /// @param reference the channel's id of what was made; null where it made nothing that has one
    record Settled(String how, @Nullable String reference) implements ActAnswer {}

    /// The channel works on it.
    ///
    /// @param progress handed back with the next try
    record Underway(String progress, Duration lookAfter) implements ActAnswer {}

    /// The channel refused it, and what it was told with is used up: another try, of a person too, begins
    /// with this progress.
    ///
    /// @param code the channel's own word, for a person to look up
    record NotTaken(String code, String why, String progress) implements ActAnswer {}
}
