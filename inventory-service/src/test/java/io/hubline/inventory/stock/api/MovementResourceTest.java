package io.hubline.inventory.stock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.hubline.inventory.Warehouse;
import io.hubline.kit.Ids;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class MovementResourceTest {

    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void a_receipt_sent_again_gets_its_first_answer() {
        String receipt = Ids.text();
        receive(receipt, 5).statusCode(200);
        adjust(Ids.text(), -5).statusCode(200);

        receive(receipt, 5)
                .statusCode(200)
                .body("movements", hasSize(1))
                .body("movements[0].delta", equalTo(5))
                .body("movements[0].onHandAfter", equalTo(5))
                .body("movements[0].actor", equalTo(Tokens.SUBJECT));

        assertThat(warehouse.stock(sku).getInt("onHand")).isZero();
    }

    @Test
    void a_receipt_of_something_else_under_the_same_id_is_refused() {
        String receipt = Ids.text();
        receive(receipt, 5).statusCode(200);

        receive(receipt, 6).statusCode(409).body("type", equalTo("/problems/id-has-other-content"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(5);
    }

    @Test
    void a_loss_of_more_than_lies_there_is_refused_and_may_be_asked_again() {
        String adjustment = Ids.text();
        receive(Ids.text(), 2).statusCode(200);

        adjust(adjustment, -3)
                .statusCode(409)
                .body("type", equalTo("/problems/not-on-hand"))
                .body("onHand", equalTo(2));
        receive(Ids.text(), 2).statusCode(200);
        adjust(adjustment, -3).statusCode(200);

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(1);
    }

    @Test
    void a_line_without_units_is_refused() {
        receive(Ids.text(), 0).statusCode(400).body("type", equalTo("/problems/invalid-request"));
        adjust(Ids.text(), 0).statusCode(400);
    }

    @Test
    void only_those_who_operate_may_move_stock() {
        Tokens.as("viewer")
                .contentType(ContentType.JSON)
                .body(Map.of())
                .post("/stock/receipts")
                .then()
                .statusCode(403);
        Tokens.as("viewer").post("/stock/check").then().statusCode(403);
    }

    @Test
    void movements_are_listed_page_by_page() {
        for (int i = 0; i < 101; i++) {
            receive(Ids.text(), 1).statusCode(200);
        }

        String next = Tokens.as("viewer")
                .get("/stock/{sku}/movements", sku)
                .then()
                .statusCode(200)
                .body("items", hasSize(100))
                .extract()
                .path("next");

        Tokens.as("viewer")
                .get("/stock/{sku}/movements?after={next}", sku, next)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].onHandAfter", equalTo(101))
                .body("next", equalTo(null));
    }

    @Test
    void a_sku_never_seen_is_unknown() {
        Tokens.as("viewer")
                .get("/stock/{sku}", sku)
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-sku"));
    }

    private ValidatableResponse receive(String receipt, int quantity) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "receiptId",
                        receipt,
                        "lines",
                        List.of(Map.of("sku", sku, "locationId", "berlin", "quantity", quantity))))
                .post("/stock/receipts")
                .then();
    }

    private ValidatableResponse adjust(String adjustment, int delta) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "adjustmentId",
                        adjustment,
                        "sku",
                        sku,
                        "locationId",
                        "berlin",
                        "delta",
                        delta,
                        "reason",
                        "damaged"))
                .post("/stock/adjustments")
                .then();
    }
}
