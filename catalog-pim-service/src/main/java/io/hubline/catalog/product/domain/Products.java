package io.hubline.catalog.product.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The products that are kept.
public interface Products {

    /// Holds these product ids, there or not, until the transaction ends. One call per transaction, before
    /// any SKU is held.
    void holdProducts(Collection<String> productIds);

    /// Holds these SKUs, there or not, until the transaction ends. Callers that need several name them in
    /// one call.
    void holdSkus(Collection<String> skus);

    /// Those of the products that are there, by id.
    Map<String, StoredProduct> find(Collection<String> productIds);

    /// The products that have these SKUs, by SKU; only what is there.
    Map<String, String> owners(Collection<String> skus);

    /// What is sold under each of these SKUs, by SKU; only what is there.
    Map<String, Sellable> sellable(Collection<String> skus);

    /// Writes new and changed products with exactly the variants they have.
    void write(Collection<StoredProduct> written);

    /// Products in the order of their ids.
    ///
    /// @param after only ids behind this one, where given
    List<Headline> page(@Nullable String after, int limit);

    /// A product in a list.
    record Headline(
            String productId,
            long version,
            ProductStatus status,
            String title,
            @Nullable String brand,
            String productType,
            int variants,
            java.time.Instant changedAt) {}
}
