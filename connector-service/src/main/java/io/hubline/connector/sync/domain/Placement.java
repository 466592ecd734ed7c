package io.hubline.connector.sync.domain;

import org.jspecify.annotations.Nullable;

/// Where an offer's number stands at its channel, as of a listing's sequence.
///
/// @param active whether the number is pushed at all
public record Placement(
        String offer,
        String account,
        long sequence,
        boolean active,
        String channelSku,
        @Nullable String variantId,
        @Nullable String inventoryItem,
        @Nullable String channelLocation) {

    /// The same with the place where the account's adapter says that the number stands; nulls where it says
    /// that there is none yet.
    public Placement at(@Nullable String item, @Nullable String location) {
        return new Placement(offer, account, sequence, active, channelSku, variantId, item, location);
    }
}
