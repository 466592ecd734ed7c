package io.hubline.sandbox.shopify.store;

import java.util.List;

/// What came of confirming a shipment.
public sealed interface FulfillOutcome {

    record Fulfilled(PlacedOrder order, PlacedOrder.Fulfillment fulfillment) implements FulfillOutcome {}

    /// Nothing was recorded. `field` is the path into the mutation's arguments.
    record Refused(List<String> field, String why) implements FulfillOutcome {

        public Refused {
            field = List.copyOf(field);
        }
    }
}
