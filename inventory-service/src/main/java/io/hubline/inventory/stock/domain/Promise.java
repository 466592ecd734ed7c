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
/// @param channelOrder account and the order's id there; null where the order has none
/// @param sequence the number of the newest announcement; zero before the first
/// @param routeSequence the number of the newest plan that was decided upon
/// @param lines by line id
public record Promise(
        String orderId,
        long version,
        State state,
        Instant placedAt,
        @Nullable Instant shipBy,
        @Nullable String channelOrder,
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
        return new Promise(orderId, 0, State.OPEN, Instant.EPOCH, null, null, 0, 0, Collections.emptySortedMap());
    }

    /// Whether any sold unit is without a promise.
    public boolean isMissingUnits() {
        return lines.values().stream().anyMatch(line -> line.backordered() > 0);
    }

    /// Whether anything is wanted or was shipped.
    public boolean isWanted() {
        return lines.values().stream().anyMatch(line -> line.wanted() > 0);
    }

    /// Whether its lines are known, or nobody wants any: an order may be seen before its SKUs are mapped.
    boolean isKnown() {
        return state != State.OPEN || !lines.isEmpty();
    }

    Reservation line(String lineId) {
        Reservation line = lines.get(lineId);
        if (line == null) {
            throw new IllegalStateException(
                    "order %s ships line %s, which it does not have".formatted(orderId, lineId));
        }
        return line;
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
                demand.channelOrder(),
                sequence,
                routeSequence,
                lines);
    }

    Promise announced() {
        return new Promise(orderId, version, state, placedAt, shipBy, channelOrder, sequence + 1, routeSequence, lines);
    }

    Promise routed(long newSequence) {
        return new Promise(orderId, version, state, placedAt, shipBy, channelOrder, sequence, newSequence, lines);
    }

    Promise with(Reservation line) {
        SortedMap<String, Reservation> changed = new TreeMap<>(lines);
        changed.put(line.lineId(), line);
        return new Promise(orderId, version, state, placedAt, shipBy, channelOrder, sequence, routeSequence, changed);
    }

    /// Whether somebody still waits for goods.
    public enum State {
        OPEN,
        CANCELLED,
        COMPLETED
    }
}
