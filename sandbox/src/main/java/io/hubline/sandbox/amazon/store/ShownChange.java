package io.hubline.sandbox.amazon.store;

import java.time.Instant;

/// A change of a shown number by trade: `units` is negative for a sale and positive for a cancellation.
public record ShownChange(Instant at, String orderId, String sku, int units, int shownAfter) {}
