package io.hubline.catalog.sheet;

import io.hubline.catalog.offer.domain.ListingWish;
import io.hubline.catalog.offer.domain.OfferForm;
import io.hubline.catalog.product.domain.ProductForm.OptionForm;
import io.hubline.catalog.product.domain.ProductForm.PriceForm;
import io.hubline.catalog.product.domain.ProductForm.VariantForm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes forms of one row's cells. What cannot be a form at all is an error here; the rest is judged by the
/// features.
final class RowReader {

    private static final List<String> PAGE = List.of(
            Columns.TITLE,
            Columns.DESCRIPTION,
            Columns.BRAND,
            Columns.PRODUCT_TYPE,
            Columns.PRODUCT_STATUS,
            Columns.BULLETS,
            Columns.IMAGES);

    private final Columns columns;
    private final List<String> cells;
    private final List<CellError> errors = new ArrayList<>();

    RowReader(Columns columns, List<String> cells) {
        this.columns = columns;
        this.cells = cells;
    }

    /// What is wrong with the row so far.
    List<CellError> errors() {
        return errors;
    }

    @Nullable
    String cell(String column) {
        return columns.cell(cells, column);
    }

    /// What the row says of its product, by column.
    Map<String, String> page() {
        Map<String, String> page = new LinkedHashMap<>();
        for (String column : PAGE) {
            @Nullable String text = cell(column);
            if (text != null) {
                page.put(column, text);
            }
        }
        columns.cells(cells, Columns.ATTRIBUTE).forEach((code, text) -> page.put(Columns.ATTRIBUTE + code, text));
        return page;
    }

    VariantForm variant(String sku) {
        Map<String, String> options = columns.cells(cells, Columns.OPTION);
        List<@Nullable OptionForm> optionForms = new ArrayList<>();
        options.forEach((name, value) -> optionForms.add(new OptionForm(name, value)));
        @Nullable String price = cell(Columns.PRICE);
        @Nullable Long minor = price == null ? null : minor(Columns.PRICE, price);
        return new VariantForm(
                sku,
                cell(Columns.VARIANT_STATUS),
                cell(Columns.GTIN),
                options.isEmpty() ? null : optionForms,
                new LinkedHashMap<>(columns.cells(cells, Columns.VARIANT_ATTRIBUTE)),
                minor == null ? null : new PriceForm(minor, cell(Columns.CURRENCY)));
    }

    /// One wish for every account in whose column the row names a channel SKU.
    List<ListingWish> wishes(String sku) {
        List<ListingWish> wishes = new ArrayList<>();
        columns.channelOfAccount().forEach((account, channel) -> {
            @Nullable String channelSku = cell(offer(channel, account));
            if (channelSku == null) {
                for (String prefix :
                        List.of(Columns.LOCATION, Columns.OFFER_TITLE, Columns.OFFER_PRICE, Columns.OFFER_STATUS)) {
                    if (cell(prefix + account) != null && !prefix.equals(Columns.LOCATION)) {
                        errors.add(new CellError(
                                prefix + account, "is given, and %s is empty".formatted(offer(channel, account))));
                    }
                }
                return;
            }
            @Nullable String price = cell(Columns.OFFER_PRICE + account);
            @Nullable Long minor = price == null ? null : minor(Columns.OFFER_PRICE + account, price);
            wishes.add(new ListingWish(
                    account,
                    channel,
                    channelSku,
                    cell(Columns.LOCATION + account),
                    sku,
                    cell(Columns.OFFER_STATUS + account),
                    cell(Columns.OFFER_TITLE + account),
                    minor == null ? null : new OfferForm.PriceForm(minor, cell(Columns.CURRENCY))));
        });
        return wishes;
    }

    static String offer(String channel, String account) {
        return Columns.OFFER + channel + ":" + account;
    }

    /// A decimal such as `19.99` in minor units of the row's currency.
    private @Nullable Long minor(String column, String decimal) {
        @Nullable String code = cell(Columns.CURRENCY);
        if (code == null) {
            errors.add(new CellError(Columns.CURRENCY, "is empty, and there is a price"));
            return null;
        }
        try {
            int digits = Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
            if (!decimal.matches("[0-9]{1,12}(\\.[0-9]{1,4})?")) {
                errors.add(new CellError(column, "must be a decimal with a dot, such as 19.99"));
                return null;
            }
            return new BigDecimal(decimal).movePointRight(digits).longValueExact();
        } catch (IllegalArgumentException e) {
            errors.add(new CellError(Columns.CURRENCY, "must be an ISO 4217 code, such as EUR"));
        } catch (ArithmeticException e) {
            errors.add(new CellError(column, "has more digits behind the dot than " + code + " has"));
        }
        return null;
    }

    record CellError(String column, String reason) {}
}
