package io.hubline.inventory.stock.domain;

import java.util.Comparator;

/// What a promise is made on: one SKU in one pool. Its natural order is the order in which pools are
/// locked.
public record StockKey(String pool, String sku) implements Comparable<StockKey> {

    /// The pool of every location that belongs to no other.
    public static final String DEFAULT_POOL = "default";

    private static final Comparator<StockKey> ORDER =
            Comparator.comparing(StockKey::pool).thenComparing(StockKey::sku);

    /// The SKU in the default pool.
    public static StockKey of(String sku) {
        return new StockKey(DEFAULT_POOL, sku);
    }

    @Override
    public int compareTo(StockKey other) {
        return ORDER.compare(this, other);
    }
}
