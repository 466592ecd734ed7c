package io.hubline.sandbox.shopify.store;

import java.util.List;

/// What came of a step of a return.
public sealed interface ReturnOutcome {

    /// The return as it is now. A step that finds it done already changes nothing and is no error.
    record Done(PlacedOrder order, GoodsReturn goods) implements ReturnOutcome {}

    /// Nothing changed. `field` is the path into the mutation's arguments, `code` the vendor's.
    record Refused(List<String> field, String code, String why) implements ReturnOutcome {

        public Refused {
            field = List.copyOf(field);
        }
    }
}
