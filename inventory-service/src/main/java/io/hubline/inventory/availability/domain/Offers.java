package io.hubline.inventory.availability.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The offers of the catalogue, with what was sold through them and announced of them.
public interface Offers {

    /// Takes a listing over, unless a newer one was.
    ///
    /// @return whether it was taken over
    boolean apply(Listing listing);

    /// Adds to the units sold through offers, known to the catalogue yet or not.
    void book(Map<String, Integer> bookings);

    /// Locks the offers of these SKUs, and these offers, in the order of their ids, and reads them
    /// afterwards.
    List<Offer> hold(Collection<String> skus, Collection<String> offers);

    /// Notes what was announced.
    void announced(Map<String, Offer.Announced> byOffer);

    /// Offers in the order of their ids.
    ///
    /// @param account null for every account
    /// @param after the offer behind which to start; null for the first
    List<Offer> page(@Nullable String account, @Nullable String after, int size);

    /// One offer; empty when the catalogue never announced it.
    List<Offer> find(String offer);

    /// What is set for an account and a SKU, each of which may be [#ANY].
    List<Setting> settings();

    /// Sets limits, in place of those that were there.
    ///
    /// @return those that were there; [Limits#NONE] where there were none
    Limits set(Setting setting);

    /// The SKUs of which offers exist that the setting concerns.
    List<String> skusOf(Setting setting);

    /// Stands for every account, or every SKU.
    String ANY = "*";

    /// Limits for an account and a SKU. The most particular setting counts, a SKU being more particular
    /// than an account.
    record Setting(String account, String sku, Limits limits) {}
}
