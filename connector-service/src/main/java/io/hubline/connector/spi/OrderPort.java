package io.hubline.connector.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads orders.
public interface OrderPort extends Adapter {

    /// The longest that a change may take until [#changedOrders] lists it: what a complete poll says
    /// nothing
    /// about is what
    /// changed within this time before its begin.
    Duration visibilityAllowance();

    /// How many orders [#fetchOrders] takes at once.
    int ordersAtOnce(Account account);

    /// One page of the orders changed at or after a moment of the channel's clock, earliest change first.
    ///
    /// @param cursor from the page before; null for the first page
    Outcome<OrderPage> changedOrders(Account account, Instant since, @Nullable Cursor cursor);

    /// Full orders. An order that cannot be translated does not spoil the others.
    Outcome<FetchedOrders> fetchOrders(Account account, List<String> externalIds);
}
