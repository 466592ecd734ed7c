package io.hubline.inventory.stock.api;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.ReservationEvent.OrderBackordered;
import io.hubline.contracts.inventory.ReservationEvent.OrderReserved;
import io.hubline.contracts.inventory.StockState;
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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Locations, accounts and pools have names of their own here: other tests draw on the default pool.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class PoolResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();
    private final String pool = "pool-" + Ids.text();
    private final String place = "place-" + Ids.text();

    PoolResourceTest(DataSource database) {
        this.database = database;
    }

    @AfterEach
    void close() {
        account("default").statusCode(200);
        warehouse.close();
    }

    @Test
    void a_location_takes_its_units_along_and_brings_them_back() {
        warehouse.receive(sku, place, 5);
        warehouse.receive(sku, "berlin", 2);

        locations(place).statusCode(200).body("locations", contains(place));
        assertThat(onHand(pool)).isEqualTo(5);
        assertThat(onHand("default")).isEqualTo(2);
        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(7);

        locations().statusCode(200);
        assertThat(onHand("default")).isEqualTo(7);
        assertThat(drifts()).isEmpty();
    }

    @Test
    void an_account_draws_on_its_pool_and_on_no_other() {
        warehouse.receive(sku, "berlin", 5);
        locations(place).statusCode(200);
        account(pool).statusCode(200).body("accounts", hasItem("shop-a"));
        Orders wanting = order().wants("1", sku, 3);
        warehouse.tell(Topic.ORDERS, wanting.tell());
        assertThat(warehouse.hear(wanting.id(), 1).getLast()).isInstanceOf(OrderBackordered.class);

        warehouse.receive(sku, place, 4);

        assertThat(warehouse.hear(wanting.id(), 2).getLast()).isInstanceOf(OrderReserved.class);
        assertThat(warehouse.stock(sku).getInt("pools.find { it.pool == '" + pool + "' }.reserved"))
                .isEqualTo(3);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(warehouse.kafka().events(Topic.STOCK, sku, StockState.class))
                        .last()
                        .satisfies(state -> {
                            assertThat(state.onHand()).isEqualTo(9);
                            assertThat(state.reserved()).isEqualTo(3);
                        }));
        assertThat(drifts()).isEmpty();
    }

    @Test
    void units_that_are_promised_do_not_leave_their_pool() {
        warehouse.receive(sku, place, 5);
        Orders wanting = order().wants("1", sku, 3);
        warehouse.tell(Topic.ORDERS, wanting.tell());
        warehouse.hear(wanting.id(), 1);

        locations(place)
                .statusCode(409)
                .body("type", equalTo("/problems/pool-is-promised"))
                .body("missing.sku", contains(sku));

        assertThat(onHand("default")).isEqualTo(5);
        warehouse.receive(sku, "berlin", 3);
        locations(place).statusCode(200);
        assertThat(onHand(pool)).isEqualTo(5);
        assertThat(warehouse.stock(sku).getInt("pools.find { it.pool == 'default' }.reserved"))
                .isEqualTo(3);
    }

    @Test
    void a_promise_keeps_its_pool_when_its_account_draws_on_another() {
        warehouse.receive(sku, "berlin", 5);
        Orders wanting = order().wants("1", sku, 3);
        warehouse.tell(Topic.ORDERS, wanting.tell());
        warehouse.hear(wanting.id(), 1);
        locations(place).statusCode(200);
        account(pool).statusCode(200);

        warehouse.tell(Topic.ORDERS, wanting.wants("1", sku, 4).tell());

        assertThat(warehouse.hear(wanting.id(), 2).getLast()).isInstanceOf(OrderReserved.class);
        assertThat(warehouse.stock(sku).getInt("pools.find { it.pool == 'default' }.reserved"))
                .isEqualTo(4);
    }

    @Test
    void an_offer_shows_what_lies_in_the_pool_of_its_account() {
        warehouse.receive(sku, "berlin", 5);
        String offer = warehouse.offer("shop-a", sku);
        locations(place).statusCode(200);
        warehouse.receive(sku, place, 2);

        account(pool).statusCode(200);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(warehouse.shown(offer).getLast().quantity()).isEqualTo(2));
    }

    @Test
    void a_position_lies_in_the_pool_of_its_location() {
        warehouse.receive(sku, place, 5);
        locations(place).statusCode(200);

        assertThatThrownBy(() -> sql("update stock_position set pool = 'default' where sku = '%s'"))
                .hasMessageContaining("belongs to pool " + pool);
    }

    @Test
    void wrong_requests_are_named() {
        put("default", List.of(place)).statusCode(400).body("errors[0].field", equalTo("pool"));
        put("North Sea", List.of(place)).statusCode(400);
        account("nowhere-" + Ids.text()).statusCode(404).body("type", equalTo("/problems/unknown-pool"));
        Tokens.as("viewer").get("/pools/{pool}", "nowhere").then().statusCode(404);
        Tokens.as("service")
                .contentType(ContentType.JSON)
                .body(Map.of("locations", List.of()))
                .put("/pools/{pool}", pool)
                .then()
                .statusCode(403);
    }

    private int onHand(String of) {
        return warehouse.stock(sku).getInt("pools.find { it.pool == '" + of + "' }.onHand");
    }

    private ValidatableResponse locations(String... locations) {
        return put(pool, List.of(locations));
    }

    private static ValidatableResponse put(String name, List<String> locations) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of("locations", locations))
                .put("/pools/{pool}", name)
                .then();
    }

    private static ValidatableResponse account(String to) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of("pool", to))
                .put("/pools/accounts/{account}", "shop-a")
                .then();
    }

    private List<String> drifts() {
        return Tokens.as("operator")
                .post("/stock/check")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("drifts.findAll { it.sku == '" + sku + "' }.sum", String.class);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement.formatted(sku));
        }
    }
}
