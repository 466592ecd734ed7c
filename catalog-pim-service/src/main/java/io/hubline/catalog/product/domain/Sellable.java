package io.hubline.catalog.product.domain;

/// One variant with the product that it is of.
///
/// @param product with all its fields, and without its variants
public record Sellable(Product product, Variant variant, int variantsOfProduct) {

    /// Whether product and variant are for sale.
    public boolean isActive() {
        return product.status() == ProductStatus.ACTIVE && variant.status() == ProductStatus.ACTIVE;
    }
}
