package io.hubline.contracts;

/// The whole current value of one thing, on a compacted topic.
///
/// It is applied by sequence and never through the inbox, so that a rebuild can replay the topic from its
/// start.
public interface StateEvent extends Event {

    /// `max(last + 1, clock in microseconds)`: rises with every change of this key, also after a restored
    /// database, whose clock has gone on. A reader that applied a higher or equal sequence ignores the
    /// record.
    long sequence();

    /// The sequence that follows `last`.
    static long next(long last, java.time.Instant now) {
        long micros = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
        return Math.max(Math.addExact(last, 1), micros);
    }
}
