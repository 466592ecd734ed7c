package io.hubline.sandbox.shopify.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Money given back for an order, and the units it was given back for. Written once and never changed.
///
/// `byCancellation` marks the refund that calling off a paid order brings along.
public record Refund(
        long id,
        Instant createdAt,
        @Nullable String note,
        List<Units> units,
        long shippingMinor,
        List<Payment> payments,
        boolean byCancellation) {

    public Refund {
        units = List.copyOf(units);
        payments = List.copyOf(payments);
    }

    /// What becomes of refunded units in the shown number.
    public enum Restock {
        /// Nothing: the seller counts the goods elsewhere.
        NO_RESTOCK,
        /// Delivered units are back and shown again.
        RETURN,
        /// Units that were never shipped are shown again and no longer promised.
        CANCEL
    }

    /// Units of one order line. Amounts are what the line cost for them, whatever was paid back.
    public record Units(
            long id,
            long lineId,
            int quantity,
            Restock restock,
            @Nullable Location location,
            long subtotalMinor,
            long taxMinor) {

        public boolean restocked() {
            return restock != Restock.NO_RESTOCK;
        }
    }

    /// One transaction back to the buyer, against the one that took the money.
    public record Payment(long id, long parentId, long amountMinor) {}

    public String gid() {
        return Gid.of("Refund", id);
    }

    /// What the buyer got back.
    public long paidBackMinor() {
        return payments.stream().mapToLong(Payment::amountMinor).sum();
    }
}
