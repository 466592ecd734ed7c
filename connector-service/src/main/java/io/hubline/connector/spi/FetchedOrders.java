package io.hubline.connector.spi;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What asking for orders brought.
///
/// @param unreadable why, by the external id of an order that is there and cannot be translated
/// @param missing external ids the channel does not know
public record FetchedOrders(List<ForeignOrder> orders, Map<String, String> unreadable, Set<String> missing) {

    public FetchedOrders {
        orders = List.copyOf(orders);
        unreadable = Map.copyOf(unreadable);
        missing = Set.copyOf(missing);
    }
}
