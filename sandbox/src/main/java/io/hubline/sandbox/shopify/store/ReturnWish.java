package io.hubline.sandbox.shopify.store;

import org.jspecify.annotations.Nullable;

/// Units of one parcel's line that are to come back, and why.
public record ReturnWish(
        long packedId,
        int quantity,
        GoodsReturn.@Nullable Reason reason,
        String reasonNote,
        @Nullable String customerNote) {}
