package io.hubline.sandbox.trade;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One visit, drawn in advance: where, what, how long after the one before, and whether it will be regretted.
record Basket(
        int storefront,
        List<Item> items,
        Duration afterPrevious,
        @Nullable Duration regretAfter) {

    Basket {
        items = List.copyOf(items);
    }

    record Item(String sku, int quantity) {}
}
