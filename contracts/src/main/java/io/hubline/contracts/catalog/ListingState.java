package io.hubline.contracts.catalog;

import io.hubline.contracts.EventName;
import io.hubline.contracts.Money;
import io.hubline.contracts.StateEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One offer as it should stand at its channel, on `listings`.
///
/// @param offer the offer's id: an opaque text, made by the catalogue
/// @param channel the kind of channel, such as `shopify`
/// @param channelSku the SKU text at the channel
/// @param variantId the channel's id of the sellable thing, where it has one
/// @param inventoryItemId the channel's id of what it counts, where that is another thing
/// @param channelLocation the channel's place of stock, where it counts by place
/// @param sku the seller's SKU whose stock it sells
/// @param content what buyers should read and pay; null where the hub only keeps the number, because the
///     listing is looked after elsewhere
@EventName("listing.v1")
public record ListingState(
        String offer,
        long sequence,
        String account,
        String channel,
        String channelSku,
        @Nullable String variantId,
        @Nullable String inventoryItemId,
        @Nullable String channelLocation,
        String sku,
        Status status,
        @Nullable Content content)
        implements StateEvent {

    @Override
    public String key() {
        return offer;
    }

    /// Whether the offer is for sale.
    public enum Status {
        ACTIVE,
        /// Not for sale through the hub: its quantity is no longer pushed. Orders that still come are
        /// mapped all the same.
        INACTIVE
    }

    /// What buyers should read and pay: one variant with what it shares with its product.
    ///
    /// @param productId the catalogue's id of the product; offers of one account with equal ids stand on
    ///     one page
    /// @param productType the seller's word for the kind of product, such as `SHIRT`
    /// @param gtin the barcode, 8 to 14 digits, where it has one
    /// @param price what one unit costs at this channel, tax as the channel wants it; null where the
    ///     channel's own stays
    /// @param bullets selling points, in the order in which they are shown
    /// @param images addresses of pictures, the main one first
    /// @param options what tells the variants of the product apart, in order; empty for a single variant
    /// @param attributes further attributes by the catalogue's code, such as `material`
    public record Content(
            String productId,
            String title,
            String description,
            @Nullable String brand,
            String productType,
            @Nullable String gtin,
            @Nullable Money price,
            List<String> bullets,
            List<String> images,
            List<Option> options,
            Map<String, String> attributes) {

        public Content {
            bullets = List.copyOf(bullets);
            images = List.copyOf(images);
            options = List.copyOf(options);
            attributes = Map.copyOf(attributes);
        }
    }

    /// One thing in which variants differ, such as size: M.
    public record Option(String name, String value) {}
}
