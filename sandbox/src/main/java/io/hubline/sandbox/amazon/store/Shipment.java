package io.hubline.sandbox.amazon.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a seller reports as shipped. The form has been read already; whether it fits the order has not been
/// looked at.
public record Shipment(
        String marketplaceId,
        String packageReferenceId,
        String carrierCode,
        @Nullable String carrierName,
        @Nullable String shippingMethod,
        String trackingNumber,
        Instant shipDate,
        List<Packed> items) {

    public Shipment {
        items = List.copyOf(items);
    }

    /// Units of one line.
    public record Packed(String orderItemId, int quantity) {}
}
