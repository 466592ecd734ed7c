package io.hubline.sandbox.amazon.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A package that the seller reported. `units` maps order item ids to how many are in it.
public record Parcel(
        String referenceId,
        Instant reportedAt,
        String carrier,
        @Nullable String shippingMethod,
        String trackingNumber,
        Instant shipDate,
        Map<String, Integer> units) {

    public Parcel {
        units = Map.copyOf(units);
    }
}
