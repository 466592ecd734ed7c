package io.hubline.connector.act;

import static io.hubline.connector.StubShopResource.ACCOUNT;
import static io.hubline.connector.StubShopResource.MUTE_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.StubShop;
import io.hubline.connector.StubShopResource;
import io.hubline.contracts.Money;
import io.hubline.contracts.Topic;
import io.hubline.contracts.connector.ChannelReturnEvent;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelRefundFailed;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelRefundSettled;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.contracts.returns.ReturnEvent.RefundRequested;
import io.hubline.contracts.returns.ReturnEvent.ReturnAuthorised;
import io.hubline.contracts.returns.ReturnEvent.ReturnClosed;
import io.hubline.contracts.returns.ReturnEvent.ReturnDeclined;
import io.hubline.contracts.returns.ReturnFacts;
import io.hubline.contracts.returns.ReturnFacts.Refund;
import io.hubline.contracts.returns.ReturnFacts.RefundLine;
import io.hubline.contracts.returns.ReturnFacts.State;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
@QuarkusTestResource(StubShopResource.class)
class ReturnActFlowTest {

    private static final Duration SOON = Duration.ofSeconds(25);

    private final StubShop shop = StubShop.running();
    private final KafkaProbe kafka = KafkaProbe.open();

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void a_refund_is_paid_once_and_announced_when_the_shop_shows_it() {
        ObjectNode order = shop.sell("5001", "y1", 2);

        kafka.send(Topic.RETURNS, refundRequested(ACCOUNT, "5001", 3, 1899, 500));
        kafka.send(Topic.RETURNS, refundRequested(ACCOUNT, "5001", 4, 1899, 500));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(events("5001", ChannelRefundSettled.class))
                        .singleElement()
                        .satisfies(settled -> {
                            assertThat(settled.amount()).isEqualTo(new Money(1899, "USD"));
                            assertThat(settled.refundId()).isEqualTo("refund-5001");
                            assertThat(settled.channelRefundId()).startsWith("gid://shopify/Refund/");
                        }));
        assertThat(order.path("refunds")).hasSize(1);
        JsonNode input = calls("5001").getFirst().path("input");
        assertThat(input.at("/transactions/0/amount").asText()).isEqualTo("18.99");
        assertThat(input.at("/transactions/0/parentId").asText()).endsWith("5001-sale");
        assertThat(input.at("/shipping/amount").asText()).isEqualTo("5.00");
        assertThat(input.at("/currency").asText()).isEqualTo("USD");
        assertThat(input.at("/allowOverRefunding").isMissingNode()).isTrue();
        assertThat(acts("5001"))
                .singleElement()
                .satisfies(
                        act -> assertThat(act).containsEntry("kind", "refund").containsEntry("status", "done"));
    }

    @Test
    void a_refund_whose_answer_was_lost_is_looked_for_and_not_paid_again() {
        ObjectNode order = shop.sell("5002", "y2", 2);
        shop.fail("RefundCreate", StubShop.Fault.CUT_AFTER);

        kafka.send(Topic.RETURNS, refundRequested(ACCOUNT, "5002", 3, 1000, 0));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(events("5002", ChannelRefundSettled.class)).hasSize(1));
        assertThat(order.path("refunds")).hasSize(1);
        assertThat(calls("5002")).hasSize(1);
    }

    @Test
    void more_than_was_paid_fails_visibly_and_goes_well_once_it_is_mended() {
        ObjectNode order = shop.sell("5003", "y3", 2);

        kafka.send(Topic.RETURNS, refundRequested(ACCOUNT, "5003", 3, 7000, 0));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(events("5003", ChannelRefundFailed.class))
                        .singleElement()
                        .satisfies(failed -> {
                            assertThat(failed.reason()).contains("NOT_REFUNDABLE", "3.15", "70.00");
                            assertThat(failed.nextStep()).isNotBlank();
                        }));
        assertThat(order.path("refunds")).isEmpty();
        // The buyer pays a second time.
        JsonNode paid = order.at("/transactions/0").deepCopy();
        ((ObjectNode) paid).put("id", "gid://shopify/OrderTransaction/5003-more");
        order.withArray("transactions").add(paid);
        Tokens.as("operator")
                .post("/acts/{id}/retry", acts("5003").getFirst().get("id"))
                .then()
                .statusCode(200);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(events("5003", ChannelRefundSettled.class)).hasSize(1));
        assertThat(calls("5003").getFirst().at("/input/transactions")).hasSize(2);
    }

    @Test
    void a_refund_that_is_asked_for_again_after_it_failed_is_tried_again() {
        ObjectNode order = shop.sell("5008", "y8", 2);
        kafka.send(Topic.RETURNS, refundRequested(ACCOUNT, "5008", 3, 7000, 0));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(events("5008", ChannelRefundFailed.class)).hasSize(1));
        JsonNode paid = order.at("/transactions/0").deepCopy();
        ((ObjectNode) paid).put("id", "gid://shopify/OrderTransaction/5008-more");
        order.withArray("transactions").add(paid);

        kafka.send(Topic.RETURNS, refundRequested(ACCOUNT, "5008", 4, 7000, 0));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(events("5008", ChannelRefundSettled.class)).hasSize(1));
        assertThat(acts("5008"))
                .singleElement()
                .satisfies(act -> assertThat(act).containsEntry("status", "done"));
    }

    @Test
    void what_the_shop_refused_under_one_key_can_be_retried_once_it_is_mended() {
        ObjectNode order = shop.sell("5010", "y10", 2);
        order.put("locked", true);
        kafka.send(Topic.RETURNS, refundRequested(ACCOUNT, "5010", 3, 1000, 0));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(events("5010", ChannelRefundFailed.class))
                        .singleElement()
                        .satisfies(failed -> assertThat(failed.reason()).contains("the order is locked")));

        order.put("locked", false);
        Tokens.as("operator")
                .post("/acts/{id}/retry", acts("5010").getFirst().get("id"))
                .then()
                .statusCode(200);

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(events("5010", ChannelRefundSettled.class)).hasSize(1));
        assertThat(order.path("refunds")).hasSize(1);
    }

    @Test
    void an_account_that_cannot_pay_says_so_with_a_next_step() {
        kafka.send(Topic.RETURNS, refundRequested(MUTE_ACCOUNT, "5004", 3, 100, 0));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                kafka.events(Topic.CHANNEL_RETURNS, MUTE_ACCOUNT + ":5004", ChannelRefundFailed.class))
                        .singleElement()
                        .satisfies(failed -> assertThat(failed.nextStep()).contains("by hand")));
    }

    @Test
    void the_sellers_answers_are_told_each_once_and_in_their_order() {
        shop.sell("5005", "y5", 2);
        ObjectNode returned = shop.returns("5005", "r5005", "REQUESTED", 1);
        String id = returned.path("id").asText();

        kafka.send(Topic.RETURNS, new ReturnAuthorised(facts(ACCOUNT, "5005", 2, id, State.OPEN), Instant.now()));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(returned.path("status").asText()).isEqualTo("OPEN"));
        kafka.send(Topic.RETURNS, new ReturnClosed(facts(ACCOUNT, "5005", 3, id, State.CLOSED), Instant.now()));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(returned.path("status").asText()).isEqualTo("CLOSED"));

        // Told again, by a dead letter that is replayed: overtaken.
        kafka.send(Topic.RETURNS, new ReturnDeclined(facts(ACCOUNT, "5005", 1, id, State.DECLINED), Instant.now()));
        kafka.send(Topic.RETURNS, refundRequested(MUTE_ACCOUNT, "5006", 1, 100, 0));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(acts("5005"))
                        .hasSize(2)
                        .allSatisfy(act -> assertThat(act)
                                .containsEntry("kind", "return-answer")
                                .containsEntry("status", "done")));
    }

    @Test
    void a_return_that_only_the_hub_knows_is_answered_nowhere() {
        shop.sell("5007", "y7", 2);

        kafka.send(Topic.RETURNS, new ReturnAuthorised(facts(ACCOUNT, "5007", 1, null, State.OPEN), Instant.now()));
        kafka.send(Topic.RETURNS, refundRequested(ACCOUNT, "5007", 2, 100, 0));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(events("5007", ChannelRefundSettled.class)).hasSize(1));
        assertThat(acts("5007"))
                .singleElement()
                .satisfies(act -> assertThat(act).containsEntry("kind", "refund"));
    }

    private static ReturnEvent refundRequested(String account, String id, long version, long amount, long shipping) {
        Money all = new Money(amount, "USD");
        Money goods = new Money(amount - shipping, "USD");
        Refund refund = new Refund(
                "refund-" + id,
                all,
                new Money(shipping, "USD"),
                "SIZE_TOO_SMALL",
                List.of(new RefundLine("L1", "gid://shopify/LineItem/" + id + "1", 1, goods, Money.zero("USD"))));
        ReturnFacts facts = facts(account, id, version, null, State.OPEN);
        return new RefundRequested(
                new ReturnFacts(
                        facts.returnId(),
                        version,
                        facts.orderId(),
                        account,
                        facts.channel(),
                        id,
                        null,
                        State.OPEN,
                        facts.lines(),
                        List.of(),
                        List.of(refund)),
                Instant.now(),
                refund.refundId());
    }

    private static ReturnFacts facts(
            String account, String id, long version, @Nullable String channelReturnId, State state) {
        return new ReturnFacts(
                "return-" + id,
                version,
                "order-" + id,
                account,
                "shopify",
                id,
                channelReturnId,
                state,
                List.of(new ReturnFacts.Line(
                        "L1", "gid://shopify/LineItem/" + id + "1", "SKU", "SIZE_TOO_SMALL", 1, 0, 0, 0, 0, 0)),
                List.of(),
                List.of());
    }

    private <E extends ChannelReturnEvent> List<E> events(String id, Class<E> type) {
        return kafka.events(Topic.CHANNEL_RETURNS, ACCOUNT + ":" + id, type);
    }

    private List<JsonNode> calls(String id) {
        return shop.calls("RefundCreate").stream()
                .map(StubShop.Call::variables)
                .filter(call -> call.at("/input/orderId").asText().endsWith("/" + id))
                .toList();
    }

    private static List<Map<String, Object>> acts(String id) {
        return Tokens.as("viewer")
                .get("/acts")
                .then()
                .statusCode(200)
                .extract()
                .path("items.findAll { it.externalId == '%s' }".formatted(id));
    }
}
