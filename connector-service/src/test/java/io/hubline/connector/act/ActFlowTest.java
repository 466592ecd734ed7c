package io.hubline.connector.act;

import static io.hubline.connector.StubShopResource.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.StubShop;
import io.hubline.connector.StubShopResource;
import io.hubline.contracts.Topic;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderEvent.CancelledBy;
import io.hubline.contracts.order.OrderEvent.OrderCancelled;
import io.hubline.contracts.order.OrderEvent.OrderShipped;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.contracts.order.OrderFacts.DemandLine;
import io.hubline.contracts.order.OrderFacts.Shipment;
import io.hubline.contracts.order.OrderFacts.ShippedLine;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
@QuarkusTestResource(StubShopResource.class)
class ActFlowTest {

    private static final Duration SOON = Duration.ofSeconds(25);

    private final StubShop shop = StubShop.running();
    private final KafkaProbe kafka = KafkaProbe.open();

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void a_parcel_is_confirmed_once_however_often_its_order_is_told_of() {
        ObjectNode order = shop.sell("3001", "x1", 2);

        kafka.send(Topic.ORDERS, shipped("3001", 4, parcel("3001", "P1", "1Z1", 1)));
        kafka.send(Topic.ORDERS, shipped("3001", 5, parcel("3001", "P1", "1Z1", 1), parcel("3001", "P2", "1Z2", 1)));
        kafka.send(Topic.ORDERS, shipped("3001", 4, parcel("3001", "P1", "1Z1", 1)));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(acts("3001"))
                        .hasSize(2)
                        .allSatisfy(act -> assertThat(act).containsEntry("status", "done")));
        assertThat(order.path("fulfillments")).hasSize(2);
        assertThat(order.at("/fulfillments/0/trackingInfo/0/company").asText()).isEqualTo("FedEx");
        assertThat(order.at("/fulfillments/0/trackingInfo/0/number").asText()).isEqualTo("1Z1");
    }

    @Test
    void a_confirmation_whose_answer_was_lost_is_looked_at_and_not_told_again() {
        ObjectNode order = shop.sell("3002", "x2", 2);
        shop.fail("FulfillmentCreate", StubShop.Fault.CUT_AFTER);

        kafka.send(Topic.ORDERS, shipped("3002", 4, parcel("3002", "P1", "1Z3", 2)));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(acts("3002"))
                        .singleElement()
                        .satisfies(act -> assertThat(act)
                                .containsEntry("status", "done")
                                .containsEntry("reason", "the channel shows the parcel")));
        assertThat(order.path("fulfillments")).hasSize(1);
    }

    @Test
    void two_parcels_under_one_tracking_number_are_both_confirmed() {
        ObjectNode order = shop.sell("3003", "x3", 2);

        kafka.send(Topic.ORDERS, shipped("3003", 5, parcel("3003", "P1", "1Z4", 1), parcel("3003", "P2", "1Z4", 1)));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(acts("3003"))
                        .hasSize(2)
                        .allSatisfy(act -> assertThat(act).containsEntry("status", "done")));
        assertThat(order.path("fulfillments")).hasSize(2);
    }

    @Test
    void a_parcel_the_channel_has_no_units_left_for_fails_visibly_and_can_be_tried_again() {
        ObjectNode order = shop.sell("3004", "x4", 1);
        ((ObjectNode) order.at("/fulfillmentOrders/nodes/0")).put("status", "ON_HOLD");

        kafka.send(Topic.ORDERS, shipped("3004", 4, parcel("3004", "P1", "1Z5", 1)));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(acts("3004"))
                        .singleElement()
                        .satisfies(act -> assertThat(act).containsEntry("status", "failed")));
        Map<String, Object> failed = acts("3004").getFirst();
        assertThat(failed.get("reason")).asString().contains("not open for shipping");
        assertThat(failed.get("nextStep")).asString().isNotBlank();
        ((ObjectNode) order.at("/fulfillmentOrders/nodes/0")).put("status", "OPEN");
        Tokens.as("operator").post("/acts/{id}/retry", failed.get("id")).then().statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(acts("3004").getFirst()).containsEntry("status", "done"));
        Tokens.as("operator").post("/acts/{id}/retry", failed.get("id")).then().statusCode(409);
    }

    @Test
    void the_sellers_cancellation_is_told_and_followed_to_its_end() {
        ObjectNode order = shop.sell("3005", "x5", 1);

        kafka.send(
                Topic.ORDERS,
                new OrderCancelled(facts("3005", 3, List.of()), Instant.now(), CancelledBy.SELLER, "out of stock"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(acts("3005"))
                        .singleElement()
                        .satisfies(act -> assertThat(act).containsEntry("status", "done")));
        assertThat(order.path("cancelledAt").isNull()).isFalse();
        assertThat(shop.calls("OrderCancel"))
                .filteredOn(call -> call.variables().path("order").asText().endsWith("/3005"))
                .singleElement()
                .satisfies(call ->
                        assertThat(call.variables().path("reason").asText()).isEqualTo("INVENTORY"));
    }

    @Test
    void the_channels_own_cancellation_is_not_told_back() {
        shop.sell("3006", "x6", 1);

        kafka.send(
                Topic.ORDERS,
                new OrderCancelled(facts("3006", 3, List.of()), Instant.now(), CancelledBy.CHANNEL, "customer"));
        kafka.send(Topic.ORDERS, shipped("3006", 4, parcel("3006", "P1", "1Z6", 1)));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(acts("3006"))
                        .singleElement()
                        .satisfies(act ->
                                assertThat(act).containsEntry("kind", "ship").containsEntry("status", "done")));
    }

    private static OrderEvent shipped(String id, long version, Shipment... shipments) {
        return new OrderShipped(
                facts(id, version, List.of(shipments)), Instant.now(), shipments[shipments.length - 1].shipmentId());
    }

    private static OrderFacts facts(String id, long version, List<Shipment> shipments) {
        return new OrderFacts(
                "order-" + id,
                version,
                ACCOUNT,
                "shopify",
                id,
                OrderFacts.State.OPEN,
                Instant.now(),
                null,
                null,
                List.of(),
                List.of(new DemandLine("L1", "SKU", null, 2, null)),
                shipments);
    }

    private static Shipment parcel(String id, String shipment, String tracking, int quantity) {
        return new Shipment(
                id + "-" + shipment,
                "RENO",
                "fedex",
                tracking,
                null,
                Instant.now(),
                List.of(new ShippedLine("L1", "gid://shopify/LineItem/" + id + "1", quantity)));
    }

    private static List<Map<String, Object>> acts(String id) {
        return Tokens.as("viewer")
                .queryParam("account", ACCOUNT)
                .get("/acts")
                .then()
                .statusCode(200)
                .extract()
                .path("items.findAll { it.externalId == '%s' }".formatted(id));
    }
}
