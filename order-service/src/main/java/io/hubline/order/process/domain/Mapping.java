package io.hubline.order.process.domain;

import org.jspecify.annotations.Nullable;

/// What a line sells: whose stock, and through which entry at the channel.
///
/// @param offer null where several entries of one SKU could have sold it
public record Mapping(String sku, @Nullable String offer) {}
