package io.hubline.connector.listing.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A product at an account, taken to be written or looked at.
///
/// @param attempts how often it was taken since something went well or changed, this time included
/// @param listings every listing of it, by offer
public record DuePage(String account, String productId, int attempts, List<Listing> listings) {

    public DuePage {
        listings = List.copyOf(listings);
    }

    /// Whether anything of it differs from what the channel answered for; if not, it is only looked at.
    public boolean owesWrite() {
        return listings.stream().anyMatch(Listing::owesWrite);
    }

    /// One offer of the page, as it was when the page was taken.
    ///
    /// @param variantId the channel's id of it, from the catalogue or from an answer of the channel
    public record Listing(
            String offer,
            long sequence,
            boolean active,
            String channelSku,
            @Nullable String variantId,
            @Nullable String inventoryItem,
            @Nullable String channelLocation,
            String content,
            String contentHash,
            @Nullable Long writtenSequence,
            @Nullable String writtenHash) {

        boolean owesWrite() {
            return !contentHash.equals(writtenHash);
        }
    }
}
