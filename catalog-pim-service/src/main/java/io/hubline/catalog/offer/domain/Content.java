package io.hubline.catalog.offer.domain;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What buyers should read and pay at one offer.
///
/// @param attributes of product and variant, the variant's before the product's; sorted by code
/// @param variantsOfProduct how many variants the page may have
public record Content(
        String productId,
        String title,
        String description,
        @Nullable String brand,
        String productType,
        @Nullable String gtin,
        @Nullable Price price,
        List<String> bullets,
        List<String> images,
        List<Option> options,
        Map<String, String> attributes,
        int variantsOfProduct) {

    public Content {
        bullets = List.copyOf(bullets);
        images = List.copyOf(images);
        options = List.copyOf(options);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /// One thing in which variants differ, such as size: M.
    public record Option(String name, String value) {}
}
