package io.hubline.inventory.stock.domain;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One line of a promise: every wanted unit is in exactly one place.
///
/// @param parts what one unit takes from each pool position, as the SKU was defined when the first unit was
///     promised: one of itself, or the components of a bundle
/// @param offer the offer it was sold through, where that is known
/// @param ordered units that were ever bought, those cancelled since included; it never falls
/// @param held promised, at no particular location
/// @param backordered sold, and not promised for want of stock
/// @param places where units are allocated or were shipped from
public record Reservation(
        String lineId,
        StockKey key,
        SortedMap<StockKey, Integer> parts,
        @Nullable String offer,
        int ordered,
        int held,
        int backordered,
        SortedMap<String, Place> places) {

    public Reservation {
        if (held < 0 || backordered < 0 || parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "line %s: %d held, %d backordered, of %s".formatted(lineId, held, backordered, parts));
        }
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
        places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
    }

    /// A line on which nothing was decided yet.
    public static Reservation empty(
            String lineId, StockKey key, SortedMap<StockKey, Integer> parts, @Nullable String offer) {
        return new Reservation(lineId, key, parts, offer, 0, 0, 0, Collections.emptySortedMap());
    }

    /// Units that the buyer wants or has got: the sum of all places.
    public int wanted() {
        return open() + shipped();
    }

    /// Units that have not been shipped.
    public int open() {
        return held + backordered + allocated();
    }

    /// Units that were bought and that nobody wants any longer.
    public int cancelled() {
        return ordered - wanted();
    }

    /// Whether it is sold as one and lies in stock as several.
    public boolean isBundle() {
        return !parts.equals(Parts.plain(key));
    }

    /// Units promised at locations, and not shipped.
    public int allocated() {
        return places.values().stream().mapToInt(Place::allocated).sum();
    }

    /// Units that left.
    public int shipped() {
        return places.values().stream().mapToInt(Place::shipped).sum();
    }

    /// What this line has at one location.
    public Place at(String location) {
        return places.getOrDefault(location, Place.EMPTY);
    }

    Reservation withHeld(int units) {
        return new Reservation(lineId, key, parts, offer, ordered, units, backordered, places);
    }

    Reservation withBackordered(int units) {
        return new Reservation(lineId, key, parts, offer, ordered, held, units, places);
    }

    Reservation withOffer(@Nullable String name) {
        return new Reservation(lineId, key, parts, name, ordered, held, backordered, places);
    }

    Reservation withKey(StockKey other, SortedMap<StockKey, Integer> otherParts) {
        return new Reservation(lineId, other, otherParts, offer, ordered, held, backordered, places);
    }

    /// Takes note of what was bought and of what is wanted: nobody wants more than was bought.
    Reservation withOrdered(int units) {
        return new Reservation(lineId, key, parts, offer, Math.max(ordered, units), held, backordered, places);
    }

    Reservation with(String location, Place place) {
        SortedMap<String, Place> changed = new TreeMap<>(places);
        changed.put(location, place);
        return new Reservation(lineId, key, parts, offer, ordered, held, backordered, changed);
    }

    /// Units of one line at one location.
    ///
    /// @param allocated promised there, and not shipped
    /// @param shipped left from there
    public record Place(int allocated, int shipped) {

        /// Nothing is promised there, and nothing has left.
        public static final Place EMPTY = new Place(0, 0);

        public Place {
            if (allocated < 0 || shipped < 0) {
                throw new IllegalArgumentException("%d allocated, %d shipped".formatted(allocated, shipped));
            }
        }
    }
}
