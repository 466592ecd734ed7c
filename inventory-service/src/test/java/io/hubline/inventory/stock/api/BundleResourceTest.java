package io.hubline.inventory.stock.api;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.contracts.inventory.ReservationEvent.AllocatedUnits;
import io.hubline.contracts.inventory.ReservationEvent.OrderAllocated;
import io.hubline.contracts.inventory.ReservationEvent.OrderBackordered;
import io.hubline.contracts.inventory.ReservationEvent.OrderReserved;
import io.hubline.contracts.inventory.ReservationEvent.PromisedLine;
import io.hubline.contracts.inventory.StockState;
import io.hubline.contracts.inventory.StockState.AtLocation;
import io.hubline.contracts.routing.RouteEvent.Assignment;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.kit.Ids;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class BundleResourceTest {

    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String kit = Warehouse.sku();
    private final String shirt = Warehouse.sku();
    private final String mug = Warehouse.sku();

    BundleResourceTest(DataSource database) {
        this.database = database;
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void a_bundle_goes_from_promise_to_shipment_and_nobody_else_knows_its_parts() {
        define(kit, Map.of(shirt, 2, mug, 1)).statusCode(200);
        warehouse.receive(shirt, "berlin", 5);
        Orders order = order().wants("1", kit, 2);
        warehouse.tell(Topic.ORDERS, order.tell());
        assertThat(warehouse.hear(order.id(), 1).getLast()).isInstanceOf(OrderBackordered.class);

        warehouse.receive(mug, "berlin", 3);
        warehouse.hear(order.id(), 2);
        warehouse.tell(Topic.ROUTES, order.plan(1, Ids.text(), new Assignment("1", kit, "berlin", 2)));
        List<ReservationEvent> said = warehouse.hear(order.id(), 3);
        warehouse.tell(Topic.ORDERS, order.ships("S1", "berlin", "1", 2).tell());
        await().untilAsserted(() ->
                assertThat(warehouse.stock(shirt).getInt("onHand")).isEqualTo(1));

        assertThat(said.get(1)).isInstanceOf(OrderReserved.class);
        assertThat(said.get(1).lines()).containsExactly(new PromisedLine("1", kit, 2, 0, List.of(), 0));
        assertThat(said.get(2)).isInstanceOf(OrderAllocated.class);
        assertThat(said.get(2).lines())
                .containsExactly(new PromisedLine("1", kit, 0, 0, List.of(new AllocatedUnits("berlin", 2)), 0));
        assertThat(warehouse.stock(mug).getInt("onHand")).isEqualTo(1);
        assertThat(warehouse.stock(mug).getInt("reserved")).isZero();
        assertThat(warehouse
                        .check()
                        .getList("drifts.findAll { it.sku in ['%s', '%s', '%s'] }".formatted(kit, shirt, mug)))
                .isEmpty();
    }

    @Test
    void its_stock_is_what_can_be_made_wherever_all_parts_lie() {
        warehouse.receive(shirt, "berlin", 5);
        warehouse.receive(mug, "berlin", 1);
        warehouse.receive(mug, "hamburg", 4);

        define(kit, Map.of(shirt, 2, mug, 1)).statusCode(200);

        await().untilAsserted(() -> assertThat(state())
                .extracting(StockState::onHand, StockState::reserved, StockState::locations)
                .containsExactly(2, 0, List.of(new AtLocation("berlin", 1, 0))));
        warehouse.receive(shirt, "hamburg", 2);
        await().untilAsserted(() -> assertThat(state().locations())
                .containsExactly(new AtLocation("berlin", 1, 0), new AtLocation("hamburg", 1, 0)));
    }

    @Test
    void an_offer_of_it_shows_what_can_be_made() {
        warehouse.receive(shirt, "berlin", 5);
        warehouse.receive(mug, "berlin", 4);
        define(kit, Map.of(shirt, 2, mug, 1)).statusCode(200);
        String offer = warehouse.offer("shop-a", kit);
        await().untilAsserted(() ->
                assertThat(warehouse.shown(offer).getLast().quantity()).isEqualTo(2));

        warehouse.adjust(shirt, "berlin", -2);

        await().untilAsserted(() ->
                assertThat(warehouse.shown(offer).getLast().quantity()).isEqualTo(1));
    }

    @Test
    void a_definition_is_found_listed_replaced_and_removed() throws SQLException {
        define(kit, Map.of(shirt, 2)).statusCode(200);
        define(kit, Map.of(shirt, 1, mug, 1)).statusCode(200);

        Tokens.as("viewer")
                .get("/bundles/{sku}", kit)
                .then()
                .statusCode(200)
                .body("components.findAll { it.quantity == 1 }.size()", equalTo(2));
        Tokens.as("viewer").get("/bundles").then().statusCode(200).body("items.sku", hasItem(kit));
        Tokens.as("operator").delete("/bundles/{sku}", kit).then().statusCode(204);
        Tokens.as("operator")
                .delete("/bundles/{sku}", kit)
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-bundle"));
        warehouse.receive(kit, "berlin", 1);

        assertThat(audited()).containsExactly("bundle.defined", "bundle.defined", "bundle.removed");
    }

    @Test
    void a_sku_with_units_of_its_own_is_no_bundle() {
        warehouse.receive(kit, "berlin", 1);

        define(kit, Map.of(shirt, 2))
                .statusCode(409)
                .body("type", equalTo("/problems/bundle-refused"))
                .body("reason", equalTo("WAS_IN_STOCK"));
    }

    @Test
    void a_sku_that_somebody_waits_for_is_no_bundle() {
        Orders order = order().wants("1", kit, 1);
        warehouse.tell(Topic.ORDERS, order.tell());
        warehouse.hear(order.id(), 1);

        define(kit, Map.of(shirt, 2)).statusCode(409).body("reason", equalTo("IS_PROMISED"));
    }

    @Test
    void bundles_are_one_level_deep() {
        String set = Warehouse.sku();
        define(kit, Map.of(shirt, 2)).statusCode(200);

        define(set, Map.of(kit, 1, mug, 1))
                .statusCode(409)
                .body("reason", equalTo("HAS_A_BUNDLE"))
                .body("sku", equalTo(kit));
        define(shirt, Map.of(mug, 2))
                .statusCode(409)
                .body("reason", equalTo("IS_A_COMPONENT"))
                .body("sku", equalTo(kit));
    }

    @Test
    void a_definition_that_breaks_a_rule_is_refused_with_the_field() {
        define(kit, Map.of(shirt, 1)).statusCode(400).body("errors.field", contains("components"));
        define(kit, Map.of(kit, 2)).statusCode(400).body("errors.field", contains("components"));
        define(kit, Map.of()).statusCode(400).body("errors.field", contains("components"));
        define(kit, Map.of(shirt, -2)).statusCode(400).body("errors.field", contains("components[0].quantity"));
        define(kit, List.of(Map.of("sku", shirt, "quantity", 1), Map.of("sku", shirt, "quantity", 1)))
                .statusCode(400)
                .body("errors.field", contains("components"));
    }

    @Test
    void only_an_operator_defines_bundles() {
        Tokens.as("viewer")
                .contentType(ContentType.JSON)
                .body(Map.of("components", List.of(Map.of("sku", shirt, "quantity", 2))))
                .put("/bundles/{sku}", kit)
                .then()
                .statusCode(403);
    }

    private ValidatableResponse define(String sku, Map<String, Integer> components) {
        return define(
                sku,
                components.entrySet().stream()
                        .map(part -> Map.<String, Object>of("sku", part.getKey(), "quantity", part.getValue()))
                        .toList());
    }

    private static ValidatableResponse define(String sku, List<Map<String, Object>> components) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of("components", components))
                .put("/bundles/{sku}", sku)
                .then();
    }

    private StockState state() {
        List<StockState> states = warehouse.kafka().events(Topic.STOCK, kit, StockState.class);
        assertThat(states).extracting(StockState::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(states).isNotEmpty();
        return states.getLast();
    }

    private List<String> audited() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select action from audit_entry where subject_id = ? order by at")) {
            query.setString(1, kit);
            List<String> actions = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    actions.add(rows.getString(1));
                }
            }
            return actions;
        }
    }
}
