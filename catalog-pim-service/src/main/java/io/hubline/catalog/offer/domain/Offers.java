package io.hubline.catalog.offer.domain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The offers that are kept.
public interface Offers {

    /// Holds the accounts until the transaction ends, so that nobody else changes their offers meanwhile.
    ///
    /// Sorted, because two callers that hold several in different order would wait for one another for
    /// ever.
    void hold(SortedSet<String> accounts);

    /// Every offer that shares an id or a variant with one of the drafts, or with an offer of the same id,
    /// held against change until the transaction ends.
    List<Offer> met(Collection<OfferDraft> drafts);

    /// Those of the offers that are there, as they stand at this moment; their terms stay while their
    /// accounts are held.
    List<Offer> find(Collection<String> ids);

    /// The offer of that id, held against change until the transaction ends.
    Optional<Offer> holdOffer(String id);

    /// Who sells this variant; empty where nobody does.
    Optional<String> owner(VariantKey variant);

    /// Managed offers of these SKUs in the order of their ids, held against change until the transaction
    /// ends.
    List<Offer> holdManaged(Collection<String> skus, @Nullable String after, int limit);

    /// Every offer of these SKUs, in the order of their ids.
    List<Offer> selling(Collection<String> skus);

    /// Notes that the channel's answers up to this one are known, where that is news.
    void look(String id, long syncSequence);

    /// Writes new offers and the new terms of present ones.
    ///
    /// @param created offers whose ids are not there
    /// @param changed offers whose ids are there; one offer at most once
    void write(Collection<Offer> created, Collection<Offer> changed);

    /// Offers in the order of their ids.
    ///
    /// @param account only of this account, where given
    /// @param sku only selling this SKU, where given
    /// @param blocked only managed ones whose content cannot be announced, where true
    /// @param after only ids behind this one, where given
    List<Offer> page(
            @Nullable String account, @Nullable String sku, boolean blocked, @Nullable String after, int limit);

    /// Offers in the order of their ids, held against change until the transaction ends.
    List<Offer> holdPage(@Nullable String after, int limit);
}
