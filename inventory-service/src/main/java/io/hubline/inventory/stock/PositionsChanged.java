package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.Decision;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Told inside the transaction that changed the books, while it holds them. Whoever listens adds to that
/// transaction or fails it.
///
/// @param skus those of which what can be sold may be another now, bundles of them included
/// @param bookings by how much the units sold through each offer rose or fell
/// @param oversells what channels sold when nothing was left to promise
public record PositionsChanged(Set<String> skus, Map<String, Integer> bookings, List<Decision.Oversell> oversells) {

    public PositionsChanged {
        skus = Set.copyOf(skus);
        bookings = Map.copyOf(bookings);
        oversells = List.copyOf(oversells);
    }
}
