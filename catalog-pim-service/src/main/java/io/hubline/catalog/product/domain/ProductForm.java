package io.hubline.catalog.product.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A product as a caller wrote it, with whatever mistakes are in it.
///
/// @param productId 1-64 letters, digits, dots, dashes or underscores
/// @param status `ACTIVE` where it is left out
/// @param title up to 500 characters; a channel may want fewer, which is said at the offer
/// @param description up to 50,000 characters of [SafeHtml]; empty where it is left out
/// @param bullets up to 10 of up to 500 characters
/// @param images up to 50 addresses beginning with `https://`, no address twice
/// @param attributes up to 200, by codes of small letters, digits and underscores
/// @param variants 1 to 2,048
public record ProductForm(
        @Nullable String productId,
        @Nullable String status,
        @Nullable String title,
        @Nullable String description,
        @Nullable String brand,
        @Nullable String productType,
        @Nullable List<@Nullable String> bullets,
        @Nullable List<@Nullable String> images,
        @Nullable Map<String, @Nullable String> attributes,
        @Nullable List<@Nullable VariantForm> variants) {

    /// How many variants a product may have.
    public static final int VARIANTS_MAX = 2_048;

    private static final Pattern PRODUCT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+#-]{0,63}");
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    /// `POST /products/import` is another thing than a product.
    private static final Set<String> RESERVED = Set.of("import");

    private static final int TITLE_MAX = 500;
    private static final int DESCRIPTION_MAX = 50_000;
    private static final int WORD_MAX = 100;
    private static final int BULLETS_MAX = 10;
    private static final int BULLET_MAX = 500;
    private static final int IMAGES_MAX = 50;
    private static final int IMAGE_MAX = 2_000;
    private static final int ATTRIBUTES_MAX = 200;
    private static final int ATTRIBUTE_MAX = 4_000;
    private static final int OPTIONS_MAX = 10;
    private static final int OPTION_MAX = 255;
    private static final long PRICE_MAX = 1_000_000_000_000L;

    /// A variant as a caller wrote it.
    public record VariantForm(
            @Nullable String sku,
            @Nullable String status,
            @Nullable String gtin,
            @Nullable List<@Nullable OptionForm> options,
            @Nullable Map<String, @Nullable String> attributes,
            @Nullable PriceForm price) {

        static VariantForm of(Variant variant) {
            return new VariantForm(
                    variant.sku(),
                    variant.status().name(),
                    variant.gtin(),
                    new ArrayList<>(variant.options().stream()
                            .map(option -> new OptionForm(option.name(), option.value()))
                            .toList()),
                    new TreeMap<>(variant.attributes()),
                    variant.price() == null
                            ? null
                            : new PriceForm(
                                    variant.price().minor(), variant.price().currency()));
        }
    }

    /// An option as a caller wrote it.
    public record OptionForm(
            @Nullable String name, @Nullable String value) {}

    /// A price as a caller wrote it.
    ///
    /// @param minor minor units, 0 to 1,000,000,000,000
    public record PriceForm(@Nullable Long minor, @Nullable String currency) {}

    /// The form that would make this product.
    public static ProductForm of(Product product) {
        return new ProductForm(
                product.id(),
                product.status().name(),
                product.title(),
                product.description(),
                product.brand(),
                product.productType(),
                new ArrayList<>(product.bullets()),
                new ArrayList<>(product.images()),
                new TreeMap<>(product.attributes()),
                new ArrayList<>(product.variants().stream().map(VariantForm::of).toList()));
    }

    /// Everything that is wrong with it at once, or the product.
    public CheckOutcome check() {
        Check check = new Check();
        String id =
                check.matches("productId", productId, PRODUCT_ID, "1-64 letters, digits, dots, dashes or underscores");
        if (RESERVED.contains(id)) {
            check.wrong("productId", "must be another word: this one has a meaning in the address");
        }
        Product product = new Product(
                id,
                check.status(status),
                check.text("title", title, TITLE_MAX),
                check.html("description", description),
                brand == null ? null : check.text("brand", brand, WORD_MAX),
                check.text("productType", productType, WORD_MAX),
                check.texts("bullets", bullets, BULLETS_MAX, BULLET_MAX),
                check.images(images),
                check.attributes(attributes),
                check.variants(variants));
        return check.violations.isEmpty()
                ? new CheckOutcome.Sound(product)
                : new CheckOutcome.Unsound(check.violations);
    }

    /// Whether a form can become a product.
    public sealed interface CheckOutcome {

        /// It can.
        record Sound(Product product) implements CheckOutcome {}

        /// It cannot, for these reasons.
        record Unsound(List<Violation> violations) implements CheckOutcome {

            public Unsound {
                violations = List.copyOf(violations);
            }
        }
    }

    /// One walk through the form. What is wrong is noted, and something harmless stands in its place until
    /// the end.
    private static final class Check {

        private final List<Violation> violations = new ArrayList<>();
        private int variant = Violation.PAGE;

        void wrong(String field, String reason) {
            violations.add(new Violation(variant, field, reason));
        }

        String matches(String field, @Nullable String text, Pattern pattern, String wanted) {
            if (text == null || !pattern.matcher(text).matches()) {
                wrong(field, "must be " + wanted);
                return "";
            }
            return text;
        }

        ProductStatus status(@Nullable String name) {
            @Nullable ProductStatus status = ProductStatus.of(name);
            if (status == null) {
                wrong("status", "must be ACTIVE or INACTIVE");
                return ProductStatus.INACTIVE;
            }
            return status;
        }

        String text(String field, @Nullable String text, int max) {
            if (text == null) {
                wrong(field, "is missing");
            } else if (text.isBlank()) {
                wrong(field, "is blank");
            } else if (text.codePointCount(0, text.length()) > max) {
                wrong(field, "is longer than %d characters".formatted(max));
            } else if (!text.equals(text.strip()) || text.chars().anyMatch(Character::isISOControl)) {
                wrong(field, "has a space at its end, a line break or a control character");
            } else {
                return text;
            }
            return "";
        }

        String html(String field, @Nullable String text) {
            if (text == null) {
                return "";
            }
            if (text.codePointCount(0, text.length()) > DESCRIPTION_MAX) {
                wrong(field, "is longer than %d characters".formatted(DESCRIPTION_MAX));
            }
            SafeHtml.objection(text).ifPresent(reason -> wrong(field, reason));
            return text;
        }

        List<String> texts(String field, @Nullable List<@Nullable String> texts, int countMax, int max) {
            List<String> sound = new ArrayList<>();
            if (texts == null) {
                return sound;
            }
            if (texts.size() > countMax) {
                wrong(field, "has more than %d entries".formatted(countMax));
                return sound;
            }
            for (int i = 0; i < texts.size(); i++) {
                sound.add(text("%s[%d]".formatted(field, i), texts.get(i), max));
            }
            return sound;
        }

        List<String> images(@Nullable List<@Nullable String> addresses) {
            List<String> sound = texts("images", addresses, IMAGES_MAX, IMAGE_MAX);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < sound.size(); i++) {
                String address = sound.get(i);
                if (!address.isEmpty() && !isHttps(address)) {
                    wrong("images[%d]".formatted(i), "must be an address beginning with https://");
                } else if (!address.isEmpty() && !seen.add(address)) {
                    wrong("images[%d]".formatted(i), "is there twice");
                }
            }
            return sound;
        }

        private static boolean isHttps(String address) {
            try {
                URI uri = new URI(address);
                return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }

        Map<String, String> attributes(@Nullable Map<String, @Nullable String> values) {
            Map<String, String> sound = new LinkedHashMap<>();
            if (values == null) {
                return sound;
            }
            if (values.size() > ATTRIBUTES_MAX) {
                wrong("attributes", "has more than %d entries".formatted(ATTRIBUTES_MAX));
                return sound;
            }
            values.forEach((code, value) -> {
                String field = "attributes." + code;
                if (!CODE.matcher(code).matches()) {
                    wrong(field, "must have a code of 1-64 small letters, digits or underscores");
                }
                sound.put(code, text(field, value, ATTRIBUTE_MAX));
            });
            return sound;
        }

        List<Variant> variants(@Nullable List<@Nullable VariantForm> forms) {
            List<Variant> sound = new ArrayList<>();
            if (forms == null || forms.isEmpty()) {
                wrong("variants", "is missing: a product has at least one variant");
                return sound;
            }
            if (forms.size() > VARIANTS_MAX) {
                wrong("variants", "has more than %d entries".formatted(VARIANTS_MAX));
                return sound;
            }
            Set<String> skus = new HashSet<>();
            Set<List<String>> sorts = new HashSet<>();
            @Nullable List<String> names = null;
            for (variant = 0; variant < forms.size(); variant++) {
                @Nullable VariantForm form = forms.get(variant);
                if (form == null) {
                    wrong("sku", "is missing: the variant is null");
                    continue;
                }
                Variant made = variant(form);
                sound.add(made);
                if (!made.sku().isEmpty() && !skus.add(made.sku())) {
                    wrong("sku", "is there twice");
                }
                List<String> own = made.options().stream().map(Option::name).toList();
                if (names == null) {
                    names = own;
                } else if (!names.equals(own)) {
                    wrong("options", "must be %s in this order, as for the other variants".formatted(names));
                    continue;
                }
                // Without regard to case, since channels show "m" and "M" as the same.
                if (!sorts.add(made.options().stream()
                        .map(option -> option.value().toLowerCase(Locale.ROOT))
                        .toList())) {
                    wrong(
                            "options",
                            own.isEmpty()
                                    ? "are missing: variants must differ in one"
                                    : "are those of another variant");
                }
            }
            variant = Violation.PAGE;
            return sound;
        }

        private Variant variant(VariantForm form) {
            @Nullable String gtin = form.gtin();
            if (gtin != null && !Gtin.isSound(gtin)) {
                wrong("gtin", "must have 8, 12, 13 or 14 digits with a right check digit");
            }
            return new Variant(
                    matches("sku", form.sku(), SKU, "1-64 letters, digits or any of . _ + # -, without spaces"),
                    status(form.status()),
                    gtin,
                    options(form.options()),
                    attributes(form.attributes()),
                    price(form.price()));
        }

        private List<Option> options(@Nullable List<@Nullable OptionForm> forms) {
            List<Option> sound = new ArrayList<>();
            if (forms == null) {
                return sound;
            }
            if (forms.size() > OPTIONS_MAX) {
                wrong("options", "has more than %d entries".formatted(OPTIONS_MAX));
                return sound;
            }
            Set<String> names = new HashSet<>();
            for (int i = 0; i < forms.size(); i++) {
                @Nullable OptionForm form = forms.get(i);
                String name = text("options[%d].name".formatted(i), form == null ? null : form.name(), OPTION_MAX);
                String value = text("options[%d].value".formatted(i), form == null ? null : form.value(), OPTION_MAX);
                if (!name.isEmpty() && !names.add(name.toLowerCase(Locale.ROOT))) {
                    wrong("options[%d].name".formatted(i), "is there twice");
                }
                sound.add(new Option(name, value));
            }
            return sound;
        }

        private @Nullable Price price(@Nullable PriceForm form) {
            if (form == null) {
                return null;
            }
            @Nullable Long minor = form.minor();
            @Nullable String currency = form.currency();
            if (minor == null || minor < 0 || minor > PRICE_MAX) {
                wrong("price.minor", "must be a whole number of minor units, 0 to %d".formatted(PRICE_MAX));
                return null;
            }
            if (currency == null || !isCurrency(currency)) {
                wrong("price.currency", "must be an ISO 4217 code, such as EUR");
                return null;
            }
            return new Price(minor, currency);
        }

        private static boolean isCurrency(String code) {
            return Currency.getAvailableCurrencies().stream()
                    .anyMatch(currency -> currency.getCurrencyCode().equals(code));
        }
    }
}
