package io.hubline.sandbox.amazon.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the account sells under one SKU.
///
/// The attributes are what was submitted. The number is kept apart from them: trade lowers it, and the next
/// submission of a quantity sets it.
public final class Listing {

    private final String sku;
    private final String asin;
    private final boolean byAmazon;
    private final Instant createdAt;
    private String productType;
    private ObjectNode attributes;
    private @Nullable Integer quantity;
    private Instant updatedAt;
    private Instant settledAt;

    Listing(
            String sku,
            String asin,
            boolean byAmazon,
            Instant createdAt,
            String productType,
            ObjectNode attributes,
            @Nullable Integer quantity) {
        this.sku = sku;
        this.asin = asin;
        this.byAmazon = byAmazon;
        this.createdAt = createdAt;
        this.productType = productType;
        this.attributes = attributes;
        this.quantity = quantity;
        this.updatedAt = createdAt;
        this.settledAt = createdAt;
    }

    public String sku() {
        return sku;
    }

    public String asin() {
        return asin;
    }

    /// Whether its stock lies with the vendor, who counts it.
    public boolean byAmazon() {
        return byAmazon;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public String productType() {
        return productType;
    }

    /// A copy of what was submitted.
    public ObjectNode attributes() {
        return attributes.deepCopy();
    }

    /// What is shown to buyers; nothing when no number was ever given.
    public @Nullable Integer quantity() {
        return quantity;
    }

    int shown() {
        return quantity == null ? 0 : quantity;
    }

    /// The submitted title, or the SKU when there is none.
    public String title() {
        return attributes.path("item_name").path(0).path("value").asText(sku);
    }

    /// The submitted price in minor units.
    public OptionalLong price(Marketplace marketplace) {
        JsonNode value = attributes
                .path("purchasable_offer")
                .path(0)
                .path("our_price")
                .path(0)
                .path("schedule")
                .path(0)
                .path("value_with_tax");
        return value.isNumber()
                ? OptionalLong.of(new BigDecimal(value.asText())
                        .movePointRight(marketplace.digits())
                        .longValueExact())
                : OptionalLong.empty();
    }

    /// Whether a buyer can have it now.
    public boolean buyable(Marketplace marketplace) {
        return shown() > 0 && price(marketplace).isPresent();
    }

    void show(@Nullable Integer number) {
        quantity = number;
    }

    void describe(String type, ObjectNode described, Instant at) {
        productType = type;
        attributes = described;
        updatedAt = at;
    }

    /// When the last accepted submission will have taken effect; a later one never overtakes it.
    Instant settledAt() {
        return settledAt;
    }

    void settlesAt(Instant at) {
        settledAt = at;
    }
}
