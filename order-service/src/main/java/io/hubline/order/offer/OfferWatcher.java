package io.hubline.order.offer;

import java.util.List;

/// Somebody who waits for offers to become known.
public interface OfferWatcher {

    /// An offer became known or changed, in the transaction that stored it.
    ///
    /// @param variantKeys the last part of the channel's id of the sellable thing, or nothing
    void offerKnown(String account, List<String> variantKeys, List<String> channelSkus);
}
