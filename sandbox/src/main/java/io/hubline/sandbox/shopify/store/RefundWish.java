package io.hubline.sandbox.shopify.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A refund as the seller asks for it, before the shop has looked at it.
///
/// `currency` may be left out, as the shop sells in one; `shippingMinor` is 0 when the shipping stays paid.
public record RefundWish(
        long orderId,
        @Nullable String currency,
        @Nullable String note,
        List<Units> units,
        Shipping shipping,
        List<Payment> payments) {

    public RefundWish {
        units = List.copyOf(units);
        payments = List.copyOf(payments);
    }

    /// Units of a line; a restock names the location that shows them again.
    public record Units(
            long lineId,
            int quantity,
            Refund.Restock restock,
            @Nullable Long locationId) {}

    /// How much of the shipping goes back: all that is left of it, or an amount.
    public record Shipping(boolean full, long amountMinor) {

        public static final Shipping NONE = new Shipping(false, 0);
    }

    /// A transaction to make. Everything in it must fit the sale it gives back.
    public record Payment(
            long orderId, String kind, @Nullable Long parentId, String gateway, long amountMinor) {}
}
