package io.hubline.connector.listing.domain;

import org.jspecify.annotations.Nullable;

/// What an offer should say, as of a listing's sequence.
///
/// @param productId the catalogue's id of the product
/// @param content as JSON
/// @param contentHash of everything that is written
public record DesiredListing(
        String offer,
        String account,
        String productId,
        long sequence,
        boolean active,
        String channelSku,
        @Nullable String variantId,
        @Nullable String inventoryItem,
        @Nullable String channelLocation,
        String content,
        String contentHash) {}
