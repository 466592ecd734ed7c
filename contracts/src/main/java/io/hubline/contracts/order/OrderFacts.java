package io.hubline.contracts.order;

import io.hubline.contracts.Destination;
import io.hubline.contracts.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The whole truth of an order at one version.
///
/// Every order event carries it, because there is no order across topics: a reader that missed an event, or
/// gets an old one from a dead letter, brings its own state to the newest facts it has seen and is right
/// again.
///
/// @param orderId the hub's id
/// @param version 1, 2, 3, ...: one per event, without gaps; a reader ignores versions not higher than it
///     has seen
/// @param state how far the order is
/// @param holds what must be decided before the order may be routed; a hold never delays the promise
/// @param lines the full demand, a line for each line whose SKU is known
/// @param shipments everything that left, ever
public record OrderFacts(
        String orderId,
        long version,
        String account,
        String channel,
        String externalId,
        State state,
        Instant placedAt,
        @Nullable Instant shipBy,
        @Nullable Destination destination,
        List<Hold> holds,
        List<DemandLine> lines,
        List<Shipment> shipments) {

    public OrderFacts {
        holds = List.copyOf(holds);
        lines = List.copyOf(lines);
        shipments = List.copyOf(shipments);
    }

    /// Whether somebody still waits for goods.
    public enum State {
        OPEN,
        CANCELLED,
        /// Every wanted unit has been shipped.
        COMPLETED
    }

    /// Something to decide first.
    ///
    /// @param reason a stable word, such as `UNKNOWN_SKU`
    /// @param detail for a person; without personal data
    public record Hold(String reason, String detail) {}

    /// One line of the demand.
    ///
    /// @param offer the offer it was sold through, where the catalogue knows it
    /// @param quantity units the buyer still wants, those already shipped included: ordered less cancelled
    /// @param sale what the buyer paid for the line and how the channel calls it; null in events from
    ///     before it was told
    public record DemandLine(
            String lineId,
            String sku,
            @Nullable String offer,
            int quantity,
            @Nullable Sale sale) {

        public DemandLine {
            if (quantity < 0) {
                throw new IllegalArgumentException("line %s wants %d units".formatted(lineId, quantity));
            }
        }
    }

    /// The commercial side of a line: what a refund is bounded by (invariant I7).
    ///
    /// @param channelLineId the line's id at the channel
    /// @param ordered units that were paid for, those cancelled since included; at least 1
    /// @param paid for all ordered units together, discounts taken off, tax included
    /// @param tax what of it is tax
    public record Sale(String channelLineId, String title, int ordered, Money paid, Money tax) {

        public Sale {
            if (ordered <= 0) {
                throw new IllegalArgumentException("line %s sold %d units".formatted(channelLineId, ordered));
            }
        }
    }

    /// One parcel that left.
    ///
    /// @param shipmentId named by the warehouse, which repeats it when it asks again
    public record Shipment(
            String shipmentId,
            String locationId,
            String carrier,
            String trackingNumber,
            @Nullable String trackingUrl,
            Instant shippedAt,
            List<ShippedLine> lines) {

        public Shipment {
            lines = List.copyOf(lines);
        }
    }

    /// Units of one line in a parcel.
    ///
    /// @param channelLineId the line's id at the channel
    public record ShippedLine(String lineId, String channelLineId, int quantity) {

        public ShippedLine {
            if (quantity <= 0) {
                throw new IllegalArgumentException("line %s ships %d units".formatted(lineId, quantity));
            }
        }
    }
}
