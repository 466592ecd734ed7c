package io.hubline.sandbox.policy;

import org.jspecify.annotations.Nullable;

/// A number that is known to have stood at a channel, and after which everything sold before was booked.
///
/// @param through every publication up to this sequence stands there, stood there, or never will
/// @param sold units ever sold through the channel, as announced when the poll ended
/// @param cancelled units cancelled that were announced before the number was read; null for a number that
///     was written and not read
record Settlement(
        long through, int quantity, long sold, @Nullable Long cancelled) {}
