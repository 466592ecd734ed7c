package io.hubline.order.process;

import static io.hubline.order.Trade.line;
import static io.hubline.order.Trade.newExternalId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.hubline.contracts.Destination;
import io.hubline.contracts.Money;
import io.hubline.contracts.connector.ChannelOrder;
import io.hubline.contracts.connector.ChannelOrder.FulfilledBy;
import io.hubline.contracts.connector.ChannelOrder.Status;
import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.contracts.routing.RouteEvent;
import io.hubline.kit.json.Json;
import io.hubline.kit.personal.PersonalCipher;
import io.hubline.order.Rows;
import io.hubline.order.Trade;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class OrderJourneyTest {

    private final Trade trade;
    private final DataSource database;

    OrderJourneyTest(PersonalCipher cipher, DataSource database) {
        this.trade = new Trade(cipher, database);
        this.database = database;
    }

    @AfterEach
    void close() {
        trade.close();
    }

    @Test
    void an_order_goes_from_its_first_snapshot_to_its_last_parcel() {
        String externalId = newExternalId();
        String place = "place-" + externalId;
        trade.listed("mug");
        trade.observed(trade.open(externalId, 1, line("mug", 3)));
        JsonPath order = trade.order(externalId, "AWAITING_PROMISE");
        String orderId = order.getString("orderId");

        trade.said(new ReservationEvent.OrderReserved(
                orderId, 1, 1, List.of(Trade.promised(order, 3, Map.of())), Trade.NOON));
        trade.order(externalId, "AWAITING_ROUTE");
        trade.said(new RouteEvent.OrderRouted(
                orderId, 1, 1, Trade.NOON, "plan-1", 1, List.of(), Money.zero("EUR"), List.of(), List.of()));
        trade.order(externalId, "ROUTED");
        trade.allocated(order, 2, Map.of(place, 3));
        trade.order(externalId, "RELEASED");
        JsonPath queue = pickQueue(place, orderId);
        Trade.ship(order, "S-" + externalId, place, 1).statusCode(200);
        JsonPath rest = pickQueue(place, orderId);
        Trade.ship(order, "T-" + externalId, place, 2).statusCode(200);

        assertThat(queue.getInt("lines[0].quantity")).isEqualTo(3);
        assertThat(rest.getInt("lines[0].quantity")).isEqualTo(2);
        List<OrderEvent> events = trade.announced(orderId, 5);
        assertThat(events)
                .hasExactlyElementsOfTypes(
                        OrderEvent.OrderAccepted.class,
                        OrderEvent.OrderReleased.class,
                        OrderEvent.OrderShipped.class,
                        OrderEvent.OrderShipped.class,
                        OrderEvent.OrderCompleted.class);
        assertThat(versions(events))
                .isEqualTo(LongStream.rangeClosed(1, 5).boxed().toList());
        OrderFacts facts = events.getLast().facts();
        assertThat(facts.state()).isEqualTo(OrderFacts.State.COMPLETED);
        assertThat(facts.lines()).singleElement().satisfies(line -> {
            assertThat(line.sku()).isEqualTo("SKU-mug");
            assertThat(line.offer()).isEqualTo("shop-a:mug");
            assertThat(line.quantity()).isEqualTo(3);
        });
        assertThat(facts.shipments()).hasSize(2);
        assertThat(Trade.view(orderId).getList("history.cause"))
                .containsExactly(
                        "snapshot 1",
                        "promise 2",
                        "shipment S-" + externalId,
                        "shipment T-" + externalId,
                        "shipment T-" + externalId);
    }

    @Test
    void a_price_that_the_channel_tells_later_reaches_the_book_and_the_others() {
        String externalId = newExternalId();
        trade.listed("vase");
        ChannelOrder.Line priced = line("vase", 2);
        ChannelOrder.Line pending = new ChannelOrder.Line(
                priced.lineId(),
                priced.channelSku(),
                priced.variantId(),
                null,
                priced.title(),
                2,
                2,
                Money.zero("EUR"),
                Money.zero("EUR"),
                null);
        trade.observed(trade.snapshot(
                externalId, 1, Status.PENDING, new Destination("DE", null), FulfilledBy.SELLER, pending));
        String orderId = trade.order(externalId, "AWAITING_DECISION").getString("orderId");

        trade.observed(trade.open(externalId, 2, priced));

        List<OrderEvent> events = trade.announced(orderId, 3);
        assertThat(versions(events))
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(events.getFirst().facts().lines().getFirst().sale()).isNull();
        assertThat(events)
                .filteredOn(OrderEvent.OrderLinesChanged.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(event.facts().lines().getFirst().sale())
                        .isEqualTo(new OrderFacts.Sale(
                                "vase", "A vase", 2, new Money(2700, "EUR"), new Money(200, "EUR"))));
        assertThat(Trade.view(orderId).getLong("lines[0].paidMinor")).isEqualTo(2700);
        assertThat(Trade.view(orderId).getInt("lines[0].ordered")).isEqualTo(2);
    }

    private static JsonPath pickQueue(String location, String orderId) {
        return Tokens.as("operator")
                .queryParam("location", location)
                .get("/pick-queue")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("items.find { it.orderId == '" + orderId + "' }");
    }

    @Test
    void an_unknown_sku_holds_the_order_until_the_listing_arrives() {
        String externalId = newExternalId();
        trade.listed("cup");
        trade.observed(trade.open(externalId, 1, line("cup", 1), line("novelty-" + externalId, 2)));
        JsonPath held = trade.order(externalId, "AWAITING_DECISION");
        String orderId = held.getString("orderId");
        JsonPath item = Tokens.as("viewer")
                .queryParam("reason", "UNKNOWN_SKU")
                .get("/holds")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        trade.listed("novelty-" + externalId);
        trade.order(externalId, "AWAITING_PROMISE");

        assertThat(item.getString("items.find { it.orderId == '" + orderId + "' }.detail"))
                .contains("line 2", "novelty-" + externalId);
        List<OrderEvent> events = trade.announced(orderId, 3);
        assertThat(events.getFirst().facts().lines())
                .extracting(OrderFacts.DemandLine::sku)
                .containsExactly("SKU-cup");
        assertThat(events.getFirst().facts().holds())
                .extracting(OrderFacts.Hold::reason)
                .containsExactly("UNKNOWN_SKU");
        assertThat(events.getLast().facts().holds()).isEmpty();
        assertThat(events.getLast().facts().lines()).hasSize(2);
    }

    @Test
    void an_older_listing_changes_nothing() {
        String externalId = newExternalId();
        String name = "vase-" + externalId;
        trade.listed(name, 7, "SKU-NEW");
        trade.listed(name, 6, "SKU-OLD");
        trade.observed(trade.open(externalId, 1, line(name, 1)));

        JsonPath order = trade.order(externalId, "AWAITING_PROMISE");

        assertThat(order.getString("lines[0].sku")).isEqualTo("SKU-NEW");
    }

    @Test
    void a_redelivered_snapshot_counts_once_and_an_older_one_not_at_all() {
        String externalId = newExternalId();
        trade.listed("pot");
        var newer = trade.open(externalId, 5, line("pot", 2));
        var id = trade.observed(newer);
        trade.order(externalId, "AWAITING_PROMISE");

        trade.observedAgain(newer, id);
        trade.observed(newer);
        trade.observed(trade.open(externalId, 3, line("pot", 9)));
        trade.observed(trade.open(externalId, 6, line("pot", 4)));
        String orderId = trade.order(externalId).getString("items[0].orderId");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Trade.view(orderId).getInt("lines[0].wanted"))
                        .isEqualTo(4));

        assertThat(Trade.list(externalId).getList("items")).hasSize(1);
        assertThat(Trade.view(orderId).getList("history.type"))
                .containsExactly("order.accepted.v1", "order.lines-changed.v1");
    }

    @Test
    void an_order_cancelled_before_it_was_seen_is_recorded_as_cancelled() {
        String externalId = newExternalId();
        trade.listed("pan");
        trade.observed(trade.snapshot(externalId, 1, Status.CANCELLED, null, FulfilledBy.SELLER, line("pan", 1)));

        JsonPath order = trade.order(externalId, "CANCELLED");

        assertThat(order.getString("cancelledBy")).isEqualTo("CHANNEL");
        assertThat(order.getList("history.type")).containsExactly("order.accepted.v1", "order.cancelled.v1");
    }

    @Test
    void an_order_that_the_channel_ships_is_recorded_without_demand() {
        String externalId = newExternalId();
        trade.observed(trade.snapshot(externalId, 1, Status.OPEN, null, FulfilledBy.CHANNEL, line("any", 1)));

        JsonPath order = trade.order(externalId, "AT_CHANNEL");

        OrderFacts facts =
                trade.announced(order.getString("orderId"), 1).getFirst().facts();
        assertThat(facts.lines()).isEmpty();
        assertThat(facts.state()).isEqualTo(OrderFacts.State.COMPLETED);
    }

    @Test
    void an_unroutable_order_holds_and_is_let_go_by_a_person() {
        String externalId = newExternalId();
        trade.listed("bowl");
        trade.observed(trade.open(externalId, 1, line("bowl", 1)));
        JsonPath order = trade.order(externalId, "AWAITING_PROMISE");
        String orderId = order.getString("orderId");
        trade.said(new RouteEvent.OrderUnroutable(orderId, 1, 1, Trade.NOON, "no rate to DE", List.of()));
        trade.order(externalId, "AWAITING_DECISION");

        Tokens.as("operator")
                .post("/orders/" + orderId + "/holds/UNROUTABLE/release")
                .then()
                .statusCode(200)
                .body("stage", equalTo("AWAITING_PROMISE"));

        assertThat(trade.announced(orderId, 3))
                .hasExactlyElementsOfTypes(
                        OrderEvent.OrderAccepted.class, OrderEvent.OrderHeld.class, OrderEvent.OrderHoldLifted.class);
    }

    @Test
    void the_seller_cancels_what_has_not_left_and_nothing_after_that() {
        String externalId = newExternalId();
        JsonPath order = trade.released(externalId, "jar", 3, "berlin");
        Trade.ship(order, "S-" + externalId, "berlin", 1).statusCode(200);

        Trade.cancel(order).statusCode(200).body("state", equalTo("CANCELLED"));
        Trade.cancel(order).statusCode(200);
        Trade.ship(order, "T-" + externalId, "berlin", 1)
                .statusCode(409)
                .body("type", equalTo("/problems/order-closed"));

        List<OrderEvent> events = trade.announced(order.getString("orderId"), 4);
        assertThat(events.getLast()).isInstanceOfSatisfying(OrderEvent.OrderCancelled.class, cancelled -> {
            assertThat(cancelled.by()).isEqualTo(OrderEvent.CancelledBy.SELLER);
            assertThat(cancelled.facts().lines())
                    .extracting(OrderFacts.DemandLine::quantity)
                    .containsExactly(1);
        });
    }

    @Test
    void a_shipped_order_cannot_be_cancelled() {
        String externalId = newExternalId();
        JsonPath order = trade.released(externalId, "lid", 1, "berlin");
        Trade.ship(order, "S-" + externalId, "berlin", 1).statusCode(200);

        Trade.cancel(order).statusCode(409).body("stage", equalTo("COMPLETED"));
    }

    @Test
    void a_parcel_is_taken_once_and_its_id_means_one_parcel() {
        String externalId = newExternalId();
        JsonPath order = trade.released(externalId, "fork", 2, "berlin");
        JsonPath other = trade.released(newExternalId(), "fork", 2, "berlin");
        String first = Trade.ship(order, "S-" + externalId, "berlin", 1)
                .statusCode(200)
                .extract()
                .asString();

        String again = Trade.ship(order, "S-" + externalId, "berlin", 1)
                .statusCode(200)
                .extract()
                .asString();
        Trade.ship(order, "S-" + externalId, "berlin", 2)
                .statusCode(409)
                .body("type", equalTo("/problems/shipment-differs"));
        Trade.ship(other, "S-" + externalId, "berlin", 1)
                .statusCode(409)
                .body("type", equalTo("/problems/shipment-differs"));
        Trade.ship(order, "T-" + externalId, "lyon", 1)
                .statusCode(409)
                .body("type", equalTo("/problems/shipment-not-allocated"))
                .body("allocated", equalTo(0));
        Trade.ship(order, "U-" + externalId, "berlin", 2).statusCode(409).body("allocated", equalTo(1));

        assertThat(again).isEqualTo(first);
        assertThat(Trade.view(order.getString("orderId")).getList("shipments")).hasSize(1);
    }

    @Test
    void an_event_about_an_order_that_is_not_in_the_book_becomes_a_dead_letter() {
        String orderId = "01900000-0000-7000-8000-00000000dead";

        trade.said(new RouteEvent.OrderUnroutable(orderId, 1, 1, Trade.NOON, "no rate", List.of()));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(trade.probe().records("routes.order.dlq"))
                        .anyMatch(record -> orderId.equals(record.key())));
    }

    @Test
    void a_record_that_cannot_be_read_becomes_a_dead_letter_and_a_replayed_one_takes_effect() throws Exception {
        String externalId = newExternalId();
        Map<String, String> headers = Map.of(
                "ce_id", UUID.randomUUID().toString(),
                "ce_type", "channel-order.observed.v1",
                "ce_time", Trade.NOON.toString());
        trade.probe().send("channel-orders", Trade.ACCOUNT + ":" + externalId, "{\"account\":", headers);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(trade.probe().records("channel-orders.order.dlq"))
                        .anyMatch(record -> (Trade.ACCOUNT + ":" + externalId).equals(record.key())));

        String value = Json.mapper().writeValueAsString(trade.open(externalId, 1, line("cup", 1)));
        trade.probe().send("channel-orders.order.replay", Trade.ACCOUNT + ":" + externalId, value, headers);

        assertThat(trade.order(externalId).getList("items")).hasSize(1);
    }

    @Test
    void a_pending_order_waits_for_its_payment_with_its_units_promised() {
        String externalId = newExternalId();
        trade.listed("urn");
        trade.observed(trade.snapshot(
                externalId, 1, Status.PENDING, new Destination("DE", null), FulfilledBy.SELLER, line("urn", 1)));
        JsonPath order = trade.order(externalId, "AWAITING_DECISION");
        String orderId = order.getString("orderId");
        trade.allocated(order, 1, Map.of("berlin", 1));

        trade.observed(trade.open(externalId, 2, line("urn", 1)));
        trade.order(externalId, "RELEASED");

        List<OrderEvent> events = trade.announced(orderId, 3);
        assertThat(events.getFirst().facts().holds())
                .extracting(OrderFacts.Hold::reason)
                .containsExactly("PAYMENT_PENDING");
        assertThat(events.getFirst().facts().lines())
                .extracting(OrderFacts.DemandLine::quantity)
                .containsExactly(1);
        assertThat(versions(events)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void the_channel_cancels_a_released_order() {
        String externalId = newExternalId();
        JsonPath order = trade.released(externalId, "tin", 2, "berlin");

        trade.observed(trade.snapshot(externalId, 2, Status.CANCELLED, null, FulfilledBy.SELLER, line("tin", 0)));
        trade.order(externalId, "CANCELLED");

        List<OrderEvent> events = trade.announced(order.getString("orderId"), 3);
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        OrderEvent.OrderCancelled.class,
                        cancelled -> assertThat(cancelled.by()).isEqualTo(OrderEvent.CancelledBy.CHANNEL));
        assertThat(Rows.text(
                        database,
                        "select count(*) from order_pick where order_id = ?::uuid",
                        order.getString("orderId")))
                .isEqualTo("0");
    }

    @Test
    void the_recipient_is_sealed_in_the_row_and_open_to_an_operator_only() {
        String externalId = newExternalId();
        trade.observed(trade.open(externalId, 1, line("cup", 1)));
        String orderId = trade.order(externalId).getString("items[0].orderId");

        Tokens.as("viewer").get("/orders/" + orderId + "/recipient").then().statusCode(403);
        Tokens.as("operator")
                .get("/orders/" + orderId + "/recipient")
                .then()
                .statusCode(200)
                .body("name", equalTo("Zoe Quill"));

        assertThat(Rows.text(
                        database, "select to_jsonb(o)::text from customer_order o where order_id = ?::uuid", orderId))
                .doesNotContain("Quill");
        assertThat(Rows.text(
                        database,
                        "select string_agg(action || actor, ',') from audit_entry where subject_id = ? and action = 'recipient.read'",
                        orderId))
                .contains(Tokens.SUBJECT);
    }

    @Test
    void every_change_has_an_audit_row_and_none_names_a_person() {
        String externalId = newExternalId();
        JsonPath order = trade.released(externalId, "lamp", 1, "berlin");
        Trade.ship(order, "S-" + externalId, "berlin", 1).statusCode(200);

        String actions = Rows.text(
                database,
                "select string_agg(action, ',' order by id) from audit_entry where subject_id = ?",
                order.getString("orderId"));
        String all = Rows.text(
                database,
                "select string_agg(to_jsonb(a)::text, ',') from audit_entry a where subject_id = ?",
                order.getString("orderId"));

        assertThat(actions).isEqualTo("order.accepted,order.advanced-by-promise,order.advanced-by-shipment");
        assertThat(all).doesNotContain("Quill", "Elm Row", "zoe@");
    }

    @Test
    void only_those_who_may_do_so_look_and_act() {
        Tokens.as().get("/orders").then().statusCode(403);
        Tokens.as("viewer").get("/pick-queue").then().statusCode(403);
        Tokens.as("operator")
                .contentType("application/json")
                .body(Map.of("reason", "x"))
                .post("/orders/01900000-0000-7000-8000-00000000ffff/cancellation")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/order-not-found"));
        Tokens.as("viewer").get("/orders/nonsense").then().statusCode(404);
        Tokens.as("viewer").queryParam("after", "@@").get("/orders").then().statusCode(400);
    }

    @Test
    void the_list_goes_on_behind_its_cursor() {
        List<String> externalIds =
                IntStream.range(0, 101).mapToObj(_ -> newExternalId()).toList();
        externalIds.forEach(
                id -> trade.observed(trade.snapshot(id, 1, Status.OPEN, null, FulfilledBy.CHANNEL, line("any", 1))));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Rows.text(
                                database,
                                "select count(*) from customer_order where external_id = any(string_to_array(?, ','))",
                                String.join(",", externalIds)))
                        .isEqualTo("101"));

        JsonPath first = page(null);
        JsonPath second = page(first.getString("next"));

        assertThat(first.getList("items")).hasSize(100);
        assertThat(second.getList("items.orderId"))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(first.getList("items.orderId"));
    }

    private static JsonPath page(@Nullable String after) {
        var request = Tokens.as("viewer").queryParam("state", "AT_CHANNEL");
        return (after == null ? request : request.queryParam("after", after))
                .get("/orders")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<Long> versions(List<OrderEvent> events) {
        return events.stream().map(event -> event.facts().version()).toList();
    }
}
