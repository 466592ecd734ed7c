package io.hubline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.shopify.Control.Catalogue;
import io.hubline.sandbox.shopify.Control.Faults;
import io.hubline.sandbox.shopify.Control.NewProduct;
import io.hubline.sandbox.shopify.Control.NewStock;
import io.hubline.sandbox.shopify.Control.NewVariant;
import io.hubline.sandbox.shopify.HookReceiver.Delivery;
import io.hubline.sandbox.shopify.ShopifyConfig.ShopConfig;
import io.hubline.sandbox.shopify.admin.Plan;
import io.hubline.sandbox.shopify.store.SettableClock;
import io.hubline.sandbox.shopify.webhook.WebhookSignature;
import io.hubline.sandbox.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "s3cret";
    private static final String CONTROL = "control-token";
    private static final String SHOP_QUERY = "{\"query\":\"{ shop { name } }\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<IntUnaryOperator> answers = new AtomicReference<>(number -> 200);
    private final SettableClock clock = new SettableClock();
    private HookReceiver receiver;
    private Simulator simulator;
    private SimulatorControl control;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        receiver = new HookReceiver(number -> answers.get().applyAsInt(number));
        simulator = start(clock, receiver.uri());
        control = new SimulatorControl(simulator.uri(), CONTROL);
        control.create("alpha", catalogue("LAMP", 500));
    }

    @AfterEach
    void close() {
        control.close();
        simulator.close();
        receiver.close();
        http.close();
    }

    @Test
    void client_credentials_give_a_token_as_json_or_as_a_form() throws IOException, InterruptedException {
        HttpResponse<String> json = post(
                "/shops/alpha/admin/oauth/access_token",
                "application/json",
                null,
                "{\"client_id\":\"app\",\"client_secret\":\"s3cret\",\"grant_type\":\"client_credentials\"}");

        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(json.body()).path("expires_in").intValue()).isEqualTo(30);
        assertThat(token("alpha")).startsWith("shpat_");
    }

    @Test
    void wrong_credentials_give_no_token() throws IOException, InterruptedException {
        HttpResponse<String> answer = post(
                "/shops/alpha/admin/oauth/access_token",
                "application/x-www-form-urlencoded",
                null,
                "grant_type=client_credentials&client_id=app&client_secret=wrong");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(answer.body()).path("error").textValue()).isEqualTo("invalid_client");
    }

    @Test
    void a_token_expires() throws IOException, InterruptedException {
        String token = token("alpha");
        int before = graphql("alpha", token).statusCode();

        clock.forward(Duration.ofSeconds(30));

        HttpResponse<String> after = graphql("alpha", token);
        assertThat(before).isEqualTo(200);
        assertThat(after.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(after.body()).path("errors").textValue())
                .isEqualTo("[API] Invalid API key or access token (unrecognized login or wrong password)");
    }

    @Test
    void a_token_of_one_shop_is_worth_nothing_in_another() throws IOException, InterruptedException {
        assertThat(graphql("beta", token("alpha")).statusCode()).isEqualTo(401);
    }

    @Test
    void a_request_must_name_its_version_type_and_token() throws IOException, InterruptedException {
        String token = token("alpha");
        String path = "/shops/alpha/admin/api/2026-10/graphql.json";

        assertThat(graphql("alpha", null).statusCode()).isEqualTo(401);
        assertThat(post("/shops/alpha/admin/api/2025-01/graphql.json", "application/json", token, SHOP_QUERY)
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("/shops/gamma/admin/api/2026-10/graphql.json", "application/json", token, SHOP_QUERY)
                        .statusCode())
                .isEqualTo(404);
        assertThat(post(path, "text/plain", token, SHOP_QUERY).statusCode()).isEqualTo(415);
        assertThat(post(path, "application/json", token, "{\"quer\":1}").statusCode())
                .isEqualTo(400);
        HttpResponse<String> good = graphql("alpha", token);
        assertThat(good.headers().firstValue("X-Shopify-API-Version")).hasValue("2026-10");
        assertThat(JSON.readTree(good.body()).at("/data/shop/name").textValue()).isEqualTo("alpha");
    }

    @Test
    void an_order_is_told_of_signed_and_with_its_raw_bytes() throws IOException, InterruptedException {
        JsonNode receipt = buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":2}]}", 201);

        await().until(() -> receiver.deliveries().size() == 1);
        Delivery delivery = receiver.deliveries().getFirst();
        assertThat(delivery.topic()).isEqualTo("orders/create");
        assertThat(delivery.domain()).isEqualTo("alpha.myshopify.com");
        assertThat(delivery.signature())
                .isEqualTo(WebhookSignature.of(SECRET, delivery.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(JSON.readTree(delivery.body()).path("id").asText())
                .isEqualTo(receipt.path("id").textValue());
        assertThat(control.shown("alpha").getFirst().available()).isEqualTo(498);
    }

    @Test
    void a_buyer_may_give_a_name_and_a_note() throws IOException, InterruptedException {
        buy(
                "{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":1}],\"buyer\":{\"firstName\":\"Ada\"},\"note\":\"ring twice\"}",
                201);

        await().until(() -> receiver.deliveries().size() == 1);
        JsonNode body = JSON.readTree(receiver.deliveries().getFirst().body());
        assertThat(body.at("/shipping_address/first_name").textValue()).isEqualTo("Ada");
        assertThat(body.path("note").textValue()).isEqualTo("ring twice");
    }

    @Test
    void what_is_sold_out_is_refused_with_what_is_left() throws IOException, InterruptedException {
        JsonNode refusal = buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":501}]}", 422);

        assertThat(refusal.at("/shortages/0/available").intValue()).isEqualTo(500);
    }

    @Test
    void an_unreadable_basket_is_refused_with_a_reason() throws IOException, InterruptedException {
        assertThat(buy("{\"lines\":[]}", 400).path("error").textValue()).contains("lines");
        assertThat(buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":0}]}", 400)
                        .path("error")
                        .textValue())
                .contains("quantity");
        assertThat(buy("{\"basket\":1}", 400).path("error").textValue()).contains("basket");
        assertThat(buy("{\"lines\":[{\"sku\":\"NONE\",\"quantity\":1}]}", 422)
                        .path("error")
                        .textValue())
                .contains("NONE");
    }

    @Test
    void a_refused_webhook_is_sent_again_unchanged() throws IOException, InterruptedException {
        answers.set(number -> number < 3 ? 503 : 200);

        buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":1}]}", 201);

        await().until(() -> control.tally("alpha").messages().accepted() == 1);
        assertThat(receiver.deliveries()).hasSize(3);
        assertThat(receiver.deliveries())
                .extracting(Delivery::webhookId)
                .containsOnly(receiver.deliveries().getFirst().webhookId());
        assertThat(receiver.deliveries())
                .extracting(Delivery::body)
                .containsOnly(receiver.deliveries().getFirst().body());
        assertThat(control.tally("alpha").messages().refused()).isEqualTo(2);
    }

    @Test
    void a_subscription_made_by_api_is_dropped_when_a_message_to_it_has_failed_to_the_end()
            throws IOException, InterruptedException {
        answers.set(number -> 500);
        post(
                "/shops/beta/admin/api/2026-10/graphql.json",
                "application/json",
                token("beta"),
                JSON.writeValueAsString(Map.of(
                        "query",
                        "mutation($uri: String!) { webhookSubscriptionCreate(topic: ORDERS_CREATE, webhookSubscription: {uri: $uri})"
                                + " { userErrors { message } } }",
                        "variables",
                        Map.of("uri", receiver.uri().toString()))));
        control.create("beta", catalogue("LAMP", 5));

        post("/shops/beta/buyer/orders", "application/json", null, "{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":1}]}");

        await().until(() -> control.tally("beta").messages().abandoned() == 1);
        assertThat(receiver.deliveries()).hasSize(9);
        String subscriptions = post(
                        "/shops/beta/admin/api/2026-10/graphql.json",
                        "application/json",
                        token("beta"),
                        "{\"query\":\"{ webhookSubscriptions(first: 5) { nodes { id } } }\"}")
                .body();
        assertThat(JSON.readTree(subscriptions).at("/data/webhookSubscriptions/nodes"))
                .isEmpty();
    }

    @Test
    void duplicates_losses_and_overtakings_are_counted_as_they_happened() throws IOException, InterruptedException {
        control.faults("alpha", Faults.webhooks(30, 30, 20));

        for (int i = 0; i < 60; i++) {
            buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":1}]}", 201);
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> control.tally("alpha").messages().pending() == 0);
        Control.Messages counted = control.tally("alpha").messages();
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            Control.Messages messages = control.tally("alpha").messages();
            assertThat(messages.duplicatesInjected())
                    .isEqualTo(control.webhooks("alpha").stream()
                            .filter(Control.Webhook::duplicated)
                            .count());
            assertThat(receiver.deliveries()).hasSize((int) (messages.accepted() + messages.duplicatesInjected()));
        });
        assertThat(counted.messages()).isEqualTo(60);
        assertThat(counted.accepted() + counted.lost()).isEqualTo(60);
        assertThat(counted.lost()).isBetween(5L, 22L);
        assertThat(counted.reordered()).isBetween(5L, 30L);
        assertThat(receiver.deliveries().stream().map(Delivery::webhookId).distinct())
                .hasSize((int) counted.accepted());
    }

    @Test
    void a_message_can_be_sent_again_by_hand() throws IOException, InterruptedException {
        buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":1}]}", 201);
        await().until(() -> receiver.deliveries().size() == 1);

        Control.Redelivery again =
                control.redeliver("alpha", receiver.deliveries().getFirst().webhookId());

        assertThat(again.answer()).isEqualTo(200);
        assertThat(receiver.deliveries()).hasSize(2);
    }

    @Test
    void a_buyer_cancels_once_and_the_units_are_shown_again() throws IOException, InterruptedException {
        String id = buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":2}]}", 201)
                .path("id")
                .textValue();
        String path = "/shops/alpha/buyer/orders/" + id + "/cancellation";

        int first = post(path, "application/json", null, "").statusCode();
        int second = post(path, "application/json", null, "").statusCode();

        assertThat(first).isEqualTo(200);
        assertThat(second).isEqualTo(409);
        assertThat(control.order("alpha", id).state()).isEqualTo("CANCELLED");
        Control.SkuTally tally = control.tally("alpha").skus().getFirst();
        assertThat(tally).isEqualTo(new Control.SkuTally("LAMP", 2, 2, 0));
        assertThat(control.sales("alpha")).extracting(Control.Sale::units).containsExactly(-2, 2);
    }

    @Test
    void an_unanswered_call_takes_effect_all_the_same() throws IOException, InterruptedException {
        Control.Listed lamp = control.catalogue("alpha").getFirst();
        String token = token("alpha");
        control.faults("alpha", new Faults(0, 0, 0, 0, 100, 0, 0));
        String body = JSON.writeValueAsString(Map.of(
                "query",
                "mutation($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input)"
                        + " @idempotent(key: \"k1\") { userErrors { code } } }",
                "variables",
                Map.of(
                        "input",
                        Map.of(
                                "name",
                                "available",
                                "reason",
                                "correction",
                                "quantities",
                                List.of(Map.of(
                                        "inventoryItemId",
                                        lamp.inventoryItemId(),
                                        "locationId",
                                        lamp.stock().getFirst().locationId(),
                                        "quantity",
                                        7,
                                        "changeFromQuantity",
                                        500))))));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> post("/shops/alpha/admin/api/2026-10/graphql.json", "application/json", token, body));

        assertThat(control.shown("alpha").getFirst().available()).isEqualTo(7);
        assertThat(control.writes("alpha")).singleElement().satisfies(write -> {
            assertThat(write.result()).isEqualTo("APPLIED");
            assertThat(write.from()).isEqualTo(500);
            assertThat(write.to()).isEqualTo(7);
        });
    }

    @Test
    void a_buyer_asks_for_a_return_of_what_was_shipped() throws IOException, InterruptedException {
        JsonNode receipt = buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":2}]}", 201);
        String path = "/shops/alpha/buyer/orders/" + receipt.path("id").textValue();
        String lines =
                "{\"lines\":[{\"lineItemId\":\"%s\",\"quantity\":1,\"reason\":\"UNWANTED\",\"note\":\"too bright\"}]}"
                        .formatted(receipt.at("/lines/0/lineItemId").textValue());
        subscribe("RETURNS_REQUEST");

        HttpResponse<String> early = post(path + "/returns", "application/json", null, lines);
        ship();
        HttpResponse<String> taken = post(path + "/returns", "application/json", null, lines);
        HttpResponse<String> nonsense =
                post(path + "/returns", "application/json", null, lines.replace("UNWANTED", "WHY"));

        assertThat(early.statusCode()).as(early.body()).isEqualTo(422);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        assertThat(nonsense.statusCode()).isEqualTo(400);
        assertThat(control.returns("alpha")).singleElement().satisfies(goods -> {
            assertThat(goods.status()).isEqualTo("REQUESTED");
            assertThat(goods.lines()).extracting(Control.ReturnedLine::quantity).containsExactly(1);
        });
        assertThat(control.tally("alpha").returnsByStatus()).containsExactly(Map.entry("REQUESTED", 1));
        await().untilAsserted(() ->
                assertThat(receiver.deliveries()).extracting(Delivery::topic).contains("returns/request"));
        HttpResponse<String> seen = http.send(
                HttpRequest.newBuilder(simulator.uri().resolve(path)).GET().build(), BodyHandlers.ofString());
        assertThat(JSON.readTree(seen.body()).at("/lines/0/shipped").intValue()).isEqualTo(2);
        assertThat(JSON.readTree(seen.body()).at("/lines/0/returned").intValue())
                .isEqualTo(1);
    }

    @Test
    void a_seller_opens_a_return_unasked() throws IOException, InterruptedException {
        JsonNode receipt = buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":2}]}", 201);
        ship();

        Control.Return opened = control.openReturn(
                "alpha",
                receipt.path("id").textValue(),
                new Control.NewReturn(List.of(new Control.NewReturnLine(
                        receipt.at("/lines/0/lineItemId").textValue(), 2, "DEFECTIVE", null))));

        assertThat(opened.status()).isEqualTo("OPEN");
        assertThat(control.returns("alpha")).containsExactly(opened);
    }

    @Test
    void an_unanswered_refund_is_found_under_its_key() throws IOException, InterruptedException {
        String gid = buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":1}]}", 201)
                .path("gid")
                .textValue();
        String token = token("alpha");
        String sale = ask(token, "{ order(id: \"%s\") { transactions(first: 1) { id } } }".formatted(gid))
                .at("/data/order/transactions/0/id")
                .textValue();
        String refund =
                ("mutation { refundCreate(input: { orderId: \"%s\", transactions: [{ orderId: \"%s\", kind: REFUND,"
                                + " gateway: \"shopify_payments\", parentId: \"%s\", amount: \"3.50\" }] }) @idempotent(key: \"r1\")"
                                + " { refund { id } userErrors { message } } }")
                        .formatted(gid, gid, sale);
        control.faults("alpha", new Faults(0, 0, 0, 0, 100, 0, 0));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ask(token, refund));
        control.faults("alpha", Faults.NONE);

        JsonNode again = ask(token, refund);

        assertThat(control.refunds("alpha")).singleElement().satisfies(done -> {
            assertThat(done.id())
                    .isEqualTo(again.at("/data/refundCreate/refund/id").textValue());
            assertThat(done.amountMinor()).isEqualTo(350);
            assertThat(done.byCancellation()).isFalse();
        });
        assertThat(control.tally("alpha").refundedMinor()).isEqualTo(350);
    }

    @Test
    void products_are_listed_with_where_they_are_stocked() throws IOException, InterruptedException {
        String token = token("alpha");
        ask(
                token,
                "mutation { productSet(input: { title: \"Chair\", status: DRAFT }) { product { id } userErrors { code } } }");

        assertThat(control.products("alpha"))
                .extracting(Control.ListedProduct::title, Control.ListedProduct::status)
                .containsExactly(tuple("Reading lamp", "ACTIVE"), tuple("Chair", "DRAFT"));
        assertThat(control.products("alpha").getLast().variants().getFirst().locations())
                .isEmpty();
        assertThat(control.tally("alpha").products()).isEqualTo(2);
    }

    @Test
    void a_shown_number_can_be_changed_behind_everybodys_back() throws InterruptedException {
        control.sabotage("alpha", new Control.Sabotage("LAMP", null, 3));

        assertThat(control.shown("alpha").getFirst().available()).isEqualTo(3);
        assertThat(control.writes("alpha")).extracting(Control.Write::result).containsExactly("SABOTAGE");
    }

    @Test
    void the_control_api_wants_its_token_and_says_what_is_wrong() throws IOException, InterruptedException {
        SimulatorControl stranger = new SimulatorControl(simulator.uri(), "guess");

        assertThatIllegalStateException()
                .isThrownBy(() -> stranger.tally("alpha"))
                .withMessageContaining("401");
        assertThatIllegalStateException()
                .isThrownBy(() -> control.faults("alpha", Faults.webhooks(-1, 0, 0)))
                .withMessageContaining("duplicatePercent must be between 0 and 100");
        assertThatIllegalStateException()
                .isThrownBy(() -> control.create("alpha", catalogue("LAMP", 5)))
                .withMessageContaining("would be sold twice");
        assertThatIllegalStateException()
                .isThrownBy(() -> control.order("alpha", "1"))
                .withMessageContaining("404");
        stranger.close();
    }

    @Test
    void what_buyers_gave_of_themselves_can_be_looked_for() throws IOException, InterruptedException {
        buy("{\"lines\":[{\"sku\":\"LAMP\",\"quantity\":1}]}", 201);

        assertThat(control.people("alpha")).hasSize(4).anyMatch(text -> text.endsWith("@example.com"));
    }

    private void subscribe(String topic) throws IOException, InterruptedException {
        JsonNode answer = ask(
                token("alpha"),
                "mutation { webhookSubscriptionCreate(topic: %s, webhookSubscription: { uri: \"%s\" }) { userErrors { message } } }"
                        .formatted(topic, receiver.uri()));
        assertThat(answer.at("/data/webhookSubscriptionCreate/userErrors")).isEmpty();
    }

    /// Ships everything that is open.
    private void ship() throws IOException, InterruptedException {
        String token = token("alpha");
        for (JsonNode open :
                ask(token, "{ fulfillmentOrders(first: 10) { nodes { id } } }").at("/data/fulfillmentOrders/nodes")) {
            ask(
                    token,
                    "mutation { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: \"%s\" }] })"
                                    .formatted(open.path("id").textValue())
                            + " { userErrors { message } } }");
        }
    }

    private JsonNode ask(String token, String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(
                "/shops/alpha/admin/api/2026-10/graphql.json",
                "application/json",
                token,
                JSON.writeValueAsString(Map.of("query", query)));
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.has("errors")).as(answer.body()).isFalse();
        return body;
    }

    private static Simulator start(InstantSource clock, URI hook) throws IOException {
        ShopifyConfig config = new ShopifyConfig(
                1,
                Duration.ofSeconds(30),
                0.0001,
                Duration.ofMillis(10),
                List.of(
                        new ShopConfig("alpha", "app", SECRET, SECRET, Plan.PLUS, hook),
                        new ShopConfig("beta", "app", SECRET, SECRET, Plan.PLUS, null)));
        return Simulator.start("127.0.0.1", 0, CONTROL, List.of(ShopifyChannel.open(config, clock)));
    }

    private static Catalogue catalogue(String sku, int available) {
        return new Catalogue(List.of(new NewProduct(
                "Reading lamp",
                "Acme",
                List.of(new NewVariant(sku, "Black", 1999, null, List.of(new NewStock("Main", available)))))));
    }

    private JsonNode buy(String body, int expected) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/shops/alpha/buyer/orders", "application/json", null, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        return JSON.readTree(answer.body());
    }

    private String token(String shop) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(
                "/shops/" + shop + "/admin/oauth/access_token",
                "application/x-www-form-urlencoded",
                null,
                "grant_type=client_credentials&client_id=app&client_secret=s3cret");
        return JSON.readTree(answer.body()).path("access_token").asText();
    }

    private HttpResponse<String> graphql(String shop, @Nullable String token) throws IOException, InterruptedException {
        return post("/shops/" + shop + "/admin/api/2026-10/graphql.json", "application/json", token, SHOP_QUERY);
    }

    private HttpResponse<String> post(String path, String type, @Nullable String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(simulator.uri().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        if (token != null) {
            request.header("X-Shopify-Access-Token", token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
