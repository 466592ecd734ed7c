package io.hubline.sandbox.shopify.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One attempt to change a shown number from outside, applied or not, with the exact time it was decided.
///
/// `before` and `after` are available units; `result` is `APPLIED`, `UNCHANGED`, `SABOTAGE` or the vendor's
/// error code.
public record StockWrite(
        Instant at,
        long inventoryItemId,
        String sku,
        long locationId,
        int before,
        int after,
        @Nullable Integer changeFrom,
        int wanted,
        @Nullable String referenceDocumentUri,
        @Nullable String idempotencyKey,
        String result) {}
