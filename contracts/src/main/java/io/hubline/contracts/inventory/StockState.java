package io.hubline.contracts.inventory;

import io.hubline.contracts.EventName;
import io.hubline.contracts.StateEvent;
import java.util.List;

/// The position of one SKU, on `stock`.
///
/// @param onHand units that lie in the seller's locations
/// @param reserved units promised, at a location or at none
/// @param shortBy units promised beyond what a count found; zero except after such a count (invariant I2)
@EventName("stock.position.v1")
public record StockState(String sku, long sequence, int onHand, int reserved, int shortBy, List<AtLocation> locations)
        implements StateEvent {

    public StockState {
        locations = List.copyOf(locations);
    }

    @Override
    public String key() {
        return sku;
    }

    /// What lies at one location, and how much of it is promised there.
    public record AtLocation(String locationId, int onHand, int allocated) {}
}
