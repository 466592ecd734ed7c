package io.hubline.sandbox.shopify.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An order as the shop knows it: one immutable snapshot, replaced at each change.
///
/// Times are whole seconds, as the vendor writes them, so two changes within a second share an `updatedAt`.
public record PlacedOrder(
        long id,
        int number,
        String currency,
        Instant createdAt,
        Instant updatedAt,
        Buyer buyer,
        @Nullable String note,
        List<Line> lines,
        long shippingMinor,
        List<FulfillmentOrder> fulfillmentOrders,
        List<Fulfillment> fulfillments,
        @Nullable Cancellation cancellation,
        List<Refund> refunds,
        List<GoodsReturn> returns) {

    /// Who took the money. Buyers here always pay at checkout, with one transaction.
    public static final String GATEWAY = "shopify_payments";

    /// Ids of what hangs on an order once, as offsets from the order's own id. The shop leaves this much
    /// room.
    static final int RESERVED_IDS = 8;

    public PlacedOrder {
        lines = List.copyOf(lines);
        fulfillmentOrders = List.copyOf(fulfillmentOrders);
        fulfillments = List.copyOf(fulfillments);
        refunds = List.copyOf(refunds);
        returns = List.copyOf(returns);
    }

    /// Some units of a variant. `current` falls by what is refunded and to 0 on cancellation; `unfulfilled`
    /// is what may still ship.
    public record Line(long id, Variant variant, int quantity, int current, int unfulfilled, long taxMinor) {

        public String gid() {
            return Gid.of("LineItem", id);
        }

        public long subtotalMinor() {
            return variant.priceMinor() * quantity;
        }

        /// The tax on `units` of them, when `before` were counted already: all parts together are the
        /// whole.
        long taxMinor(int before, int units) {
            return taxMinor * (before + units) / quantity - taxMinor * before / quantity;
        }

        Line with(int newCurrent, int newUnfulfilled) {
            return new Line(id, variant, quantity, newCurrent, newUnfulfilled, taxMinor);
        }
    }

    /// The part of an order that one location ships.
    public record FulfillmentOrder(
            long id, Location location, Status status, List<Part> parts, Instant createdAt, Instant updatedAt) {

        public FulfillmentOrder {
            parts = List.copyOf(parts);
        }

        /// The states of a fulfillment order this shop uses.
        public enum Status {
            OPEN,
            IN_PROGRESS,
            CLOSED,
            CANCELLED
        }

        /// Units of one order line within a fulfillment order.
        public record Part(long id, long lineId, int total, int remaining) {

            public String gid() {
                return Gid.of("FulfillmentOrderLineItem", id);
            }

            Part with(int newRemaining) {
                return new Part(id, lineId, total, newRemaining);
            }
        }

        public String gid() {
            return Gid.of("FulfillmentOrder", id);
        }

        public boolean fulfillable() {
            return status == Status.OPEN || status == Status.IN_PROGRESS;
        }

        FulfillmentOrder with(Status newStatus, List<Part> newParts, Instant at) {
            return new FulfillmentOrder(id, location, newStatus, newParts, createdAt, at);
        }
    }

    /// A parcel on its way.
    public record Fulfillment(
            long id,
            String name,
            Location location,
            List<Long> fulfillmentOrderIds,
            List<Packed> parts,
            Tracking tracking,
            Instant createdAt,
            Instant updatedAt) {

        public Fulfillment {
            fulfillmentOrderIds = List.copyOf(fulfillmentOrderIds);
            parts = List.copyOf(parts);
        }

        /// Units of one order line in a parcel.
        public record Packed(long id, long lineId, int quantity) {}

        public String gid() {
            return Gid.of("Fulfillment", id);
        }

        public int totalQuantity() {
            return parts.stream().mapToInt(Packed::quantity).sum();
        }
    }

    /// Who carries a parcel, and under which number. Any of them may be missing.
    public record Tracking(
            @Nullable String company,
            @Nullable String number,
            @Nullable String url) {}

    /// That an order was called off, by whom and why.
    public record Cancellation(
            Instant at,
            String reason,
            boolean restocked,
            boolean bySeller,
            @Nullable String staffNote) {}

    public String gid() {
        return Gid.of("Order", id);
    }

    public String name() {
        return "#" + number;
    }

    public long customerId() {
        return id + 1;
    }

    public long shippingLineId() {
        return id + 2;
    }

    public long transactionId() {
        return id + 3;
    }

    /// The transaction that pays back what a cancellation owes.
    public long cancellationTransactionId() {
        return id + 5;
    }

    public long addressId() {
        return id + 4;
    }

    public boolean cancelled() {
        return cancellation != null;
    }

    public long subtotalMinor() {
        return lines.stream().mapToLong(Line::subtotalMinor).sum();
    }

    public long taxMinor() {
        return lines.stream().mapToLong(Line::taxMinor).sum();
    }

    public long totalMinor() {
        return subtotalMinor() + taxMinor() + shippingMinor;
    }

    public int units() {
        return lines.stream().mapToInt(Line::quantity).sum();
    }

    public int shippedUnits() {
        return fulfillments.stream().mapToInt(Fulfillment::totalQuantity).sum();
    }

    /// Units of one line that left in parcels.
    public int shippedUnits(long lineId) {
        return fulfillments.stream()
                .flatMap(parcel -> parcel.parts().stream())
                .filter(packed -> packed.lineId() == lineId)
                .mapToInt(Fulfillment.Packed::quantity)
                .sum();
    }

    /// What buyers got back so far.
    public long refundedMinor() {
        return refunds.stream().mapToLong(Refund::paidBackMinor).sum();
    }

    /// What of the payment is left to give back.
    public long refundableMinor() {
        return totalMinor() - refundedMinor();
    }

    public long refundedShippingMinor() {
        return refunds.stream().mapToLong(Refund::shippingMinor).sum();
    }

    /// The price of the units that were not refunded.
    public long currentSubtotalMinor() {
        return subtotalMinor() - units(Refund.Units::subtotalMinor);
    }

    /// The tax on the units that were not refunded.
    public long currentTaxMinor() {
        return taxMinor() - units(Refund.Units::taxMinor);
    }

    private long units(ToLongFunction<Refund.Units> amount) {
        return refunds.stream()
                .flatMap(refund -> refund.units().stream())
                .mapToLong(amount)
                .sum();
    }

    /// One of the vendor's states of all returns together.
    public String returnStatus() {
        Set<GoodsReturn.Status> states =
                returns.stream().map(GoodsReturn::status).collect(Collectors.toSet());
        if (states.contains(GoodsReturn.Status.REQUESTED)) {
            return "RETURN_REQUESTED";
        }
        if (states.contains(GoodsReturn.Status.OPEN)) {
            return "IN_PROGRESS";
        }
        return states.contains(GoodsReturn.Status.CLOSED) ? "RETURNED" : "NO_RETURN";
    }

    /// Whether everything that is still wanted has left. An order of which nothing ever left is not.
    public boolean fulfilledInFull() {
        return !cancelled() && !fulfillments.isEmpty() && lines.stream().allMatch(line -> line.unfulfilled() == 0);
    }

    /// One of the vendor's display states.
    public String fulfillmentStatus() {
        if (fulfilledInFull()) {
            return "FULFILLED";
        }
        return fulfillments.isEmpty() ? "UNFULFILLED" : "PARTIALLY_FULFILLED";
    }

    /// One of the vendor's display states: buyers here always pay at checkout.
    public String financialStatus() {
        if (refundedMinor() == 0) {
            return "PAID";
        }
        return refundableMinor() == 0 ? "REFUNDED" : "PARTIALLY_REFUNDED";
    }

    public Optional<Line> line(long lineId) {
        return lines.stream().filter(line -> line.id() == lineId).findFirst();
    }

    public Optional<GoodsReturn> goodsReturn(long returnId) {
        return returns.stream().filter(goods -> goods.id() == returnId).findFirst();
    }

    /// The same order with other lines, places and parcels.
    PlacedOrder with(
            Instant at,
            List<Line> newLines,
            List<FulfillmentOrder> newFulfillmentOrders,
            List<Fulfillment> newFulfillments) {
        return new PlacedOrder(
                id,
                number,
                currency,
                createdAt,
                at,
                buyer,
                note,
                newLines,
                shippingMinor,
                newFulfillmentOrders,
                newFulfillments,
                cancellation,
                refunds,
                returns);
    }

    PlacedOrder with(Cancellation newCancellation) {
        return new PlacedOrder(
                id,
                number,
                currency,
                createdAt,
                updatedAt,
                buyer,
                note,
                lines,
                shippingMinor,
                fulfillmentOrders,
                fulfillments,
                newCancellation,
                refunds,
                returns);
    }

    PlacedOrder with(Refund refund) {
        return new PlacedOrder(
                id,
                number,
                currency,
                createdAt,
                updatedAt,
                buyer,
                note,
                lines,
                shippingMinor,
                fulfillmentOrders,
                fulfillments,
                cancellation,
                Stream.concat(refunds.stream(), Stream.of(refund)).toList(),
                returns);
    }

    /// The same order with a return begun or changed.
    PlacedOrder with(Instant at, GoodsReturn goods) {
        List<GoodsReturn> changed = new ArrayList<>(returns);
        changed.removeIf(each -> each.id() == goods.id());
        changed.add(goods);
        changed.sort(Comparator.comparingLong(GoodsReturn::id));
        return new PlacedOrder(
                id,
                number,
                currency,
                createdAt,
                at,
                buyer,
                note,
                lines,
                shippingMinor,
                fulfillmentOrders,
                fulfillments,
                cancellation,
                refunds,
                changed);
    }

    public Money money(long minor) {
        return new Money(minor, currency);
    }
}
