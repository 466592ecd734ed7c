package io.hubline.sandbox.amazon.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An accepted submission, still to take effect.
public sealed interface ListingChange {

    /// All attributes anew: what is not named is gone.
    record Put(String productType, ObjectNode attributes) implements ListingChange {}

    /// Changes of single attributes, in order.
    record Patch(List<Step> steps) implements ListingChange {

        public Patch {
            steps = List.copyOf(steps);
        }
    }

    /// The end of the listing.
    record Delete() implements ListingChange {}

    /// One operation on one attribute.
    record Step(Op op, String attribute, @Nullable ArrayNode value) {}

    enum Op {
        ADD,
        REPLACE,
        MERGE,
        DELETE
    }
}
