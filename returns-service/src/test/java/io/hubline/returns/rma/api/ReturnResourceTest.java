package io.hubline.returns.rma.api;

import static io.hubline.returns.Counter.as;
import static io.hubline.returns.Counter.finding;
import static io.hubline.returns.Counter.inspect;
import static io.hubline.returns.Counter.line;
import static io.hubline.returns.Counter.open;
import static io.hubline.returns.Counter.payBack;
import static io.hubline.returns.Counter.receive;
import static io.hubline.returns.Counter.units;
import static io.hubline.returns.Counter.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.hubline.kit.Ids;
import io.hubline.returns.Counter;
import io.hubline.returns.Counter.Order;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ReturnResourceTest {

    private final Counter counter = new Counter();
    private final Order order = new Order();
    private final String returnId = Ids.text();
    private final String mug = order.line("mug");
    private final DataSource database;

    ReturnResourceTest(DataSource database) {
        this.database = database;
    }

    @BeforeEach
    void sell() {
        counter.known(order.sold("mug", 3, 1000).shipped("mug", 3));
    }

    @AfterEach
    void close() {
        counter.close();
    }

    @Test
    void the_same_id_with_the_same_content_is_the_same_return() {
        open(returnId, order, line(mug, 1)).statusCode(201);

        open(returnId, order, line(mug, 1)).statusCode(200).body("returnId", equalTo(returnId));
        open(returnId, order, line(mug, 2)).statusCode(409).body("type", equalTo("/problems/id-has-other-content"));
        assertThat(view(returnId).getInt("lines[0].quantity")).isEqualTo(1);
    }

    @Test
    void an_order_can_be_named_as_the_channel_names_it() {
        as("operator")
                .body(Map.of(
                        "account", Counter.ACCOUNT, "externalId", order.externalId(), "lines", List.of(line(mug, 1))))
                .post("/returns")
                .then()
                .statusCode(201)
                .body("orderId", equalTo(order.id()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {"orderId":"O"} | lines
                {"orderId":"O","lines":[]} | lines
                {"orderId":"O","lines":[{"quantity":1,"reason":"X"}]} | lines[0].lineId
                {"orderId":"O","lines":[{"lineId":"L","quantity":0,"reason":"X"}]} | lines[0].quantity
                {"orderId":"O","lines":[{"lineId":"L","quantity":-1,"reason":"X"}]} | lines[0].quantity
                {"orderId":"O","lines":[{"lineId":"L","quantity":99999,"reason":"X"}]} | lines[0].quantity
                {"orderId":"O","lines":[{"lineId":"L","quantity":1,"reason":"zoe@example.org"}]} | lines[0].reason
                {"returnId":"a:b","orderId":"O","lines":[{"lineId":"L","quantity":1,"reason":"X"}]} | returnId
                {"lines":[{"lineId":"L","quantity":1,"reason":"X"}]} | orderId
                {"account":"a","lines":[{"lineId":"L","quantity":1,"reason":"X"}]} | externalId
                {"externalId":"a","lines":[{"lineId":"L","quantity":1,"reason":"X"}]} | account
                {"orderId":"O","account":"a","lines":[{"lineId":"L","quantity":1,"reason":"X"}]} | orderId
                """)
    void a_request_that_breaks_a_rule_says_which(String body, String field) {
        as("operator")
                .body(body)
                .post("/returns")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-request"))
                .body("errors.field", contains(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"orderId\":\"O\",\"lines\":[{\"lineId\":\"L\",\"quantity\":99999999999}]}"})
    void a_body_that_cannot_be_read_is_told_so(String body) {
        as("operator").body(body).post("/returns").then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/returns",
                "/returns/X/receipts",
                "/returns/X/inspections",
                "/returns/X/missing",
                "/returns/X/refunds",
                "/returns/X/decline"
            })
    void an_empty_body_is_told_so(String path) {
        String role = path.endsWith("refunds") ? "finance" : "operator";
        as(role).post(path).then().statusCode(400);
    }

    @Test
    void a_line_named_twice_is_told_so() {
        open(returnId, order, line(mug, 1), line(mug, 1))
                .statusCode(400)
                .body("errors.field", contains("lines[1].lineId"));
    }

    @Test
    void an_order_that_nobody_knows_is_told_so() {
        as("operator")
                .body(Map.of("orderId", "none", "lines", List.of(line(mug, 1))))
                .post("/returns")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/order-not-found"));
    }

    @Test
    void no_more_units_come_back_than_left() {
        open(returnId, order, line(mug, 4))
                .statusCode(409)
                .body("type", equalTo("/problems/return-too-many-units"))
                .body("possible", equalTo(3))
                .body("errors.field", contains("lines[0].quantity"));
    }

    @Test
    void each_command_counts_once_and_refuses_another_content_under_its_id() {
        open(returnId, order, line(mug, 2)).statusCode(201);

        receive(returnId, "R1", units(mug, 1)).statusCode(200);
        receive(returnId, "R1", units(mug, 1)).statusCode(200).body("lines[0].received", equalTo(1));
        receive(returnId, "R1", units(mug, 2)).statusCode(409);
        inspect(returnId, "I1", finding(mug, 1, "RESTOCK")).statusCode(200);
        inspect(returnId, "I1", finding(mug, 1, "RESTOCK")).statusCode(200).body("restocks", hasSize(1));
        inspect(returnId, "I1", finding(mug, 1, "SCRAP")).statusCode(409);
        String refundId = Ids.text();
        payBack(returnId, refundId, units(mug, 1)).statusCode(200);
        payBack(returnId, refundId, units(mug, 1)).statusCode(200).body("refunds", hasSize(2));
        payBack(returnId, refundId, units(mug, 2)).statusCode(409);

        assertThat(view(returnId).getList("refunds.amountMinor")).containsExactly(333, 333);
    }

    @Test
    void a_refund_id_is_taken_once_over_all_returns() {
        String other = Ids.text();
        String refundId = Ids.text();
        open(returnId, order, line(mug, 1)).statusCode(201);
        open(other, order, line(mug, 1)).statusCode(201);
        payBack(returnId, refundId, units(mug, 1)).statusCode(200);

        payBack(other, refundId, units(mug, 1)).statusCode(409).body("type", equalTo("/problems/id-has-other-content"));
        assertThat(view(other).getList("refunds")).isEmpty();
    }

    @Test
    void what_cannot_be_done_with_goods_says_why() {
        open(returnId, order, line(mug, 1)).statusCode(201);

        inspect(returnId, "I1", finding(mug, 1, "RESTOCK"))
                .statusCode(409)
                .body("detail", containsString("arrived and are not inspected"));
        receive(returnId, "R1", units("none", 1))
                .statusCode(409)
                .body("type", equalTo("/problems/return-unknown-line"));
        receive(returnId, "R1", units(mug, 2)).statusCode(409);
        receive(returnId, "R1", units(mug, 1)).statusCode(200);
        as("operator")
                .body(Map.of(
                        "inspectionId",
                        "I1",
                        "lines",
                        List.of(Map.of("lineId", mug, "quantity", 1, "condition", "AS_NEW", "disposition", "RESTOCK"))))
                .post("/returns/" + returnId + "/inspections")
                .then()
                .statusCode(400)
                .body("errors.field", contains("lines[0].locationId"));
        as("operator").post("/returns/" + returnId + "/cancellation").then().statusCode(409);
    }

    @Test
    void giving_units_up_twice_closes_once_and_lets_nothing_be_given_up_beyond() {
        open(returnId, order, line(mug, 2)).statusCode(201);
        for (int time = 0; time < 2; time++) {
            as("operator")
                    .body(Map.of("lines", List.of(units(mug, 2))))
                    .post("/returns/" + returnId + "/missing")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("CLOSED"))
                    .body("lines[0].missing", equalTo(2));
        }
        as("operator")
                .body(Map.of("lines", List.of(units(mug, 3))))
                .post("/returns/" + returnId + "/missing")
                .then()
                .statusCode(409);
        assertThat(counter.announced(returnId, 2)).hasSize(2);
    }

    @Test
    void shipping_that_nobody_told_of_is_not_paid_back() {
        open(returnId, order, line(mug, 1)).statusCode(201);

        as("finance")
                .body(Map.of(
                        "refundId",
                        Ids.text(),
                        "lines",
                        List.of(units(mug, 1)),
                        "shippingMinor",
                        490,
                        "reason",
                        "GOODWILL"))
                .post("/returns/" + returnId + "/refunds")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/shipping-not-known"));
    }

    @Test
    void a_cancelled_return_lets_its_units_go() {
        open(returnId, order, line(mug, 3)).statusCode(201);
        for (int time = 0; time < 2; time++) {
            as("operator")
                    .post("/returns/" + returnId + "/cancellation")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("CANCELLED"));
        }
        open(Ids.text(), order, line(mug, 3)).statusCode(201);
        payBack(returnId, Ids.text(), units(mug, 1))
                .statusCode(409)
                .body("type", equalTo("/problems/return-wrong-state"));
    }

    @Test
    void nobody_sees_or_does_what_his_role_does_not_let_him() {
        RestAssured.given().get("/returns").then().statusCode(401);
        Tokens.as().get("/returns").then().statusCode(403);
        as("viewer").body("{}").post("/returns").then().statusCode(403);
        as("operator").body("{}").post("/returns/X/refunds").then().statusCode(403);
        as("finance").body("{}").post("/returns/X/receipts").then().statusCode(403);
    }

    @Test
    void a_return_that_does_not_exist_is_told_so() {
        Tokens.as("viewer")
                .get("/returns/none")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/return-not-found"));
        receive("none", "R1", units(mug, 1)).statusCode(404);
        as("operator").post("/returns/none/authorisation").then().statusCode(404);
        as("finance").post("/returns/none/refunds/none/retry").then().statusCode(404);
        Tokens.as("viewer").queryParam("state", "NONE").get("/returns").then().statusCode(400);
        Tokens.as("viewer").queryParam("after", "%%").get("/returns").then().statusCode(400);
    }

    @Test
    void lists_say_what_is_to_be_done() {
        open(returnId, order, line(mug, 1)).statusCode(201);

        Tokens.as("viewer")
                .queryParam("orderId", order.id())
                .queryParam("needsPerson", true)
                .queryParam("state", "OPEN")
                .get("/returns")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].next[0].code", equalTo("RECEIVE_GOODS"));
    }

    /// Goal: two returns cannot have the same unit, however they race. Method: many callers ask at once for
    /// more units than there are, each for a return of its own.
    @Test
    void of_many_who_want_the_same_units_only_so_many_get_them_as_there_are() throws Exception {
        List<Integer> answers = atOnce(IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(_ ->
                        () -> open(Ids.text(), order, line(mug, 1)).extract().statusCode())
                .toList());

        assertThat(answers).filteredOn(status -> status == 201).hasSize(3);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(5);
    }

    @Test
    void of_many_who_ask_for_the_same_return_all_get_it_and_it_is_one() throws Exception {
        List<Integer> answers = atOnce(IntStream.range(0, 6)
                .<Callable<Integer>>mapToObj(
                        _ -> () -> open(returnId, order, line(mug, 2)).extract().statusCode())
                .toList());

        assertThat(answers).containsOnly(200, 201).containsOnlyOnce(201);
        assertThat(counter.announced(returnId, 1)).hasSize(1);
    }

    @Test
    void of_many_who_pay_back_the_same_unit_one_does() throws Exception {
        open(returnId, order, line(mug, 1)).statusCode(201);

        List<Integer> answers = atOnce(IntStream.range(0, 6)
                .<Callable<Integer>>mapToObj(_ -> () ->
                        payBack(returnId, Ids.text(), units(mug, 1)).extract().statusCode())
                .toList());

        assertThat(answers).containsOnlyOnce(200);
        assertThat(view(returnId).getList("refunds")).hasSize(1);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    @Test
    void the_tables_refuse_what_breaks_the_bounds_whoever_writes_it() {
        open(returnId, order, line(mug, 1)).statusCode(201);

        refuses("update sold_line set refunded_minor = 1001 where line_id = '%s'", "refunded_within_paid");
        refuses("update sold_line set returned = 4 where line_id = '%s'", "returned_within_shipped");
        refuses("update sold_line set restocked = 4 where line_id = '%s'", "restocked_within");
        refuses("update sold_line set shipped = 0 where line_id = '%s'", "returned_within_shipped");
        open(Ids.text(), order, line(mug, 1)).statusCode(201);
        refuses("update rma_unit set number = 0 where line_id = '%s'", "a_unit_is_in_one_return");
    }

    @Test
    void every_change_has_an_audit_row() throws SQLException {
        open(returnId, order, line(mug, 1)).statusCode(201);
        receive(returnId, "R1", units(mug, 1)).statusCode(200);
        inspect(returnId, "I1", finding(mug, 1, "RESTOCK")).statusCode(200);

        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select string_agg(action, ' ' order by at, id), min(actor) from audit_entry where subject_id = '%s'"
                                .formatted(returnId))) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("return.opened return.received return.inspected");
            assertThat(rows.getString(2)).isEqualTo(Tokens.SUBJECT);
        }
    }

    private void refuses(String statement, String constraint) {
        assertThatThrownBy(() -> {
                    try (Connection connection = database.getConnection();
                            Statement update = connection.createStatement()) {
                        update.executeUpdate(statement.formatted(mug));
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(constraint);
    }
}
