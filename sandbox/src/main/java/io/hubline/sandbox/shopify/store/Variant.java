package io.hubline.sandbox.shopify.store;

import java.time.Instant;

/// One sellable entry of a product, with its inventory item.
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
        Instant createdAt) {

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

    public String inventoryItemGid() {
        return Gid.of("InventoryItem", inventoryItemId);
    }
}
