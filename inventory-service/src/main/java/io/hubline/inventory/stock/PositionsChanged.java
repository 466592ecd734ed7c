package io.hubline.inventory.stock;

import java.util.Map;

/// Told inside the transaction that changed the books, while it holds them. Whoever listens adds to that
/// transaction or
/// fails it.
///
/// @param sellable what can be sold now of each SKU that changed
/// @param bookings by how much the units sold through each offer rose or fell
public record PositionsChanged(Map<String, Sellable> sellable, Map<String, Integer> bookings) {

    public PositionsChanged {
        sellable = Map.copyOf(sellable);
        bookings = Map.copyOf(bookings);
    }
}
