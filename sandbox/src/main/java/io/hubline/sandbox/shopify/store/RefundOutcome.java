package io.hubline.sandbox.shopify.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a refund.
public sealed interface RefundOutcome {

    record Refunded(PlacedOrder order, Refund refund) implements RefundOutcome {}

    /// Nothing was paid back. `field` is the path into the refund's input; null when it is the refund as a
    /// whole.
    record Refused(@Nullable List<String> field, String why) implements RefundOutcome {}
}
