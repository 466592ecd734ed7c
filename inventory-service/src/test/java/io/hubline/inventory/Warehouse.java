package io.hubline.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.kit.Ids;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// The service under test as its neighbours see it: topics and HTTP.
public final class Warehouse implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final KafkaProbe kafka = KafkaProbe.open();

    public KafkaProbe kafka() {
        return kafka;
    }

    /// A SKU that no other test knows.
    public static String sku() {
        return "SKU-" + Ids.text();
    }

    /// An offer of the SKU, and the quantity it shows at first.
    public String offer(String account, String sku) {
        String offer = account + ":" + sku;
        list(offer, account, sku, ListingState.Status.ACTIVE);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(shown(offer)).isNotEmpty());
        return offer;
    }

    public void list(String offer, String account, String sku, ListingState.Status status) {
        kafka.send(
                Topic.LISTINGS,
                new ListingState(
                        offer,
                        SEQUENCE.incrementAndGet(),
                        account,
                        "shopify",
                        sku,
                        null,
                        null,
                        null,
                        sku,
                        status,
                        null));
    }

    public void receive(String sku, String location, int quantity) {
        Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "receiptId",
                        Ids.text(),
                        "lines",
                        List.of(Map.of("sku", sku, "locationId", location, "quantity", quantity))))
                .post("/stock/receipts")
                .then()
                .statusCode(200);
    }

    public JsonPath stock(String sku) {
        return Tokens.as("viewer")
                .get("/stock/{sku}", sku)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public JsonPath availability(String offer) {
        return Tokens.as("viewer")
                .get("/availability/{offer}", offer)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /// Why the offers of the account that sell the SKU show what they show.
    ///
    /// @param query such as `sequence=42`; empty for the number that counts now
    public JsonPath explain(String account, String sku, String query) {
        return Tokens.as("viewer")
                .get("/availability/{account}/{sku}/explain" + (query.isEmpty() ? "" : "?" + query), account, sku)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /// Sets what is said of an account and a SKU.
    public void limit(String account, String sku, Map<String, ?> settings) {
        Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(settings)
                .put("/availability/settings/{account}/{sku}", account, sku)
                .then()
                .statusCode(200);
    }

    public void adjust(String sku, String location, int delta) {
        Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "adjustmentId",
                        Ids.text(),
                        "sku",
                        sku,
                        "locationId",
                        location,
                        "delta",
                        delta,
                        "reason",
                        delta > 0 ? "FOUND" : "DAMAGED"))
                .post("/stock/adjustments")
                .then()
                .statusCode(200);
    }

    public JsonPath check() {
        return Tokens.as("operator")
                .post("/stock/check")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /// What the offer was told to show, oldest first.
    public List<AvailabilityState> shown(String offer) {
        return kafka.events(Topic.AVAILABILITY, offer, AvailabilityState.class);
    }

    /// Everything announced of the order, oldest first.
    public List<ReservationEvent> said(String order) {
        return kafka.records(Topic.RESERVATIONS).stream()
                .filter(record -> order.equals(record.key()))
                .<ReservationEvent>map(record -> kafka.read(
                        record, type(KafkaProbe.header(record, "ce_type").orElseThrow())))
                .toList();
    }

    /// Waits until so much was said of the order, and answers it all.
    public List<ReservationEvent> hear(String order, int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(said(order)).hasSizeGreaterThanOrEqualTo(count));
        List<ReservationEvent> said = said(order);
        assertThat(said).hasSize(count);
        assertThat(said).extracting(ReservationEvent::sequence).isSorted().startsWith(1L);
        return said;
    }

    private static Class<? extends ReservationEvent> type(String name) {
        return Arrays.stream(ReservationEvent.class.getPermittedSubclasses())
                .filter(type -> type.getAnnotation(EventName.class).value().equals(name))
                .findFirst()
                .orElseThrow()
                .asSubclass(ReservationEvent.class);
    }

    public void tell(Topic topic, Event event) {
        kafka.send(topic, event);
    }

    @Override
    public void close() {
        kafka.close();
    }
}
