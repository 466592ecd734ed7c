package io.hubline.contracts.connector;

import io.hubline.contracts.EventName;
import io.hubline.contracts.StateEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far one offer is in sync at its channel, on `channel-sync`.
///
/// @param offer the offer
/// @param account the seller's login
/// @param acknowledged the last value known to stand at the channel, or null before the first one
/// @param outstanding the write whose outcome is not known yet, or null
/// @param readBack the value last read from the channel, or null where it was never read
/// @param bookedThrough every order of this account that the channel changed before this moment of the
///     channel's clock has been announced: the watermark of the last complete poll; null before the first
///     one
/// @param listing how its content stands there; null where the hub never wrote any
/// @param ways how the channel keeps its number; null in events from before it was told
/// @param settled the newest number of which it is proved what the channel can still sell; null before the
///     first
@EventName("channel-sync.v1")
public record ChannelSyncState(
        String offer,
        long sequence,
        String account,
        @Nullable Write acknowledged,
        @Nullable Write outstanding,
        @Nullable ReadBack readBack,
        @Nullable Instant bookedThrough,
        @Nullable ListingAtChannel listing,
        @Nullable Ways ways,
        @Nullable Settled settled)
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

    /// How a channel keeps its number.
    ///
    /// @param comparesBeforeSetting whether a write says which number it replaces, and is refused where
    ///     another stands
    /// @param restocksCancelled whether a cancelled sale raises the number again
    public record Ways(boolean comparesBeforeSetting, boolean restocksCancelled) {}

    /// A number that stood at the channel, and after which a complete poll has been booked to its last line
    /// (design section 5, E4). What the channel can still sell is the quantity, less what was sold since.
    ///
    /// @param throughSequence every availability up to this sequence stands there, stood there, or never
    ///     will
    /// @param soldUnits units ever sold through the offer, as announced when that poll ended; all of them
    ///     were booked before this was said
    /// @param cancelledUnits units of cancelled sales, as announced before the number was read; null where
    ///     the number was written and not read, which tells nothing of what cancellations put back
    public record Settled(
            long throughSequence,
            int quantity,
            long soldUnits,
            @Nullable Long cancelledUnits) {}

    /// A listing as the channel last answered for it.
    ///
    /// @param listingSequence which announced listing it was
    /// @param productId the channel's id of the page, where it has one
    /// @param variantId the channel's id of the sellable thing, where it has one
    /// @param inventoryItemId the channel's id of what it counts, where that is another thing
    /// @param issues what the channel finds wrong, in its own words
    public record ListingAtChannel(
            long listingSequence,
            Standing standing,
            @Nullable String productId,
            @Nullable String variantId,
            @Nullable String inventoryItemId,
            List<Issue> issues,
            Instant at) {

        public ListingAtChannel {
            issues = List.copyOf(issues);
        }
    }

    /// How far a channel is with a listing.
    public enum Standing {
        /// Taken, and not yet seen on the channel.
        ACCEPTED,
        /// Read back from the channel as announced.
        LIVE,
        /// The channel will not have it; the issues say why.
        REJECTED
    }

    /// One thing a channel finds wrong.
    ///
    /// @param code the channel's own word, to look up
    public record Issue(String code, String message) {}
}
