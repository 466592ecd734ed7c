package io.hubline.connector.act.domain;

import java.util.Locale;

/// How far an act is.
public enum ActStatus {
    PENDING,
    /// The channel works on it, or a replica is telling it.
    RUNNING,
    /// It left, and nobody knows whether it was carried out: looked at before it is told again.
    UNKNOWN,
    DONE,
    /// It cannot go on by itself; it says why and what to do.
    FAILED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The status of that name in the database or in a query.
    ///
    /// @throws IllegalArgumentException when there is none
    public static ActStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
