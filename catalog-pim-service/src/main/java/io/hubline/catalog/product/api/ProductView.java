package io.hubline.catalog.product.api;

import io.hubline.catalog.product.ProductOffers.SoldAs;
import io.hubline.catalog.product.domain.Product;
import io.hubline.catalog.product.domain.ProductStatus;
import io.hubline.catalog.product.domain.StoredProduct;
import io.hubline.catalog.product.domain.Variant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A product as a caller sees it. Its first fields are what a `PUT` takes.
///
/// @param offers as what it is sold, with what keeps an offer back and how its channel answered
record ProductView(
        String productId,
        long version,
        ProductStatus status,
        String title,
        String description,
        @Nullable String brand,
        String productType,
        List<String> bullets,
        List<String> images,
        Map<String, String> attributes,
        List<Variant> variants,
        List<SoldAs> offers,
        Instant changedAt) {

    static ProductView of(StoredProduct stored, List<SoldAs> offers) {
        Product product = stored.product();
        return new ProductView(
                product.id(),
                stored.version(),
                product.status(),
                product.title(),
                product.description(),
                product.brand(),
                product.productType(),
                product.bullets(),
                product.images(),
                product.attributes(),
                product.variants(),
                offers,
                stored.changedAt());
    }
}
