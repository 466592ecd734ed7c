package io.hubline.catalog.offer.domain;

import org.jspecify.annotations.Nullable;

/// How the seller names an offer.
///
/// @param channelLocation the channel's place of stock, or null where the channel does not count by place
public record OfferKey(
        String account, String channelSku, @Nullable String channelLocation) {

    /// The id under which the offer is known to the other services. They take it as it is and never read
    /// it.
    ///
    /// Of the place only the last path segment goes in, because channels write places as long paths
    /// (`gid://shopify/Location/1`). Two keys that come out alike are told apart by the caller, who refuses
    /// the second.
    public String offerId() {
        if (channelLocation == null) {
            return account + ":" + channelSku;
        }
        return account + ":" + channelSku + "@" + channelLocation.substring(channelLocation.lastIndexOf('/') + 1);
    }
}
