package io.hubline.connector.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads orders.
public interface OrderPort extends Adapter {

    /// The longest that a change may take until [#changedOrders] lists it: what a complete poll says
    /// nothing about is what changed within this time before its begin.
    Duration visibilityAllowance(Account account);

    /// The shortest time from the begin of one listing to the begin of the next that the channel's rate
    /// limit lasts for, whatever the hub would gain by looking sooner.
    default Duration shortestPollInterval(Account account) {
        return Duration.ZERO;
    }

    /// Whether the earliest change comes first, so that a listing that was cut off may be followed by one
    /// from where it was cut off.
    default boolean listsEarliestFirst() {
        return true;
    }

    /// How many orders [#fetchOrders] takes at once.
    int ordersAtOnce(Account account);

    /// One page of the orders changed at or after a moment of the channel's clock.
    ///
    /// @param cursor from the page before; null for the first page
    Outcome<OrderPage> changedOrders(Account account, Instant since, @Nullable Cursor cursor);

    /// Full orders. An order that cannot be translated does not spoil the others.
    Outcome<FetchedOrders> fetchOrders(Account account, List<String> externalIds);
}
