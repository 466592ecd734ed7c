package io.hubline.catalog.product.domain;

/// What is wrong with one field.
///
/// @param variant the index of the variant that it concerns; [#PAGE] for the product itself
/// @param field the field's name, such as `gtin` or `attributes.material`
/// @param reason what is wrong, as the end of a sentence that begins with the field
public record Violation(int variant, String field, String reason) {

    /// It concerns the product itself.
    public static final int PAGE = -1;

    /// Where it is in a request, such as `variants[2].gtin`.
    public String path() {
        return variant == PAGE ? field : "variants[%d].%s".formatted(variant, field);
    }
}
