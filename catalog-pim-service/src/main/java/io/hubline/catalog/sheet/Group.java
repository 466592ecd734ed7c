package io.hubline.catalog.sheet;

import io.hubline.catalog.offer.domain.ListingWish;
import io.hubline.catalog.product.domain.ProductForm;
import io.hubline.catalog.product.domain.ProductForm.VariantForm;
import io.hubline.catalog.product.domain.ProductPatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of one product, which stand together in a sheet.
///
/// What they say of the product is kept once, however often it is repeated.
final class Group {

    private final String productId;
    private final Map<String, Said> page = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    Group(String productId) {
        this.productId = productId;
    }

    String productId() {
        return productId;
    }

    List<Row> rows() {
        return rows;
    }

    /// The row that said something else in this column before; null where none did.
    @Nullable
    Long contradicts(String column, String text) {
        @Nullable Said before = page.get(column);
        return before == null || before.text().equals(text) ? null : before.row();
    }

    void add(Row row, Map<String, String> saidOfPage) {
        saidOfPage.forEach((column, text) -> page.putIfAbsent(column, new Said(text, row.number())));
        rows.add(row);
    }

    /// The row that is to blame for what a column says: the one that said it, or else the first one.
    long rowOf(String column) {
        @Nullable Said said = page.get(column);
        return said == null ? rows.getFirst().number() : said.row();
    }

    ProductPatch patch() {
        Map<String, @Nullable String> attributes = new LinkedHashMap<>();
        page.forEach((column, said) -> {
            if (column.startsWith(Columns.ATTRIBUTE)) {
                attributes.put(column.substring(Columns.ATTRIBUTE.length()), said.text());
            }
        });
        return new ProductPatch(
                productId,
                new ProductForm(
                        productId,
                        text(Columns.PRODUCT_STATUS),
                        text(Columns.TITLE),
                        text(Columns.DESCRIPTION),
                        text(Columns.BRAND),
                        text(Columns.PRODUCT_TYPE),
                        list(Columns.BULLETS),
                        list(Columns.IMAGES),
                        attributes,
                        null),
                rows.stream().map(Row::variant).toList());
    }

    private @Nullable String text(String column) {
        @Nullable Said said = page.get(column);
        return said == null ? null : said.text();
    }

    private @Nullable List<@Nullable String> list(String column) {
        @Nullable String text = text(column);
        if (text == null) {
            return null;
        }
        List<@Nullable String> parts = new ArrayList<>();
        Arrays.stream(text.split("\\|", -1)).map(String::strip).forEach(parts::add);
        return parts;
    }

    /// One row.
    ///
    /// @param number the line of the file in which it begins
    record Row(long number, VariantForm variant, List<ListingWish> wishes) {

        Row {
            wishes = List.copyOf(wishes);
        }
    }

    private record Said(String text, long row) {}
}
