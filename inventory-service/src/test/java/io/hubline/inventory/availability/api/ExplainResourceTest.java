package io.hubline.inventory.availability.api;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.hubline.contracts.Topic;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ExplainResourceTest {

    private static final Instant AT = Instant.parse("2026-11-23T10:15:30Z");

    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    ExplainResourceTest(DataSource database) {
        this.database = database;
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void a_number_is_explained_down_to_both_books() {
        warehouse.receive(sku, "berlin", 10);
        warehouse.receive(sku, "hamburg", 4);
        warehouse.adjust(sku, "berlin", -3);
        String offer = warehouse.offer("shop-a", sku);
        warehouse.limit("*", sku, Map.of("safetyStock", 2));
        Orders sold = order().wants("1", sku, 4, offer);
        warehouse.tell(Topic.ORDERS, sold.tell());
        await().untilAsserted(() -> assertThat(warehouse.shown(offer)).hasSize(3));

        JsonPath why = warehouse.explain("shop-a", sku, "");

        AvailabilityState shown = warehouse.shown(offer).getLast();
        assertThat(why.getList("offers")).hasSize(1);
        why.setRootPath("offers[0]");
        assertThat(why.getBoolean("addsUp")).as(why.prettify()).isTrue();
        assertThat(why.getString("offer")).isEqualTo(offer);
        assertThat(why.getInt("quantity")).isEqualTo(shown.quantity()).isEqualTo(10 + 4 - 3 - 4 - 2);
        assertThat(why.getLong("published.sequence")).isEqualTo(shown.sequence());
        assertThat(why.getBoolean("published.newest")).isTrue();
        assertThat(why.getList("terms.name")).containsExactly("on-hand", "reserved", "safety-stock");
        assertThat(why.getList("terms.units")).containsExactly(11, -4, -2);
        assertThat(why.getString("terms[2].from.row")).isEqualTo("*/" + sku);
        assertThat(why.getString("terms[2].from.field")).isEqualTo("safetyStock");
        assertThat(why.getInt("parts[0].movements.units")).isEqualTo(11);
        assertThat(why.getMap("parts[0].movements.unitsByReason")).isEqualTo(Map.of("RECEIPT", 14, "ADJUSTMENT", -3));
        assertThat(why.getList("parts[0].movements.last.delta")).containsExactly(-3, 4, 10);
        assertThat(why.getList("parts[0].locations.locationId")).containsExactly("berlin", "hamburg");
        assertThat(why.getList("parts[0].locations.onHand")).containsExactly(7, 4);
        assertThat(why.getInt("parts[0].now.heldUnits")).isEqualTo(4);
        assertThat(why.getString("parts[0].now.first[0].orderId")).isEqualTo(sold.id());
        assertThat(Tokens.as("viewer")
                        .urlEncodingEnabled(false)
                        .get(why.getString("parts[0].movements.tail"))
                        .jsonPath()
                        .getList("items.delta"))
                .containsExactly(10, 4, -3);
    }

    @Test
    void an_earlier_number_is_explained_by_its_sequence_and_by_its_time() {
        warehouse.receive(sku, "berlin", 10);
        String offer = warehouse.offer("shop-a", sku);
        warehouse.receive(sku, "berlin", 5);
        warehouse.adjust(sku, "berlin", -1);
        await().untilAsserted(() -> assertThat(warehouse.shown(offer)).hasSize(3));
        AvailabilityState second = warehouse.shown(offer).get(1);

        for (String query : List.of("sequence=" + second.sequence(), "at=" + second.at())) {
            JsonPath why = warehouse.explain("shop-a", sku, query);

            why.setRootPath("offers[0]");
            assertThat(why.getBoolean("addsUp")).as(why.prettify()).isTrue();
            assertThat(why.getInt("quantity")).isEqualTo(15);
            assertThat(why.getBoolean("published.newest")).isFalse();
            assertThat(why.getMap("parts[0].movements.unitsByReason")).isEqualTo(Map.of("RECEIPT", 15));
            assertThat(why.getInt("now.quantity")).isEqualTo(14);
            assertThat(why.<Object>get("parts[0].now")).isNull();
        }
    }

    @Test
    void what_the_channel_was_told_and_answered_is_part_of_it() {
        warehouse.receive(sku, "berlin", 10);
        String offer = warehouse.offer("shop-a", sku);
        long sequence = warehouse.shown(offer).getFirst().sequence();
        ChannelSyncState newer = told(offer, 7, new ChannelSyncState.Write(sequence, 10, AT));
        ChannelSyncState older = told(offer, 6, new ChannelSyncState.Write(sequence - 1, 9, AT));

        warehouse.tell(Topic.CHANNEL_SYNC, newer);
        warehouse.tell(Topic.CHANNEL_SYNC, older);
        warehouse.tell(Topic.CHANNEL_SYNC, told(offer + "-end", 1, null));

        String end = "select offer from offer_channel where offer = '" + offer + "-end'";
        await().untilAsserted(() -> assertThat(exists(end)).isTrue());
        JsonPath why = warehouse.explain("shop-a", sku, "");
        assertThat(why.getLong("offers[0].channel.acknowledged.sequence")).isEqualTo(sequence);
        assertThat(why.getBoolean("offers[0].channel.ways.compares")).isTrue();
    }

    @Test
    void a_mismatch_is_shown() throws SQLException {
        warehouse.receive(sku, "berlin", 10);
        warehouse.offer("shop-a", sku);
        tamper("update pool_position set reserved = 3 where sku = '" + sku + "'");

        JsonPath why = warehouse.explain("shop-a", sku, "");

        assertThat(why.getBoolean("offers[0].addsUp")).isFalse();
        assertThat(why.getList("offers[0].mismatches")).hasSize(1);
        tamper("update pool_position set reserved = 0 where sku = '" + sku + "'");
    }

    /// Goal: every number adds up after whatever came and went, across the blocks in which the ledger is
    /// summed. Method: random movements, sales, cancellations and limits from a fixed seed; then every
    /// number that was ever announced is explained.
    @Test
    void every_number_ever_announced_adds_up() {
        Random random = new Random(20261123);
        String offer = warehouse.offer("shop-a", sku);
        warehouse.offer("shop-b", sku);
        warehouse.receive(sku, "berlin", 100);
        List<Orders> orders = new ArrayList<>();
        for (int step = 0; step < 260; step++) {
            switch (random.nextInt(8)) {
                case 0 -> warehouse.receive(sku, random.nextBoolean() ? "berlin" : "hamburg", 1 + random.nextInt(5));
                case 1 -> warehouse.limit("shop-a", sku, Map.of("safetyStock", random.nextInt(5), "share", 50));
                case 2 -> {
                    Orders sold = order().wants("1", sku, 1 + random.nextInt(3), offer);
                    orders.add(sold);
                    warehouse.tell(Topic.ORDERS, sold.tell());
                }
                case 3 -> {
                    if (!orders.isEmpty()) {
                        warehouse.tell(
                                Topic.ORDERS, orders.removeLast().cancelled().tell());
                    }
                }
                default -> warehouse.adjust(sku, "berlin", random.nextBoolean() ? 1 : 2);
            }
        }
        Orders last = order().wants("1", sku, 1, offer);
        warehouse.tell(Topic.ORDERS, last.tell());
        warehouse.hear(last.id(), 1);
        await().untilAsserted(
                        () -> assertThat(warehouse.explain("shop-a", sku, "").getInt("offers[0].quantity"))
                                .isEqualTo(warehouse.shown(offer).getLast().quantity()));

        assertThat(warehouse.explain("shop-b", sku, "").getBoolean("offers[0].addsUp"))
                .isTrue();
        for (AvailabilityState shown : warehouse.shown(offer)) {
            JsonPath why = warehouse.explain("shop-a", sku, "sequence=" + shown.sequence());
            assertThat(why.getBoolean("offers[0].addsUp")).as(why.prettify()).isTrue();
            assertThat(why.getInt("offers[0].quantity")).isEqualTo(shown.quantity());
        }
        assertThat(warehouse.shown(offer)).hasSizeGreaterThan(100);
    }

    @Test
    void what_was_never_announced_is_a_problem() {
        warehouse.offer("shop-a", sku);

        Tokens.as("viewer")
                .get("/availability/shop-a/{sku}/explain", Warehouse.sku())
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-offer"));
        Tokens.as("viewer")
                .get("/availability/shop-a/{sku}/explain?sequence=1", sku)
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-publication"));
        Tokens.as("viewer")
                .get("/availability/shop-a/{sku}/explain?at=2001-01-01T00:00:00Z", sku)
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-publication"));
    }

    @Test
    void a_question_that_cannot_be_read_is_a_problem() {
        for (String query : List.of("sequence=one", "at=yesterday", "sequence=1&at=2026-11-23T10:15:30Z")) {
            Tokens.as("viewer")
                    .get("/availability/shop-a/{sku}/explain?" + query, sku)
                    .then()
                    .statusCode(400)
                    .body("type", equalTo("/problems/invalid-request"))
                    .body("errors[0].field", equalTo(query.startsWith("sequence=o") ? "sequence" : "at"));
        }
        RestAssured.get("/availability/shop-a/{sku}/explain", sku).then().statusCode(401);
    }

    private static ChannelSyncState told(String offer, long sequence, ChannelSyncState.@Nullable Write acknowledged) {
        return new ChannelSyncState(
                offer,
                sequence,
                "shop-a",
                acknowledged,
                null,
                null,
                null,
                null,
                new ChannelSyncState.Ways(true, true),
                null);
    }

    private boolean exists(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(query);
                var rows = select.executeQuery()) {
            return rows.next();
        }
    }

    private void tamper(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(statement)) {
            update.executeUpdate();
        }
    }
}
