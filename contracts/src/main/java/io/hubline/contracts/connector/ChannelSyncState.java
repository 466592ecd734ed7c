package io.hubline.contracts.connector;

import io.hubline.contracts.EventName;
import io.hubline.contracts.StateEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far one offer's quantity is in sync at its channel, on `channel-sync`.
///
/// @param offer the offer
/// @param account the seller's login
/// @param acknowledged the last value known to stand at the channel, or null before the first one
/// @param outstanding the write whose outcome is not known yet, or null
/// @param readBack the value last read from the channel, or null where it was never read
/// @param bookedThrough every order of this account that the channel changed before this moment of the
///     channel's clock
/// has
///     been announced: the watermark of the last complete poll; null before the first one
@EventName("channel-sync.v1")
public record ChannelSyncState(
        String offer,
        long sequence,
        String account,
        @Nullable Write acknowledged,
        @Nullable Write outstanding,
        @Nullable ReadBack readBack,
        @Nullable Instant bookedThrough)
        implements StateEvent {

    @Override
    public String key() {
        return offer;
    }

    /// A value sent to the channel.
    ///
    /// @param availabilitySequence which published availability it was
    public record Write(long availabilitySequence, int quantity, Instant at) {}

    /// A value read from the channel.
    public record ReadBack(int quantity, Instant at) {}
}
