package io.hubline.catalog.offer.domain;

import org.jspecify.annotations.Nullable;

/// How the channel names what an offer sells.
public record VariantKey(
        String account, String variantId, @Nullable String channelLocation) {}
