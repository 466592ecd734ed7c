package io.hubline.routing.plan.domain;

import java.util.List;

/// The position of one SKU, as the stock ledger said it.
///
/// @param sequence rises with every change; only a higher one is applied
public record StockLevel(String sku, long sequence, List<AtLocation> locations) {

    public StockLevel {
        locations = List.copyOf(locations);
    }

    /// Units that lie somewhere and are allocated to no order.
    public int free(String locationId) {
        return locations.stream()
                .filter(at -> at.locationId().equals(locationId))
                .mapToInt(AtLocation::free)
                .sum();
    }

    /// Whether some location has more free units than before.
    public boolean hasRisenSince(StockLevel before) {
        return locations.stream().anyMatch(at -> at.free() > before.free(at.locationId()));
    }

    /// What is free at one location.
    public record AtLocation(String locationId, int free) {}
}
