package io.hubline.inventory.availability.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The offers of the catalogue, with what was sold through them and announced of them.
public interface Offers {

    /// Takes listings over, unless newer ones were. Of several of one offer the newest counts.
    ///
    /// @return the offers that were taken over
    Set<String> apply(Collection<Listing> listings);

    /// Locks the offers of these SKUs and of bundles made of them, and these offers, in the order of their
    /// ids, and reads them afterwards.
    List<Offer> hold(Collection<String> skus, Collection<String> offers);

    /// Offers in the order of their ids.
    ///
    /// @param account null for every account
    /// @param after the offer behind which to start; null for the first
    List<Offer> page(@Nullable String account, @Nullable String after, int size);

    /// One offer; empty when the catalogue never announced it.
    List<Offer> find(String offer);

    /// The offers of an account that sell a SKU, by their ids.
    List<Offer> of(String account, String sku, int size);

    /// The SKUs of offers that a setting concerns, in their order.
    ///
    /// @param size how many at most
    List<String> skusOf(Setting setting, int size);

    /// The pool that each of these accounts draws on.
    Map<String, String> pools(Collection<String> accounts);

    /// What the offers of these SKUs, and those that are tied to them, take their units from.
    Set<Source> sources(Collection<String> skus);

    /// Remembers that the offers of these SKUs are to be decided anew. It waits for nobody.
    void due(Collection<String> skus, Instant since);

    /// Remembers that the offers a setting concerns are to be decided anew.
    void due(Setting setting, Instant since);

    /// Takes SKUs whose offers are to be decided anew, the oldest first; one may come twice. Nobody else
    /// gets them while the transaction lasts, and they are forgotten when it commits.
    List<String> takeDue(int size);

    /// How many are due.
    long dueCount();
}
