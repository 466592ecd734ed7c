package io.hubline.routing.plan;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.hubline.contracts.Destination;
import io.hubline.contracts.Event;
import io.hubline.contracts.Money;
import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.ReservationEvent.AllocatedUnits;
import io.hubline.contracts.inventory.ReservationEvent.AllocationRefused;
import io.hubline.contracts.inventory.ReservationEvent.OrderAllocated;
import io.hubline.contracts.inventory.ReservationEvent.OrderReserved;
import io.hubline.contracts.inventory.ReservationEvent.PromisedLine;
import io.hubline.contracts.inventory.ReservationEvent.Refusal;
import io.hubline.contracts.inventory.StockState;
import io.hubline.contracts.inventory.StockState.AtLocation;
import io.hubline.contracts.order.OrderEvent.CancelledBy;
import io.hubline.contracts.order.OrderEvent.OrderAccepted;
import io.hubline.contracts.order.OrderEvent.OrderCancelled;
import io.hubline.contracts.order.OrderEvent.OrderHeld;
import io.hubline.contracts.order.OrderEvent.OrderHoldLifted;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.contracts.order.OrderFacts.DemandLine;
import io.hubline.contracts.order.OrderFacts.Hold;
import io.hubline.contracts.routing.RouteEvent.Assignment;
import io.hubline.contracts.routing.RouteEvent.OrderRouted;
import io.hubline.contracts.routing.RouteEvent.OrderUnroutable;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The service over real PostgreSQL and Kafka. Each test has an order, a SKU and a country of its own.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class RoutingTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final int PATIENCE_SECONDS = 20;

    private @Nullable KafkaProbe kafka;

    @BeforeEach
    void open() {
        kafka = KafkaProbe.open();
        location("EAST", true).statusCode(200);
        location("WEST", true).statusCode(200);
    }

    @AfterEach
    void close() {
        probe().close();
    }

    @Test
    void a_promise_that_overtakes_its_order_is_routed_once_whatever_is_redelivered() {
        rate("any-e", "EAST", "DE", 500);
        rate("any-w", "WEST", "DE", 900);
        stock("ANY", 1, at("EAST", 5), at("WEST", 5));
        OrderReserved reserved = reserved("any", 1, line("1", "ANY", 2));
        OrderAccepted accepted = new OrderAccepted(facts("any", 1, "DE", "ANY", 2), AT);
        UUID reservedId = send(Topic.RESERVATIONS, reserved);
        UUID acceptedId = send(Topic.ORDERS, accepted);
        OrderRouted routed = routed("any", 1);

        probe().send(Topic.RESERVATIONS, reserved, reservedId);
        probe().send(Topic.ORDERS, accepted, acceptedId);
        send(Topic.RESERVATIONS, reserved);
        send(Topic.ORDERS, accepted);
        passOn("any-after", "DE");

        assertThat(routed.attempt()).isEqualTo(1);
        assertThat(routed.sequence()).isEqualTo(1);
        assertThat(routed.orderVersion()).isEqualTo(1);
        assertThat(routed.assignments()).containsExactly(new Assignment("1", "ANY", "EAST", 2));
        assertThat(routed.cost().minor()).isEqualTo(520);
        assertThat(routed.rejected().getFirst().locations()).containsExactly("WEST");
        assertThat(routed.rejected().getFirst().cost()).isEqualTo(new Money(920, "USD"));
        assertThat(all("any", OrderRouted.class)).hasSize(1);
        viewer("/routes/any")
                .body("order.state", equalTo("planned"))
                .body("chosen.planId", equalTo(routed.planId()))
                .body("chosen.rejected.locations[0]", contains("WEST"))
                .body("attempts", hasSize(1));
    }

    @Test
    void a_held_order_is_routed_when_the_hold_is_lifted() {
        rate("hold", "EAST", "FR", 500);
        stock("HOLD", 1, at("EAST", 5));
        send(Topic.RESERVATIONS, reserved("hold", 1, line("1", "HOLD", 1)));
        send(Topic.ORDERS, new OrderHeld(facts("hold", 1, "FR", "HOLD", 1, "PAYMENT_PENDING"), AT));
        awaitState("hold", "waiting");
        viewer("/routes/hold").body("order.note", equalTo("the release of PAYMENT_PENDING"));

        send(Topic.ORDERS, new OrderHoldLifted(facts("hold", 2, "FR", "HOLD", 1), AT));

        assertThat(routed("hold", 1).orderVersion()).isEqualTo(2);
    }

    @Test
    void a_dry_location_leads_to_a_new_plan_and_the_fifth_to_none() {
        rate("dry-e", "EAST", "IT", 500);
        rate("dry-w", "WEST", "IT", 900);
        stock("DRY", 1, at("EAST", 5), at("WEST", 5));
        send(Topic.ORDERS, new OrderAccepted(facts("dry", 1, "IT", "DRY", 2), AT));
        send(Topic.RESERVATIONS, reserved("dry", 1, line("1", "DRY", 2)));
        OrderRouted first = routed("dry", 1);

        stock("DRY", 2, at("EAST", 0), at("WEST", 5));
        refuse(first, 2, Refusal.RAN_DRY);
        OrderRouted second = routed("dry", 2);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.sequence()).isEqualTo(2);
        assertThat(second.assignments()).containsExactly(new Assignment("1", "DRY", "WEST", 2));
        refuse(second, 3, Refusal.RAN_DRY);
        for (int attempt = 3; attempt <= 5; attempt++) {
            refuse(routed("dry", attempt), attempt + 1, Refusal.RAN_DRY);
        }

        OrderUnroutable unroutable = unroutable("dry", 1);
        assertThat(unroutable.sequence()).isEqualTo(6);
        assertThat(unroutable.reason()).startsWith("RAN_DRY: 5 plans ran dry");
        assertThat(all("dry", OrderRouted.class)).hasSize(5);
        viewer("/routes/dry")
                .body("order.state", equalTo("unroutable"))
                .body("attempts", hasSize(6))
                .body("attempts.answer", hasItem("RAN_DRY"));
        viewer("/routes?state=unroutable").body("items.orderId", hasItem("dry"));

        stock("DRY", 3, at("EAST", 9), at("WEST", 5));

        OrderRouted again = routed("dry", 6);
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.sequence()).isEqualTo(7);
        assertThat(again.assignments()).containsExactly(new Assignment("1", "DRY", "EAST", 2));
    }

    @Test
    void a_plan_that_met_a_changed_order_is_dropped_and_newer_facts_decide() {
        rate("change", "EAST", "ES", 500);
        stock("CHANGE", 1, at("EAST", 5));
        send(Topic.ORDERS, new OrderAccepted(facts("change", 1, "ES", "CHANGE", 3), AT));
        send(Topic.RESERVATIONS, reserved("change", 1, line("1", "CHANGE", 3)));
        OrderRouted first = routed("change", 1);

        send(
                Topic.RESERVATIONS,
                new AllocationRefused(
                        "change",
                        2,
                        2,
                        List.of(line("1", "CHANGE", 1)),
                        AT,
                        first.planId(),
                        Refusal.ORDER_CHANGED,
                        "it wants 1"));
        awaitState("change", "waiting");
        send(Topic.ORDERS, new OrderAccepted(facts("change", 2, "ES", "CHANGE", 1), AT));

        OrderRouted second = routed("change", 2);
        assertThat(second.attempt()).isEqualTo(1);
        assertThat(second.orderVersion()).isEqualTo(2);
        assertThat(second.assignments()).containsExactly(new Assignment("1", "CHANGE", "EAST", 1));
    }

    @Test
    void an_allocated_order_rests_and_its_claim_ends_with_the_stock_record() {
        rate("rest", "EAST", "PT", 500);
        stock("REST", 1, at("EAST", 2));
        send(Topic.ORDERS, new OrderAccepted(facts("rest", 1, "PT", "REST", 1), AT));
        send(Topic.RESERVATIONS, reserved("rest", 1, line("1", "REST", 1)));
        OrderRouted routed = routed("rest", 1);

        allocate(routed, 2);
        awaitState("rest", "routed");
        send(Topic.STOCK, new StockState("REST", micros(AT) + 1, 2, 2, 0, List.of(new AtLocation("EAST", 2, 1))));
        send(Topic.ORDERS, new OrderAccepted(facts("rest-2", 1, "PT", "REST", 1), AT));
        send(Topic.RESERVATIONS, reserved("rest-2", 1, line("1", "REST", 1)));

        assertThat(routed("rest-2", 1).assignments()).containsExactly(new Assignment("1", "REST", "EAST", 1));
        viewer("/routes/rest").body("chosen.answer", equalTo("ALLOCATED"));
    }

    @Test
    void two_orders_do_not_plan_with_the_same_last_unit() {
        rate("last", "EAST", "AT", 500);
        stock("LAST", 1, at("EAST", 1));
        send(Topic.ORDERS, new OrderAccepted(facts("last-1", 1, "AT", "LAST", 1), AT));
        send(Topic.RESERVATIONS, reserved("last-1", 1, line("1", "LAST", 1)));
        routed("last-1", 1);

        send(Topic.ORDERS, new OrderAccepted(facts("last-2", 1, "AT", "LAST", 1), AT));
        send(Topic.RESERVATIONS, reserved("last-2", 1, line("1", "LAST", 1)));
        awaitState("last-2", "retry");
        send(
                Topic.ORDERS,
                new OrderCancelled(
                        cancelled(facts("last-1", 2, "AT", "LAST", 1)), AT, CancelledBy.CHANNEL, "changed mind"));

        assertThat(routed("last-2", 1).sequence()).isEqualTo(1);
        assertThat(all("last-2", OrderUnroutable.class)).isEmpty();
        awaitState("last-1", "ended");
    }

    @Test
    void an_order_without_a_rate_says_so_once_and_is_routed_when_the_rate_comes() {
        stock("RATE", 1, at("EAST", 1));
        send(Topic.ORDERS, new OrderAccepted(facts("rate", 1, "JP", "RATE", 1), AT));
        send(Topic.RESERVATIONS, reserved("rate", 1, line("1", "RATE", 1)));
        assertThat(unroutable("rate", 1).reason()).startsWith("NO_RATE: ");
        send(Topic.ORDERS, new OrderHeld(facts("rate", 2, "JP", "RATE", 1, "UNROUTABLE"), AT));
        location("NORTH", true).statusCode(200);
        passOn("rate-other", "CH");

        rate("rate", "EAST", "JP", 500);

        assertThat(routed("rate", 1).orderVersion()).isEqualTo(2);
        assertThat(all("rate", OrderUnroutable.class)).hasSize(1);
    }

    @Test
    void an_order_without_stock_is_given_time_then_said_aloud_then_routed_when_stock_comes() {
        rate("none", "EAST", "NL", 500);
        send(Topic.ORDERS, new OrderAccepted(facts("none", 1, "NL", "NONE", 1), AT));
        send(Topic.RESERVATIONS, reserved("none", 1, line("1", "NONE", 1)));

        assertThat(unroutable("none", 1).reason()).startsWith("NO_STOCK: ");
        stock("NONE", 1, at("EAST", 1));

        assertThat(routed("none", 1).sequence()).isEqualTo(2);
    }

    @Test
    void a_lifted_hold_asks_again_and_is_answered_again() {
        stock("ASK", 1, at("EAST", 1));
        send(Topic.ORDERS, new OrderAccepted(facts("ask", 1, "NZ", "ASK", 1), AT));
        send(Topic.RESERVATIONS, reserved("ask", 1, line("1", "ASK", 1)));
        unroutable("ask", 1);
        send(Topic.ORDERS, new OrderHeld(facts("ask", 2, "NZ", "ASK", 1, "UNROUTABLE"), AT));

        send(Topic.ORDERS, new OrderHoldLifted(facts("ask", 3, "NZ", "ASK", 1), AT));

        assertThat(unroutable("ask", 2).orderVersion()).isEqualTo(3);
    }

    @Test
    void an_older_stock_record_changes_nothing() {
        rate("old", "EAST", "SE", 500);
        rate("old-w", "WEST", "SE", 900);
        stock("OLD", 10, at("EAST", 0), at("WEST", 1));
        stock("OLD", 9, at("EAST", 1), at("WEST", 0));
        send(Topic.ORDERS, new OrderAccepted(facts("old", 1, "SE", "OLD", 1), AT));
        send(Topic.RESERVATIONS, reserved("old", 1, line("1", "OLD", 1)));

        assertThat(routed("old", 1).assignments()).containsExactly(new Assignment("1", "OLD", "WEST", 1));
    }

    @Test
    void a_disabled_location_ships_nothing_new() {
        location("SOUTH", false).statusCode(200);
        rate("off", "SOUTH", "PL", 100);
        rate("off-e", "EAST", "PL", 900);
        stock("OFF", 1, at("SOUTH", 9), at("EAST", 9));
        send(Topic.ORDERS, new OrderAccepted(facts("off", 1, "PL", "OFF", 1), AT));
        send(Topic.RESERVATIONS, reserved("off", 1, line("1", "OFF", 1)));

        OrderRouted routed = routed("off", 1);

        assertThat(routed.assignments()).extracting(Assignment::locationId).containsExactly("EAST");
        assertThat(routed.rejected()).anySatisfy(option -> {
            assertThat(option.locations()).containsExactly("SOUTH");
            assertThat(option.cost()).isNull();
            assertThat(option.reason()).isEqualTo("is disabled");
        });
    }

    @Test
    void locations_and_rates_are_checked_and_kept() {
        location("KEPT", true).statusCode(200);
        location("KEPT", true).statusCode(200);
        rate("kept", "KEPT", "DK", 700);
        viewer("/locations").body("items.locationId", hasItem("KEPT")).body("next", nullValue());
        viewer("/rates").body("items.rateId", hasItem("kept"));

        put("/rates/other", rateBody("KEPT", "DK", 700, "EUR"))
                .statusCode(409)
                .body("type", equalTo("/problems/rate-currency"))
                .body("currency", equalTo("USD"));
        put("/rates/other", rateBody("KEPT", "DK", 700, "XQX"))
                .statusCode(400)
                .body("type", equalTo("/problems/unknown-currency"));
        put("/rates/other", rateBody("KEPT", "Denmark", -1, "USD"))
                .statusCode(400)
                .body("errors.field", contains("baseMinor", "country"));
        put("/locations/KEPT", Map.of("name", " ", "country", "DK")).statusCode(400);
        viewer("/routes/nobody").statusCode(404).body("type", equalTo("/problems/unknown-route"));
        viewer("/routes?state=odd").statusCode(400).body("type", equalTo("/problems/unknown-route-state"));

        Tokens.as("operator").delete("/rates/kept").then().statusCode(204);
        Tokens.as("operator").delete("/rates/kept").then().statusCode(204);
        Tokens.as("viewer").delete("/rates/kept").then().statusCode(403);
        Tokens.as().get("/routes").then().statusCode(403);
        RestAssured.get("/rates").then().statusCode(401);
    }

    private static ValidatableResponse location(String id, boolean enabled) {
        return put("/locations/" + id, Map.of("name", id, "country", "US", "enabled", enabled));
    }

    private static void rate(String id, String location, String country, long base) {
        put("/rates/" + id, rateBody(location, country, base, "USD")).statusCode(200);
    }

    private static Map<String, Object> rateBody(String location, String country, long base, String currency) {
        return new HashMap<>(Map.of(
                "locationId",
                location,
                "country",
                country,
                "carrier",
                "Post",
                "service",
                "Ground",
                "baseMinor",
                base,
                "perUnitMinor",
                10,
                "currency",
                currency,
                "transitDays",
                3));
    }

    private static ValidatableResponse put(String path, Map<String, Object> body) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(body)
                .put(path)
                .then();
    }

    private static ValidatableResponse viewer(String path) {
        return Tokens.as("viewer").get(path).then();
    }

    private static void awaitState(String order, String state) {
        await().atMost(PATIENCE_SECONDS, SECONDS)
                .untilAsserted(() -> viewer("/routes/" + order).statusCode(200).body("order.state", equalTo(state)));
    }

    private void stock(String sku, long sequence, AtLocation... locations) {
        int onHand = Arrays.stream(locations).mapToInt(AtLocation::onHand).sum();
        send(Topic.STOCK, new StockState(sku, sequence, onHand, 0, 0, List.of(locations)));
    }

    /// Sends an order through the same partitions' consumers and waits for it, so that what was sent before
    /// has been read, as far as one order can tell.
    private void passOn(String order, String country) {
        rate(order, "EAST", country, 500);
        stock("PASS-" + order, 1, at("EAST", 1));
        send(Topic.ORDERS, new OrderAccepted(facts(order, 1, country, "PASS-" + order, 1), AT));
        send(Topic.RESERVATIONS, reserved(order, 1, line("1", "PASS-" + order, 1)));
        routed(order, 1);
    }

    private UUID send(Topic topic, Event event) {
        return probe().send(topic, event);
    }

    private void refuse(OrderRouted plan, long sequence, Refusal reason) {
        send(
                Topic.RESERVATIONS,
                new AllocationRefused(
                        plan.orderId(),
                        plan.orderVersion(),
                        sequence,
                        plan.assignments().stream()
                                .map(each -> line(each.lineId(), each.sku(), each.quantity()))
                                .toList(),
                        AT,
                        plan.planId(),
                        reason,
                        "said the test"));
    }

    private void allocate(OrderRouted plan, long sequence) {
        send(
                Topic.RESERVATIONS,
                new OrderAllocated(
                        plan.orderId(),
                        plan.orderVersion(),
                        sequence,
                        plan.assignments().stream()
                                .map(each -> new PromisedLine(
                                        each.lineId(),
                                        each.sku(),
                                        0,
                                        0,
                                        List.of(new AllocatedUnits(each.locationId(), each.quantity())),
                                        0))
                                .toList(),
                        AT,
                        plan.planId()));
    }

    private OrderRouted routed(String order, int count) {
        await().atMost(PATIENCE_SECONDS, SECONDS)
                .untilAsserted(() -> assertThat(all(order, OrderRouted.class)).hasSizeGreaterThanOrEqualTo(count));
        return all(order, OrderRouted.class).get(count - 1);
    }

    private OrderUnroutable unroutable(String order, int count) {
        await().atMost(PATIENCE_SECONDS, SECONDS)
                .untilAsserted(
                        () -> assertThat(all(order, OrderUnroutable.class)).hasSizeGreaterThanOrEqualTo(count));
        return all(order, OrderUnroutable.class).get(count - 1);
    }

    private <E extends Event> List<E> all(String order, Class<E> type) {
        return probe().events(Topic.ROUTES, order, type);
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000L + at.getNano() / 1_000;
    }

    private static AtLocation at(String location, int onHand) {
        return new AtLocation(location, onHand, 0);
    }

    private static PromisedLine line(String lineId, String sku, int held) {
        return new PromisedLine(lineId, sku, held, 0, List.of(), 0);
    }

    private static OrderReserved reserved(String order, long sequence, PromisedLine... lines) {
        return new OrderReserved(order, 1, sequence, List.of(lines), AT);
    }

    private static OrderFacts facts(
            String order, long version, String country, String sku, int units, String... holds) {
        return new OrderFacts(
                order,
                version,
                "shop-a",
                "shopify",
                "ext-" + order,
                OrderFacts.State.OPEN,
                AT,
                null,
                new Destination(country, null),
                Arrays.stream(holds)
                        .map(hold -> new Hold(hold, "said the test"))
                        .toList(),
                List.of(new DemandLine("1", sku, null, units, null)),
                List.of());
    }

    private static OrderFacts cancelled(OrderFacts facts) {
        return new OrderFacts(
                facts.orderId(),
                facts.version(),
                facts.account(),
                facts.channel(),
                facts.externalId(),
                OrderFacts.State.CANCELLED,
                facts.placedAt(),
                facts.shipBy(),
                facts.destination(),
                List.of(),
                List.of(new DemandLine("1", facts.lines().getFirst().sku(), null, 0, null)),
                List.of());
    }

    private KafkaProbe probe() {
        return Objects.requireNonNull(kafka);
    }
}
