package io.hubline.inventory.stock.domain;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A SKU that is sold as one and lies in stock as several. It has no units of its own.
///
/// @param components units per bundle by SKU; none of them is a bundle
public record Bundle(String sku, SortedMap<String, Integer> components) {

    public Bundle {
        components = Collections.unmodifiableSortedMap(new TreeMap<>(components));
        int units = components.values().stream().reduce(0, Math::addExact);
        if (units < 2 || components.values().stream().anyMatch(per -> per < 1) || components.containsKey(sku)) {
            throw new IllegalArgumentException("%s cannot be a bundle of %s".formatted(sku, components));
        }
    }

    /// What one bundle takes from each position of a pool.
    public SortedMap<StockKey, Integer> in(String pool) {
        SortedMap<StockKey, Integer> parts = new TreeMap<>();
        components.forEach((component, per) -> parts.put(new StockKey(pool, component), per));
        return parts;
    }
}
