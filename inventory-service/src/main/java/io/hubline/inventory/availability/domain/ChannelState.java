package io.hubline.inventory.availability.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an offer stands at its channel, as the connector told last.
///
/// @param ways how the channel keeps its number; null where it is not known yet
/// @param acknowledged the number known to stand there
/// @param outstanding the number that was written and of which the outcome is not known yet
/// @param readBack the number read there last
public record ChannelState(
        String offer,
        long sequence,
        String account,
        @Nullable Ways ways,
        @Nullable Written acknowledged,
        @Nullable Written outstanding,
        @Nullable ReadBack readBack) {

    /// Nothing was told yet.
    public static ChannelState unknown(String offer, String account) {
        return new ChannelState(offer, 0, account, null, null, null, null);
    }

    /// How a channel keeps its number.
    ///
    /// @param compares whether a write says which number it replaces
    /// @param restocks whether a cancelled sale raises the number again
    public record Ways(boolean compares, boolean restocks) {}

    /// A number that was sent.
    ///
    /// @param sequence of the publication that it was
    public record Written(long sequence, int quantity, Instant at) {}

    /// A number that was read.
    public record ReadBack(int quantity, Instant at) {}
}
