package io.hubline.inventory.stock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class CountResourceTest {

    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void what_moved_since_the_count_began_is_not_counted_again() {
        warehouse.receive(sku, "berlin", 10);
        int asOf = warehouse.stock(sku).getInt("locations[0].lastMovement");
        warehouse.receive(sku, "berlin", 4);

        count(Ids.text(), row(9, "asOf", asOf)).statusCode(200).body("rows[0].result", equalTo("APPLIED"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(13);
    }

    @Test
    void a_count_by_the_clock_is_as_of_what_was_recorded_then() {
        warehouse.receive(sku, "berlin", 10);
        String then = Tokens.as("viewer")
                .get("/stock/{sku}/movements", sku)
                .then()
                .extract()
                .path("items[0].recordedAt");
        warehouse.receive(sku, "berlin", 4);

        count(Ids.text(), row(9, "countedAt", then)).body("rows[0].result", equalTo("APPLIED"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(13);
    }

    @Test
    void what_was_found_and_promised_may_be_short_when_as_much_is_missing_elsewhere() {
        warehouse.receive(sku, "berlin", 10);
        Orders sold = Orders.order().wants("1", sku, 15);
        warehouse.tell(Topic.ORDERS, sold.tell());
        warehouse.hear(sold.id(), 1);

        count(
                        Ids.text(),
                        Map.of("sku", sku, "locationId", "hamburg", "onHand", 5),
                        Map.of("sku", sku, "locationId", "berlin", "onHand", 5))
                .statusCode(200)
                .body("rows.result", contains("APPLIED", "APPLIED"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(10);
        assertThat(warehouse.stock(sku).getInt("reserved")).isEqualTo(15);
        assertThat(warehouse.check().getList("drifts")).isEmpty();
    }

    @Test
    void where_less_was_counted_than_left_since_nothing_lies_there() {
        warehouse.receive(sku, "berlin", 10);
        remove(9);

        count(Ids.text(), row(4, "asOf", 1))
                .body("rows[0].result", equalTo("APPLIED"))
                .body("rows[0].missing", equalTo(5));

        assertThat(warehouse.stock(sku).getInt("onHand")).isZero();
    }

    @Test
    void every_row_is_answered_for_itself_and_only_right_ones_count() {
        warehouse.receive(sku, "berlin", 10);
        Map<String, Object> both = new HashMap<>(row(1, "asOf", 1));
        both.put("countedAt", "2026-01-01T00:00:00Z");

        count(
                        Ids.text(),
                        row(1, "countedAt", "2100-01-01T00:00:00Z"),
                        row(2, "countedAt", "2020-01-01T00:00:00Z"),
                        row(3, "asOf", 7),
                        both,
                        row(8, "asOf", 1))
                .statusCode(200)
                .body("rows.row", contains(1, 2, 3, 4, 5))
                .body("rows.result", contains("REFUSED", "REFUSED", "REFUSED", "REFUSED", "APPLIED"))
                .body("rows[0].reason", containsString("future"))
                .body("rows[1].reason", containsString("begins after"))
                .body("rows[2].reason", containsString("the newest is 1"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(8);
    }

    @Test
    void a_count_sent_again_counts_nothing() {
        String id = Ids.text();
        count(id, row(7, "asOf", 0)).body("rows[0].result", equalTo("APPLIED"));

        count(id, row(7, "asOf", 0)).body("rows[0].result", equalTo("REPEATED"));
        count(id, row(8, "asOf", 0)).statusCode(409).body("type", equalTo("/problems/id-has-other-content"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(7);
    }

    @Test
    void a_row_that_was_refused_is_judged_anew_when_the_count_comes_again() {
        String id = Ids.text();
        count(id, row(7, "asOf", 1), row(8, "asOf", 0))
                .body("rows.result", contains("REFUSED", "APPLIED"))
                .body("rows[0].reason", containsString("not there yet"));

        count(id, row(7, "asOf", 1), row(8, "asOf", 0)).body("rows.result", contains("APPLIED", "REPEATED"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(7);
    }

    @Test
    void wrong_values_are_named() {
        count(Ids.text(), row(-1, "asOf", 0)).statusCode(400).body("errors[0].field", equalTo("rows[0].onHand"));
        count(Ids.text(), row(1, "asOf", -1)).statusCode(400).body("errors[0].field", equalTo("rows[0].asOf"));
        count(Ids.text()).statusCode(400).body("errors[0].field", equalTo("rows"));
        count(Ids.text(), row(1, "countedAt", "yesterday")).statusCode(400);
    }

    private Map<String, Object> row(int onHand, String when, Object moment) {
        return Map.of("sku", sku, "locationId", "berlin", "onHand", onHand, when, moment);
    }

    private static ValidatableResponse count(String id, Object... rows) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of("countId", id, "rows", List.of(rows)))
                .post("/stock/counts")
                .then();
    }

    private void remove(int quantity) {
        Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "adjustmentId",
                        Ids.text(),
                        "sku",
                        sku,
                        "locationId",
                        "berlin",
                        "delta",
                        -quantity,
                        "reason",
                        "LOST"))
                .post("/stock/adjustments")
                .then()
                .statusCode(200);
    }
}
