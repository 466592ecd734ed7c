package io.hubline.sandbox.amazon;

import io.hubline.sandbox.amazon.api.Operation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/// What went over the wire at one account: the newest exchanges in full, and counts of all of them.
final class Journal {

    private static final int KEPT = 5000;

    private final Deque<Selling.Exchange> exchanges = new ArrayDeque<>();
    private final Map<Operation, Long> calls = new EnumMap<>(Operation.class);
    private long throttled;
    private long number;

    synchronized void add(Operation operation, LongFunction<Selling.Exchange> exchange) {
        Selling.Exchange made = exchange.apply(++number);
        calls.merge(operation, 1L, Long::sum);
        if (made.status() == 429) {
            throttled++;
        }
        exchanges.addLast(made);
        if (exchanges.size() > KEPT) {
            exchanges.removeFirst();
        }
    }

    synchronized List<Selling.Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /// By the vendor's name of the operation.
    synchronized Map<String, Long> calls() {
        Map<String, Long> named = new TreeMap<>();
        calls.forEach((operation, count) -> named.put(operation.id(), count));
        return named;
    }

    synchronized long throttled() {
        return throttled;
    }
}
