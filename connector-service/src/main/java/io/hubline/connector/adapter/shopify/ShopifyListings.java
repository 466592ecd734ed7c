package io.hubline.connector.adapter.shopify;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.shopify.ShopifyAdapter.InventoryLevels;
import io.hubline.connector.adapter.shopify.ShopifyWire.Connection;
import io.hubline.connector.adapter.shopify.ShopifyWire.InventoryActivate;
import io.hubline.connector.adapter.shopify.ShopifyWire.InventoryItem;
import io.hubline.connector.adapter.shopify.ShopifyWire.Product;
import io.hubline.connector.adapter.shopify.ShopifyWire.ProductPage;
import io.hubline.connector.adapter.shopify.ShopifyWire.ProductSet;
import io.hubline.connector.adapter.shopify.ShopifyWire.ProductsOfVariants;
import io.hubline.connector.adapter.shopify.ShopifyWire.UserError;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ListingAnswer;
import io.hubline.connector.spi.ListingAnswer.Live;
import io.hubline.connector.spi.ListingWrite;
import io.hubline.connector.spi.ListingWrite.Variant;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.contracts.connector.ChannelSyncState.Issue;
import io.hubline.kit.Ids;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes products.
///
/// A product that the hub makes has a handle made of the catalogue's id, so that a call whose outcome is
/// unknown finds it instead of making a second. A product that was there before is found by its variants.
@Singleton
class ShopifyListings {

    private static final int VARIANTS_PER_PAGE = 100;
    private static final int PAGES_MAX = 21;
    private static final int ITEMS_AT_ONCE = 100;

    private final ShopifyClient client;

    ShopifyListings(ShopifyClient client) {
        this.client = client;
    }

    Outcome<Map<String, ListingAnswer>> put(Account account, ListingWrite write) {
        Outcome<Found> found = find(account, write);
        if (!(found instanceof Done<Found>(Found before))) {
            return Outcome.failed(found);
        }
        ListingDraft draft = ListingDraft.of(write, before.product(), before.currency());
        if (draft.written().isEmpty()) {
            return new Done<>(draft.rejected());
        }
        ObjectNode variables = client.json().createObjectNode();
        variables.set("identifier", before.identifier());
        variables.set("input", client.json().valueToTree(draft.input(before.handle())));
        Outcome<ProductSet> outcome = client.call(account, Document.PRODUCT_SET, variables, ProductSet.class);
        if (!(outcome instanceof Done<ProductSet>(ProductSet data))) {
            return Outcome.failed(outcome);
        }
        var payload = data.productSet();
        if (payload == null) {
            return new Unknown<>("the answer has no payload");
        }
        if (!payload.userErrors().isEmpty()) {
            return new Done<>(draft.refused(
                    payload.userErrors().stream().map(ShopifyListings::issue).toList()));
        }
        Outcome<Found> again = find(account, before.identifier(), before.handle());
        if (!(again instanceof Done<Found>(Found after))) {
            return Outcome.failed(again);
        }
        Map<String, ListingAnswer> standing = new LinkedHashMap<>(
                new ListingDraft(write, after.product(), draft.written(), draft.rejected()).standing());
        return stocked(account, draft.written(), standing);
    }

    Outcome<Map<String, ListingAnswer>> read(Account account, ListingWrite write) {
        Outcome<Found> found = find(account, write);
        return found instanceof Done<Found>(Found there)
                ? new Done<>(ListingDraft.of(write, there.product(), there.currency())
                        .standing())
                : Outcome.failed(found);
    }

    private static Issue issue(UserError error) {
        String where = error.field() == null ? "" : String.join(".", error.field()) + ": ";
        return new Issue(error.code() == null ? "USER_ERROR" : error.code(), where + error.message());
    }

    /// The product of the page as the shop shows it, and what names it.
    private Outcome<Found> find(Account account, ListingWrite write) {
        List<String> known = write.variants().stream()
                .map(variant -> variant.address().variantId())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        Set<String> products = Set.of();
        if (!known.isEmpty()) {
            ObjectNode variables = client.json().createObjectNode();
            ArrayNode ids = variables.putArray("ids");
            known.stream().limit(250).forEach(ids::add);
            Outcome<ProductsOfVariants> outcome =
                    client.call(account, Document.PRODUCTS_OF_VARIANTS, variables, ProductsOfVariants.class);
            if (!(outcome instanceof Done<ProductsOfVariants>(ProductsOfVariants data))) {
                return Outcome.failed(outcome);
            }
            products = data.nodes().stream()
                    .flatMap(node -> node == null || node.product() == null
                            ? java.util.stream.Stream.empty()
                            : java.util.stream.Stream.of(node.product().id()))
                    .collect(Collectors.toSet());
        }
        if (products.size() > 1) {
            return new Refused<>(
                    "SEVERAL_PRODUCTS", "the variants stand on several products of the shop: %s".formatted(products));
        }
        if (products.isEmpty()) {
            String handle = ListingDraft.handle(write.productId());
            return find(account, client.json().createObjectNode().put("handle", handle), handle);
        }
        return find(
                account,
                client.json().createObjectNode().put("id", products.iterator().next()),
                null);
    }

    private Outcome<Found> find(Account account, ObjectNode identifier, @Nullable String handle) {
        @Nullable Product first = null;
        List<Product.Variant> variants = new ArrayList<>();
        @Nullable String after = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            ObjectNode variables = client.json().createObjectNode();
            variables.set("identifier", identifier);
            variables.put("first", VARIANTS_PER_PAGE).put("after", after);
            Outcome<ProductPage> outcome = client.call(account, Document.PRODUCT_PAGE, variables, ProductPage.class);
            if (!(outcome instanceof Done<ProductPage>(ProductPage data))) {
                return Outcome.failed(outcome);
            }
            String currency = data.shop().currencyCode();
            @Nullable Product product = data.productByIdentifier();
            if (product == null) {
                return new Done<>(new Found(null, identifier, handle, currency));
            }
            first = first == null ? product : first;
            variants.addAll(product.variants().nodes());
            after = product.variants().next();
            if (after == null) {
                return new Done<>(new Found(
                        new Product(
                                first.id(),
                                first.title(),
                                first.status(),
                                first.media(),
                                new Connection<>(variants, null)),
                        identifier,
                        handle,
                        currency));
            }
        }
        return new Refused<>("TOO_LARGE", "the product has more variants than any real one");
    }

    /// A new item is counted nowhere. It is to be counted where its offer stands, or its number could not
    /// be written.
    private Outcome<Map<String, ListingAnswer>> stocked(
            Account account, List<Variant> written, Map<String, ListingAnswer> standing) {
        Map<String, List<Variant>> byLocation = written.stream()
                .filter(Variant::active)
                .filter(variant -> variant.address().channelLocation() != null)
                .filter(variant -> item(standing, variant).isPresent())
                .collect(groupingBy(
                        variant -> Objects.requireNonNull(variant.address().channelLocation())));
        for (Map.Entry<String, List<Variant>> place : byLocation.entrySet()) {
            List<Variant> variants = place.getValue();
            for (int from = 0; from < variants.size(); from += ITEMS_AT_ONCE) {
                List<Variant> part = variants.subList(from, Math.min(variants.size(), from + ITEMS_AT_ONCE));
                Outcome<Set<String>> missing = notCounted(account, place.getKey(), part, standing);
                if (!(missing instanceof Done<Set<String>>(Set<String> items))) {
                    return Outcome.failed(missing);
                }
                for (Variant variant : part) {
                    String item = item(standing, variant).orElseThrow();
                    if (items.contains(item)) {
                        Outcome<Optional<Issue>> activated = activate(account, item, place.getKey());
                        if (!(activated instanceof Done<Optional<Issue>>(Optional<Issue> issue))) {
                            return Outcome.failed(activated);
                        }
                        issue.ifPresent(wrong -> standing.computeIfPresent(
                                variant.offer(),
                                (_, answer) -> new ListingAnswer.Rejected(answer.ids(), List.of(wrong))));
                    }
                }
            }
        }
        return new Done<>(standing);
    }

    private static Optional<String> item(Map<String, ListingAnswer> standing, Variant variant) {
        return Optional.ofNullable(standing.get(variant.offer()))
                .filter(answer -> answer instanceof Live || answer instanceof ListingAnswer.Accepted)
                .map(answer -> answer.ids().inventoryItemId());
    }

    private Outcome<Set<String>> notCounted(
            Account account, String location, List<Variant> variants, Map<String, ListingAnswer> standing) {
        ObjectNode variables = client.json().createObjectNode().put("location", location);
        ArrayNode ids = variables.putArray("ids");
        variants.forEach(variant -> item(standing, variant).ifPresent(ids::add));
        Outcome<InventoryLevels> outcome =
                client.call(account, Document.INVENTORY_LEVELS, variables, InventoryLevels.class);
        if (!(outcome instanceof Done<InventoryLevels>(InventoryLevels data))) {
            return Outcome.failed(outcome);
        }
        return new Done<>(data.nodes().stream()
                .flatMap(item -> item == null || item.inventoryLevel() != null
                        ? java.util.stream.Stream.<InventoryItem>empty()
                        : java.util.stream.Stream.of(item))
                .map(item -> String.valueOf(item.id()))
                .collect(Collectors.toSet()));
    }

    /// The key names this one call: whether it is needed at all was looked up just before.
    private Outcome<Optional<Issue>> activate(Account account, String item, String location) {
        ObjectNode variables = client.json()
                .createObjectNode()
                .put("item", item)
                .put("location", location)
                .put("key", Ids.text());
        Outcome<InventoryActivate> outcome =
                client.call(account, Document.INVENTORY_ACTIVATE, variables, InventoryActivate.class);
        if (!(outcome instanceof Done<InventoryActivate>(InventoryActivate data))) {
            return Outcome.failed(outcome);
        }
        var payload = data.inventoryActivate();
        if (payload == null) {
            return new Unknown<>("the answer has no payload");
        }
        return new Done<>(payload.userErrors().stream()
                .findFirst()
                .map(error -> new Issue(
                        "NOT_STOCKED",
                        "the item cannot be stocked at %s: %s; mend the offer's location, and retry the listing"
                                .formatted(location, error.message()))));
    }

    /// @param product null where there is none yet
    /// @param handle null where the product is named by its id
    private record Found(
            @Nullable Product product,
            ObjectNode identifier,
            @Nullable String handle,
            String currency) {}
}
