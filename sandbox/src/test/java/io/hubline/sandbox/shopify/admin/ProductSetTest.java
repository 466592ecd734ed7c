package io.hubline.sandbox.shopify.admin;

import static io.hubline.sandbox.shopify.admin.ApiFixture.at;
import static io.hubline.sandbox.shopify.admin.ApiFixture.path;
import static io.hubline.sandbox.shopify.admin.ApiFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.sandbox.shopify.store.BuyOutcome;
import io.hubline.sandbox.shopify.store.People;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.Variant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProductSetTest {

    private static final String SET = """
            mutation Set($identifier: ProductSetIdentifiers, $input: ProductSetInput!) {
              productSet(identifier: $identifier, input: $input, synchronous: true) {
                product {
                  id handle title status descriptionHtml
                  options { name values }
                  media(first: 5) { nodes { ... on MediaImage { image { url } } } }
                  variants(first: 10) { nodes {
                    id sku barcode price title position selectedOptions { name value }
                    inventoryItem { id tracked inventoryLevels(first: 5) { nodes { id } } }
                  } }
                }
                userErrors { code field message }
              }
            }
            """;

    private final ApiFixture fixture = new ApiFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_product_is_created_with_its_variants_and_no_item_is_stocked_anywhere() {
        JsonNode product = created(chair());

        assertThat(product.path("handle").textValue()).isEqualTo("chair");
        assertThat(product.path("status").textValue()).isEqualTo("ACTIVE");
        assertThat(at(product, "/media/nodes/0/image/url").textValue()).contains("/files/chair.jpg?v=");
        JsonNode red = at(product, "/variants/nodes/0");
        assertThat(red.path("title").textValue()).isEqualTo("Red / S");
        assertThat(red.path("sku").textValue()).isEqualTo("CHAIR-R");
        assertThat(red.path("barcode").textValue()).isEqualTo("4006381333931");
        assertThat(red.path("price").textValue()).isEqualTo("49.90");
        assertThat(texts(red.path("selectedOptions"), "value")).containsExactly("Red", "S");
        assertThat(at(red, "/inventoryItem/tracked").booleanValue()).isTrue();
        assertThat(at(red, "/inventoryItem/inventoryLevels/nodes")).isEmpty();
    }

    @Test
    void an_item_is_stocked_by_activation_and_sold_from_then_on() {
        created(chair());
        Variant red = fixture.shop.variantOfSku("CHAIR-R").orElseThrow();
        BuyOutcome before = buy(red);

        JsonNode activated = fixture.run(
                "mutation($item: ID!, $location: ID!) { inventoryActivate(inventoryItemId: $item, locationId: $location, available: 3)"
                        + " @idempotent(key: \"a1\") { inventoryLevel { isActive } userErrors { message } } }",
                Map.of("item", red.inventoryItemGid(), "location", fixture.main.gid()));

        assertThat(before).isEqualTo(new BuyOutcome.NotSold("CHAIR-R"));
        assertThat(at(activated, "/data/inventoryActivate/inventoryLevel/isActive")
                        .booleanValue())
                .isTrue();
        assertThat(buy(red)).isInstanceOf(BuyOutcome.Bought.class);
    }

    @Test
    void an_activation_needs_an_idempotency_key() {
        created(chair());
        Variant red = fixture.shop.variantOfSku("CHAIR-R").orElseThrow();

        JsonNode answer = fixture.run(
                "mutation($item: ID!, $location: ID!) { inventoryActivate(inventoryItemId: $item, locationId: $location)"
                        + " { userErrors { message } } }",
                Map.of("item", red.inventoryItemGid(), "location", fixture.main.gid()));

        assertThat(at(answer, "/errors/0/message").textValue())
                .isEqualTo("The @idempotent directive is required for this mutation but was not provided.");
    }

    @Test
    void a_draft_cannot_be_bought_and_neither_can_what_is_archived() {
        Variant lamp = fixture.variant("LAMP", 1000, 5);

        JsonNode answer = set(Map.of("id", "gid://shopify/Product/" + lamp.productId()), Map.of("status", "DRAFT"));

        assertThat(errors(answer)).isEmpty();
        assertThat(buy(lamp)).isEqualTo(new BuyOutcome.NotSold("LAMP"));
    }

    @Test
    void the_same_input_again_by_handle_keeps_every_id() {
        JsonNode first = created(chair());

        JsonNode second = at(set(Map.of("handle", "chair"), with(chair(), "handle", "chair")), "/data/productSet");

        assertThat(second.path("userErrors")).isEmpty();
        assertThat(at(second, "/product/id")).isEqualTo(first.path("id"));
        assertThat(texts(at(second, "/product/variants/nodes"), "id"))
                .isEqualTo(texts(at(first, "/variants/nodes"), "id"));
        assertThat(at(second, "/product/variants/nodes/0/inventoryItem/id"))
                .isEqualTo(at(first, "/variants/nodes/0/inventoryItem/id"));
    }

    @Test
    void a_list_that_is_given_replaces_the_one_there_was_and_what_is_left_out_stays() {
        String id = created(chair()).path("id").textValue();
        Map<String, Object> only = Map.of(
                "title",
                "Armchair",
                "productOptions",
                List.of(option("Color", "Blue"), option("Size", "S")),
                "variants",
                List.of(variant("CHAIR-B", "60.00", "Blue", "S")));

        JsonNode product = at(set(Map.of("id", id), only), "/data/productSet/product");

        assertThat(product.path("title").textValue()).isEqualTo("Armchair");
        assertThat(product.path("descriptionHtml").textValue()).isEqualTo("<p>Sit.</p>");
        assertThat(at(product, "/media/nodes")).hasSize(1);
        assertThat(texts(at(product, "/variants/nodes"), "sku")).containsExactly("CHAIR-B");
        assertThat(fixture.shop.variantOfSku("CHAIR-R")).isEmpty();
    }

    @Test
    void an_order_outlives_the_variant_it_was_for() {
        Variant lamp = fixture.variant("LAMP", 1000, 5);
        PlacedOrder order = fixture.bought(lamp, 1);
        set(
                Map.of("id", "gid://shopify/Product/" + lamp.productId()),
                Map.of(
                        "productOptions",
                        List.of(option("Title", "Other")),
                        "variants",
                        List.of(Map.of(
                                "sku",
                                "OTHER",
                                "optionValues",
                                List.of(Map.of("optionName", "Title", "name", "Other"))))));

        fixture.shop.fulfill(
                List.of(new Shop.Shipped(order.fulfillmentOrders().getFirst().id(), List.of())),
                new PlacedOrder.Tracking("UPS", "1", null));

        JsonNode answer = fixture.run(
                "query($id: ID!) { order(id: $id) { displayFulfillmentStatus lineItems(first: 1) { nodes { sku variant { id } } } } }",
                Map.of("id", order.gid()));
        assertThat(at(answer, "/data/order/displayFulfillmentStatus").textValue())
                .isEqualTo("FULFILLED");
        assertThat(at(answer, "/data/order/lineItems/nodes/0/sku").textValue()).isEqualTo("LAMP");
        assertThat(at(answer, "/data/order/lineItems/nodes/0/variant").isNull()).isTrue();
    }

    @Test
    void an_apps_own_id_finds_the_product_again() {
        Map<String, Object> customId = Map.of("namespace", "hub", "key", "id", "value", "P-1");
        Map<String, Object> input = with(
                chair(), "metafields", List.of(Map.of("namespace", "hub", "key", "id", "value", "P-1", "type", "id")));
        JsonNode first = set(Map.of("customId", customId), input);

        JsonNode second = set(Map.of("customId", customId), with(input, "title", "Stool"));
        JsonNode found = fixture.run(
                "query($i: ProductIdentifierInput!) { productByIdentifier(identifier: $i) { id title metafield(namespace: \"hub\", key: \"id\") { value } } }",
                Map.of("i", Map.of("customId", customId)));

        assertThat(errors(first)).isEmpty();
        assertThat(at(second, "/data/productSet/product/id")).isEqualTo(at(first, "/data/productSet/product/id"));
        assertThat(at(found, "/data/productByIdentifier/title").textValue()).isEqualTo("Stool");
        assertThat(at(found, "/data/productByIdentifier/metafield/value").textValue())
                .isEqualTo("P-1");
        assertThat(errors(set(Map.of("customId", customId), with(chair(), "metafields", List.of()))))
                .containsExactly("METAFIELD_MISMATCH");
        assertThat(errors(set(null, with(input, "title", "Copy")))).containsExactly("DUPLICATED_METAFIELD_VALUE");
    }

    @Test
    void a_wrong_identifier_is_refused() {
        created(chair());

        assertThat(errors(set(Map.of("id", "gid://shopify/Product/7"), Map.of())))
                .containsExactly("NOT_FOUND");
        assertThat(errors(set(null, Map.of("id", "gid://shopify/Product/7"))))
                .containsExactly("PRODUCT_DOES_NOT_EXIST");
        assertThat(errors(set(Map.of("handle", "chair"), Map.of("title", "Stool"))))
                .containsExactly("MISSING_FIELD_REQUIRED");
        assertThat(errors(set(Map.of("handle", "chair"), Map.of("handle", "stool"))))
                .containsExactly("INPUT_MISMATCH");
        assertThat(errors(set(Map.of("handle", "chair"), Map.of("id", "gid://shopify/Product/7"))))
                .containsExactly("ID_NOT_ALLOWED");
    }

    @Test
    void a_wrong_product_is_refused() {
        created(chair());

        assertThat(errors(set(null, Map.of("title", " ")))).containsExactly("INVALID_PRODUCT");
        assertThat(errors(set(null, Map.of()))).containsExactly("INVALID_PRODUCT");
        JsonNode tooLong = set(null, Map.of("title", "x".repeat(256)));
        assertThat(at(tooLong, "/data/productSet/userErrors/0/message").textValue())
                .isEqualTo("Title is too long (maximum is 255 characters)");
        assertThat(path(at(tooLong, "/data/productSet/userErrors/0/field"))).containsExactly("input", "title");
        assertThat(errors(set(null, Map.of("title", "Another", "handle", "chair"))))
                .containsExactly("HANDLE_NOT_UNIQUE");
        assertThat(errors(set(null, Map.of("title", "A", "files", List.of(Map.of("originalSource", "chair.jpg"))))))
                .containsExactly("INVALID_INPUT");
        assertThat(fixture.shop.products()).hasSize(1);
    }

    @Test
    void a_title_that_is_taken_gets_a_handle_of_its_own() {
        created(chair());

        assertThat(created(chair()).path("handle").textValue()).isEqualTo("chair-1");
    }

    @Test
    void wrong_options_are_refused() {
        assertThat(errors(options(List.of(option("A", "1"), option("B", "1"), option("C", "1"), option("D", "1")))))
                .containsExactly("OPTIONS_OVER_LIMIT");
        assertThat(errors(options(List.of(option("A"), option("B", "1"))))).contains("OPTION_VALUES_MISSING");
        assertThat(errors(options(List.of(option("A", "1"), option("A", "2"))))).contains("DUPLICATED_OPTION_NAME");
        assertThat(errors(options(List.of(option("A", "1", "1"))))).contains("DUPLICATED_OPTION_VALUE");
        assertThat(errors(set(null, Map.of("title", "A", "productOptions", List.of(option("A", "1"))))))
                .containsExactly("VARIANTS_INPUT_MISSING");
        assertThat(errors(set(null, Map.of("title", "A", "variants", List.of(variant("A", "1.00", "Red", "S"))))))
                .containsExactly("PRODUCT_OPTIONS_INPUT_MISSING");
    }

    @Test
    void wrong_variants_are_refused_and_nothing_is_created() {
        Map<String, Object> noSize = new HashMap<>(variant("A", "1.00", "Red", "S"));
        noSize.put("optionValues", List.of(Map.of("optionName", "Color", "name", "Red")));

        JsonNode missing = variants(List.of(noSize));
        assertThat(errors(missing)).containsExactly("INVALID_VARIANT");
        assertThat(at(missing, "/data/productSet/userErrors/0/message").textValue())
                .isEqualTo("You need to add option values for Size");
        assertThat(errors(variants(List.of(variant("A", "1.00", "Red", "S"), variant("B", "1.00", "Red", "S")))))
                .containsExactly("INVALID_VARIANT");
        assertThat(errors(variants(List.of(variant("A", "-0.01", "Red", "S"))))).containsExactly("INVALID_VARIANT");
        assertThat(errors(variants(List.of(variant("A", "1.005", "Red", "S"))))).containsExactly("INVALID_VARIANT");
        assertThat(errors(variants(List.of(variant("A", "1.00", "Green", "S")))))
                .containsExactly("OPTION_VALUE_DOES_NOT_EXIST");
        assertThat(errors(variants(
                        List.of(with(variant("A", "1.00", "Red", "S"), "id", "gid://shopify/ProductVariant/7")))))
                .contains("PRODUCT_VARIANT_DOES_NOT_EXIST");
        assertThat(fixture.shop.products()).isEmpty();
    }

    @Test
    void more_than_2048_variants_are_too_many() {
        List<String> names =
                IntStream.rangeClosed(0, 2048).mapToObj(number -> "V" + number).toList();
        JsonNode answer = set(
                null,
                Map.of(
                        "title",
                        "Many",
                        "productOptions",
                        List.of(option("Kind", names.toArray(String[]::new))),
                        "variants",
                        names.stream()
                                .map(name ->
                                        Map.of("optionValues", List.of(Map.of("optionName", "Kind", "name", name))))
                                .toList()));

        assertThat(errors(answer)).containsExactly("VARIANTS_OVER_LIMIT");
    }

    @Test
    void the_lists_of_a_product_have_their_price() {
        JsonNode answer = set(null, chair());

        // 10 for the mutation, 0.2 for each of two variants and 1.9 for the picture, rounded up.
        assertThat(at(answer, "/extensions/cost/requestedQueryCost").intValue()).isEqualTo(13);
    }

    @Test
    void only_the_synchronous_form_is_served() {
        JsonNode answer = fixture.run(SET.replace("synchronous: true", "synchronous: false"), Map.of("input", chair()));

        assertThat(at(answer, "/errors/0/extensions/code").textValue()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void a_product_without_options_has_one_variant_that_is_not_counted() {
        JsonNode product = created(Map.of("title", "Card"));

        assertThat(texts(at(product, "/variants/nodes"), "title")).containsExactly("Default Title");
        Variant card = fixture.shop.variants().getFirst();
        assertThat(card.tracked()).isFalse();
        assertThat(buy(card)).isInstanceOf(BuyOutcome.Bought.class);
    }

    private BuyOutcome buy(Variant variant) {
        return fixture.shop.buy(List.of(new Shop.Wanted(variant, 1)), new People(1).person(1), null);
    }

    private JsonNode created(Map<String, Object> input) {
        JsonNode answer = set(null, input);
        assertThat(errors(answer)).isEmpty();
        return at(answer, "/data/productSet/product");
    }

    private JsonNode options(List<Map<String, Object>> options) {
        return set(
                null,
                Map.of("title", "A", "productOptions", options, "variants", List.of(variant("A", "1.00", "Red", "S"))));
    }

    private JsonNode variants(List<Map<String, Object>> variants) {
        return set(
                null,
                Map.of(
                        "title",
                        "A",
                        "productOptions",
                        List.of(option("Color", "Red", "Blue"), option("Size", "S")),
                        "variants",
                        variants));
    }

    private JsonNode set(@Nullable Map<String, Object> identifier, Map<String, Object> input) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("identifier", identifier);
        variables.put("input", input);
        return fixture.run(SET, variables);
    }

    private static List<String> errors(JsonNode answer) {
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return texts(at(answer, "/data/productSet/userErrors"), "code");
    }

    private static Map<String, Object> chair() {
        return Map.of(
                "title",
                "Chair",
                "descriptionHtml",
                "<p>Sit.</p>",
                "vendor",
                "Acme",
                "productType",
                "Furniture",
                "files",
                List.of(Map.of("originalSource", "https://img.example.com/chair.jpg", "alt", "a chair")),
                "productOptions",
                List.of(option("Color", "Red", "Blue"), option("Size", "S")),
                "variants",
                List.of(variant("CHAIR-R", "49.90", "Red", "S"), variant("CHAIR-B", "49.90", "Blue", "S")));
    }

    private static Map<String, Object> option(String name, String... values) {
        return Map.of(
                "name",
                name,
                "values",
                List.of(values).stream().map(value -> Map.of("name", value)).toList());
    }

    private static Map<String, Object> variant(String sku, String price, String color, String size) {
        return Map.of(
                "sku",
                sku,
                "barcode",
                "4006381333931",
                "price",
                price,
                "inventoryItem",
                Map.of("tracked", true),
                "optionValues",
                List.of(Map.of("optionName", "Color", "name", color), Map.of("optionName", "Size", "name", size)));
    }

    private static Map<String, Object> with(Map<String, Object> input, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(input);
        changed.put(field, value);
        return changed;
    }
}
