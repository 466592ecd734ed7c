package io.hubline.catalog.sheet;

import io.hubline.catalog.sheet.SheetOutcome.ColumnError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which column of a sheet means what.
final class Columns {

    static final String PRODUCT = "product";
    static final String SKU = "sku";
    static final String TITLE = "title";
    static final String DESCRIPTION = "description";
    static final String BRAND = "brand";
    static final String PRODUCT_TYPE = "productType";
    static final String PRODUCT_STATUS = "productStatus";
    static final String BULLETS = "bullets";
    static final String IMAGES = "images";
    static final String VARIANT_STATUS = "variantStatus";
    static final String GTIN = "gtin";
    static final String PRICE = "price";
    static final String CURRENCY = "currency";

    static final String ATTRIBUTE = "attribute:";
    static final String VARIANT_ATTRIBUTE = "variantAttribute:";
    static final String OPTION = "option:";
    static final String OFFER = "offer:";
    static final String LOCATION = "location:";
    static final String OFFER_TITLE = "offerTitle:";
    static final String OFFER_PRICE = "offerPrice:";
    static final String OFFER_STATUS = "offerStatus:";

    /// How many columns a sheet may have.
    static final int MAX = 500;

    private static final Set<String> PLAIN = Set.of(
            PRODUCT,
            SKU,
            TITLE,
            DESCRIPTION,
            BRAND,
            PRODUCT_TYPE,
            PRODUCT_STATUS,
            BULLETS,
            IMAGES,
            VARIANT_STATUS,
            GTIN,
            PRICE,
            CURRENCY);
    private static final List<String> OF_ACCOUNT = List.of(LOCATION, OFFER_TITLE, OFFER_PRICE, OFFER_STATUS);
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final Map<String, String> channelOfAccount = new LinkedHashMap<>();
    private final List<ColumnError> errors = new ArrayList<>();

    /// Reads a header. Whatever is not known is an error: a misspelt column would otherwise be lost in
    /// silence.
    Columns(List<String> header) {
        Set<String> seen = new HashSet<>();
        for (int place = 0; place < header.size(); place++) {
            String name = header.get(place).strip();
            places.put(name, place);
            if (!seen.add(name)) {
                wrong(name, "is there twice");
            } else if (!PLAIN.contains(name)) {
                take(name);
            }
        }
        if (header.size() > MAX) {
            wrong("", "the header has more than %d columns".formatted(MAX));
        }
        checkTogether(header);
    }

    private void take(String name) {
        if (name.startsWith(OFFER)) {
            String[] parts = name.substring(OFFER.length()).split(":", -1);
            if (parts.length != 2
                    || !CHANNEL.matcher(parts[0]).matches()
                    || !ACCOUNT.matcher(parts[1]).matches()) {
                wrong(name, "must be offer:<channel>:<account>, such as offer:shopify:shop-a");
            } else if (channelOfAccount.put(parts[1], parts[0]) != null) {
                wrong(name, "names an account that another column names");
            }
        } else if (name.startsWith(OPTION)) {
            if (name.length() == OPTION.length()) {
                wrong(name, "must be option:<name>, such as option:Size");
            }
        } else if (name.startsWith(ATTRIBUTE) || name.startsWith(VARIANT_ATTRIBUTE)) {
            if (!CODE.matcher(name.substring(name.indexOf(':') + 1)).matches()) {
                wrong(name, "must end in a code of 1-64 small letters, digits or underscores");
            }
        } else if (OF_ACCOUNT.stream().noneMatch(name::startsWith)) {
            wrong(name, name.isEmpty() ? "has no name" : "is not known");
        }
    }

    private void checkTogether(List<String> header) {
        for (String needed : List.of(PRODUCT, SKU)) {
            if (!places.containsKey(needed)) {
                wrong(
                        needed,
                        header.size() == 1 && header.getFirst().indexOf(';') > 0
                                ? "is missing: columns are parted by commas here, not by semicolons"
                                : "is missing");
            }
        }
        boolean prices =
                places.containsKey(PRICE) || places.keySet().stream().anyMatch(name -> name.startsWith(OFFER_PRICE));
        if (prices && !places.containsKey(CURRENCY)) {
            wrong(CURRENCY, "is missing: a price needs its currency");
        }
        places.keySet()
                .forEach(name -> OF_ACCOUNT.stream()
                        .filter(name::startsWith)
                        .filter(prefix -> !channelOfAccount.containsKey(name.substring(prefix.length())))
                        .forEach(prefix -> wrong(name, "is of an account without a column offer:<channel>:<account>")));
    }

    private void wrong(String column, String reason) {
        errors.add(new ColumnError(column, reason));
    }

    /// What is wrong with the header; empty when the sheet can be read.
    List<ColumnError> errors() {
        return List.copyOf(errors);
    }

    int count() {
        return places.size();
    }

    /// What the row says in a column, without spaces around it; null where it has no such column or says
    /// nothing.
    @Nullable
    String cell(List<String> row, String column) {
        @Nullable Integer place = places.get(column);
        if (place == null) {
            return null;
        }
        String text = row.get(place).strip();
        return text.isEmpty() ? null : text;
    }

    /// What the row says in the columns of a prefix, by what stands behind it, in the order of the header;
    /// only what it says.
    Map<String, String> cells(List<String> row, String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        places.keySet().stream().filter(name -> name.startsWith(prefix)).forEach(name -> {
            @Nullable String text = cell(row, name);
            if (text != null) {
                found.put(name.substring(prefix.length()), text);
            }
        });
        return found;
    }

    /// The accounts of the sheet's offers with their channels, in the order of the header.
    Map<String, String> channelOfAccount() {
        return Collections.unmodifiableMap(channelOfAccount);
    }

    /// The first column of a prefix; the prefix where there is none.
    String first(String prefix) {
        return places.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .findFirst()
                .orElse(prefix);
    }
}
