package io.hubline.catalog.product.domain;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What buyers see on one page. It comes out of [ProductForm#check], so it is sound.
///
/// @param description text with a few tags ([SafeHtml]); may be empty
/// @param productType the seller's word for the kind of product, such as `SHIRT`
/// @param bullets selling points, in the order in which they are shown
/// @param images addresses of pictures, the main one first
/// @param attributes further attributes, by code
/// @param variants in the order in which they are shown; no SKU twice
public record Product(
        String id,
        ProductStatus status,
        String title,
        String description,
        @Nullable String brand,
        String productType,
        List<String> bullets,
        List<String> images,
        Map<String, String> attributes,
        List<Variant> variants) {

    public Product {
        bullets = List.copyOf(bullets);
        images = List.copyOf(images);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        variants = List.copyOf(variants);
    }
}
