package io.hubline.sandbox.shopify.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A product and the ids of its variants, in the order buyers see them.
public record Product(
        long id,
        String title,
        String vendor,
        String handle,
        String descriptionHtml,
        String productType,
        Status status,
        List<String> tags,
        List<Option> options,
        List<Image> images,
        List<Metafield> metafields,
        List<Long> variantIds,
        Instant createdAt,
        Instant updatedAt) {

    public Product {
        tags = List.copyOf(tags);
        options = List.copyOf(options);
        images = List.copyOf(images);
        metafields = List.copyOf(metafields);
        variantIds = List.copyOf(variantIds);
    }

    /// Whether and how a product is offered.
    public enum Status {
        ACTIVE,
        ARCHIVED,
        DRAFT,
        UNLISTED;

        /// Buyers reach what is listed, and what is unlisted by its link.
        public boolean sellable() {
            return this == ACTIVE || this == UNLISTED;
        }
    }

    /// In what the variants differ.
    public record Option(long id, String name, List<Value> values) {

        public Option {
            values = List.copyOf(values);
        }

        public record Value(long id, String name) {}

        public String gid() {
            return Gid.of("ProductOption", id);
        }
    }

    /// A picture, by where it was fetched from and what the shop calls its copy.
    public record Image(
            long id,
            String source,
            String filename,
            @Nullable String alt,
            Instant createdAt) {

        /// Where the shop's copy is shown.
        public String url() {
            return "https://cdn.shopify.com/s/files/1/%d/files/%s?v=%d"
                    .formatted(id, filename, createdAt.getEpochSecond());
        }
    }

    /// A value an app keeps with the product.
    public record Metafield(long id, String namespace, String key, String type, String value) {}

    public String gid() {
        return Gid.of("Product", id);
    }

    Product with(List<Option> newOptions, List<Long> newVariantIds, Instant at) {
        return new Product(
                id,
                title,
                vendor,
                handle,
                descriptionHtml,
                productType,
                status,
                tags,
                newOptions,
                images,
                metafields,
                newVariantIds,
                createdAt,
                at);
    }
}
