package io.hubline.inventory.stock.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is sold as one and lies in stock as several, as it is defined now.
public interface Bundles {

    /// Those of these SKUs that are bundles, by SKU.
    Map<String, Bundle> of(Collection<String> skus);

    /// Those of these SKUs that are bundles, and the bundles that any of them is a component of, by SKU.
    Map<String, Bundle> concernedBy(Collection<String> skus);

    /// One bundle.
    Optional<Bundle> find(String sku);

    /// Bundles in the order of their SKUs.
    ///
    /// @param after the SKU behind which to start; null for the first
    List<Bundle> page(@Nullable String after, int size);

    /// Defines a bundle, or defines it anew.
    void put(Bundle bundle);

    /// Ends a definition: the SKU is a plain one again.
    void remove(String sku);

    /// Whether units of the SKU itself ever came or went.
    boolean wasInStock(String sku);

    /// Whether units of the SKU itself are promised or waited for by an order, or kept by a hold.
    boolean isPromised(String sku);
}
