package io.hubline.contracts.connector;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import io.hubline.contracts.SealedPersonal;
import java.time.Instant;

/// What the connector says on `channel-orders`, keyed by account and the channel's order id.
public sealed interface ChannelOrderEvent extends Event {

    /// The seller's login at the channel.
    String account();

    /// The order's id at the channel. Unique per account (invariant I3).
    String externalId();

    @Override
    default String key() {
        return account() + ":" + externalId();
    }

    /// A full snapshot of an order as the channel showed it.
    ///
    /// Snapshots are ordered by (`channelUpdatedAt`, `fetchNumber`); an older one is ignored and is not an
    /// error, for channels redeliver and reorder.
    ///
    /// @param channel the kind of channel, such as `shopify`
    /// @param channelUpdatedAt the channel's own clock
    /// @param fetchNumber rises with every fetch of this connector, and so orders two snapshots that the
    ///     channel stamped alike
    /// @param observedAt when the connector first heard of this change, for latency only
    @EventName("channel-order.observed.v1")
    record ChannelOrderObserved(
            String account,
            String externalId,
            String channel,
            Instant channelUpdatedAt,
            long fetchNumber,
            Instant observedAt,
            ChannelOrder order,
            SealedPersonal personal)
            implements ChannelOrderEvent {}
}
