package io.hubline.inventory.stock.api;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.StockAlert.AffectedOrder;
import io.hubline.contracts.inventory.StockAlert.PositionHealed;
import io.hubline.contracts.inventory.StockAlert.PositionShort;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.kit.Ids;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ScrapTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void a_loss_of_promised_units_names_the_orders_and_is_healed_by_goods() {
        Orders urgent = order().within(Duration.ofHours(4)).wants("1", sku, 3);
        Orders late = order().within(Duration.ofDays(4)).wants("1", sku, 2);
        warehouse.receive(sku, "berlin", 5);
        warehouse.tell(Topic.ORDERS, urgent.tell());
        warehouse.tell(Topic.ORDERS, late.tell());
        warehouse.hear(urgent.id(), 1);
        warehouse.hear(late.id(), 1);

        scrap(2, "DAMAGED").statusCode(200).body("movements[0].reason", equalTo("SCRAP"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(warehouse.kafka().events(Topic.STOCK_ALERTS, sku, PositionShort.class))
                        .singleElement()
                        .satisfies(alert -> {
                            assertThat(alert.shortBy()).isEqualTo(2);
                            assertThat(alert.orders()).containsExactly(new AffectedOrder(late.id(), 2));
                        }));
        assertThat(warehouse.stock(sku).getInt("shortBy")).isEqualTo(2);
        warehouse.receive(sku, "berlin", 2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(warehouse.kafka().records(Topic.STOCK_ALERTS))
                        .filteredOn(record -> sku.equals(record.key()))
                        .last()
                        .satisfies(record -> assertThat(warehouse
                                        .kafka()
                                        .read(record, PositionHealed.class)
                                        .pool())
                                .isEqualTo("default")));
    }

    @Test
    void a_scrap_needs_a_reason_to_throw_away() {
        warehouse.receive(sku, "berlin", 5);

        scrap(1, "LOST").statusCode(400).body("errors[0].field", equalTo("reason"));
        scrap(1, "whatever").statusCode(400).body("errors[0].field", equalTo("reason"));
        scrap(6, "EXPIRED").statusCode(409).body("type", equalTo("/problems/not-on-hand"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(5);
    }

    private ValidatableResponse scrap(int quantity, String reason) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "scrapId",
                        Ids.text(),
                        "sku",
                        sku,
                        "locationId",
                        "berlin",
                        "quantity",
                        quantity,
                        "reason",
                        reason))
                .post("/stock/scraps")
                .then();
    }
}
