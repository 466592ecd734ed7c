package io.hubline.sandbox.amazon.store;

import io.hubline.sandbox.amazon.store.OrderItem.Amounts;
import java.time.Instant;
import java.util.List;

/// Money that moved because of an order: a shipment charges the buyer, a refund gives back. Amounts are
/// positive in both; `kind` says which way they went.
public record Posting(
        String transactionId, Kind kind, String orderId, String reference, Instant postedAt, List<Part> parts) {

    public Posting {
        parts = List.copyOf(parts);
    }

    public enum Kind {
        SHIPMENT,
        REFUND
    }

    /// One line's share; `units` is what shipped, nothing for a refund.
    public record Part(OrderItem item, int units, Amounts amounts) {}
}
