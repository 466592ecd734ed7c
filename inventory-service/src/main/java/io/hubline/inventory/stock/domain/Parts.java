package io.hubline.inventory.stock.domain;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// Arithmetic of what one unit consists of: units per pool position. A plain SKU consists of one of itself.
public final class Parts {

    private Parts() {}

    /// Of a plain SKU.
    public static SortedMap<StockKey, Integer> plain(StockKey key) {
        SortedMap<StockKey, Integer> parts = new TreeMap<>();
        parts.put(key, 1);
        return parts;
    }

    /// How many whole units can be made of what there is.
    public static int whole(Map<StockKey, Integer> parts, ToIntFunction<StockKey> available) {
        return parts.entrySet().stream()
                .mapToInt(part -> Math.max(0, available.applyAsInt(part.getKey())) / part.getValue())
                .min()
                .orElse(0);
    }
}
