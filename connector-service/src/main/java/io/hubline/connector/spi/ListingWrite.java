package io.hubline.connector.spi;

import io.hubline.contracts.catalog.ListingState.Content;
import java.util.List;

/// One page of a channel with all its variants.
///
/// @param productId the catalogue's id of the product, unique over accounts
/// @param variants every offer of the product at the account, by offer; at least one
public record ListingWrite(String productId, List<Variant> variants) {

    public ListingWrite {
        if (variants.isEmpty()) {
            throw new IllegalArgumentException("product %s has no variant here".formatted(productId));
        }
        variants = List.copyOf(variants);
    }

    /// One offer on the page.
    ///
    /// @param active whether it is for sale
    public record Variant(String offer, OfferAddress address, boolean active, Content content) {}
}
