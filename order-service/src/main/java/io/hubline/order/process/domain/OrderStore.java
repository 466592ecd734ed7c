package io.hubline.order.process.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Where orders are kept. Whatever is asked for is locked until the transaction ends, so that one input at
/// a time is decided per order.
public interface OrderStore {

    /// The order of this external id.
    Optional<Order> hold(String account, String externalId);

    /// The order of this id.
    Optional<Order> hold(String orderId);

    /// Adds an order.
    ///
    /// @return false, and nothing is added, when another transaction has just added the same external order
    boolean add(Order order, List<HistoryEntry> history);

    /// Replaces an order that this transaction holds, and adds to its history.
    void save(Order before, Order after, List<HistoryEntry> history);

    /// The order that a shipment id was used for.
    Optional<String> ownerOf(String shipmentId);

    /// The orders of an account with lines that wait to be mapped and that carry one of these names, in the
    /// order in which to lock them.
    List<String> waitingFor(String account, Collection<String> variantIds, Collection<String> channelSkus);

    /// One version of an order.
    ///
    /// @param type the name of the announcement on the wire
    /// @param cause what led to it; without personal data
    record HistoryEntry(long version, String type, String cause, Instant at) {}
}
