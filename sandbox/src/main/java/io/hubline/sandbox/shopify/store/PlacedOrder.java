package io.hubline.sandbox.shopify.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
        @Nullable Cancellation cancellation) {

    /// Ids of what hangs on an order once, as offsets from the order's own id. The shop leaves this much
    /// room.
    static final int RESERVED_IDS = 8;

    public PlacedOrder {
        lines = List.copyOf(lines);
        fulfillmentOrders = List.copyOf(fulfillmentOrders);
        fulfillments = List.copyOf(fulfillments);
    }

    /// Some units of a variant. `current` falls to 0 on cancellation; `unfulfilled` is what may still ship.
    public record Line(long id, Variant variant, int quantity, int current, int unfulfilled, long taxMinor) {

        public String gid() {
            return Gid.of("LineItem", id);
        }

        public long subtotalMinor() {
            return variant.priceMinor() * quantity;
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

    public boolean fulfilledInFull() {
        return !cancelled() && lines.stream().allMatch(line -> line.unfulfilled() == 0);
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
        return cancelled() ? "REFUNDED" : "PAID";
    }

    public Optional<Line> line(long lineId) {
        return lines.stream().filter(line -> line.id() == lineId).findFirst();
    }

    public Money money(long minor) {
        return new Money(minor, currency);
    }
}
