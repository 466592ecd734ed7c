package io.hubline.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubline.contracts.EventName;
import io.hubline.contracts.Money;
import io.hubline.contracts.Topic;
import io.hubline.contracts.connector.ChannelReturn;
import io.hubline.contracts.connector.ChannelReturn.Status;
import io.hubline.contracts.connector.ChannelReturnEvent;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelReturnObserved;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.kit.Ids;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The service under test as its neighbours see it: topics and HTTP.
public final class Counter implements AutoCloseable {

    public static final String ACCOUNT = "shop-a";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaProbe kafka = KafkaProbe.open();

    private static Instant yesterday() {
        return Instant.now().minus(Duration.ofDays(1));
    }

    public KafkaProbe kafka() {
        return kafka;
    }

    /// An order as the order book would tell of it.
    public static final class Order {

        private final String id = Ids.text();
        private final List<OrderFacts.DemandLine> lines = new ArrayList<>();
        private final List<OrderFacts.Shipment> shipments = new ArrayList<>();
        private long version;

        public String id() {
            return id;
        }

        public String externalId() {
            return "ext-" + id;
        }

        public String line(String name) {
            return id + "/" + name;
        }

        public Order sold(String name, int units, long paidMinor) {
            return told(
                    name,
                    units,
                    new OrderFacts.Sale(
                            "channel-" + name,
                            name,
                            units,
                            new Money(paidMinor, "EUR"),
                            new Money(paidMinor / 10, "EUR")));
        }

        public Order unpriced(String name, int units) {
            return told(name, units, null);
        }

        private Order told(String name, int units, OrderFacts.@Nullable Sale sale) {
            lines.removeIf(line -> line.lineId().equals(line(name)));
            lines.add(new OrderFacts.DemandLine(line(name), "SKU-" + name, null, units, sale));
            return this;
        }

        public Order shipped(String name, int units) {
            return shipped(name, units, yesterday());
        }

        public Order shipped(String name, int units, Instant at) {
            shipments.add(new OrderFacts.Shipment(
                    Ids.text(),
                    "berlin",
                    "DHL",
                    "T1",
                    null,
                    at,
                    List.of(new OrderFacts.ShippedLine(line(name), "channel-" + name, units))));
            return this;
        }

        public OrderEvent next() {
            version++;
            return new OrderEvent.OrderAccepted(
                    new OrderFacts(
                            id,
                            version,
                            ACCOUNT,
                            "shopify",
                            externalId(),
                            OrderFacts.State.OPEN,
                            yesterday(),
                            null,
                            null,
                            List.of(),
                            lines,
                            shipments),
                    yesterday());
        }
    }

    /// Tells of an order and waits until the service knows of it.
    public Order known(Order order) {
        tell(order);
        await().atMost(PATIENCE)
                .untilAsserted(() -> as("operator")
                        .body(Map.of("orderId", order.id(), "lines", List.of(line("none", 1))))
                        .post("/returns")
                        .then()
                        .statusCode(409));
        return order;
    }

    public void tell(Order order) {
        kafka.send(Topic.ORDERS, order.next());
    }

    public void tell(ChannelReturnEvent event) {
        kafka.send(Topic.CHANNEL_RETURNS, event);
    }

    public void tell(ChannelReturnEvent event, UUID id) {
        kafka.send(Topic.CHANNEL_RETURNS, event, id);
    }

    /// A return as the channel shows it so many seconds after noon.
    public static ChannelReturnObserved observed(
            Order order, String channelReturnId, int second, Status status, ChannelReturn.Line... lines) {
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        return new ChannelReturnObserved(
                ACCOUNT,
                order.externalId(),
                "shopify",
                channelReturnId,
                noon.plusSeconds(second),
                second,
                noon,
                new ChannelReturn("#R-" + channelReturnId, status, null, Arrays.asList(lines)));
    }

    public static ChannelReturn.Line wanted(String name, int units) {
        return new ChannelReturn.Line("return-" + name, "channel-" + name, units, "SIZE_TOO_SMALL");
    }

    public static Map<String, Object> line(String lineId, int quantity) {
        return Map.of("lineId", lineId, "quantity", quantity, "reason", "UNWANTED");
    }

    public static Map<String, Object> units(String lineId, int quantity) {
        return Map.of("lineId", lineId, "quantity", quantity);
    }

    public static Map<String, Object> finding(String lineId, int quantity, String disposition) {
        return Map.of(
                "lineId",
                lineId,
                "quantity",
                quantity,
                "condition",
                "AS_NEW",
                "disposition",
                disposition,
                "locationId",
                "berlin");
    }

    public static RequestSpecification as(String role) {
        return Tokens.as(role).contentType(ContentType.JSON);
    }

    public static ValidatableResponse open(String returnId, Order order, Object... lines) {
        return as("operator")
                .body(Map.of("returnId", returnId, "orderId", order.id(), "lines", List.of(lines)))
                .post("/returns")
                .then();
    }

    public static ValidatableResponse receive(String returnId, String receiptId, Object... lines) {
        return as("operator")
                .body(Map.of("receiptId", receiptId, "locationId", "berlin", "lines", List.of(lines)))
                .post("/returns/" + returnId + "/receipts")
                .then();
    }

    public static ValidatableResponse inspect(String returnId, String inspectionId, Object... lines) {
        return as("operator")
                .body(Map.of("inspectionId", inspectionId, "lines", List.of(lines)))
                .post("/returns/" + returnId + "/inspections")
                .then();
    }

    public static ValidatableResponse payBack(String returnId, String refundId, Object... lines) {
        return as("finance")
                .body(Map.of("refundId", refundId, "lines", List.of(lines), "reason", "GOODWILL"))
                .post("/returns/" + returnId + "/refunds")
                .then();
    }

    public static JsonPath view(String returnId) {
        return Tokens.as("viewer")
                .get("/returns/" + returnId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /// Waits until the return is at a state.
    public static JsonPath view(String returnId, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(view(returnId).getString("state")).isEqualTo(state));
        return view(returnId);
    }

    /// Waits until the account's channel return is here, at a state, and answers its id.
    public static String idOf(Order order, String state) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Tokens.as("viewer")
                                .queryParam("state", state)
                                .queryParam("account", ACCOUNT)
                                .get("/returns")
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath()
                                .getString("items.find { it.externalId == '" + order.externalId() + "' }.returnId"),
                        found -> found != null);
    }

    /// Everything announced about a return, by version, once so many events are there.
    public List<ReturnEvent> announced(String returnId, int count) {
        return await().atMost(PATIENCE)
                .until(
                        () -> kafka.records(Topic.RETURNS).stream()
                                .filter(record -> returnId.equals(record.key()))
                                .<ReturnEvent>map(record -> kafka.read(
                                        record,
                                        type(KafkaProbe.header(record, "ce_type")
                                                .orElseThrow())))
                                .sorted(Comparator.comparing(
                                        event -> event.facts().version()))
                                .toList(),
                        events -> events.size() >= count);
    }

    private static Class<? extends ReturnEvent> type(String name) {
        return Arrays.stream(ReturnEvent.class.getPermittedSubclasses())
                .filter(type -> type.getAnnotation(EventName.class).value().equals(name))
                .findFirst()
                .orElseThrow()
                .asSubclass(ReturnEvent.class);
    }

    @Override
    public void close() {
        kafka.close();
    }
}
