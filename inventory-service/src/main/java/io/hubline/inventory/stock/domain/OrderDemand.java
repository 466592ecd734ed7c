package io.hubline.inventory.stock.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an order wants and what of it has left, at one version. The promise is brought to it, whatever it
/// was before.
///
/// @param account who sold it, and so whose pool it draws on; null where nobody says
/// @param channelOrder account and the order's id there: how a storefront names the order that a hold
///     becomes; null where the order has none
/// @param lines the whole demand
/// @param parcels everything that left, ever, in the order in which it left
public record OrderDemand(
        String orderId,
        long version,
        Promise.State state,
        Instant placedAt,
        @Nullable Instant shipBy,
        @Nullable String account,
        @Nullable String channelOrder,
        List<Line> lines,
        List<Parcel> parcels) {

    public OrderDemand {
        lines = List.copyOf(lines);
        parcels = List.copyOf(parcels);
        if (version < 1) {
            throw new IllegalArgumentException("order %s has version %d".formatted(orderId, version));
        }
    }

    /// Units of one line that left, ever.
    int shipped(String lineId) {
        return parcels.stream()
                .filter(parcel -> parcel.lineId().equals(lineId))
                .mapToInt(Parcel::quantity)
                .sum();
    }

    /// One line of the demand.
    ///
    /// @param quantity units still wanted, those already shipped included
    /// @param ordered units that were ever bought, those cancelled since included
    public record Line(String lineId, String sku, @Nullable String offer, int quantity, int ordered) {

        public Line {
            if (quantity < 0 || ordered < quantity) {
                throw new IllegalArgumentException("line %s wants %d of %d units".formatted(lineId, quantity, ordered));
            }
        }
    }

    /// Units of one line that left one location in one shipment.
    public record Parcel(String shipmentId, String locationId, String lineId, int quantity) {

        public Parcel {
            if (quantity <= 0) {
                throw new IllegalArgumentException("line %s ships %d units".formatted(lineId, quantity));
            }
        }
    }
}
