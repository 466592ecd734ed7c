package io.hubline.sandbox.shopify.store;

/// What came of calling an order off.
public sealed interface CancelOutcome {

    record Cancelled(PlacedOrder order) implements CancelOutcome {}

    record NoSuchOrder() implements CancelOutcome {}

    /// Already cancelled, or already on its way.
    record TooLate(String why) implements CancelOutcome {}
}
