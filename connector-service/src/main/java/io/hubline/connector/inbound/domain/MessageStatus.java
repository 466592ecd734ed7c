package io.hubline.connector.inbound.domain;

import java.util.Locale;

/// How far an inbound message is.
public enum MessageStatus {
    /// Its order is to be looked up.
    PENDING,
    /// Its order was looked up after it came.
    DONE,
    /// A copy of a delivery that came before: stored, and not worked.
    DUPLICATE,
    /// Genuine, and nothing the hub follows.
    IGNORED,
    /// It cannot go on by itself: a dead letter, with a reason.
    DEAD;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The status of that name in the database or in a query.
    ///
    /// @throws IllegalArgumentException when there is none
    public static MessageStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
