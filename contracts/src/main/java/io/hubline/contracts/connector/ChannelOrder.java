package io.hubline.contracts.connector;

import io.hubline.contracts.Destination;
import io.hubline.contracts.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order in the words of the hub, as one channel shows it. Personal data is not in here.
///
/// @param number what buyer and seller call it, such as `#1001`
/// @param shipBy the latest dispatch the channel allows, where it says so
/// @param cancelReason the channel's own word, where the order is cancelled
/// @param total what the buyer pays, tax and shipping included
/// @param destination null while the channel has not said where the order goes (a pending or digital order)
public record ChannelOrder(
        String number,
        Status status,
        FulfilledBy fulfilledBy,
        Instant placedAt,
        @Nullable Instant shipBy,
        @Nullable String cancelReason,
        Money total,
        Money tax,
        Money shipping,
        @Nullable Destination destination,
        List<Line> lines) {

    public ChannelOrder {
        lines = List.copyOf(lines);
    }

    /// How far the channel is with the order.
    public enum Status {
        /// Sold but not to be shipped yet: payment is pending or the channel reviews it. Its units are
        /// promised all the same.
        PENDING,
        /// To be shipped.
        OPEN,
        CANCELLED
    }

    /// Who ships.
    public enum FulfilledBy {
        SELLER,
        /// From the channel's own warehouse (FBA): recorded, never promised on our stock.
        CHANNEL
    }

    /// One line.
    ///
    /// @param lineId the line's id at the channel, stable over snapshots
    /// @param channelSku the SKU text at the channel; may be empty where the seller left it so
    /// @param variantId the channel's own id of the sellable thing, where it has one; it wins over the text
    /// @param channelLocation where the channel took the unit from its own count, where it keeps stock by
    ///     place
    /// @param quantity units still wanted: ordered less removed; zero for a removed line
    /// @param ordered units ever ordered, those removed since included. Zero in events from before it was
    ///     told
    /// @param unitPrice the price as the channel shows it, discounts taken off
    /// @param tax on all ordered units together
    /// @param paid what the buyer pays for all ordered units, discounts taken off and tax included, whether
    ///     or not the channel's prices include it: what a refund is bounded by. Null in events from before
    ///     it was told
    public record Line(
            String lineId,
            String channelSku,
            @Nullable String variantId,
            @Nullable String channelLocation,
            String title,
            int quantity,
            int ordered,
            Money unitPrice,
            Money tax,
            @Nullable Money paid) {

        public Line {
            if (quantity < 0 || ordered < 0) {
                throw new IllegalArgumentException("line %s wants %d of %d units".formatted(lineId, quantity, ordered));
            }
        }
    }
}
