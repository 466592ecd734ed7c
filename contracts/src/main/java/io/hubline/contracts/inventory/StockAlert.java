package io.hubline.contracts.inventory;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a person has to know of a SKU's stock, on `stock-alerts`, keyed by SKU. Nothing in the hub waits
/// for it.
public sealed interface StockAlert extends Event {

    String sku();

    /// When it was found.
    Instant at();

    @Override
    default String key() {
        return sku();
    }

    /// A channel sold units when nothing was left to promise. They are backordered.
    ///
    /// @param offer the offer that sold them, where it is known
    /// @param units how many more than there were
    /// @param deficit whether the channels were known to show too much then: a loss or a count had taken
    ///     units that were shown already, or the number there was not known yet
    @EventName("stock.oversold.v1")
    record Oversold(
            String sku,
            String pool,
            String orderId,
            String lineId,
            @Nullable String offer,
            int units,
            boolean deficit,
            Instant at)
            implements StockAlert {}

    /// What can be promised fell to the threshold or below it.
    ///
    /// @param promisable units left to promise
    @EventName("stock.low.v1")
    record LowStock(String sku, String pool, int promisable, int threshold, Instant at) implements StockAlert {}

    /// What can be promised rose above the threshold again.
    @EventName("stock.recovered.v1")
    record StockRecovered(String sku, String pool, int promisable, int threshold, Instant at) implements StockAlert {}

    /// More is promised than lies there, for a count or a loss found less. Nothing new is promised until it
    /// is healed.
    ///
    /// @param shortBy units promised beyond what lies there
    /// @param orders the fewest orders whose promises cover the shortage, the last in need first: whom to
    ///     tell, or to cancel
    @EventName("stock.short.v1")
    record PositionShort(String sku, String pool, int shortBy, List<AffectedOrder> orders, Instant at)
            implements StockAlert {

        public PositionShort {
            orders = List.copyOf(orders);
        }
    }

    /// No more is promised than lies there.
    @EventName("stock.healed.v1")
    record PositionHealed(String sku, String pool, Instant at) implements StockAlert {}

    /// An order whose promise cannot be kept as things stand.
    ///
    /// @param units promised to it
    record AffectedOrder(String orderId, int units) {}
}
