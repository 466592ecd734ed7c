package io.hubline.sandbox.amazon.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/// What is due later. Nothing happens by itself: whoever looks at the account first lets everything happen
/// that was due by then, in order, each at its own time.
final class Agenda {

    private record Entry(Instant at, long number, Consumer<Instant> act) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::number));
    private long number;

    /// The act is told the time it was due.
    void add(Instant at, Consumer<Instant> act) {
        entries.add(new Entry(at, number++, act));
    }

    void catchUp(Instant now) {
        for (Entry next = entries.peek(); next != null && !next.at().isAfter(now); next = entries.peek()) {
            entries.remove(next);
            next.act().accept(next.at());
        }
    }
}
