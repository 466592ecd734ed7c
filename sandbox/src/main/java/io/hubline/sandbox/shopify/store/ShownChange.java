package io.hubline.sandbox.shopify.store;

import java.time.Instant;

/// A change of a shown number by trade: `units` is negative for a sale and positive for a restock.
public record ShownChange(
        Instant at, long orderId, long inventoryItemId, String sku, long locationId, int units, int availableAfter) {}
