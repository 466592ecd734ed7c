package io.hubline.sandbox.shopify.admin;

import io.hubline.sandbox.shopify.admin.StockMutations.UserError;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.Money;
import io.hubline.sandbox.shopify.store.Product;
import io.hubline.sandbox.shopify.store.Product.Option;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.Variant;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of `productSet`: finds the product it is about, judges the whole input, and then replaces the
/// product or none of it.
///
/// A list that is given replaces the one there is; what is not given stays. A variant without an id is the
/// one with the same option values, if there is one. New items are stocked nowhere until they are
/// activated.
final class ProductSet {

    /// Where an app's own metafields are when no namespace is named.
    static final String OWN_NAMESPACE = "$app";

    private static final int MOST_VARIANTS = 2048;
    private static final int LONGEST_TEXT = 255;
    private static final int MOST_OPTIONS = 3;
    private static final int MOST_FILES = 250;
    private static final int MOST_TAGS = 250;
    private static final String DEFAULT_OPTION = "Title";

    private final Shop shop;
    private final Map<String, Object> input;
    private final List<UserError> errors = new ArrayList<>();

    ProductSet(Shop shop, Map<String, Object> input) {
        this.shop = shop;
        this.input = input;
    }

    /// What the mutation answers; no product means that nothing changed.
    record Payload(@Nullable Product product, List<UserError> errors) {

        Payload {
            errors = List.copyOf(errors);
        }
    }

    /// Creates or updates, as the identifier and the input's own id say.
    Payload run(@Nullable Map<String, Object> identifier) {
        return shop.locked(() -> {
            Optional<Product> known = find(identifier);
            if (!errors.isEmpty()) {
                return refused();
            }
            Product head = head(known.orElse(null));
            Optional<List<Option>> options = options(known.orElse(null));
            if (!errors.isEmpty()) {
                return refused();
            }
            List<Variant> variants = variants(head, known.orElse(null), options);
            if (!errors.isEmpty()) {
                return refused();
            }
            Product product = new Product(
                    head.id(),
                    head.title(),
                    head.vendor(),
                    head.handle(),
                    head.descriptionHtml(),
                    head.productType(),
                    head.status(),
                    head.tags(),
                    options.orElseGet(() -> known.map(Product::options).orElseGet(this::defaultOptions)),
                    head.images(),
                    head.metafields(),
                    List.of(),
                    head.createdAt(),
                    head.updatedAt());
            return new Payload(shop.keep(product, variants), List.of());
        });
    }

    private Payload refused() {
        return new Payload(null, errors);
    }

    // Which product

    private Optional<Product> find(@Nullable Map<String, Object> identifier) {
        String ownId = text("id");
        if (identifier == null) {
            if (ownId == null) {
                return Optional.empty();
            }
            Optional<Product> product = byId(ownId);
            if (product.isEmpty()) {
                error("PRODUCT_DOES_NOT_EXIST", "Product does not exist", "input", "id");
            }
            return product;
        }
        if (ownId != null) {
            error("ID_NOT_ALLOWED", "The id field is not allowed if identifier is provided.", "input", "id");
            return Optional.empty();
        }
        if (identifier.get("id") != null) {
            Optional<Product> product = byId(String.valueOf(identifier.get("id")));
            if (product.isEmpty()) {
                error("NOT_FOUND", "Resource matching the identifier was not found.", "identifier", "id");
            }
            return product;
        }
        if (identifier.get("handle") != null) {
            return byHandle(String.valueOf(identifier.get("handle")));
        }
        return identifier.get("customId") instanceof Map<?, ?> customId ? byCustomId(customId) : Optional.empty();
    }

    private Optional<Product> byId(String gid) {
        OptionalLong id = Gid.parse("Product", gid);
        return id.isEmpty() ? Optional.empty() : shop.product(id.getAsLong());
    }

    private Optional<Product> byHandle(String handle) {
        String own = text("handle");
        if (own == null) {
            error(
                    "MISSING_FIELD_REQUIRED",
                    "The input field corresponding to the identifier is required.",
                    "input",
                    "handle");
        } else if (!own.equals(handle)) {
            error(
                    "INPUT_MISMATCH",
                    "The identifier value does not match the value of the corresponding field in the input.",
                    "input",
                    "handle");
        }
        return shop.productOfHandle(handle);
    }

    private Optional<Product> byCustomId(Map<?, ?> customId) {
        String namespace = namespace(customId.get("namespace"));
        String key = String.valueOf(customId.get("key"));
        String value = String.valueOf(customId.get("value"));
        Optional<Product> product = shop.productOfCustomId(namespace, key, value);
        boolean repeated = AdminMutations.maps(input.get("metafields")).stream()
                .anyMatch(field -> namespace(field.get("namespace")).equals(namespace)
                        && key.equals(field.get("key"))
                        && value.equals(field.get("value"))
                        && "id".equals(field.get("type")));
        if (!repeated && (product.isEmpty() || input.containsKey("metafields"))) {
            error(
                    "METAFIELD_MISMATCH",
                    "The input argument `metafields` (if present) must contain the `customId` value.",
                    "input",
                    "metafields");
        }
        return product;
    }

    private static String namespace(@Nullable Object given) {
        return given == null ? OWN_NAMESPACE : given.toString();
    }

    // The product itself

    private Product head(@Nullable Product known) {
        String title = either(text("title"), known == null ? "" : known.title()).strip();
        if (title.isBlank() && (known == null || input.containsKey("title"))) {
            error("INVALID_PRODUCT", "Title can't be blank", "input", "title");
        }
        tooLong("title", "Title");
        tooLong("vendor", "Vendor");
        tooLong("productType", "Product type");
        tooLong("handle", "Handle");
        List<String> tags = input.get("tags") instanceof List<?> given
                ? given.stream().map(String::valueOf).toList()
                : known == null ? List.of() : known.tags();
        if (tags.size() > MOST_TAGS) {
            error("INVALID_PRODUCT", "Tags can't exceed %d".formatted(MOST_TAGS), "input", "tags");
        }
        String status = text("status");
        long id = known == null ? shop.nextId() : known.id();
        return new Product(
                id,
                title,
                either(text("vendor"), known == null ? shop.profile().name() : known.vendor()),
                ownHandle(known, title),
                either(text("descriptionHtml"), known == null ? "" : known.descriptionHtml()),
                either(text("productType"), known == null ? "" : known.productType()),
                status == null
                        ? known == null ? Product.Status.ACTIVE : known.status()
                        : Product.Status.valueOf(status),
                tags,
                List.of(),
                images(known),
                metafields(known),
                List.of(),
                known == null ? shop.now() : known.createdAt(),
                shop.now());
    }

    private void tooLong(String field, String name) {
        String given = text(field);
        if (given != null && given.length() > LONGEST_TEXT) {
            error(
                    "INVALID_PRODUCT",
                    "%s is too long (maximum is %d characters)".formatted(name, LONGEST_TEXT),
                    "input",
                    field);
        }
    }

    private String ownHandle(@Nullable Product known, String title) {
        String wanted = text("handle");
        if (wanted == null) {
            return known == null ? shop.freeHandle(Shop.handle(title)) : known.handle();
        }
        String handle = Shop.handle(wanted);
        if (handle.isEmpty()) {
            error("INVALID_PRODUCT", "Handle can't be blank", "input", "handle");
        }
        Optional<Product> other = shop.productOfHandle(handle).filter(each -> known == null || each.id() != known.id());
        if (other.isPresent()) {
            error(
                    "HANDLE_NOT_UNIQUE",
                    "Handle '%s' already in use. Please provide a new handle.".formatted(handle),
                    "input",
                    "handle");
        }
        return handle;
    }

    private List<Product.Image> images(@Nullable Product known) {
        if (!(input.get("files") instanceof List<?>)) {
            return known == null ? List.of() : known.images();
        }
        List<Map<String, Object>> files = AdminMutations.maps(input.get("files"));
        if (files.size() > MOST_FILES) {
            error("INVALID_INPUT", "Files can't exceed %d".formatted(MOST_FILES), "input", "files");
        }
        List<Product.Image> images = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Map<String, Object> file = files.get(i);
            String source = AdminMutations.text(file.get("originalSource"));
            String type = AdminMutations.text(file.get("contentType"));
            String[] path = {"input", "files", Integer.toString(i)};
            if (source == null || !fetchable(source)) {
                error("INVALID_INPUT", "File originalSource must be a URL that can be fetched", path);
            } else if (type != null && !type.equals("IMAGE")) {
                error("INVALID_INPUT", "This shop keeps no other files than images", path);
            } else {
                images.add(new Product.Image(
                        shop.nextId(),
                        source,
                        filename(source, AdminMutations.text(file.get("filename"))),
                        AdminMutations.text(file.get("alt")),
                        shop.now()));
            }
        }
        return images;
    }

    /// The name asked for, or the last part of the address.
    private static String filename(String source, @Nullable String wanted) {
        String path = URI.create(source).getPath();
        String last = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
        String name = either(wanted, last).replaceAll("[^A-Za-z0-9._-]", "_");
        return name.isEmpty() ? "image" : name;
    }

    private static boolean fetchable(String source) {
        try {
            URI uri = new URI(source);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }

    private List<Product.Metafield> metafields(@Nullable Product known) {
        if (!(input.get("metafields") instanceof List<?>)) {
            return known == null ? List.of() : known.metafields();
        }
        List<Map<String, Object>> given = AdminMutations.maps(input.get("metafields"));
        List<Product.Metafield> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < given.size(); i++) {
            Map<String, Object> field = given.get(i);
            String namespace = namespace(field.get("namespace"));
            String key = AdminMutations.text(field.get("key"));
            String value = AdminMutations.text(field.get("value"));
            String type = either(AdminMutations.text(field.get("type")), "single_line_text_field");
            String[] path = {"input", "metafields", Integer.toString(i)};
            if (key == null || key.isBlank() || value == null || value.isBlank()) {
                error("INVALID_METAFIELD", "Metafield needs a key and a value", path);
                continue;
            }
            if (!seen.add(namespace + "." + key)) {
                error("INVALID_METAFIELD", "Metafield %s.%s is given twice".formatted(namespace, key), path);
                continue;
            }
            boolean taken = type.equals("id")
                    && shop.productOfCustomId(namespace, key, value)
                            .filter(other -> known == null || other.id() != known.id())
                            .isPresent();
            if (taken) {
                error("DUPLICATED_METAFIELD_VALUE", "Value has already been taken", path);
                continue;
            }
            fields.add(new Product.Metafield(shop.nextId(), namespace, key, type, value));
        }
        return fields;
    }

    // Options

    private Optional<List<Option>> options(@Nullable Product known) {
        boolean variantsGiven = input.get("variants") instanceof List<?> list && !list.isEmpty();
        boolean optionsGiven = input.get("productOptions") instanceof List<?> list && !list.isEmpty();
        if (variantsGiven && !optionsGiven) {
            error(
                    "PRODUCT_OPTIONS_INPUT_MISSING",
                    "Must specify product options when updating variants.",
                    "input",
                    "productOptions");
        }
        if (optionsGiven && !variantsGiven) {
            error("VARIANTS_INPUT_MISSING", "Must specify variants when updating options.", "input", "variants");
        }
        if (!optionsGiven) {
            return Optional.empty();
        }
        List<Map<String, Object>> given = new ArrayList<>(AdminMutations.maps(input.get("productOptions")));
        if (given.size() > MOST_OPTIONS) {
            error("OPTIONS_OVER_LIMIT", "Options over limit.", "input", "productOptions");
            return Optional.empty();
        }
        List<Option> options = new ArrayList<>();
        Set<String> names = new HashSet<>();
        given.sort(Comparator.comparingInt(
                each -> each.get("position") instanceof Integer position ? position : Integer.MAX_VALUE));
        for (int i = 0; i < given.size(); i++) {
            Map<String, Object> wanted = given.get(i);
            String[] path = {"input", "productOptions", Integer.toString(i)};
            Optional<Option> same = sameOption(known, wanted, path);
            String name = either(
                    AdminMutations.text(wanted.get("name")),
                    same.map(Option::name).orElse(""));
            if (name.isBlank()) {
                error("INVALID_INPUT", "Option name can't be blank", path);
            } else if (!names.add(name)) {
                error("DUPLICATED_OPTION_NAME", "Duplicated option name.", path);
            } else {
                options.add(new Option(
                        same.map(Option::id).orElseGet(shop::nextId), name, values(wanted, same.orElse(null), path)));
            }
        }
        return Optional.of(options);
    }

    private Optional<Option> sameOption(@Nullable Product known, Map<String, Object> wanted, String[] path) {
        List<Option> there = known == null ? List.of() : known.options();
        if (wanted.get("id") == null) {
            return there.stream()
                    .filter(option -> option.name().equals(wanted.get("name")))
                    .findFirst();
        }
        Optional<Option> same = there.stream()
                .filter(option -> option.gid().equals(wanted.get("id")))
                .findFirst();
        if (same.isEmpty()) {
            error("OPTION_DOES_NOT_EXIST", "Option does not exist.", path);
        }
        return same;
    }

    private List<Option.Value> values(Map<String, Object> wanted, @Nullable Option known, String[] path) {
        List<Option.Value> values = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Map<String, Object> value : AdminMutations.maps(wanted.get("values"))) {
            String name = AdminMutations.text(value.get("name"));
            if (name == null || name.isBlank()) {
                error("INVALID_INPUT", "Option value name can't be blank", path);
            } else if (name.length() > LONGEST_TEXT) {
                error("INVALID_INPUT", "Option value name is too long (maximum is 255 characters)", path);
            } else if (!seen.add(name)) {
                error("DUPLICATED_OPTION_VALUE", "Duplicated option value.", path);
            } else {
                values.add(new Option.Value(
                        known == null
                                ? shop.nextId()
                                : known.values().stream()
                                        .filter(each -> each.name().equals(name))
                                        .map(Option.Value::id)
                                        .findFirst()
                                        .orElseGet(shop::nextId),
                        name));
            }
        }
        if (values.isEmpty() && errors.isEmpty()) {
            error("OPTION_VALUES_MISSING", "Each option must have at least one option value specified.", path);
        }
        return values;
    }

    private List<Option> defaultOptions() {
        return List.of(new Option(
                shop.nextId(), DEFAULT_OPTION, List.of(new Option.Value(shop.nextId(), Variant.DEFAULT_TITLE))));
    }

    // Variants

    private List<Variant> variants(Product head, @Nullable Product known, Optional<List<Option>> options) {
        List<Variant> there = known == null ? List.of() : shop.variantsOf(known);
        if (options.isEmpty()) {
            return there.isEmpty()
                    ? List.of(variant(head, null, Map.of(), List.of(Variant.DEFAULT_TITLE), new String[] {"input"}))
                    : there.stream()
                            .map(each -> variant(head, each, Map.of(), each.optionValues(), new String[] {"input"}))
                            .toList();
        }
        List<Map<String, Object>> given = new ArrayList<>(AdminMutations.maps(input.get("variants")));
        if (given.size() > MOST_VARIANTS) {
            error("VARIANTS_OVER_LIMIT", "Number of product variants exceeds shop limit.", "input", "variants");
            return List.of();
        }
        Map<List<String>, Variant> all = new LinkedHashMap<>();
        Set<Long> kept = new HashSet<>();
        Map<List<String>, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < given.size(); i++) {
            Map<String, Object> wanted = given.get(i);
            String[] path = {"input", "variants", Integer.toString(i)};
            Optional<List<String>> values = chosen(wanted, options.get(), path);
            if (values.isEmpty()) {
                continue;
            }
            Optional<Variant> same = sameVariant(there, wanted, values.get(), path);
            if (all.containsKey(values.get())
                    || same.map(each -> !kept.add(each.id())).orElse(false)) {
                error(
                        "INVALID_VARIANT",
                        "The variant '%s' already exists. Please change at least one option value."
                                .formatted(String.join(" / ", values.get())),
                        path);
                continue;
            }
            all.put(values.get(), variant(head, same.orElse(null), wanted, values.get(), path));
            positions.put(
                    values.get(), wanted.get("position") instanceof Integer position ? position : Integer.MAX_VALUE);
        }
        return all.values().stream()
                .sorted(Comparator.comparingInt(
                        each -> Objects.requireNonNullElse(positions.get(each.optionValues()), Integer.MAX_VALUE)))
                .toList();
    }

    /// The values a variant chooses, in the options' order; empty when it does not choose one of each.
    private Optional<List<String>> chosen(Map<String, Object> wanted, List<Option> options, String[] path) {
        Map<String, String> chosen = new LinkedHashMap<>();
        List<Map<String, Object>> values = AdminMutations.maps(wanted.get("optionValues"));
        for (int i = 0; i < values.size(); i++) {
            Map<String, Object> value = values.get(i);
            String[] at = {path[0], path[1], path[2], "optionValues", Integer.toString(i)};
            Optional<Option> option = options.stream()
                    .filter(each -> value.get("optionId") == null
                            ? each.name().equals(value.get("optionName"))
                            : each.gid().equals(value.get("optionId")))
                    .findFirst();
            if (option.isEmpty()) {
                error("OPTION_DOES_NOT_EXIST", "Option does not exist.", at);
                return Optional.empty();
            }
            Optional<Option.Value> known = option.get().values().stream()
                    .filter(each -> value.get("id") == null
                            ? each.name().equals(value.get("name"))
                            : Gid.of("ProductOptionValue", each.id()).equals(value.get("id")))
                    .findFirst();
            if (known.isEmpty()) {
                error("OPTION_VALUE_DOES_NOT_EXIST", "Option value does not exist.", at);
                return Optional.empty();
            }
            if (chosen.put(option.get().name(), known.get().name()) != null) {
                error(
                        "INVALID_VARIANT",
                        "Option '%s' is given twice".formatted(option.get().name()),
                        at);
                return Optional.empty();
            }
        }
        List<String> inOrder = new ArrayList<>();
        for (Option option : options) {
            String value = chosen.get(option.name());
            if (value == null) {
                error("INVALID_VARIANT", "You need to add option values for " + option.name(), path);
                return Optional.empty();
            }
            inOrder.add(value);
        }
        return Optional.of(inOrder);
    }

    private Optional<Variant> sameVariant(
            List<Variant> there, Map<String, Object> wanted, List<String> values, String[] path) {
        if (wanted.get("id") == null) {
            return there.stream()
                    .filter(each -> each.optionValues().equals(values))
                    .findFirst();
        }
        Optional<Variant> same = there.stream()
                .filter(each -> each.gid().equals(wanted.get("id")))
                .findFirst();
        if (same.isEmpty()) {
            error("PRODUCT_VARIANT_DOES_NOT_EXIST", "Product variant does not exist.", path);
        }
        return same;
    }

    private Variant variant(
            Product head, @Nullable Variant known, Map<String, Object> wanted, List<String> values, String[] path) {
        Map<?, ?> item = wanted.get("inventoryItem") instanceof Map<?, ?> given ? given : Map.of();
        String policy = AdminMutations.text(wanted.get("inventoryPolicy"));
        return new Variant(
                known == null ? shop.nextId() : known.id(),
                head.id(),
                known == null ? shop.nextId() : known.inventoryItemId(),
                head.title(),
                head.vendor(),
                String.join(" / ", values),
                sku(known, wanted, item, path),
                price(known, wanted, path),
                policy == null ? known == null ? Variant.Policy.DENY : known.policy() : Variant.Policy.valueOf(policy),
                barcode(known, wanted, path),
                item.get("tracked") instanceof Boolean tracked ? tracked : known != null && known.tracked(),
                item.get("requiresShipping") instanceof Boolean shipped
                        ? shipped
                        : known == null || known.requiresShipping(),
                values,
                known == null ? shop.now() : known.createdAt(),
                shop.now());
    }

    private String sku(@Nullable Variant known, Map<String, Object> wanted, Map<?, ?> item, String[] path) {
        Object own = wanted.get("sku");
        Object ofItem = item.get("sku");
        if (own != null && ofItem != null && !own.equals(ofItem)) {
            error("INVALID_VARIANT", "SKU and the inventory item's SKU must be the same", path);
        }
        boolean cleared = wanted.containsKey("sku") || item.containsKey("sku");
        Object given = own == null ? ofItem : own;
        String sku = given == null ? cleared || known == null ? "" : known.sku() : given.toString();
        if (sku.length() > LONGEST_TEXT) {
            error("INVALID_VARIANT", "SKU is too long (maximum is 255 characters)", path);
        }
        return sku;
    }

    private @Nullable String barcode(@Nullable Variant known, Map<String, Object> wanted, String[] path) {
        String barcode = wanted.containsKey("barcode")
                ? AdminMutations.text(wanted.get("barcode"))
                : known == null ? null : known.barcode();
        if (barcode != null && barcode.length() > LONGEST_TEXT) {
            error("INVALID_VARIANT", "Barcode is too long (maximum is 255 characters)", path);
        }
        return barcode;
    }

    private long price(@Nullable Variant known, Map<String, Object> wanted, String[] path) {
        Object given = wanted.get("price");
        if (given == null) {
            return known == null ? 0 : known.priceMinor();
        }
        OptionalLong minor = Money.minor(given.toString());
        if (minor.isEmpty()) {
            error("INVALID_VARIANT", "Price must have at most two decimals", path);
            return 0;
        }
        if (minor.getAsLong() < 0) {
            error("INVALID_VARIANT", "Price must be greater than or equal to 0", path);
        }
        return minor.getAsLong();
    }

    // Arguments

    private @Nullable String text(String field) {
        return AdminMutations.text(input.get(field));
    }

    private static String either(@Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }

    private void error(String code, String message, String... field) {
        errors.add(new UserError(List.of(field), message, code));
    }
}
