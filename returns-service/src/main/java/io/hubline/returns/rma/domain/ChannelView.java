package io.hubline.returns.rma.domain;

import java.time.Instant;
import java.util.List;

/// A return as its channel showed it last. Snapshots are ordered by (channelUpdatedAt, fetchNumber).
///
/// @param number what buyer and seller call it
public record ChannelView(Instant channelUpdatedAt, long fetchNumber, String number, Status status, List<Line> lines) {

    public ChannelView {
        lines = List.copyOf(lines);
    }

    /// How far the channel is with it.
    public enum Status {
        REQUESTED,
        OPEN,
        CLOSED,
        CANCELLED,
        DECLINED
    }

    /// Units of one order line.
    public record Line(String channelLineId, int quantity, String reason) {}

    boolean isNewerThan(ChannelView other) {
        int order = channelUpdatedAt.compareTo(other.channelUpdatedAt);
        return order > 0 || (order == 0 && fetchNumber > other.fetchNumber);
    }
}
