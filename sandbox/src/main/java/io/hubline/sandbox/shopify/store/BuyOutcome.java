package io.hubline.sandbox.shopify.store;

import java.util.List;

/// What came of a checkout.
public sealed interface BuyOutcome {

    /// The buyer has the goods and the shown numbers have dropped.
    record Bought(PlacedOrder order) implements BuyOutcome {}

    /// At least one line asked for more than is shown; nothing was sold.
    record SoldOut(List<Shortage> shortages) implements BuyOutcome {

        public SoldOut {
            shortages = List.copyOf(shortages);
        }
    }

    /// The shop does not sell this.
    record NotSold(String what) implements BuyOutcome {}

    /// How much of a SKU was asked for and how much was shown.
    record Shortage(String sku, int wanted, int available) {}
}
