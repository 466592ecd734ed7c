package io.hubline.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hubline.contracts.Destination;
import io.hubline.contracts.Money;
import io.hubline.contracts.Recipient;
import io.hubline.contracts.SealedPersonal;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.connector.ChannelOrder;
import io.hubline.contracts.connector.ChannelOrder.FulfilledBy;
import io.hubline.contracts.connector.ChannelOrder.Status;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.contracts.inventory.ReservationEvent.AllocatedUnits;
import io.hubline.contracts.inventory.ReservationEvent.PromisedLine;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.routing.RouteEvent;
import io.hubline.kit.json.Json;
import io.hubline.kit.personal.PersonalCipher;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Trade as the other services make it: what they announce, said briefly, and what comes back.
public final class Trade implements AutoCloseable {

    public static final String ACCOUNT = "shop-a";
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final AtomicLong NUMBERS = new AtomicLong(1000);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaProbe probe = KafkaProbe.open();
    private final PersonalCipher cipher;
    private final DataSource database;

    public Trade(PersonalCipher cipher, DataSource database) {
        this.cipher = cipher;
        this.database = database;
    }

    /// An order id of the channel that no other test uses.
    public static String newExternalId() {
        return String.valueOf(NUMBERS.incrementAndGet());
    }

    public static ChannelOrder.Line line(String name, int quantity) {
        Money price = new Money(1250, "EUR");
        return new ChannelOrder.Line(
                name,
                name,
                "gid://shop/Variant/" + name,
                null,
                "A " + name,
                quantity,
                quantity,
                price,
                new Money(200, "EUR"),
                price.times(quantity).plus(new Money(200, "EUR")));
    }

    public ChannelOrderObserved open(String externalId, int second, ChannelOrder.Line... lines) {
        return snapshot(externalId, second, Status.OPEN, new Destination("DE", null), FulfilledBy.SELLER, lines);
    }

    public ChannelOrderObserved snapshot(
            String externalId,
            int second,
            Status status,
            @Nullable Destination destination,
            FulfilledBy fulfilledBy,
            ChannelOrder.Line... lines) {
        Money none = Money.zero("EUR");
        ChannelOrder order = new ChannelOrder(
                "#" + externalId,
                status,
                fulfilledBy,
                NOON,
                NOON.plus(Duration.ofDays(2)),
                status == Status.CANCELLED ? "customer" : null,
                new Money(2500, "EUR"),
                none,
                none,
                destination,
                Arrays.asList(lines));
        return new ChannelOrderObserved(
                ACCOUNT, externalId, "shopify", NOON.plusSeconds(second), second, NOON, order, sealed(externalId));
    }

    private SealedPersonal sealed(String externalId) {
        Recipient recipient = new Recipient(
                "Zoe Quill", null, "Elm Row 5", null, "Berlin", null, "10115", "DE", null, "zoe@example.org");
        try {
            return cipher.seal(Json.mapper().writeValueAsString(recipient), ACCOUNT + ":" + externalId);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The catalogue knows the line of this name, and so does the order service.
    public void listed(String name) {
        listed(name, 1, "SKU-" + name);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                Rows.text(database, "select sku from offer where offer = ?", ACCOUNT + ":" + name))
                        .isEqualTo("SKU-" + name));
    }

    public void listed(String name, long sequence, String sku) {
        probe.send(
                Topic.LISTINGS,
                new ListingState(
                        ACCOUNT + ":" + name,
                        sequence,
                        ACCOUNT,
                        "shopify",
                        name,
                        name,
                        null,
                        null,
                        sku,
                        ListingState.Status.ACTIVE,
                        null));
    }

    public UUID observed(ChannelOrderObserved event) {
        return probe.send(Topic.CHANNEL_ORDERS, event);
    }

    public void observedAgain(ChannelOrderObserved event, UUID id) {
        probe.send(Topic.CHANNEL_ORDERS, event, id);
    }

    public void said(ReservationEvent event) {
        probe.send(Topic.RESERVATIONS, event);
    }

    public void said(RouteEvent event) {
        probe.send(Topic.ROUTES, event);
    }

    public void sent(String topic, String key, String value, Map<String, String> headers) {
        probe.send(topic, key, value, headers);
    }

    public KafkaProbe probe() {
        return probe;
    }

    /// Waits until the order is in the book.
    public JsonPath order(String externalId) {
        return await().atMost(PATIENCE)
                .until(() -> list(externalId), page -> !page.getList("items").isEmpty());
    }

    /// Waits until the order is at a stage.
    public JsonPath order(String externalId, String stage) {
        String orderId = order(externalId).getString("items[0].orderId");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(view(orderId).getString("stage")).isEqualTo(stage));
        return view(orderId);
    }

    public static JsonPath list(String externalId) {
        return Tokens.as("viewer")
                .queryParam("account", ACCOUNT)
                .queryParam("externalId", externalId)
                .get("/orders")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public static JsonPath view(String orderId) {
        return Tokens.as("viewer")
                .get("/orders/" + orderId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /// Inventory allocates the whole of an order's only line.
    public void allocated(JsonPath order, long sequence, Map<String, Integer> units) {
        said(new ReservationEvent.OrderAllocated(
                order.getString("orderId"),
                order.getLong("version"),
                sequence,
                List.of(promised(order, 0, units)),
                NOON,
                "plan-1"));
    }

    public static PromisedLine promised(JsonPath order, int held, Map<String, Integer> units) {
        return new PromisedLine(
                order.getString("lines[0].lineId"),
                "SKU",
                held,
                0,
                units.entrySet().stream()
                        .map(there -> new AllocatedUnits(there.getKey(), there.getValue()))
                        .toList(),
                0);
    }

    /// Brings an order of one line to the pick queue.
    public JsonPath released(String externalId, String name, int units, String location) {
        listed(name);
        observed(open(externalId, 1, line(name, units)));
        order(externalId, "AWAITING_PROMISE");
        allocated(view(order(externalId).getString("items[0].orderId")), 1, Map.of(location, units));
        return order(externalId, "RELEASED");
    }

    public static ValidatableResponse ship(JsonPath order, String shipmentId, String location, int units) {
        return Tokens.as("operator")
                .contentType("application/json")
                .body(Map.of(
                        "shipmentId",
                        shipmentId,
                        "locationId",
                        location,
                        "carrier",
                        "DHL",
                        "trackingNumber",
                        "T1",
                        "lines",
                        List.of(Map.of("lineId", order.getString("lines[0].lineId"), "quantity", units))))
                .post("/orders/" + order.getString("orderId") + "/shipments")
                .then();
    }

    public static ValidatableResponse cancel(JsonPath order) {
        return Tokens.as("operator")
                .contentType("application/json")
                .body(Map.of("reason", "out of season"))
                .post("/orders/" + order.getString("orderId") + "/cancellation")
                .then();
    }

    /// Everything announced about an order, by version, once so many events are there.
    public List<OrderEvent> announced(String orderId, int count) {
        return await().atMost(PATIENCE)
                .until(
                        () -> probe.records(Topic.ORDERS).stream()
                                .filter(record -> orderId.equals(record.key()))
                                .map(record -> probe.read(
                                        record,
                                        type(KafkaProbe.header(record, "ce_type")
                                                .orElseThrow())))
                                .map(OrderEvent.class::cast)
                                .sorted(Comparator.comparing(
                                        event -> event.facts().version()))
                                .toList(),
                        events -> events.size() >= count);
    }

    private static Class<? extends OrderEvent> type(String name) {
        return switch (name) {
            case "order.accepted.v1" -> OrderEvent.OrderAccepted.class;
            case "order.held.v1" -> OrderEvent.OrderHeld.class;
            case "order.hold-lifted.v1" -> OrderEvent.OrderHoldLifted.class;
            case "order.lines-changed.v1" -> OrderEvent.OrderLinesChanged.class;
            case "order.released.v1" -> OrderEvent.OrderReleased.class;
            case "order.cancelled.v1" -> OrderEvent.OrderCancelled.class;
            case "order.shipped.v1" -> OrderEvent.OrderShipped.class;
            case "order.completed.v1" -> OrderEvent.OrderCompleted.class;
            default -> throw new AssertionError("unknown event " + name);
        };
    }

    @Override
    public void close() {
        probe.close();
    }
}
