package io.hubline.sandbox.shopify.store;

import java.time.Instant;
import java.util.List;

/// A product and the ids of its variants, in the order they were added.
public record Product(long id, String title, String vendor, String handle, List<Long> variantIds, Instant createdAt) {

    public Product {
        variantIds = List.copyOf(variantIds);
    }

    public String gid() {
        return Gid.of("Product", id);
    }
}
