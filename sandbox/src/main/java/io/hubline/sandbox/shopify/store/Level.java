package io.hubline.sandbox.shopify.store;

import java.time.Instant;

/// What a shop keeps of one inventory item at one location.
public record Level(
        long id,
        long inventoryItemId,
        long locationId,
        int available,
        int committed,
        Instant createdAt,
        Instant updatedAt) {

    public int onHand() {
        return available + committed;
    }

    Level with(int newAvailable, int newCommitted, Instant at) {
        return new Level(id, inventoryItemId, locationId, newAvailable, newCommitted, createdAt, at);
    }

    public String gid() {
        return Gid.of("InventoryLevel", id) + "?inventory_item_id=" + inventoryItemId;
    }
}
