package io.hubline.catalog.product.domain;

import io.hubline.catalog.product.domain.ProductForm.VariantForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What somebody says about a product and some of its variants. What it leaves out (null) stays as it is;
/// variants that it does not name stay.
///
/// @param page everything but the variants, which are null here; its `productId` is given
/// @param variants each with its SKU; no SKU twice
public record ProductPatch(String productId, ProductForm page, List<VariantForm> variants) {

    public ProductPatch {
        variants = List.copyOf(variants);
    }

    /// The same without some variants.
    public ProductPatch only(List<VariantForm> kept) {
        return new ProductPatch(productId, page, kept);
    }

    /// What the product would be afterwards.
    ///
    /// @param stored what there is; null where the product is new
    public Merged onto(@Nullable Product stored) {
        List<@Nullable VariantForm> all = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        if (stored != null) {
            for (Variant variant : stored.variants()) {
                places.put(variant.sku(), all.size());
                all.add(VariantForm.of(variant));
            }
        }
        Map<Integer, Integer> patchOfPlace = new HashMap<>();
        for (int i = 0; i < variants.size(); i++) {
            VariantForm said = variants.get(i);
            @Nullable Integer place = places.get(said.sku());
            if (place == null) {
                patchOfPlace.put(all.size(), i);
                all.add(said);
            } else {
                patchOfPlace.put(place, i);
                all.set(place, merge(all.get(place), said));
            }
        }
        @Nullable ProductForm old = stored == null ? null : ProductForm.of(stored);
        return new Merged(merge(old, all), patchOfPlace);
    }

    private ProductForm merge(@Nullable ProductForm old, List<@Nullable VariantForm> all) {
        return new ProductForm(
                productId,
                or(page.status(), old == null ? null : old.status()),
                or(page.title(), old == null ? null : old.title()),
                or(page.description(), old == null ? null : old.description()),
                or(page.brand(), old == null ? null : old.brand()),
                or(page.productType(), old == null ? null : old.productType()),
                or(page.bullets(), old == null ? null : old.bullets()),
                or(page.images(), old == null ? null : old.images()),
                merge(old == null ? null : old.attributes(), page.attributes()),
                all);
    }

    private static VariantForm merge(@Nullable VariantForm old, VariantForm said) {
        return old == null
                ? said
                : new VariantForm(
                        old.sku(),
                        or(said.status(), old.status()),
                        or(said.gtin(), old.gtin()),
                        or(said.options(), old.options()),
                        merge(old.attributes(), said.attributes()),
                        or(said.price(), old.price()));
    }

    private static <T> @Nullable T or(@Nullable T said, @Nullable T old) {
        return said == null ? old : said;
    }

    private static @Nullable Map<String, @Nullable String> merge(
            @Nullable Map<String, @Nullable String> old, @Nullable Map<String, @Nullable String> said) {
        if (old == null || said == null) {
            return said == null ? old : said;
        }
        Map<String, @Nullable String> both = new TreeMap<>(old);
        both.putAll(said);
        return both;
    }

    /// A product to be, and which of its variants the patch speaks of.
    ///
    /// @param patchOfPlace by the index in the form, the index in the patch
    public record Merged(ProductForm form, Map<Integer, Integer> patchOfPlace) {

        public Merged {
            patchOfPlace = Map.copyOf(patchOfPlace);
        }
    }
}
