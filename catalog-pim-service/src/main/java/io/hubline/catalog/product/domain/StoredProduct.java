package io.hubline.catalog.product.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A product as it stands in the book.
///
/// @param version 1 for a new one; rises by one with every change
public record StoredProduct(Product product, long version, Instant changedAt) {

    /// Every SKU that is said differently after this change, or is gone.
    ///
    /// @param before null where the product is new
    public Set<String> skusChangedSince(@Nullable StoredProduct before) {
        Set<String> changed = new LinkedHashSet<>();
        if (before == null) {
            product.variants().forEach(variant -> changed.add(variant.sku()));
            return changed;
        }
        boolean page = !withoutVariants(product).equals(withoutVariants(before.product()));
        Map<String, Variant> old = new HashMap<>();
        before.product().variants().forEach(variant -> old.put(variant.sku(), variant));
        for (Variant variant : product.variants()) {
            @Nullable Variant was = old.remove(variant.sku());
            if (page || !variant.equals(was)) {
                changed.add(variant.sku());
            }
        }
        changed.addAll(old.keySet());
        return changed;
    }

    /// SKUs that the product has now or had before.
    public static Set<String> skusOf(@Nullable StoredProduct before, Product after) {
        Set<String> skus = new LinkedHashSet<>();
        List<Variant> all = new ArrayList<>(after.variants());
        if (before != null) {
            all.addAll(before.product().variants());
        }
        all.forEach(variant -> skus.add(variant.sku()));
        return skus;
    }

    private static Product withoutVariants(Product product) {
        return new Product(
                product.id(),
                product.status(),
                product.title(),
                product.description(),
                product.brand(),
                product.productType(),
                product.bullets(),
                product.images(),
                product.attributes(),
                List.of());
    }
}
