package io.hubline.returns.rma;

import static io.hubline.returns.Counter.finding;
import static io.hubline.returns.Counter.inspect;
import static io.hubline.returns.Counter.line;
import static io.hubline.returns.Counter.observed;
import static io.hubline.returns.Counter.open;
import static io.hubline.returns.Counter.payBack;
import static io.hubline.returns.Counter.receive;
import static io.hubline.returns.Counter.units;
import static io.hubline.returns.Counter.view;
import static io.hubline.returns.Counter.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.hubline.contracts.Money;
import io.hubline.contracts.Topic;
import io.hubline.contracts.connector.ChannelReturn.Status;
import io.hubline.contracts.connector.ChannelReturnEvent;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelRefundFailed;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelRefundSettled;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.contracts.returns.ReturnFacts;
import io.hubline.kit.Ids;
import io.hubline.returns.Counter;
import io.hubline.returns.Counter.Order;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Returns over the real topics and tables, from what was sold to the last event.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ReturnFlowTest {

    private final Counter counter = new Counter();
    private final Order order = new Order();
    private final String returnId = Ids.text();

    @AfterEach
    void close() {
        counter.close();
    }

    @Test
    void a_return_goes_from_its_opening_to_the_confirmed_refund() {
        counter.known(order.sold("mug", 3, 1000).shipped("mug", 3));
        open(returnId, order, line(order.line("mug"), 2)).statusCode(201).body("state", equalTo("OPEN"));

        receive(returnId, "R1", units(order.line("mug"), 2)).statusCode(200);
        inspect(returnId, "I1", finding(order.line("mug"), 2, "RESTOCK")).statusCode(200);
        String refundId = returnId + ":I1";
        counter.tell(settled(refundId, 666));

        JsonPath closed = view(returnId, "CLOSED");
        List<ReturnEvent> events = counter.announced(returnId, 7);
        assertThat(events)
                .hasExactlyElementsOfTypes(
                        ReturnEvent.ReturnAuthorised.class,
                        ReturnEvent.ReturnReceived.class,
                        ReturnEvent.ReturnInspected.class,
                        ReturnEvent.UnitsRestocked.class,
                        ReturnEvent.RefundRequested.class,
                        ReturnEvent.RefundConfirmed.class,
                        ReturnEvent.ReturnClosed.class);
        assertThat(events)
                .extracting(event -> event.facts().version())
                .isEqualTo(LongStream.rangeClosed(1, 7).boxed().toList());
        ReturnFacts facts = events.getLast().facts();
        assertThat(facts.state()).isEqualTo(ReturnFacts.State.CLOSED);
        assertThat(facts.restocks())
                .containsExactly(
                        new ReturnFacts.Restock(returnId + ":I1:1", order.line("mug"), "SKU-mug", "berlin", 2));
        assertThat(facts.refunds())
                .containsExactly(new ReturnFacts.Refund(
                        refundId,
                        new Money(666, "EUR"),
                        Money.zero("EUR"),
                        "UNWANTED",
                        List.of(new ReturnFacts.RefundLine(
                                order.line("mug"), "channel-mug", 2, new Money(666, "EUR"), new Money(66, "EUR")))));
        assertThat(closed.getList("next")).isEmpty();
        assertThat(closed.getList("units.money")).containsOnly("CONFIRMED");
        assertThat(closed.getList("history")).hasSize(7);
    }

    @Test
    void all_units_of_a_line_together_are_paid_back_to_the_cent() {
        counter.known(order.sold("mug", 3, 1000).shipped("mug", 3));
        long refunded = 0;
        for (int unit = 0; unit < 3; unit++) {
            String one = Ids.text();
            open(one, order, line(order.line("mug"), 1)).statusCode(201);
            refunded += payBack(one, Ids.text(), units(order.line("mug"), 1))
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getLong("refunds[0].amountMinor");
        }
        assertThat(refunded).isEqualTo(1000);
    }

    @Test
    void a_return_that_a_channel_shows_before_its_order_waits_visibly_and_goes_on_by_itself() {
        UUID id = UUID.randomUUID();
        var shown = observed(order, "C-" + returnId, 1, Status.REQUESTED, wanted("mug", 1));
        counter.tell(shown, id);
        counter.tell(shown, id);
        String waiting = Counter.idOf(order, "WAITING");
        assertThat(view(waiting).getString("waiting.reason")).isEqualTo("ORDER_UNKNOWN");
        assertThat(view(waiting).getString("next[0].code")).isEqualTo("WAIT_ORDER_UNKNOWN");

        counter.tell(order.sold("mug", 1, 500));
        await().untilAsserted(() ->
                assertThat(view(waiting).getString("waiting.reason")).isEqualTo("UNITS_NOT_SHIPPED"));
        counter.tell(order.shipped("mug", 1));

        view(waiting, "OPEN");
        List<ReturnEvent> events = counter.announced(waiting, 2);
        assertThat(events)
                .hasExactlyElementsOfTypes(ReturnEvent.ReturnRequested.class, ReturnEvent.ReturnAuthorised.class);
        assertThat(events.getLast().facts().channelReturnId()).isEqualTo("C-" + returnId);
        assertThat(list("orderId", order.id())).hasSize(1);
    }

    @Test
    void a_request_beyond_the_policy_waits_for_a_person_who_answers_it() {
        counter.known(order.sold("sofa", 1, 99900).shipped("sofa", 1));
        counter.tell(observed(order, "C-" + returnId, 1, Status.REQUESTED, wanted("sofa", 1)));
        String asked = Counter.idOf(order, "REQUESTED");
        assertThat(view(asked).getString("next[0].code")).isEqualTo("ANSWER_REQUEST");
        assertThat(view(asked).getString("next[0].text")).contains("99900");

        Counter.as("operator")
                .body("{\"reason\":\"WORN\"}")
                .post("/returns/" + asked + "/decline")
                .then()
                .statusCode(200);

        assertThat(counter.announced(asked, 2))
                .hasExactlyElementsOfTypes(ReturnEvent.ReturnRequested.class, ReturnEvent.ReturnDeclined.class);
        open(returnId, order, line(order.line("sofa"), 1)).statusCode(201);
    }

    @Test
    void an_old_order_asks_a_person() {
        counter.known(order.sold("mug", 1, 500).shipped("mug", 1, Instant.now().minus(Duration.ofDays(31))));
        counter.tell(observed(order, "C-" + returnId, 1, Status.REQUESTED, wanted("mug", 1)));

        String asked = Counter.idOf(order, "REQUESTED");
        Counter.as("operator")
                .post("/returns/" + asked + "/authorisation")
                .then()
                .statusCode(200);

        view(asked, "OPEN");
    }

    @Test
    void a_channel_that_cancels_lets_the_units_go_to_whoever_waits_for_them() {
        counter.known(order.sold("mug", 1, 500).shipped("mug", 1));
        counter.tell(observed(order, "C1-" + returnId, 1, Status.OPEN, wanted("mug", 1)));
        String first = Counter.idOf(order, "OPEN");
        counter.tell(observed(order, "C2-" + returnId, 2, Status.OPEN, wanted("mug", 1)));
        String second = Counter.idOf(order, "WAITING");
        assertThat(view(second).getString("waiting.reason")).isEqualTo("UNITS_IN_ANOTHER_RETURN");

        counter.tell(observed(order, "C1-" + returnId, 3, Status.CANCELLED, wanted("mug", 1)));

        view(first, "CANCELLED");
        view(second, "OPEN");
    }

    @Test
    void an_older_snapshot_changes_nothing() {
        counter.known(order.sold("mug", 1, 500).shipped("mug", 1));
        counter.tell(observed(order, "C-" + returnId, 5, Status.OPEN, wanted("mug", 1)));
        String known = Counter.idOf(order, "OPEN");

        counter.tell(observed(order, "C-" + returnId, 4, Status.CANCELLED, wanted("mug", 1)));
        counter.tell(observed(order, "C-" + returnId, 6, Status.OPEN, wanted("mug", 1)));

        await().untilAsserted(() -> assertThat(view(known).getList("history")).hasSize(2));
        assertThat(view(known).getString("state")).isEqualTo("OPEN");
    }

    @Test
    void a_line_nobody_knows_is_a_visible_row_that_a_person_can_drop() {
        counter.known(order.sold("mug", 1, 500).shipped("mug", 1));
        counter.tell(observed(order, "C-" + returnId, 1, Status.OPEN, wanted("unknown", 1)));
        String waiting = Counter.idOf(order, "WAITING");
        assertThat(view(waiting).getString("next[0].code")).isEqualTo("CHECK_LINE_UNKNOWN");

        Counter.as("operator")
                .post("/returns/" + waiting + "/cancellation")
                .then()
                .statusCode(200);

        view(waiting, "CANCELLED");
    }

    @Test
    void a_refund_that_the_channel_refused_is_tried_again_under_its_id() {
        counter.known(order.sold("mug", 1, 500).shipped("mug", 1));
        open(returnId, order, line(order.line("mug"), 1)).statusCode(201);
        String refundId = Ids.text();
        payBack(returnId, refundId, units(order.line("mug"), 1)).statusCode(200);
        UUID id = UUID.randomUUID();
        var failed = new ChannelRefundFailed(
                Counter.ACCOUNT,
                order.externalId(),
                returnId,
                refundId,
                "no payment",
                "look at the payments",
                Instant.now());
        counter.tell(failed, id);
        await().untilAsserted(() ->
                assertThat(view(returnId).getString("refunds[0].state")).isEqualTo("FAILED"));
        assertThat(view(returnId).getString("next[0].code")).isEqualTo("RETRY_REFUND");

        Counter.as("finance")
                .post("/returns/" + returnId + "/refunds/" + refundId + "/retry")
                .then()
                .statusCode(200)
                .body("refunds[0].state", equalTo("SENT"));
        counter.tell(failed, id);
        counter.tell(settled(refundId, 500));

        await().untilAsserted(() ->
                assertThat(view(returnId).getString("refunds[0].state")).isEqualTo("CONFIRMED"));
        assertThat(counter.announced(returnId, 4))
                .hasExactlyElementsOfTypes(
                        ReturnEvent.ReturnAuthorised.class,
                        ReturnEvent.RefundRequested.class,
                        ReturnEvent.RefundRequested.class,
                        ReturnEvent.RefundConfirmed.class);
    }

    @Test
    void a_price_that_comes_late_lets_the_refund_go() {
        counter.known(order.unpriced("mug", 1).shipped("mug", 1));
        open(returnId, order, line(order.line("mug"), 1)).statusCode(201);
        receive(returnId, "R1", units(order.line("mug"), 1)).statusCode(200);
        inspect(returnId, "I1", finding(order.line("mug"), 1, "RESTOCK"))
                .statusCode(200)
                .body("refunds[0].state", equalTo("APPROVED"))
                .body("next[0].code", equalTo("WAIT_PRICE"));

        counter.tell(order.sold("mug", 1, 700));

        await().untilAsserted(() ->
                assertThat(view(returnId).getString("refunds[0].state")).isEqualTo("SENT"));
        assertThat(view(returnId).getLong("refunds[0].amountMinor")).isEqualTo(700);
    }

    @Test
    void older_facts_of_an_order_change_nothing() {
        OrderEvent first = order.sold("mug", 1, 500).next();
        OrderEvent second = order.shipped("mug", 1).next();
        UUID id = UUID.randomUUID();
        counter.kafka().send(Topic.ORDERS, second, id);
        counter.kafka().send(Topic.ORDERS, second, id);
        counter.kafka().send(Topic.ORDERS, first);
        counter.kafka()
                .send(Topic.ORDERS, order.sold("cup", 1, 300).shipped("cup", 1).next());
        await().untilAsserted(
                        () -> open(returnId, order, line(order.line("cup"), 1)).statusCode(201));

        open(Ids.text(), order, line(order.line("mug"), 1)).statusCode(201);
    }

    @Test
    void a_refund_of_a_return_that_does_not_exist_is_a_dead_letter_that_can_be_replayed() {
        counter.known(order.sold("mug", 1, 500).shipped("mug", 1));
        String refundId = Ids.text();
        counter.tell(settled(refundId, 500));
        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        assertThat(KafkaProbe.header(deadLetters().getFirst(), "dead-letter-reason")
                        .orElseThrow())
                .contains("has no return " + returnId);

        open(returnId, order, line(order.line("mug"), 1)).statusCode(201);
        payBack(returnId, refundId, units(order.line("mug"), 1)).statusCode(200);
        String letter = await().until(
                        () -> Tokens.as("viewer")
                                .get("/dead-letters")
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath()
                                .getString("items.find { it.reason.contains('" + returnId + "') }.id"),
                        found -> found != null);
        Tokens.as("operator").post("/dead-letters/" + letter + "/replay").then().statusCode(200);

        await().untilAsserted(() ->
                assertThat(view(returnId).getString("refunds[0].state")).isEqualTo("CONFIRMED"));
    }

    private List<ConsumerRecord<String, String>> deadLetters() {
        return counter.kafka().records(Topic.CHANNEL_RETURNS.deadLetter("returns")).stream()
                .filter(record -> record.value().contains(returnId))
                .toList();
    }

    private static List<Object> list(String name, String value) {
        return Tokens.as("viewer")
                .queryParam(name, value)
                .get("/returns")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");
    }

    private ChannelReturnEvent settled(String refundId, long minor) {
        return new ChannelRefundSettled(
                Counter.ACCOUNT,
                order.externalId(),
                returnId,
                refundId,
                "channel-refund",
                new Money(minor, "EUR"),
                Instant.now());
    }
}
