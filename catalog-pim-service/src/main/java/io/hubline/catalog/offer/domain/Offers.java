package io.hubline.catalog.offer.domain;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The offers that are kept.
public interface Offers {

    /// Holds the accounts until the transaction ends, so that nobody else changes their offers meanwhile.
    ///
    /// Sorted, because two callers that hold several in different order would wait for one another for
    /// ever.
    void hold(SortedSet<String> accounts);

    /// Every offer that shares an id or a variant with one of the drafts.
    List<Offer> met(Collection<OfferDraft> drafts);

    /// Writes new offers and the new terms of present ones.
    ///
    /// @param created offers whose ids are not there
    /// @param changed offers whose ids are there; one offer at most once
    void write(Collection<Offer> created, Collection<Offer> changed);

    /// Offers in the order of their ids.
    ///
    /// @param account only of this account, where given
    /// @param sku only selling this SKU, where given
    /// @param after only ids behind this one, where given
    List<Offer> page(@Nullable String account, @Nullable String sku, @Nullable String after, int limit);

    /// Offers in the order of their ids, held against change until the transaction ends.
    List<Offer> holdPage(@Nullable String after, int limit);
}
