package io.hubline.order.book.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything known about one order, save who gets the parcel. Amounts are in minor units of the currency.
///
/// @param observedAt when the hub first heard of the order
/// @param routedAt when the first plan was made
public record OrderView(
        String orderId,
        String account,
        String channel,
        String externalId,
        String number,
        long version,
        String state,
        String stage,
        String channelStatus,
        boolean fulfilledByChannel,
        Instant placedAt,
        @Nullable Instant shipBy,
        @Nullable String destinationCountry,
        @Nullable String destinationRegion,
        String currency,
        long totalMinor,
        long taxMinor,
        long shippingMinor,
        Instant channelUpdatedAt,
        long fetchNumber,
        Instant observedAt,
        Instant acceptedAt,
        @Nullable Instant routedAt,
        Instant updatedAt,
        @Nullable String cancelledBy,
        @Nullable String cancelReason,
        @Nullable Instant cancelledAt,
        @Nullable String planId,
        int attempt,
        List<HoldView> holds,
        List<LineView> lines,
        List<ParcelView> shipments,
        List<VersionView> history) {

    public OrderView {
        holds = List.copyOf(holds);
        lines = List.copyOf(lines);
        shipments = List.copyOf(shipments);
        history = List.copyOf(history);
    }

    /// A hold that stands.
    public record HoldView(String reason, String detail, Instant placedAt) {}

    /// One line.
    ///
    /// @param asked units the channel asks for; wanted is what follows for us
    /// @param sku null while the catalogue does not know the line
    /// @param allocated units promised at locations, as inventory last said
    /// @param ordered units that were sold, those removed since included; 0 while the channel has not said
    /// @param paidMinor for all ordered units, tax included; null while the channel has not said
    public record LineView(
            String lineId,
            int position,
            String channelLineId,
            String channelSku,
            @Nullable String variantId,
            String title,
            @Nullable String sku,
            @Nullable String offer,
            int asked,
            int wanted,
            int shipped,
            int held,
            int backordered,
            Map<String, Integer> allocated,
            long unitPriceMinor,
            long taxMinor,
            int ordered,
            @Nullable Long paidMinor) {}

    /// One parcel.
    public record ParcelView(
            String shipmentId,
            String locationId,
            String carrier,
            String trackingNumber,
            @Nullable String trackingUrl,
            Instant shippedAt,
            List<Units> lines) {}

    /// Units of one line.
    public record Units(String lineId, int quantity) {}

    /// One version: the event that told it and what led to it.
    public record VersionView(long version, String type, String stage, String cause, Instant at) {}
}
