package io.hubline.inventory.stock.messaging;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.contracts.inventory.ReservationEvent.OrderBackordered;
import io.hubline.contracts.inventory.ReservationEvent.OrderReserved;
import io.hubline.contracts.inventory.StockState;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.contracts.returns.ReturnFacts;
import io.hubline.contracts.returns.ReturnFacts.Restock;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.kit.Ids;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ReturnEventsConsumerTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");

    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();
    private final String returnId = Ids.text();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void a_unit_that_comes_back_is_booked_once_and_can_be_sold_again() {
        warehouse.receive(sku, "berlin", 3);
        String offer = warehouse.offer("shop-a", sku);
        ReturnEvent event = restocked(4, restock("R1", sku, "berlin", 2));
        UUID id = UUID.randomUUID();

        warehouse.kafka().send(Topic.RETURNS, event, id);
        warehouse.kafka().send(Topic.RETURNS, event, id);
        warehouse.tell(Topic.RETURNS, event);
        warehouse.tell(Topic.RETURNS, restocked(6, restock("R1", sku, "berlin", 2), restock("R2", sku, "hamburg", 1)));

        await().untilAsserted(
                        () -> assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(6));
        assertThat(movements())
                .extracting(JsonMovement::reason, JsonMovement::cause, JsonMovement::delta)
                .contains(
                        tuple("RETURN", "return:" + returnId + "-R1", 2),
                        tuple("RETURN", "return:" + returnId + "-R2", 1))
                .hasSize(3);
        assertThat(warehouse.shown(offer))
                .extracting(AvailabilityState::quantity, AvailabilityState::bookedUnits)
                .containsExactly(tuple(3, 0L), tuple(5, 0L), tuple(6, 0L));
        assertThat(warehouse
                        .kafka()
                        .events(Topic.STOCK, sku, StockState.class)
                        .getLast()
                        .onHand())
                .isEqualTo(6);
        assertThat(warehouse.check().getBoolean("clean")).isTrue();
    }

    @Test
    void versions_in_the_wrong_order_come_to_the_same() {
        warehouse.receive(sku, "berlin", 1);
        Restock first = restock("R1", sku, "berlin", 1);
        Restock second = restock("R2", sku, "berlin", 1);

        warehouse.tell(Topic.RETURNS, restocked(5, first, second));
        await().untilAsserted(
                        () -> assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(3));
        warehouse.tell(Topic.RETURNS, restocked(4, first));
        warehouse.tell(Topic.RETURNS, restocked(6, first, second, restock("R3", sku, "berlin", 1)));

        await().untilAsserted(
                        () -> assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(4));
    }

    @Test
    void a_unit_that_comes_back_goes_to_whoever_waits_for_it() {
        Orders waiting = order().wants("1", sku, 2);
        warehouse.tell(Topic.ORDERS, waiting.tell());
        warehouse.hear(waiting.id(), 1);

        warehouse.tell(Topic.RETURNS, restocked(4, restock("R1", sku, "berlin", 2)));

        assertThat(warehouse.hear(waiting.id(), 2))
                .hasExactlyElementsOfTypes(OrderBackordered.class, OrderReserved.class);
        assertThat(warehouse.stock(sku).getInt("reserved")).isEqualTo(2);
    }

    @Test
    void a_sku_that_stock_never_knew_is_a_dead_letter_that_says_so() {
        warehouse.tell(Topic.RETURNS, restocked(4, restock("R1", sku, "berlin", 1)));

        await().untilAsserted(() -> assertThat(deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(
                                KafkaProbe.header(letter, "dead-letter-reason").orElseThrow())
                        .contains(sku)
                        .contains("stock never knew it")));
    }

    @Test
    void a_restock_with_other_units_than_before_is_a_dead_letter_and_moves_nothing() {
        warehouse.receive(sku, "berlin", 1);
        warehouse.tell(Topic.RETURNS, restocked(4, restock("R1", sku, "berlin", 1)));

        warehouse.tell(Topic.RETURNS, restocked(5, restock("R1", sku, "berlin", 7)));

        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(2);
    }

    private List<ConsumerRecord<String, String>> deadLetters() {
        return warehouse.kafka().records(Topic.RETURNS.deadLetter("inventory")).stream()
                .filter(record -> returnId.equals(record.key()))
                .toList();
    }

    private ReturnEvent restocked(long version, Restock... restocks) {
        return new ReturnEvent.UnitsRestocked(
                new ReturnFacts(
                        returnId,
                        version,
                        Ids.text(),
                        "shop-a",
                        "shopify",
                        "1001",
                        null,
                        ReturnFacts.State.OPEN,
                        List.of(),
                        Arrays.asList(restocks),
                        List.of()),
                MORNING);
    }

    private Restock restock(String name, String sku, String location, int quantity) {
        return new Restock(returnId + "-" + name, "line-1", sku, location, quantity);
    }

    private List<JsonMovement> movements() {
        JsonPath page = Tokens.as("viewer")
                .get("/stock/{sku}/movements", sku)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return page.getList("items", JsonMovement.class);
    }

    /// What the test reads of a movement.
    @com.fasterxml.jackson.annotation.JsonIgnoreProperties(ignoreUnknown = true)
    record JsonMovement(String reason, String cause, int delta) {}
}
