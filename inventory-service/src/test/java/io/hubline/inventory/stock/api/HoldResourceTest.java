package io.hubline.inventory.stock.api;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

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
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class HoldResourceTest {

    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();
    private final String id = Ids.text();

    HoldResourceTest(DataSource database) {
        this.database = database;
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void a_hold_keeps_all_or_nothing_and_says_what_is_missing() {
        String other = Warehouse.sku();
        warehouse.receive(sku, "berlin", 5);
        warehouse.receive(other, "berlin", 1);

        put(id, Map.of(sku, 2, other, 2))
                .statusCode(409)
                .body("type", equalTo("/problems/insufficient-stock"))
                .body("missing.sku", equalTo(List.of(other)))
                .body("missing[0].wanted", equalTo(2))
                .body("missing[0].available", equalTo(1));
        put(id, Map.of(sku, 2, other, 1)).statusCode(201).body("state", equalTo("HELD"));

        assertThat(warehouse.stock(sku).getInt("reserved")).isEqualTo(2);
        assertThat(warehouse.stock(other).getInt("free")).isZero();
        assertThat(warehouse.check().getList("drifts")).isEmpty();
    }

    @Test
    void the_same_again_is_answered_the_same_and_something_else_is_a_conflict() {
        warehouse.receive(sku, "berlin", 5);
        String granted =
                put(id, Map.of(sku, 2)).statusCode(201).extract().jsonPath().getString("grantedAt");

        put(id, Map.of(sku, 2)).statusCode(200).body("grantedAt", equalTo(granted));
        put(id, Map.of(sku, 3)).statusCode(409).body("type", equalTo("/problems/id-has-other-content"));

        assertThat(warehouse.stock(sku).getInt("reserved")).isEqualTo(2);
    }

    @Test
    void a_released_hold_gives_its_units_back_and_is_gone() {
        warehouse.receive(sku, "berlin", 2);
        put(id, Map.of(sku, 2)).statusCode(201);

        as().delete("/holds/{id}", id).then().statusCode(204);
        as().delete("/holds/{id}", id).then().statusCode(204);

        put(id, Map.of(sku, 2)).statusCode(410).body("state", equalTo("RELEASED"));
        assertThat(warehouse.stock(sku).getInt("free")).isEqualTo(2);
        as().get("/holds/{id}", id).then().statusCode(200).body("state", equalTo("RELEASED"));
    }

    @Test
    void a_hold_whose_time_is_over_is_gone_and_is_swept() {
        warehouse.receive(sku, "berlin", 1);
        as().body(Map.of("lines", List.of(Map.of("sku", sku, "quantity", 1)), "expiresInSeconds", 1))
                .put("/holds/{id}", id)
                .then()
                .statusCode(201);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(warehouse.stock(sku).getInt("free")).isEqualTo(1));

        as().body(Map.of("expiresInSeconds", 60))
                .post("/holds/{id}/extend", id)
                .then()
                .statusCode(410)
                .body("state", equalTo("EXPIRED"));
    }

    @Test
    void an_extended_hold_lives_longer() {
        warehouse.receive(sku, "berlin", 1);
        String before =
                put(id, Map.of(sku, 1)).statusCode(201).extract().jsonPath().getString("expiresAt");

        String after = as().body(Map.of("expiresInSeconds", 3_000))
                .post("/holds/{id}/extend", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("expiresAt");

        assertThat(after).isGreaterThan(before);
    }

    @Test
    void a_paid_hold_becomes_its_order_and_only_an_operator_may_end_it_before() {
        warehouse.receive(sku, "berlin", 1);
        Orders order = order().wants("1", sku, 1);
        put(id, Map.of(sku, 1)).statusCode(201);
        as().body(Map.of("account", "shop-a", "externalId", "#" + order.id()))
                .post("/holds/{id}/convert", id)
                .then()
                .statusCode(200)
                .body("state", equalTo("CONVERTING"));

        as().delete("/holds/{id}", id).then().statusCode(409).body("type", equalTo("/problems/hold-paid"));
        warehouse.tell(Topic.ORDERS, order.tell());
        warehouse.hear(order.id(), 1);

        as().get("/holds/{id}", id).then().body("state", equalTo("CONVERTED"));
        assertThat(warehouse.stock(sku).getInt("reserved")).isEqualTo(1);
        assertThat(warehouse.stock(sku).getInt("backordered")).isZero();
    }

    @Test
    void a_paid_hold_whose_order_never_came_is_shown_and_an_operator_who_releases_it_is_on_record()
            throws SQLException {
        String unpaid = Ids.text();
        String externalId = Ids.text();
        warehouse.receive(sku, "berlin", 2);
        put(unpaid, Map.of(sku, 1)).statusCode(201);
        put(id, Map.of(sku, 1)).statusCode(201);
        as().body(Map.of("account", "shop-a", "externalId", externalId))
                .post("/holds/{id}/convert", id)
                .then()
                .statusCode(200);

        as().get("/holds?state=CONVERTING").then().statusCode(200).body("items.id", hasItem(id));
        Tokens.as("operator").delete("/holds/{id}", unpaid).then().statusCode(204);
        Tokens.as("operator").delete("/holds/{id}", id).then().statusCode(204);
        Tokens.as("operator").delete("/holds/{id}", id).then().statusCode(204);

        assertThat(warehouse.stock(sku).getInt("free")).isEqualTo(2);
        assertThat(audited(unpaid)).isEmpty();
        assertThat(audited(id))
                .containsExactly("tester hold.released hold CONVERTING shop-a:%s RELEASED".formatted(externalId));
    }

    /// Goal: whoever asks together for one unit, exactly one gets it. Method: 200 requests at once, then
    /// the books are compared.
    @Test
    void of_two_hundred_who_ask_at_once_for_one_unit_exactly_one_gets_it()
            throws InterruptedException, ExecutionException {
        warehouse.receive(sku, "berlin", 1);
        List<Integer> statuses;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<RequestSpecification> requests =
                    IntStream.range(0, 200).mapToObj(_ -> as()).toList();
            List<Future<Integer>> asked = requests.stream()
                    .map(request -> callers.submit(() ->
                            put(request, Ids.text(), Map.of(sku, 1)).extract().statusCode()))
                    .toList();
            statuses = asked.stream().map(HoldResourceTest::get).toList();
        }

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        assertThat(warehouse.stock(sku).getInt("reserved")).isEqualTo(1);
        assertThat(warehouse.check().getList("drifts")).isEmpty();
    }

    private static int get(Future<Integer> asked) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Goal: holds and orders over the same few SKUs, asked for at once over both ways in, leave the books
    /// right.
    @Test
    void holds_and_orders_at_once_leave_the_books_right() {
        List<String> skus = List.of(sku, Warehouse.sku(), Warehouse.sku());
        skus.forEach(one -> warehouse.receive(one, "berlin", 20));
        List<Orders> orders = IntStream.range(0, 30)
                .mapToObj(
                        number -> order().wants("1", skus.get(number % 3), 1).wants("2", skus.get((number + 1) % 3), 1))
                .toList();

        List<Future<Integer>> asked = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 30; number++) {
                Map<String, Integer> lines = Map.of(skus.get(number % 3), 1, skus.get((number + 2) % 3), 1);
                RequestSpecification request = as();
                asked.add(callers.submit(
                        () -> put(request, Ids.text(), lines).extract().statusCode()));
                warehouse.tell(Topic.ORDERS, orders.get(number).tell());
            }
        }
        orders.forEach(order -> warehouse.hear(order.id(), 1));

        assertThat(asked.stream().map(HoldResourceTest::get)).isSubsetOf(201, 409);
        for (String one : skus) {
            assertThat(warehouse.stock(one).getInt("reserved")).isEqualTo(20);
        }
        assertThat(warehouse.check().getList("drifts")).isEmpty();
    }

    @Test
    void an_unknown_sku_is_named_and_does_not_become_known_by_that() {
        put(id, Map.of(sku, 1)).statusCode(422).body("sku", equalTo(sku));
        put(id, Map.of(sku, 1)).statusCode(422);
        as().get("/holds/{id}", id).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"lines": [], "expiresInSeconds": 60}                                      | lines
            {"expiresInSeconds": 60}                                                   | lines
            {"lines": [{"sku": "X", "quantity": 0}], "expiresInSeconds": 60}           | lines[0].quantity
            {"lines": [{"sku": "X", "quantity": -1}], "expiresInSeconds": 60}          | lines[0].quantity
            {"lines": [{"sku": "X"}], "expiresInSeconds": 60}                          | lines[0].quantity
            {"lines": [{"sku": " ", "quantity": 1}], "expiresInSeconds": 60}           | lines[0].sku
            {"lines": [{"sku": "X", "quantity": 100000000}, {"sku": "X", "quantity": 1}], "expiresInSeconds": 60} | lines[1].quantity
            {"lines": [{"sku": "X", "quantity": 99999999999}], "expiresInSeconds": 60} | lines.[0].quantity
            {"lines": [{"sku": "X", "quantity": 1}], "expiresInSeconds": 0}            | expiresInSeconds
            {"lines": [{"sku": "X", "quantity": 1}], "expiresInSeconds": 86401}        | expiresInSeconds
            {"lines": [{"sku": "X", "quantity": 1}]}                                   | expiresInSeconds
            {"lines": [{"sku": "X", "quantity": 1}], "expiresAt": "2020-01-01T00:00:00Z"} | expiresAt
            """)
    void what_cannot_be_asked_names_its_field(String body, String field) {
        as().body(body).put("/holds/{id}", id).then().statusCode(400).body("errors[0].field", equalTo(field));
    }

    @Test
    void only_storefronts_and_operators_may_ask() {
        Tokens.as("viewer")
                .contentType(ContentType.JSON)
                .body(Map.of())
                .put("/holds/{id}", id)
                .then()
                .statusCode(403);
    }

    private List<String> audited(String hold) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        select concat_ws(' ', actor, action, subject_type, before ->> 'state', before ->> 'channelOrder',
                                         after ->> 'state') as entry
                        from audit_entry where subject_id = ? order by at
                        """)) {
            query.setString(1, hold);
            List<String> entries = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    entries.add(rows.getString("entry"));
                }
            }
            return entries;
        }
    }

    private static ValidatableResponse put(String hold, Map<String, Integer> units) {
        return put(as(), hold, units);
    }

    private static ValidatableResponse put(RequestSpecification request, String hold, Map<String, Integer> units) {
        List<Map<String, Object>> lines = units.entrySet().stream()
                .map(line -> Map.<String, Object>of("sku", line.getKey(), "quantity", line.getValue()))
                .toList();
        return request.body(Map.of("lines", lines, "expiresInSeconds", 600))
                .put("/holds/{id}", hold)
                .then();
    }

    private static RequestSpecification as() {
        return Tokens.as("service").contentType(ContentType.JSON);
    }
}
