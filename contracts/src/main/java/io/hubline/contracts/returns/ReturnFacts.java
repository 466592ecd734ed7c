package io.hubline.contracts.returns;

import io.hubline.contracts.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The whole truth of a return (an RMA) at one version.
///
/// @param returnId the hub's id
/// @param version 1, 2, 3, ...: one per event, without gaps; a reader ignores versions not higher than it
///     has seen
/// @param externalId the id of the order at the channel
/// @param channelReturnId the channel's id of the return; null for one that the seller opened at the hub
/// @param restocks everything of this return that ever went back to stock
/// @param refunds everything the buyer ever was to get back for it
public record ReturnFacts(
        String returnId,
        long version,
        String orderId,
        String account,
        String channel,
        String externalId,
        @Nullable String channelReturnId,
        State state,
        List<Line> lines,
        List<Restock> restocks,
        List<Refund> refunds) {

    public ReturnFacts {
        lines = List.copyOf(lines);
        restocks = List.copyOf(restocks);
        refunds = List.copyOf(refunds);
    }

    /// How far the return is.
    public enum State {
        /// The buyer asks, the seller has not answered.
        REQUESTED,
        /// The buyer may send the goods.
        OPEN,
        /// Every unit is restocked, scrapped or given up, and no money is owed.
        CLOSED,
        DECLINED,
        CANCELLED
    }

    /// Units of one order line, by where they are. They add up to the units of the line that the return is
    /// about.
    ///
    /// @param lineId the order line at the hub
    /// @param channelLineId the order line at the channel
    /// @param missing expected, and given up
    public record Line(
            String lineId,
            String channelLineId,
            String sku,
            String reason,
            int expected,
            int received,
            int inspected,
            int restocked,
            int scrapped,
            int missing) {}

    /// Units that went back to stock in one step. Applied once per `restockId`, however often it is told.
    public record Restock(String restockId, String lineId, String sku, String locationId, int quantity) {

        public Restock {
            if (quantity <= 0) {
                throw new IllegalArgumentException("restock %s has %d units".formatted(restockId, quantity));
            }
        }
    }

    /// Money for units of the return. Told to the channel once per `refundId`.
    ///
    /// @param amount tax included; the sum over the lines plus shipping
    /// @param shipping the part of the order's shipping that is given back
    public record Refund(String refundId, Money amount, Money shipping, String reason, List<RefundLine> lines) {

        public Refund {
            lines = List.copyOf(lines);
        }
    }

    /// The part of a refund that is for units of one order line.
    ///
    /// @param amount tax included
    /// @param tax the tax in it
    public record RefundLine(String lineId, String channelLineId, int quantity, Money amount, Money tax) {

        public RefundLine {
            if (quantity <= 0) {
                throw new IllegalArgumentException("line %s refunds %d units".formatted(lineId, quantity));
            }
        }
    }
}
