package io.hubline.inventory.availability.domain;

import java.util.List;

/// What lies and is promised of what an offer sells.
///
/// @param parts what one unit is made of: the SKU itself, or the components of a bundle
public record Stock(List<Part> parts) {

    public Stock {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a unit is made of something");
        }
    }

    /// Whether it is made of other SKUs.
    public boolean consistsOfOthers() {
        return parts.size() > 1 || parts.getFirst().per() > 1;
    }

    /// One SKU in its pool, and how much of it goes into a unit.
    ///
    /// @param per how many of it one unit takes
    /// @param reserved units promised
    /// @param backordered units sold and not promised
    /// @param exposed units that channels may still sell under permits that stand
    /// @param places what of it lies where
    public record Part(
            String pool,
            String sku,
            int per,
            int onHand,
            int reserved,
            int backordered,
            int exposed,
            List<Place> places) {

        public Part {
            places = List.copyOf(places);
            if (per <= 0) {
                throw new IllegalArgumentException("%s: %d per unit".formatted(sku, per));
            }
        }

        /// The same, lying there.
        public Part at(List<Place> lying) {
            return new Part(pool, sku, per, onHand, reserved, backordered, exposed, lying);
        }

        /// What can be promised.
        public int promisable() {
            return Math.max(0, onHand - reserved - backordered);
        }
    }

    /// What lies at one location.
    ///
    /// @param allocated units promised there
    /// @param movement the number of the newest movement there; zero before the first
    public record Place(String location, int onHand, int allocated, long movement) {}
}
