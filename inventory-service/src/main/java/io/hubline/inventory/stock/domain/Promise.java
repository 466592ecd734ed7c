package io.hubline.inventory.stock.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one order is promised.
///
/// @param version the newest version of the order that was decided upon; zero before the first
/// @param sequence the number of the newest announcement; zero before the first
/// @param routeSequence the number of the newest plan that was decided upon
/// @param lines by line id
public record Promise(
        String orderId,
        long version,
        State state,
        Instant placedAt,
        @Nullable Instant shipBy,
        long sequence,
        long routeSequence,
        SortedMap<String, Reservation> lines) {

    /// Who gets free units first: the earliest ship-by date, then the oldest order. Without a date is last.
    public static final Comparator<Promise> FIRST_IN_NEED = Comparator.comparing(
                    Promise::shipBy, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Promise::placedAt)
            .thenComparing(Promise::orderId);

    public Promise {
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
    }

    /// An order of which nothing is known yet.
    public static Promise none(String orderId) {
        return new Promise(orderId, 0, State.OPEN, Instant.EPOCH, null, 0, 0, Collections.emptySortedMap());
    }

    /// Whether any sold unit is without a promise.
    public boolean isMissingUnits() {
        return lines.values().stream().anyMatch(line -> line.backordered() > 0);
    }

    /// Whether anything is wanted or was shipped.
    public boolean isWanted() {
        return lines.values().stream().anyMatch(line -> line.wanted() > 0);
    }

    List<Reservation> reservations() {
        return List.copyOf(lines.values());
    }

    Promise seen(OrderDemand demand) {
        return new Promise(
                orderId,
                demand.version(),
                demand.state(),
                demand.placedAt(),
                demand.shipBy(),
                sequence,
                routeSequence,
                lines);
    }

    Promise announced() {
        return new Promise(orderId, version, state, placedAt, shipBy, sequence + 1, routeSequence, lines);
    }

    Promise routed(long newSequence) {
        return new Promise(orderId, version, state, placedAt, shipBy, sequence, newSequence, lines);
    }

    Promise with(Reservation line) {
        SortedMap<String, Reservation> changed = new TreeMap<>(lines);
        changed.put(line.lineId(), line);
        return new Promise(orderId, version, state, placedAt, shipBy, sequence, routeSequence, changed);
    }

    /// Whether somebody still waits for goods.
    public enum State {
        OPEN,
        CANCELLED,
        COMPLETED
    }
}
