package io.hubline.contracts.connector;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A return as one channel shows it: what a buyer wants to send back, or has been allowed to.
///
/// @param number what buyer and seller call it, such as `#1001-R1`
/// @param requestedAt null where the channel does not say
public record ChannelReturn(
        String number, Status status, @Nullable Instant requestedAt, List<Line> lines) {

    public ChannelReturn {
        lines = List.copyOf(lines);
    }

    /// How far the channel is with the return.
    public enum Status {
        /// The buyer asks; the seller has not answered.
        REQUESTED,
        /// The buyer may send the goods.
        OPEN,
        /// Nothing more is to happen at the channel.
        CLOSED,
        CANCELLED,
        /// The seller said no.
        DECLINED
    }

    /// Units of one order line.
    ///
    /// @param returnLineId the line's id within the return, stable over snapshots
    /// @param channelLineId the id of the order line at the channel
    /// @param quantity units, at least 1
    /// @param reason the channel's own word, such as `SIZE_TOO_SMALL`; a buyer's own text is personal and
    ///     not in here
    public record Line(String returnLineId, String channelLineId, int quantity, String reason) {

        public Line {
            if (quantity <= 0) {
                throw new IllegalArgumentException("return line %s has %d units".formatted(returnLineId, quantity));
            }
        }
    }
}
