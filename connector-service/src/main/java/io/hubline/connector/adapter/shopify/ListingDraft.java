package io.hubline.connector.adapter.shopify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubline.connector.adapter.shopify.ShopifyWire.Product;
import io.hubline.connector.spi.ListingAnswer;
import io.hubline.connector.spi.ListingAnswer.Ids;
import io.hubline.connector.spi.ListingWrite;
import io.hubline.connector.spi.ListingWrite.Variant;
import io.hubline.contracts.Money;
import io.hubline.contracts.catalog.ListingState.Content;
import io.hubline.contracts.catalog.ListingState.Option;
import io.hubline.contracts.connector.ChannelSyncState.Issue;
import java.math.BigDecimal;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A page as it should be, beside the product as the shop shows it.
///
/// The shop replaces the whole list of variants. So variants of the product that the hub does not write are
/// part of the draft as they are, and stay.
///
/// @param shown null where there is no product yet
/// @param written the variants that are written; the others of the page were rejected before
/// @param rejected why, by offer
record ListingDraft(
        ListingWrite write, @Nullable Product shown, List<Variant> written, Map<String, ListingAnswer> rejected) {

    // What the shop calls the one option of a product that has none.
    private static final String NO_OPTION = "Title";
    private static final String NO_VALUE = "Default Title";
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Pattern HTML = Pattern.compile("<[a-zA-Z][^<>]*>");
    private static final Pattern EXTENSION = Pattern.compile("\\.(jpe?g|png|gif|webp|heic)$", Pattern.CASE_INSENSITIVE);

    ListingDraft {
        written = List.copyOf(written);
        rejected = Map.copyOf(rejected);
    }

    /// Judges what the shop cannot show before it is asked.
    ///
    /// @param currency the shop's
    static ListingDraft of(ListingWrite write, @Nullable Product shown, String currency) {
        boolean someActive = write.variants().stream().anyMatch(Variant::active);
        Map<String, ListingAnswer> rejected = new LinkedHashMap<>();
        List<Variant> written = new ArrayList<>();
        for (Variant variant : write.variants()) {
            Optional<Issue> issue = someActive && !variant.active()
                    ? Optional.of(new Issue(
                            "VARIANT_STATUS",
                            "this channel shows or hides a whole product and no single variant: take the whole product"
                                    + " down, or end this variant at the channel by hand"))
                    : wrongCurrency(variant, currency);
            if (issue.isPresent()) {
                rejected.put(variant.offer(), rejected(variant, shown, issue.get()));
            } else {
                written.add(variant);
            }
        }
        Optional<Issue> whole = optionIssue(written);
        if (whole.isPresent()) {
            written.forEach(variant -> rejected.put(variant.offer(), rejected(variant, shown, whole.get())));
            return new ListingDraft(write, shown, List.of(), rejected);
        }
        return new ListingDraft(write, shown, written, rejected);
    }

    private static Optional<Issue> wrongCurrency(Variant variant, String currency) {
        @Nullable Money price = variant.content().price();
        return price == null || price.currency().equals(currency)
                ? Optional.empty()
                : Optional.of(new Issue(
                        "CURRENCY",
                        "the shop sells in %s, and the price is in %s: mend the account's price list"
                                .formatted(currency, price.currency())));
    }

    private static Optional<Issue> optionIssue(List<Variant> written) {
        Set<List<String>> names =
                written.stream().map(ListingDraft::optionNames).collect(Collectors.toSet());
        if (names.size() > 1) {
            return Optional.of(new Issue(
                    "OPTIONS_DIFFER", "the variants of the product differ in different things: %s".formatted(names)));
        }
        Set<List<String>> values = written.stream()
                .map(variant -> options(variant).stream().map(Option::value).toList())
                .collect(Collectors.toSet());
        return values.size() < written.size()
                ? Optional.of(new Issue(
                        "OPTIONS_ALIKE", "two variants of the product have the same options: tell them apart"))
                : Optional.empty();
    }

    private static List<String> optionNames(Variant variant) {
        return options(variant).stream().map(Option::name).toList();
    }

    private static List<Option> options(Variant variant) {
        List<Option> options = variant.content().options();
        return options.isEmpty() ? List.of(new Option(NO_OPTION, NO_VALUE)) : options;
    }

    /// What identifies the page where the hub made it: no two products share it.
    static String handle(String productId) {
        String plain = productId.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return "hubline-" + (plain.equals(productId) ? plain : plain + "-" + mark(productId));
    }

    /// The input of `productSet`.
    ///
    /// @param handle null where the product is named by its id
    Map<String, Object> input(@Nullable String handle) {
        Content content = written.getFirst().content();
        Map<String, Object> input = new LinkedHashMap<>();
        if (handle != null) {
            input.put("handle", handle);
        }
        input.put("title", content.title());
        input.put("descriptionHtml", html(content));
        if (content.brand() != null) {
            input.put("vendor", content.brand());
        }
        input.put("productType", content.productType());
        input.put("status", status());
        if (!showsImages(content)) {
            input.put("files", files(content));
        }
        List<Product.Variant> others = others();
        Map<String, Set<String>> values = new LinkedHashMap<>();
        optionNames(written.getFirst()).forEach(name -> values.put(name, new LinkedHashSet<>()));
        for (Product.Variant other : others) {
            other.selectedOptions()
                    .forEach(option -> values.computeIfAbsent(option.name(), _ -> new LinkedHashSet<>())
                            .add(option.value()));
        }
        for (Variant variant : written) {
            options(variant)
                    .forEach(option -> values.computeIfAbsent(option.name(), _ -> new LinkedHashSet<>())
                            .add(option.value()));
        }
        List<Map<String, Object>> options = new ArrayList<>();
        values.forEach((name, all) -> options.add(Map.of(
                "name",
                name,
                "values",
                all.stream().map(value -> Map.of("name", value)).toList())));
        input.put("productOptions", options);
        List<Map<String, Object>> variants = new ArrayList<>();
        written.forEach(variant -> variants.add(variant(variant)));
        others.forEach(other -> variants.add(Map.of(
                "id",
                other.id(),
                "optionValues",
                other.selectedOptions().stream()
                        .map(option -> Map.of("optionName", option.name(), "name", option.value()))
                        .toList())));
        input.put("variants", variants);
        return input;
    }

    /// Shown or hidden as a whole.
    private String status() {
        return written.stream().anyMatch(Variant::active) ? "ACTIVE" : "DRAFT";
    }

    private Map<String, Object> variant(Variant variant) {
        Map<String, Object> input = new LinkedHashMap<>();
        match(variant, shown).ifPresent(there -> input.put("id", there.id()));
        input.put("sku", variant.address().channelSku());
        if (variant.content().gtin() != null) {
            input.put("barcode", variant.content().gtin());
        }
        if (variant.content().price() != null) {
            input.put("price", variant.content().price().toDecimal());
        }
        input.put("inventoryItem", Map.of("tracked", true, "requiresShipping", true));
        input.put(
                "optionValues",
                options(variant).stream()
                        .map(option -> Map.of("optionName", option.name(), "name", option.value()))
                        .toList());
        return input;
    }

    /// The product's variants that the hub does not write.
    private List<Product.Variant> others() {
        if (shown == null) {
            return List.of();
        }
        Set<String> own = written.stream()
                .flatMap(variant -> match(variant, shown).stream())
                .map(Product.Variant::id)
                .collect(Collectors.toSet());
        return shown.variants().nodes().stream()
                .filter(variant -> !own.contains(variant.id()))
                // The shop makes it for a product without options; it goes when the first with options comes.
                .filter(variant -> optionNames(written.getFirst()).equals(List.of(NO_OPTION))
                        || variant.selectedOptions().stream()
                                .noneMatch(option -> option.value().equals(NO_VALUE)))
                .toList();
    }

    /// By its id where that is known and still there, or else by its SKU.
    static Optional<Product.Variant> match(Variant variant, @Nullable Product shown) {
        if (shown == null) {
            return Optional.empty();
        }
        List<Product.Variant> there = shown.variants().nodes();
        return there.stream()
                .filter(each -> each.id().equals(variant.address().variantId()))
                .findFirst()
                .or(() -> there.stream()
                        .filter(each -> variant.address().channelSku().equals(each.sku()))
                        .findFirst());
    }

    private static String html(Content content) {
        String description = content.description();
        StringBuilder html = new StringBuilder();
        if (HTML.matcher(description).find()) {
            html.append(description);
        } else {
            description
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line ->
                            html.append("<p>").append(escaped(line.strip())).append("</p>"));
        }
        if (!content.bullets().isEmpty()) {
            html.append("<ul>");
            content.bullets()
                    .forEach(bullet ->
                            html.append("<li>").append(escaped(bullet)).append("</li>"));
            html.append("</ul>");
        }
        return html.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// Whether the shop shows just these pictures. It names their files as it was told to, so they are
    /// known again; to send them once more would upload them once more.
    private boolean showsImages(Content content) {
        if (shown == null) {
            return content.images().isEmpty();
        }
        List<Product.Media> media = shown.media().nodes();
        if (media.size() != content.images().size()) {
            return false;
        }
        for (int i = 0; i < media.size(); i++) {
            Product.@Nullable Image image = media.get(i).image();
            if (image == null || !image.url().contains(mark(content.images().get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static List<Map<String, Object>> files(Content content) {
        List<Map<String, Object>> files = new ArrayList<>();
        for (String image : content.images()) {
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("originalSource", image);
            file.put("contentType", "IMAGE");
            file.put("alt", content.title());
            extension(image).ifPresent(extension -> file.put("filename", mark(image) + extension));
            files.add(file);
        }
        return files;
    }

    private static Optional<String> extension(String image) {
        try {
            @Nullable String path = URI.create(image).getPath();
            Matcher matcher = EXTENSION.matcher(path == null ? "" : path);
            return matcher.find() ? Optional.of(matcher.group().toLowerCase(Locale.ROOT)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            // The shop says what is wrong with the address.
            return Optional.empty();
        }
    }

    private static String mark(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// How the page stands, going by what the shop shows now.
    Map<String, ListingAnswer> standing() {
        Map<String, ListingAnswer> answers = new LinkedHashMap<>(rejected);
        if (shown == null) {
            return answers;
        }
        for (Variant variant : written) {
            match(variant, shown)
                    .ifPresent(there -> answers.put(
                            variant.offer(),
                            isAsWanted(variant, there)
                                    ? new ListingAnswer.Live(ids(there))
                                    : new ListingAnswer.Accepted(ids(there), LOOK)));
        }
        return answers;
    }

    private boolean isAsWanted(Variant variant, Product.Variant there) {
        Content content = variant.content();
        return shown != null
                && shown.status().equals(status())
                && shown.title().equals(written.getFirst().content().title().strip())
                && variant.address().channelSku().equals(there.sku())
                && (content.gtin() == null || content.gtin().equals(there.barcode()))
                && (content.price() == null
                        || new BigDecimal(content.price().toDecimal()).compareTo(new BigDecimal(there.price())) == 0);
    }

    private Ids ids(Product.Variant there) {
        return new Ids(
                shown == null ? null : shown.id(),
                there.id(),
                there.inventoryItem().id());
    }

    /// All that was written, rejected with the same issues: the shop takes a page whole or not at all.
    Map<String, ListingAnswer> refused(List<Issue> issues) {
        Map<String, ListingAnswer> answers = new LinkedHashMap<>(rejected);
        written.forEach(variant -> answers.put(
                variant.offer(),
                new ListingAnswer.Rejected(match(variant, shown).map(this::ids).orElse(Ids.UNKNOWN), issues)));
        return answers;
    }

    private static ListingAnswer rejected(Variant variant, @Nullable Product shown, Issue issue) {
        Ids ids = match(variant, shown)
                .map(there -> new Ids(
                        shown == null ? null : shown.id(),
                        there.id(),
                        there.inventoryItem().id()))
                .orElse(Ids.UNKNOWN);
        return new ListingAnswer.Rejected(ids, List.of(issue));
    }
}
