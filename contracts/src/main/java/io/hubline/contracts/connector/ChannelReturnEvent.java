package io.hubline.contracts.connector;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import io.hubline.contracts.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the connector says on `channel-returns`, keyed by account and the channel's order id.
public sealed interface ChannelReturnEvent extends Event {

    /// The seller's login at the channel.
    String account();

    /// The id of the **order** at the channel.
    String externalId();

    @Override
    default String key() {
        return account() + ":" + externalId();
    }

    /// A full snapshot of a return as the channel showed it. Snapshots of one return are ordered like those
    /// of orders, by (`channelUpdatedAt`, `fetchNumber`); an older one is ignored.
    ///
    /// @param channel the kind of channel, such as `shopify`
    /// @param channelReturnId the return's id at the channel, unique per account
    /// @param channelUpdatedAt the channel's clock for the order the return belongs to
    @EventName("channel-return.observed.v1")
    record ChannelReturnObserved(
            String account,
            String externalId,
            String channel,
            String channelReturnId,
            Instant channelUpdatedAt,
            long fetchNumber,
            Instant observedAt,
            ChannelReturn goods)
            implements ChannelReturnEvent {}

    /// The money is on its way back to the buyer: read from the channel, not only acknowledged by it.
    ///
    /// @param returnId the hub's return
    /// @param refundId the hub's refund
    /// @param channelRefundId the channel's id of it, where it has one
    /// @param amount what the channel says it paid back
    @EventName("channel-refund.settled.v1")
    record ChannelRefundSettled(
            String account,
            String externalId,
            String returnId,
            String refundId,
            @Nullable String channelRefundId,
            Money amount,
            Instant at)
            implements ChannelReturnEvent {}

    /// The channel will not pay it back, and a person has to decide.
    ///
    /// @param nextStep what that person can do
    @EventName("channel-refund.failed.v1")
    record ChannelRefundFailed(
            String account,
            String externalId,
            String returnId,
            String refundId,
            String reason,
            String nextStep,
            Instant at)
            implements ChannelReturnEvent {}
}
