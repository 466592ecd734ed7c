package io.hubline.catalog.product.domain;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What buyers can buy of a product.
///
/// @param sku the seller's, unique over all products
/// @param gtin its barcode with a sound check digit, where it has one
/// @param options in the order in which they are shown; empty only where the product has one variant
/// @param attributes what it has beside or instead of its product's, by code
/// @param price what it costs unless an offer says otherwise; null where the channels' own prices stay
public record Variant(
        String sku,
        ProductStatus status,
        @Nullable String gtin,
        List<Option> options,
        Map<String, String> attributes,
        @Nullable Price price) {

    public Variant {
        options = List.copyOf(options);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
}
