package io.hubline.inventory.stock.api;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.hubline.contracts.Topic;
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
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class TransferResourceTest {

    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();
    private final String id = Ids.text();

    TransferResourceTest(DataSource database) {
        this.database = database;
    }

    @BeforeEach
    void stock() {
        warehouse.receive(sku, "berlin", 5);
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void units_leave_are_in_transit_and_arrive_in_parts() {
        send(3).statusCode(200).body("state", equalTo("IN_TRANSIT")).body("lines[0].inTransit", equalTo(3));
        assertThat(warehouse.stock(sku).getList("inTransit.quantity")).containsExactly(3);
        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(2);

        receive("R1", 2).statusCode(200).body("receipts", hasSize(1)).body("lines[0].inTransit", equalTo(1));
        receive("R2", 1).statusCode(200).body("state", equalTo("RECEIVED"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(5);
        assertThat(warehouse.stock(sku).getList("inTransit")).isEmpty();
        assertThat(drifts()).isEmpty();
    }

    @Test
    void the_same_again_moves_nothing_and_something_else_is_refused() {
        send(3).statusCode(200);
        send(3).statusCode(200);
        send(2).statusCode(409).body("type", equalTo("/problems/id-has-other-content"));
        receive("R1", 2).statusCode(200);
        receive("R1", 2).statusCode(200).body("lines[0].received", equalTo(2));
        receive("R1", 1).statusCode(409).body("type", equalTo("/problems/id-has-other-content"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(4);
    }

    @Test
    void what_is_promised_is_not_sent_and_may_be_asked_for_again() {
        Orders wanting = order().wants("1", sku, 3);
        warehouse.tell(Topic.ORDERS, wanting.tell());
        warehouse.hear(wanting.id(), 1);

        send(3).statusCode(409)
                .body("type", equalTo("/problems/not-transferable"))
                .body("missing[0].available", equalTo(2));
        warehouse.receive(sku, "berlin", 1);
        send(3).statusCode(200);
    }

    @Test
    void no_more_arrives_than_was_sent_and_the_rest_is_lost_with_a_reason() {
        send(3).statusCode(200);
        receive("R1", 4).statusCode(409).body("missing[0].available", equalTo(3));
        receive("R2", 1).statusCode(200);

        close("sunshine").statusCode(400).body("errors[0].field", equalTo("reason"));
        close("LOST").statusCode(200).body("state", equalTo("CLOSED")).body("lines[0].lost", equalTo(2));
        close("LOST").statusCode(200);
        close("STOLEN").statusCode(409);
        receive("R3", 1).statusCode(409).body("type", equalTo("/problems/not-in-transit"));

        Tokens.as("viewer")
                .get("/transfers/{id}", id)
                .then()
                .body("loss", equalTo("LOST"))
                .body("receipts.receiptId", contains("R2"));
        assertThat(discrepancies()).contains("LOST_IN_TRANSIT 2");
        assertThat(drifts()).isEmpty();
    }

    @Test
    void transfers_are_listed_and_those_on_their_way_apart() {
        send(3).statusCode(200);
        assertThat(listed(true)).contains(id);

        receive("R1", 3).statusCode(200);

        assertThat(listed(true)).doesNotContain(id);
        assertThat(listed(false)).contains(id);
    }

    @Test
    void wrong_requests_are_named() {
        Tokens.as("operator")
                .get("/transfers/{id}", Ids.text())
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-transfer"));
        receive("R1", 1).statusCode(404);
        send("berlin", 1).statusCode(400).body("errors[0].field", equalTo("toLocationId"));
        send("hamburg", 0).statusCode(400).body("errors.field", hasItem("lines[0].quantity"));
        Tokens.as("viewer")
                .contentType(ContentType.JSON)
                .body(Map.of())
                .put("/transfers/{id}", id)
                .then()
                .statusCode(403);
    }

    @Test
    void movements_are_found_by_place_reason_and_time() {
        send(3).statusCode(200);
        receive("R1", 1).statusCode(200);

        movements("location=hamburg").body("items.delta", contains(1));
        movements("reason=transfer_out").body("items.delta", contains(-3));
        movements("to=2020-01-01T00:00:00Z").body("items", hasSize(0));
        movements("from=2020-01-01T00:00:00Z").body("items", hasSize(3)).body("items.number", not(hasItem(0)));
        movements("reason=whim").body("errors[0].field", equalTo("reason"));
        movements("from=yesterday").body("errors[0].field", equalTo("from"));
    }

    @Test
    void a_transfer_cannot_say_what_the_ledger_does_not() throws SQLException {
        send(3).statusCode(200);

        assertThatThrownBy(() -> sql("update transfer_line set received = 1 where sku = '%s'"))
                .hasMessageContaining("3 units left and 0 came in by the ledger");
        assertThatThrownBy(() -> sql("update transfer_line set received = 4 where sku = '%s'"))
                .hasMessageContaining("no_more_arrives_than_was_sent");

        sql("""
                alter table transfer_line disable trigger a_transfer_is_what_the_ledger_moved;
                update transfer_line set received = 2 where sku = '%s';
                alter table transfer_line enable trigger a_transfer_is_what_the_ledger_moved
                """);
        assertThat(drifts()).containsExactly("transfer_line.received");
        check(true);
        assertThat(drifts()).isEmpty();
        assertThat(warehouse.stock(sku).getList("inTransit.quantity")).containsExactly(3);
    }

    private ValidatableResponse movements(String query) {
        return Tokens.as("viewer").get("/stock/{sku}/movements?" + query, sku).then();
    }

    private List<String> drifts() {
        return check(false);
    }

    private List<String> check(boolean repair) {
        return Tokens.as("operator")
                .post("/stock/check?repair=" + repair)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("drifts.findAll { it.sku == '" + sku + "' }.sum", String.class);
    }

    private String discrepancies() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select kind || ' ' || units as found from discrepancy where sku = '" + sku + "'")) {
            StringBuilder found = new StringBuilder();
            while (rows.next()) {
                found.append(rows.getString("found"));
            }
            return found.toString();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> listed(boolean inTransit) {
        List<String> listed = new java.util.ArrayList<>();
        String after = "";
        do {
            var page = Tokens.as("viewer")
                    .get("/transfers?inTransit={inTransit}&after={after}", inTransit, after)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            listed.addAll(page.getList("items.transferId", String.class));
            after = page.getString("next");
        } while (after != null);
        return listed;
    }

    private ValidatableResponse send(int quantity) {
        return send("hamburg", quantity);
    }

    private ValidatableResponse send(String to, int quantity) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of("fromLocationId", "berlin", "toLocationId", to, "lines", lines(quantity)))
                .put("/transfers/{id}", id)
                .then();
    }

    private ValidatableResponse receive(String receipt, int quantity) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of("receiptId", receipt, "lines", lines(quantity)))
                .post("/transfers/{id}/receipts", id)
                .then();
    }

    private ValidatableResponse close(String reason) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of("reason", reason))
                .post("/transfers/{id}/close", id)
                .then();
    }

    private List<Map<String, Object>> lines(int quantity) {
        return List.of(Map.of("sku", sku, "quantity", quantity));
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement.formatted(sku));
        }
    }
}
