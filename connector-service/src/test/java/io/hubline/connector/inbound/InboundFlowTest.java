package io.hubline.connector.inbound;

import static io.hubline.connector.StubShopResource.ACCOUNT;
import static io.hubline.connector.StubShopResource.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.StubShop;
import io.hubline.connector.StubShopResource;
import io.hubline.connector.sql.Sql;
import io.hubline.contracts.Recipient;
import io.hubline.contracts.Topic;
import io.hubline.contracts.connector.ChannelOrder;
import io.hubline.contracts.connector.ChannelOrder.Status;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
import io.hubline.contracts.connector.ChannelReturn;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelReturnObserved;
import io.hubline.kit.Ids;
import io.hubline.kit.personal.PersonalCipher;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
@QuarkusTestResource(StubShopResource.class)
class InboundFlowTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final StubShop shop = StubShop.running();
    private final Sql sql;
    private final PersonalCipher cipher;
    private final ObjectMapper json;
    private final KafkaProbe kafka = KafkaProbe.open();

    InboundFlowTest(Sql sql, PersonalCipher cipher, ObjectMapper json) {
        this.sql = sql;
        this.cipher = cipher;
        this.json = json;
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void an_order_is_announced_once_however_often_its_webhook_comes() {
        shop.sell("1001", "9001", 1);
        String body = "{\"id\":1001,\"updated_at\":\"2026-11-23T09:00:05Z\"}";
        String delivery = Ids.text();

        for (int copy = 0; copy < 5; copy++) {
            deliver(body, delivery, sign(body)).then().statusCode(200);
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(observed("1001")).hasSize(1));
        assertThat(statuses(delivery))
                .containsExactlyInAnyOrder("done", "duplicate", "duplicate", "duplicate", "duplicate");
        // A whole poll later it is still one.
        awaitNextPoll();
        assertThat(observed("1001")).hasSize(1);
    }

    @Test
    void the_person_travels_sealed_and_the_order_in_the_clear() throws Exception {
        shop.sell("1002", "9002", 2);
        String body = "{\"id\":1002}";

        deliver(body, Ids.text(), sign(body)).then().statusCode(200);

        await().atMost(SOON).untilAsserted(() -> assertThat(observed("1002")).hasSize(1));
        ChannelOrderObserved event = observed("1002").getFirst();
        assertThat(event.order().status()).isEqualTo(Status.OPEN);
        assertThat(event.order().lines().getFirst().variantId()).isEqualTo("gid://shopify/ProductVariant/9002");
        assertThat(event.order().lines().getFirst().channelLocation()).isEqualTo("gid://shopify/Location/41");
        assertThat(json.writeValueAsString(event)).doesNotContain("Jane", "Main St", "97477");
        Recipient recipient = json.readValue(cipher.open(event.personal(), ACCOUNT + ":1002"), Recipient.class);
        assertThat(recipient.name()).isEqualTo("Jane Doe");
    }

    @Test
    void a_change_is_announced_again_under_a_higher_number() {
        ObjectNode order = shop.sell("1003", "9003", 3);
        String first = "{\"id\":1003}";
        deliver(first, Ids.text(), sign(first)).then().statusCode(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(observed("1003")).hasSize(1));

        order.put("cancelledAt", "2026-11-23T10:00:00Z").put("cancelReason", "CUSTOMER");
        shop.touch(order);
        deliver(first, Ids.text(), sign(first)).then().statusCode(200);

        await().atMost(SOON).untilAsserted(() -> assertThat(observed("1003")).hasSize(2));
        List<ChannelOrderObserved> both = observed("1003");
        assertThat(both.get(1).order().status()).isEqualTo(Status.CANCELLED);
        assertThat(both.get(1).fetchNumber()).isGreaterThan(both.get(0).fetchNumber());
        assertThat(sold("1003")).isZero();
    }

    @Test
    void an_order_that_no_webhook_told_of_is_found_by_polling() {
        shop.sell("1004", "9004", 1);

        await().atMost(SOON).untilAsserted(() -> assertThat(observed("1004")).hasSize(1));
        awaitNextPoll();
        assertThat(observed("1004")).hasSize(1);
    }

    @Test
    void a_wrong_signature_is_refused_and_leaves_an_audit_row_without_the_body() {
        String body = "{\"id\":1005,\"email\":\"jane@example.com\"}";

        Response refused = deliver(body, Ids.text(), sign(body + " "));

        refused.then().statusCode(401);
        assertThat(refused.contentType()).contains("application/problem+json");
        assertThat(refused.path("type").toString()).isEqualTo("/problems/invalid-signature");
        assertThat(sql.list(
                        "select after::text as kept from audit_entry where action = 'webhook.refused'",
                        row -> row.text("kept")))
                .isNotEmpty()
                .allSatisfy(kept -> assertThat(kept).doesNotContain("jane", "1005"));
        assertThat(sql.list("select 1 from inbound_message where external_id = '1005'", row -> 1))
                .isEmpty();
    }

    @Test
    void what_is_signed_and_no_json_is_stored_and_a_dead_letter() {
        String body = "this is not JSON, and 4111111111111111 is a card";
        String delivery = Ids.text();

        deliver(body, delivery, sign(body)).then().statusCode(200);

        assertThat(statuses(delivery)).containsExactly("dead");
        List<String> reasons = Tokens.as("operator")
                .queryParam("status", "dead")
                .queryParam("account", ACCOUNT)
                .get("/inbound-messages")
                .then()
                .statusCode(200)
                .extract()
                .path("items.findAll { it.deliveryId == '%s' }.reason".formatted(delivery));
        assertThat(reasons).singleElement().asString().startsWith("the body is not JSON");
        List<String> bodies = sql.list(
                "select id, body from inbound_message where delivery_id = ?",
                row -> cipher.openText(row.text("body"), "inbound:" + row.uuid("id")),
                delivery);
        assertThat(bodies).containsExactly("this is not JSON, and ************1111 is a card");
    }

    @Test
    void a_dead_message_without_an_order_cannot_be_replayed() {
        String body = "no JSON either";
        String delivery = Ids.text();
        deliver(body, delivery, sign(body)).then().statusCode(200);
        UUID id = sql.first("select id from inbound_message where delivery_id = ?", row -> row.uuid("id"), delivery)
                .orElseThrow();

        Tokens.as("operator").post("/inbound-messages/{id}/replay", id).then().statusCode(409);
    }

    @Test
    void an_order_the_channel_does_not_know_is_dead_until_it_is_replayed() {
        String body = "{\"id\":1006}";
        String delivery = Ids.text();
        deliver(body, delivery, sign(body)).then().statusCode(200);
        await().atMost(SOON).untilAsserted(() -> assertThat(statuses(delivery)).containsExactly("dead"));
        UUID id = sql.first("select id from inbound_message where delivery_id = ?", row -> row.uuid("id"), delivery)
                .orElseThrow();

        shop.sell("1006", "9006", 1);
        Tokens.as("operator").post("/inbound-messages/{id}/replay", id).then().statusCode(200);

        await().atMost(SOON).untilAsserted(() -> assertThat(statuses(delivery)).containsExactly("done"));
        assertThat(observed("1006")).hasSize(1);
    }

    @Test
    void an_order_that_cannot_be_translated_is_dead_with_the_reason() {
        shop.sell("1007", "9007", 1).put("displayFinancialStatus", "BARTERED");
        String body = "{\"id\":1007}";
        String delivery = Ids.text();

        deliver(body, delivery, sign(body)).then().statusCode(200);

        await().atMost(SOON).untilAsserted(() -> assertThat(statuses(delivery)).containsExactly("dead"));
        assertThat(sql.first(
                                "select reason from inbound_message where delivery_id = ?",
                                row -> row.text("reason"),
                                delivery)
                        .orElseThrow())
                .contains("BARTERED");
        shop.order("1007").put("displayFinancialStatus", "PAID");
    }

    @Test
    void an_order_too_large_for_one_call_is_announced_whole() {
        ObjectNode order = shop.sell("1011", "9011", 1);
        ((ObjectNode) order.at("/lineItems/pageInfo")).put("hasNextPage", true).put("endCursor", "next");

        await().atMost(SOON).untilAsserted(() -> assertThat(observed("1011")).hasSize(1));
        assertThat(observed("1011").getFirst().order().lines())
                .extracting(ChannelOrder.Line::lineId)
                .containsExactly("gid://shopify/LineItem/10111", "gid://shopify/LineItem/second-page");
    }

    @Test
    void a_return_is_announced_when_it_is_new_and_when_it_changed_and_its_order_is_not() {
        ObjectNode order = shop.sell("1020", "9020", 3);
        await().atMost(SOON).untilAsserted(() -> assertThat(observed("1020")).hasSize(1));

        // Within one second of the shop's clock: the cheap look differs all the same.
        ObjectNode returned = shop.returns("1020", "77", "REQUESTED", 2);
        await().atMost(SOON).untilAsserted(() -> assertThat(returnsOf("1020")).hasSize(1));
        returned.put("status", "OPEN");
        order.put("returnStatus", "IN_PROGRESS");
        await().atMost(SOON).untilAsserted(() -> assertThat(returnsOf("1020")).hasSize(2));

        awaitNextPoll();
        ChannelReturnObserved first = returnsOf("1020").getFirst();
        ChannelReturnObserved second = returnsOf("1020").getLast();
        assertThat(first.channelReturnId()).isEqualTo("gid://shopify/Return/77");
        assertThat(first.goods().status()).isEqualTo(ChannelReturn.Status.REQUESTED);
        assertThat(first.goods().number()).isEqualTo("#1020-R1");
        assertThat(first.goods().lines())
                .containsExactly(new ChannelReturn.Line(
                        "gid://shopify/ReturnLineItem/77", "gid://shopify/LineItem/10201", 2, "SIZE_TOO_SMALL"));
        assertThat(second.goods().status()).isEqualTo(ChannelReturn.Status.OPEN);
        assertThat(second.fetchNumber()).isGreaterThan(first.fetchNumber());
        assertThat(returnsOf("1020")).hasSize(2);
        assertThat(observed("1020")).hasSize(1);
    }

    @Test
    void a_webhook_about_a_return_leads_to_its_order() {
        shop.sell("1021", "9021", 1);
        shop.returns("1021", "78", "REQUESTED", 1);
        tell("returns/request", "{\"id\":78,\"order\":{\"id\":1021},\"status\":\"requested\"}");
        await().atMost(SOON).untilAsserted(() -> assertThat(returnsOf("1021")).hasSize(1));
        // This topic names no order; one the hub knows the return of is looked up, and another is not.
        tell("returns/update", "{\"admin_graphql_api_id\":\"gid://shopify/Return/78\"}");
        tell("returns/update", "{\"admin_graphql_api_id\":\"gid://shopify/Return/79\"}");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sql.list(
                                "select topic || ' ' || status as told from inbound_message"
                                        + " where topic like 'returns/%' order by id",
                                row -> row.text("told")))
                        .containsExactly("returns/request done", "returns/update done", "returns/update ignored"));
    }

    private static void tell(String topic, String body) {
        RestAssured.given()
                .header("X-Shopify-Topic", topic)
                .header("X-Shopify-Webhook-Id", Ids.text())
                .header("X-Shopify-Hmac-SHA256", sign(body))
                .body(body.getBytes(UTF_8))
                .post("/webhooks/shopify/" + ACCOUNT)
                .then()
                .statusCode(200);
    }

    @Test
    void a_throttled_or_failing_shop_delays_an_order_and_loses_nothing() {
        shop.fail("OrdersById", StubShop.Fault.THROTTLED);
        shop.sell("1008", "9008", 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(observed("1008")).hasSize(1));

        shop.fail("OrdersById", StubShop.Fault.SERVER_ERROR);
        shop.sell("1009", "9009", 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(observed("1009")).hasSize(1));

        shop.fail("OrdersById", StubShop.Fault.UNAUTHORISED);
        shop.sell("1010", "9010", 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(observed("1010")).hasSize(1));
    }

    @Test
    void an_unknown_account_and_a_wrong_adapter_are_not_found() {
        RestAssured.given().body("{}").post("/webhooks/shopify/nobody").then().statusCode(404);
        RestAssured.given()
                .body("{}")
                .post("/webhooks/amazon/" + ACCOUNT)
                .then()
                .statusCode(404);
    }

    @Test
    void a_body_beyond_the_limit_is_refused() {
        RestAssured.given()
                .body("x".repeat(3 << 20))
                .post("/webhooks/shopify/" + ACCOUNT)
                .then()
                .statusCode(413);
    }

    @Test
    void the_subscriptions_are_made_once() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(shop.subscriptions())
                        .containsExactlyInAnyOrder(
                                "ORDERS_CREATE",
                                "ORDERS_UPDATED",
                                "ORDERS_CANCELLED",
                                "RETURNS_REQUEST",
                                "RETURNS_APPROVE",
                                "RETURNS_UPDATE",
                                "RETURNS_CLOSE",
                                "RETURNS_REOPEN",
                                "RETURNS_CANCEL",
                                "RETURNS_DECLINE",
                                "REFUNDS_CREATE"));
        assertThat(shop.calls("WebhookSubscriptions")
                        .getFirst()
                        .variables()
                        .path("uri")
                        .asText())
                .isEqualTo("https://hub.example/webhooks/shopify/" + ACCOUNT);
    }

    private static Response deliver(String body, String delivery, String signature) {
        return RestAssured.given()
                .header("X-Shopify-Topic", "orders/create")
                .header("X-Shopify-Webhook-Id", delivery)
                .header("X-Shopify-Hmac-SHA256", signature)
                .contentType("application/json")
                .body(body.getBytes(UTF_8))
                .post("/webhooks/shopify/" + ACCOUNT);
    }

    private static String sign(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<ChannelOrderObserved> observed(String id) {
        return kafka.events(Topic.CHANNEL_ORDERS, ACCOUNT + ":" + id, ChannelOrderObserved.class);
    }

    private List<ChannelReturnObserved> returnsOf(String id) {
        return kafka.events(Topic.CHANNEL_RETURNS, ACCOUNT + ":" + id, ChannelReturnObserved.class);
    }

    private List<String> statuses(String delivery) {
        return sql.list(
                "select status from inbound_message where delivery_id = ?", row -> row.text("status"), delivery);
    }

    private long sold(String id) {
        return sql.first(
                        "select sum(quantity) as units from channel_order_line where external_id = ?",
                        row -> row.number("units"),
                        id)
                .orElseThrow();
    }

    private void awaitNextPoll() {
        Instant now =
                sql.first("select now() as now", row -> row.instant("now")).orElseThrow();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sql.first(
                                        "select complete_begun_at as at from poll where account = ?",
                                        row -> row.instant("at"),
                                        ACCOUNT)
                                .orElseThrow())
                        .isAfter(now));
    }
}
