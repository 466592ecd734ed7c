package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.PoolPosition;

/// What decides how much of a SKU can be sold from its pool.
///
/// @param reserved units promised
/// @param backordered units sold and not promised
public record Sellable(int onHand, int reserved, int backordered) {

    static Sellable of(PoolPosition pool) {
        return new Sellable(pool.onHand(), pool.reserved(), pool.backordered());
    }
}
