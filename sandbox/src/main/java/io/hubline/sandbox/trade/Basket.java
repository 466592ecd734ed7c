package io.hubline.sandbox.trade;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One visit, drawn in advance: where, what, how long after the one before, and whether it will be
/// regretted or sent back.
record Basket(
        int storefront,
        List<Item> items,
        Duration afterPrevious,
        @Nullable Duration regretAfter,
        @Nullable Unwanted unwanted) {

    Basket {
        items = List.copyOf(items);
    }

    record Item(String sku, int quantity) {}

    /// Units of one of the items that will go back once they have arrived, and the buyer's reason.
    record Unwanted(String sku, int quantity, String reason) {}
}
