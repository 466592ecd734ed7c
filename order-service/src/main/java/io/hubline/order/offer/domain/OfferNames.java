package io.hubline.order.offer.domain;

import java.util.Collection;
import java.util.List;

/// Where offers are kept.
public interface OfferNames {

    /// Takes an offer over, unless a newer state of it is known.
    ///
    /// @return whether it was newer
    boolean put(String account, long sequence, Offer offer, String channel, String status);

    /// The offers of an account that carry one of these variants or SKU texts.
    List<Offer> named(String account, Collection<String> variantKeys, Collection<String> channelSkus);

    /// Waits until no transaction changes the account's offers, and keeps them unchanged until this one
    /// ends. It lets an order that found no offer be stored before the offer's arrival looks for waiting
    /// orders.
    void holdUnchanged(String account);

    /// Waits until nobody relies on the account's offers being unchanged, and lets nobody until this
    /// transaction ends.
    void holdForChange(String account);
}
