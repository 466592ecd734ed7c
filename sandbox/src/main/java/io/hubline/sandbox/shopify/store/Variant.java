package io.hubline.sandbox.shopify.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One sellable entry of a product, with its inventory item. Without a SKU `sku` is empty.
///
/// `optionValues` are in the order of the product's options. What is not tracked is sold without regard to
/// any number.
public record Variant(
        long id,
        long productId,
        long inventoryItemId,
        String productTitle,
        String vendor,
        String title,
        String sku,
        long priceMinor,
        Policy policy,
        @Nullable String barcode,
        boolean tracked,
        boolean requiresShipping,
        List<String> optionValues,
        Instant createdAt,
        Instant updatedAt) {

    /// The title of the only variant of a product without options.
    public static final String DEFAULT_TITLE = "Default Title";

    public Variant {
        optionValues = List.copyOf(optionValues);
    }

    /// What happens when the shown number runs out.
    public enum Policy {
        /// The buyer is refused.
        DENY,
        /// The sale goes on and the shown number goes below zero.
        CONTINUE
    }

    public String gid() {
        return Gid.of("ProductVariant", id);
    }

    /// As order lines show it: product, and variant where it has a title of its own.
    public String displayName() {
        return title.equals(DEFAULT_TITLE) ? productTitle : productTitle + " - " + title;
    }

    public String inventoryItemGid() {
        return Gid.of("InventoryItem", inventoryItemId);
    }
}
