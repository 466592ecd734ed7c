package io.hubline.inventory.stock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What waits to be decided, and what of it may be taken in hand together.
///
/// Every item has keys: the pools, orders and ids that it touches. At any time a key is in one hand only,
/// and of two items with a common key the first to come is the first to be taken. Nothing else waits: an
/// item whose keys nobody has, and no earlier item waits for, is ready at once, however much is in hand or
/// waits elsewhere. And an item with many keys is not passed by later ones of any of them, so its turn
/// comes.
///
/// Not safe for several threads at once.
final class Lanes<T> {

    // Of each key: those in hand come before those ready, and those before the parked.
    private final ArrayDeque<Waiting<T>> ready = new ArrayDeque<>();
    private final SortedMap<Long, Waiting<T>> parked = new TreeMap<>();
    private final Map<Object, Integer> parkedKeys = new HashMap<>();
    private final Set<Object> inHand = new HashSet<>();
    private long last;

    /// Puts an item behind all that came before it.
    ///
    /// @param weight how much of a batch it fills
    void add(T item, Set<?> keys, int weight) {
        Waiting<T> waiting = new Waiting<>(++last, item, Set.copyOf(keys), weight);
        if (waiting.touches(inHand) || waiting.touches(parkedKeys.keySet())) {
            park(waiting);
        } else {
            ready.add(waiting);
        }
    }

    /// How many items wait.
    int size() {
        return ready.size() + parked.size();
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    /// Takes what is ready in hand, the first to come first.
    ///
    /// @param weightMax what the batch may weigh; one item is taken however much it weighs
    Batch<T> take(int weightMax) {
        List<T> items = new ArrayList<>();
        Set<Object> keys = new HashSet<>();
        long weight = 0;
        while (!ready.isEmpty() && (items.isEmpty() || weight + ready.getFirst().weight <= weightMax)) {
            Waiting<T> taken = ready.removeFirst();
            weight += taken.weight;
            items.add(taken.item);
            keys.addAll(taken.keys);
        }
        inHand.addAll(keys);
        // What was left behind waits for what was taken before it.
        for (Iterator<Waiting<T>> left = ready.iterator(); left.hasNext(); ) {
            Waiting<T> waiting = left.next();
            if (waiting.touches(inHand) || waiting.touches(parkedKeys.keySet())) {
                left.remove();
                park(waiting);
            }
        }
        return new Batch<>(items, keys);
    }

    /// Says that a batch is no longer in hand.
    void done(Batch<T> batch) {
        inHand.removeAll(batch.keys);
        unpark();
    }

    /// Takes out whatever waits and is no longer wanted; what is in hand stays there.
    List<T> withdraw(Predicate<? super T> unwanted) {
        Map<Long, Waiting<T>> withdrawn = new LinkedHashMap<>();
        ready.removeIf(waiting -> unwanted.test(waiting.item) && withdrawn.put(waiting.number, waiting) == null);
        parked.values().removeIf(waiting -> {
            boolean gone = unwanted.test(waiting.item);
            if (gone) {
                withdrawn.put(waiting.number, waiting);
                forget(waiting.keys);
            }
            return gone;
        });
        unpark();
        return new TreeMap<>(withdrawn).values().stream().map(Waiting::item).toList();
    }

    private void park(Waiting<T> waiting) {
        parked.put(waiting.number, waiting);
        waiting.keys.forEach(key -> parkedKeys.merge(key, 1, Integer::sum));
    }

    private void forget(Set<?> keys) {
        keys.forEach(key -> parkedKeys.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1));
    }

    private void unpark() {
        Set<Object> awaited = new HashSet<>();
        for (Iterator<Waiting<T>> waiting = parked.values().iterator(); waiting.hasNext(); ) {
            Waiting<T> next = waiting.next();
            if (next.touches(inHand) || next.touches(awaited)) {
                awaited.addAll(next.keys);
            } else {
                waiting.remove();
                forget(next.keys);
                ready.add(next);
            }
        }
    }

    /// Items in one hand.
    record Batch<T>(List<T> items, Set<Object> keys) {}

    private record Waiting<T>(long number, T item, Set<?> keys, int weight) {

        boolean touches(Collection<?> others) {
            return keys.stream().anyMatch(others::contains);
        }
    }
}
