package io.hubline.catalog.product;

import io.hubline.catalog.product.domain.Price;
import io.hubline.catalog.product.domain.Product;
import io.hubline.catalog.product.domain.StoredProduct;
import io.hubline.catalog.product.domain.Variant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an audit row keeps of a change: the fields that differ, as they were and as they are.
///
/// @param before empty for a new product
record ProductAudit(Map<String, Object> before, Map<String, Object> after) {

    static ProductAudit between(@Nullable StoredProduct before, StoredProduct after) {
        Map<String, Object> was = new TreeMap<>(before == null ? Map.of() : fields(before));
        Map<String, Object> is = new TreeMap<>(fields(after));
        is.entrySet().removeIf(field -> Objects.equals(was.get(field.getKey()), field.getValue()));
        if (before != null) {
            Map<String, Object> now = fields(after);
            was.entrySet().removeIf(field -> Objects.equals(now.get(field.getKey()), field.getValue()));
        }
        return new ProductAudit(was, is);
    }

    private static Map<String, Object> fields(StoredProduct stored) {
        Product product = stored.product();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", stored.version());
        fields.put("status", product.status().name());
        fields.put("title", product.title());
        fields.put("description", product.description());
        fields.put("brand", text(product.brand()));
        fields.put("productType", product.productType());
        fields.put("bullets", product.bullets());
        fields.put("images", product.images());
        fields.put("attributes", product.attributes());
        product.variants().forEach(variant -> fields.put("variant " + variant.sku(), fields(variant)));
        return fields;
    }

    private static Map<String, Object> fields(Variant variant) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", variant.status().name());
        fields.put("gtin", text(variant.gtin()));
        fields.put("options", variant.options());
        fields.put("attributes", variant.attributes());
        @Nullable Price price = variant.price();
        fields.put("price", price == null ? "" : price);
        return fields;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
