package io.hubline.sandbox.shopify.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.shopify.admin.AdminApi.Answer;
import io.hubline.sandbox.shopify.admin.AdminApi.Operation;
import io.hubline.sandbox.shopify.store.BuyOutcome.Bought;
import io.hubline.sandbox.shopify.store.Location;
import io.hubline.sandbox.shopify.store.People;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.Product;
import io.hubline.sandbox.shopify.store.SettableClock;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.ShopProfile;
import io.hubline.sandbox.shopify.store.StockWrite;
import io.hubline.sandbox.shopify.store.Variant;
import io.hubline.sandbox.shopify.webhook.Outbound;
import io.hubline.sandbox.shopify.webhook.Postman;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static final String SET = """
            mutation Set($input: InventorySetQuantitiesInput!, $key: String!) {
              inventorySetQuantities(input: $input) @idempotent(key: $key) {
                inventoryAdjustmentGroup { id reason changes { name delta quantityAfterChange } }
                userErrors { code field message }
              }
            }
            """;

    private final AtomicInteger keys = new AtomicInteger();
    private final SettableClock clock = new SettableClock();
    private final Postman postman = new Postman(Runnable::run);
    private final ShopProfile profile = ShopProfile.of("alpha", 0, 1);
    private final Outbound outbound = new Outbound(profile, "secret", 1, clock, postman, Runnable::run);
    private final Shop shop = new Shop(profile, clock, outbound);
    private final AdminApi api =
            new AdminApi(shop, outbound, Plan.STANDARD, Duration.ZERO, clock, Thread::startVirtualThread);
    private final Location main = shop.location("Main");
    private final Variant lamp = variant("LAMP", 10);
    private final Variant sofa = variant("SOFA", 4);

    @AfterEach
    void close() {
        postman.close();
    }

    @Test
    void a_quantity_is_set_when_it_is_what_the_caller_thinks_it_is() {
        JsonNode answer = set("k1", line(lamp, 7, 10));

        assertThat(at(answer, "/data/inventorySetQuantities/userErrors")).isEmpty();
        assertThat(at(answer, "/data/inventorySetQuantities/inventoryAdjustmentGroup/changes/0/delta")
                        .intValue())
                .isEqualTo(-3);
        assertThat(shown(lamp)).isEqualTo(7);
    }

    @Test
    void a_sale_in_between_makes_a_write_stale_and_nothing_of_it_applies() {
        buy(lamp, 1);

        JsonNode answer = set("k1", line(sofa, 9, 4), line(lamp, 7, 10));

        assertThat(codes(answer)).containsExactly("CHANGE_FROM_QUANTITY_STALE");
        assertThat(at(answer, "/data/inventorySetQuantities/userErrors/0/field/3")
                        .textValue())
                .isEqualTo("changeFromQuantity");
        assertThat(shown(lamp)).isEqualTo(9);
        assertThat(shown(sofa)).isEqualTo(4);
        assertThat(shop.writes()).extracting(StockWrite::result).containsOnly("CHANGE_FROM_QUANTITY_STALE");
    }

    @Test
    void an_explicit_null_skips_the_comparison() {
        set("k1", line(lamp, 3, null));

        assertThat(shown(lamp)).isEqualTo(3);
    }

    @Test
    void leaving_the_compared_quantity_out_is_an_error() {
        ObjectNode line = line(lamp, 3, null);
        line.remove("changeFromQuantity");

        JsonNode answer = set("k1", line);

        assertThat(at(answer, "/errors/0/extensions/code").textValue()).isEqualTo("INVALID_FIELD_ARGUMENTS");
        assertThat(at(answer, "/errors/0/message").textValue())
                .isEqualTo("InventoryQuantityInput must include the following argument: changeFromQuantity.");
        assertThat(at(answer, "/data/inventorySetQuantities").isNull()).isTrue();
        assertThat(shown(lamp)).isEqualTo(10);
    }

    @Test
    void a_stock_mutation_without_an_idempotency_key_is_an_error() {
        JsonNode answer = run(
                SET.replace("@idempotent(key: $key)", "").replace(", $key: String!", ""),
                input("available", "correction", null, line(lamp, 3, 10)));

        assertThat(at(answer, "/errors/0/extensions/code").textValue()).isEqualTo("BAD_REQUEST");
        assertThat(at(answer, "/errors/0/message").textValue())
                .isEqualTo("The @idempotent directive is required for this mutation but was not provided.");
        assertThat(shown(lamp)).isEqualTo(10);
    }

    @Test
    void a_repeated_key_gets_the_first_answer_whatever_has_happened_since() {
        JsonNode first = set("k1", line(lamp, 7, 10));
        buy(lamp, 2);

        JsonNode second = set("k1", line(lamp, 7, 10));

        assertThat(second.path("data")).isEqualTo(first.path("data"));
        assertThat(shown(lamp)).isEqualTo(5);
        assertThat(shop.writes()).hasSize(1);
    }

    @Test
    void a_refusal_is_an_answer_too_and_is_repeated() {
        set("k1", line(lamp, 7, 9));
        shop.show(lamp.inventoryItemId(), main.id(), 9);

        JsonNode again = set("k1", line(lamp, 7, 9));

        assertThat(codes(again)).containsExactly("CHANGE_FROM_QUANTITY_STALE");
        assertThat(shown(lamp)).isEqualTo(9);
    }

    @Test
    void a_key_with_other_parameters_is_a_mismatch() {
        set("k1", line(lamp, 7, 10));

        JsonNode answer = set("k1", line(lamp, 6, 7));

        assertThat(codes(answer)).containsExactly("IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
        assertThat(shown(lamp)).isEqualTo(7);
    }

    @Test
    void a_key_whose_first_attempt_broke_down_is_spent() {
        api.faults(new AdminFaults(0, 0, 100, 0));
        JsonNode broken = set("k1", line(lamp, 7, 10));
        api.faults(AdminFaults.NONE);

        JsonNode answer = set("k1", line(lamp, 7, 10));

        assertThat(at(broken, "/errors/0/extensions/code").textValue()).isEqualTo("INTERNAL_SERVER_ERROR");
        assertThat(codes(answer)).containsExactly("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED");
        assertThat(shown(lamp)).isEqualTo(10);
    }

    @Test
    void wrong_inputs_get_the_vendors_codes() {
        assertThat(codes(setNamed("committed", "correction", null, line(lamp, 1, 10))))
                .containsExactly("INVALID_NAME");
        assertThat(codes(setNamed("available", "because", null, line(lamp, 1, 10))))
                .containsExactly("INVALID_REASON");
        assertThat(codes(setNamed("available", "correction", "gid://hubline/Availability", line(lamp, 1, 10))))
                .containsExactly("INVALID_REFERENCE_DOCUMENT");
        assertThat(codes(setNamed("available", "correction", null, line(lamp, -1, 10))))
                .containsExactly("INVALID_QUANTITY_NEGATIVE");
        assertThat(codes(setNamed("available", "correction", null, line(lamp, 1_000_000_001, 10))))
                .containsExactly("INVALID_QUANTITY_TOO_HIGH");
        assertThat(codes(setNamed("available", "correction", null, line(lamp, 1, 10), line(lamp, 2, 10))))
                .containsExactly("NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR");
        ObjectNode nowhere = line(lamp, 1, 10);
        nowhere.put("locationId", "gid://shopify/Location/1");
        assertThat(codes(setNamed("available", "correction", null, nowhere))).containsExactly("INVALID_LOCATION");
        ObjectNode nothing = line(lamp, 1, 10);
        nothing.put("inventoryItemId", "4711");
        assertThat(codes(setNamed("available", "correction", null, nothing))).containsExactly("INVALID_INVENTORY_ITEM");
        assertThat(shown(lamp)).isEqualTo(10);
    }

    @Test
    void more_than_250_lines_are_too_many() {
        JsonNode answer = set(
                "k1",
                IntStream.range(0, 251)
                        .mapToObj(number -> line(lamp, number, 10))
                        .toArray(ObjectNode[]::new));

        assertThat(at(answer, "/errors/0/extensions/code").textValue()).isEqualTo("MAX_INPUT_SIZE_EXCEEDED");
    }

    @Test
    void a_delta_is_applied_to_what_is_there() {
        buy(lamp, 1);

        run(
                """
                mutation Adjust($input: InventoryAdjustQuantitiesInput!) {
                  inventoryAdjustQuantities(input: $input) @idempotent(key: "a1") { userErrors { code } }
                }
                """,
                Map.of(
                        "input",
                        Map.of(
                                "name",
                                "available",
                                "reason",
                                "received",
                                "changes",
                                List.of(Map.of(
                                        "inventoryItemId",
                                        lamp.inventoryItemGid(),
                                        "locationId",
                                        main.gid(),
                                        "delta",
                                        5,
                                        "changeFromQuantity",
                                        9)))));

        assertThat(shown(lamp)).isEqualTo(14);
    }

    @Test
    void the_price_of_a_query_is_that_of_its_arguments_and_what_was_not_there_comes_back() {
        buy(lamp, 1);

        JsonNode answer = run(
                "{ orders(first: 50, sortKey: UPDATED_AT) { nodes { id totalPriceSet { shopMoney { amount } } } } }",
                Map.of());

        // 2 for the connection and floor(2 ln 50) = 7 times an order of 1 + 1 + 1; one order found counts once.
        assertThat(at(answer, "/extensions/cost/requestedQueryCost").intValue()).isEqualTo(23);
        assertThat(at(answer, "/extensions/cost/actualQueryCost").intValue()).isEqualTo(5);
        assertThat(at(answer, "/extensions/cost/throttleStatus/currentlyAvailable")
                        .intValue())
                .isEqualTo(1995);
        assertThat(at(answer, "/extensions/cost/throttleStatus/restoreRate").intValue())
                .isEqualTo(100);
    }

    @Test
    void a_mutation_costs_ten_whatever_it_answers() {
        JsonNode answer = set("k1", line(lamp, 7, 10));

        assertThat(at(answer, "/extensions/cost/requestedQueryCost").intValue()).isEqualTo(10);
        assertThat(at(answer, "/extensions/cost/actualQueryCost").intValue()).isEqualTo(10);
    }

    @Test
    void a_query_dearer_than_1000_is_refused_before_it_runs() {
        String nested =
                "nodes { lineItems(first: 250) { nodes { variant { inventoryItem { inventoryLevels(first: 250) {"
                        + " nodes { item { id } location { id } } } } } } } }";

        JsonNode answer = run("{ orders(first: 250) { " + nested + " } }", Map.of());

        assertThat(at(answer, "/errors/0/extensions/code").textValue()).isEqualTo("MAX_COST_EXCEEDED");
        assertThat(answer.has("data")).isFalse();
    }

    @Test
    void an_empty_bucket_answers_throttled_and_fills_again() {
        IntStream.range(0, 200).forEach(number -> set("k" + number, line(lamp, number, null)));

        JsonNode throttled = set("late", line(lamp, 3, null));
        clock.forward(Duration.ofMillis(100));
        JsonNode served = set("late", line(lamp, 3, null));

        assertThat(at(throttled, "/errors/0/message").textValue()).isEqualTo("Throttled");
        assertThat(at(throttled, "/errors/0/extensions/code").textValue()).isEqualTo("THROTTLED");
        assertThat(throttled.has("data")).isFalse();
        assertThat(at(throttled, "/extensions/cost/actualQueryCost").isNull()).isTrue();
        assertThat(at(throttled, "/extensions/cost/throttleStatus/currentlyAvailable")
                        .intValue())
                .isZero();
        assertThat(codes(served)).isEmpty();
        assertThat(shown(lamp)).isEqualTo(3);
    }

    @Test
    void a_walk_by_cursor_meets_every_order_once_and_in_order() {
        Set<Long> placed = new LinkedHashSet<>();
        for (int i = 0; i < 4; i++) {
            placed.add(buy(sofa, 1).id());
            clock.forward(Duration.ofMillis(500));
        }
        String query = "query($after: String) { orders(first: 3, after: $after, sortKey: UPDATED_AT,"
                + " query: \"updated_at:>='2026-11-23T12:00:00Z'\") { nodes { legacyResourceId } pageInfo { hasNextPage endCursor } } }";

        JsonNode first = run(query, Map.of());
        JsonNode second = run(
                query,
                Map.of("after", at(first, "/data/orders/pageInfo/endCursor").textValue()));

        List<Long> met = new ArrayList<>();
        for (JsonNode page : List.of(first, second)) {
            at(page, "/data/orders/nodes")
                    .forEach(node ->
                            met.add(Long.parseLong(node.path("legacyResourceId").textValue())));
        }
        assertThat(met).containsExactlyElementsOf(placed);
        assertThat(at(first, "/data/orders/pageInfo/hasNextPage").booleanValue())
                .isTrue();
        assertThat(at(second, "/data/orders/pageInfo/hasNextPage").booleanValue())
                .isFalse();
    }

    @Test
    void an_order_changed_during_a_walk_is_met_again_at_its_end() {
        PlacedOrder early = buy(sofa, 1);
        clock.forward(Duration.ofSeconds(1));
        buy(sofa, 1);
        String query = "query($after: String) { orders(first: 1, after: $after, sortKey: UPDATED_AT) {"
                + " nodes { id } pageInfo { endCursor } } }";
        JsonNode first = run(query, Map.of());
        clock.forward(Duration.ofSeconds(1));
        shop.cancel(early.id(), "CUSTOMER", true, false, null);

        JsonNode second = run(
                query,
                Map.of("after", at(first, "/data/orders/pageInfo/endCursor").textValue()));
        JsonNode third = run(
                query,
                Map.of("after", at(second, "/data/orders/pageInfo/endCursor").textValue()));

        assertThat(at(third, "/data/orders/nodes/0/id").textValue()).isEqualTo(early.gid());
    }

    @Test
    void a_filter_that_is_not_known_is_refused() {
        JsonNode answer = run("{ orders(first: 1, query: \"updated:>2026-01-01\") { nodes { id } } }", Map.of());

        assertThat(at(answer, "/errors/0/extensions/code").textValue()).isEqualTo("INVALID_SEARCH");
    }

    @Test
    void a_field_the_vendor_does_not_have_fails_validation() {
        JsonNode answer = run("{ orders(first: 1) { nodes { grandTotal } } }", Map.of());

        assertThat(at(answer, "/errors/0/message").textValue()).contains("grandTotal");
        assertThat(answer.has("data")).isFalse();
    }

    @Test
    void an_old_field_of_the_stock_input_fails_as_a_variable() {
        ObjectNode line = line(lamp, 3, 10);
        line.put("compareQuantity", 10);

        JsonNode answer = set("k1", line);

        assertThat(answer.has("errors")).isTrue();
        assertThat(shown(lamp)).isEqualTo(10);
    }

    @Test
    void a_page_needs_a_size() {
        JsonNode answer = run("{ orders { nodes { id } } }", Map.of());

        assertThat(at(answer, "/errors/0/message").textValue()).isEqualTo("you must provide one of first or last");
    }

    @Test
    void a_shipment_is_recorded_with_its_tracking_and_only_once() {
        PlacedOrder order = buy(lamp, 2);
        String document = """
                mutation Ship($fulfillment: FulfillmentInput!) {
                  fulfillmentCreate(fulfillment: $fulfillment) {
                    fulfillment { status totalQuantity trackingInfo(first: 1) { company number } }
                    userErrors { field message }
                  }
                }
                """;
        Map<String, Object> parcel = Map.of(
                "fulfillment",
                Map.of(
                        "lineItemsByFulfillmentOrder",
                        List.of(Map.of(
                                "fulfillmentOrderId",
                                order.fulfillmentOrders().getFirst().gid())),
                        "trackingInfo",
                        Map.of("company", "UPS", "number", "1Z1")));

        JsonNode first = run(document, parcel);
        JsonNode second = run(document, parcel);

        assertThat(at(first, "/data/fulfillmentCreate/fulfillment/trackingInfo/0/number")
                        .textValue())
                .isEqualTo("1Z1");
        assertThat(at(second, "/data/fulfillmentCreate/fulfillment").isNull()).isTrue();
        assertThat(at(second, "/data/fulfillmentCreate/userErrors")).hasSize(1);
        assertThat(shop.order(order.id()).orElseThrow().shippedUnits()).isEqualTo(2);
    }

    @Test
    void an_idempotency_key_on_a_mutation_that_keeps_none_is_refused() {
        JsonNode answer = run(
                "mutation { webhookSubscriptionDelete(id: \"gid://shopify/WebhookSubscription/1\")"
                        + " @idempotent(key: \"k\") { userErrors { message } } }",
                Map.of());

        assertThat(at(answer, "/errors/0/extensions/code").textValue()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void a_cancellation_is_a_job_that_is_done_a_little_later() {
        PlacedOrder order = buy(lamp, 2);

        JsonNode answer = run(
                "mutation Cancel($id: ID!) { orderCancel(orderId: $id, reason: INVENTORY, restock: true) {"
                        + " job { id done } orderCancelUserErrors { code } } }",
                Map.of("id", order.gid()));

        assertThat(at(answer, "/data/orderCancel/job/done").booleanValue()).isFalse();
        String job = at(answer, "/data/orderCancel/job/id").textValue();
        await().untilAsserted(() -> assertThat(
                        at(run("query($id: ID!) { job(id: $id) { done } }", Map.of("id", job)), "/data/job/done")
                                .booleanValue())
                .isTrue());
        assertThat(shop.order(order.id()).orElseThrow().cancelled()).isTrue();
        assertThat(shown(lamp)).isEqualTo(10);
    }

    @Test
    void an_order_that_is_not_there_cannot_be_cancelled() {
        JsonNode answer = run(
                "mutation { orderCancel(orderId: \"gid://shopify/Order/7\", reason: OTHER, restock: true) {"
                        + " job { id } orderCancelUserErrors { code } } }",
                Map.of());

        assertThat(at(answer, "/data/orderCancel/orderCancelUserErrors/0/code").textValue())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void a_target_subscribes_to_a_topic_once() {
        String subscribe = "mutation { webhookSubscriptionCreate(topic: ORDERS_CREATE,"
                + " webhookSubscription: { uri: \"http://127.0.0.1:9/hook\", format: JSON }) {"
                + " webhookSubscription { id uri } userErrors { field message } } }";

        JsonNode first = run(subscribe, Map.of());
        JsonNode second = run(subscribe, Map.of());

        assertThat(at(first, "/data/webhookSubscriptionCreate/webhookSubscription/uri")
                        .textValue())
                .isEqualTo("http://127.0.0.1:9/hook");
        assertThat(at(second, "/data/webhookSubscriptionCreate/userErrors")).hasSize(1);
        assertThat(outbound.subscriptions()).hasSize(1);
    }

    @Test
    void amounts_in_graphql_drop_their_trailing_zeros_down_to_one() {
        PlacedOrder order = buy(lamp, 1);

        JsonNode answer = run(
                "query($id: ID!) { order(id: $id) { totalShippingPriceSet { shopMoney { amount currencyCode } } } }",
                Map.of("id", order.gid()));

        assertThat(at(answer, "/data/order/totalShippingPriceSet/shopMoney/amount")
                        .textValue())
                .isEqualTo("5.0");
    }

    private Variant variant(String sku, int available) {
        Product product = shop.addProduct(sku, "Acme");
        Variant variant = shop.addVariant(product.id(), "One size", sku, 1000, Variant.Policy.DENY);
        shop.stock(variant.inventoryItemId(), main.id(), available);
        return variant;
    }

    private PlacedOrder buy(Variant variant, int units) {
        return ((Bought) shop.buy(List.of(new Shop.Wanted(variant, units)), new People(1).person(1), null)).order();
    }

    private int shown(Variant variant) {
        return shop.levels(variant.inventoryItemId()).getFirst().available();
    }

    private ObjectNode line(Variant variant, int quantity, @Nullable Integer changeFrom) {
        return JSON.createObjectNode()
                .put("inventoryItemId", variant.inventoryItemGid())
                .put("locationId", main.gid())
                .put("quantity", quantity)
                .put("changeFromQuantity", changeFrom);
    }

    private JsonNode set(String key, ObjectNode... lines) {
        return run(
                SET,
                input("available", "correction", "gid://hubline/Availability/1", lines)
                        .put("key", key));
    }

    private JsonNode setNamed(String name, String reason, @Nullable String reference, ObjectNode... lines) {
        return run(SET, input(name, reason, reference, lines).put("key", "key-" + keys.incrementAndGet()));
    }

    private static ObjectNode input(String name, String reason, @Nullable String reference, ObjectNode... lines) {
        ObjectNode variables = JSON.createObjectNode();
        variables
                .putObject("input")
                .put("name", name)
                .put("reason", reason)
                .put("referenceDocumentUri", reference)
                .putArray("quantities")
                .addAll(List.of(lines));
        return variables;
    }

    private JsonNode run(String document, Object variables) {
        Answer answer = api.execute(new Operation(document, JSON.convertValue(variables, OBJECT), null));
        return JSON.valueToTree(answer.body());
    }

    private static JsonNode at(JsonNode node, String pointer) {
        return node.at(JsonPointer.compile(pointer));
    }

    private static List<String> codes(JsonNode answer) {
        List<String> codes = new ArrayList<>();
        at(answer, "/data/inventorySetQuantities/userErrors")
                .forEach(error -> codes.add(error.path("code").asText()));
        return codes;
    }
}
