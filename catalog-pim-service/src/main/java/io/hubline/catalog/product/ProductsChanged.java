package io.hubline.catalog.product;

import java.util.Set;

/// Products changed in the transaction under way: fired in it, and observed in it by whoever sells these
/// SKUs.
///
/// @param skus every SKU that is said differently now, or that no product has any more
public record ProductsChanged(Set<String> skus) {

    public ProductsChanged {
        skus = Set.copyOf(skus);
    }
}
