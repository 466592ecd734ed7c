package io.hubline.inventory.stock.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people look up about transfers. It locks nothing.
public interface Transfers {

    /// One transfer.
    Optional<Transfer> find(String id);

    /// Transfers in the order of their ids.
    ///
    /// @param inTransit only those of which units are on their way
    /// @param after the id behind which to start
    List<Transfer> page(boolean inTransit, @Nullable String after, int size);

    /// What has arrived of a transfer, in the order in which it did.
    List<Received> receipts(String id);

    /// Units of a SKU on their way, by destination.
    List<InTransit> inTransit(String sku);

    /// Units that arrived.
    record Received(String receiptId, String sku, int quantity, Instant receivedAt) {}

    /// Units on their way to a location.
    record InTransit(String locationId, int quantity) {}
}
