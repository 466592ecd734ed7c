package io.hubline.sandbox.amazon.store;

import java.util.List;

/// What came of a basket.
public sealed interface BuyOutcome {

    record Bought(PlacedOrder order) implements BuyOutcome {}

    record SoldOut(List<Shortage> shortages) implements BuyOutcome {

        public SoldOut {
            shortages = List.copyOf(shortages);
        }
    }

    /// The account does not offer it, or not together with the rest.
    record NotSold(String why) implements BuyOutcome {}

    record Shortage(String sku, int wanted, int shown) {}
}
