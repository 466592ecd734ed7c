package io.hubline.inventory.availability.messaging;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.hubline.contracts.Topic;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.contracts.inventory.AvailabilityState.Mode;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class EscrowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    EscrowTest(DataSource database) {
        this.database = database;
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void an_unknown_number_is_cleared_first_and_then_the_units_are_divided() {
        warehouse.receive(sku, "berlin", 10);
        String here = offer("shop-a", sku, true);
        String there = offer("shop-b", sku, true);

        divide(sku, "ESCROW");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(last(here), last(there)))
                        .allSatisfy(shown -> {
                            assertThat(shown.mode()).isEqualTo(Mode.ESCROW);
                            assertThat(shown.quantity()).isZero();
                            assertThat(shown.permit()).isEqualTo(shown.sequence());
                        }));
        settle(here);
        settle(there);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(last(here).quantity() + last(there).quantity())
                                .isEqualTo(10));
        assertThat(last(here).quantity()).isPositive();
        assertThat(last(there).quantity()).isPositive();
        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(10);
        assertThat(why("shop-a").getBoolean("addsUp"))
                .as(why("shop-a").prettify())
                .isTrue();
        assertThat(why("shop-a").getInt("parts[0].now.exposed")).isEqualTo(10);
        assertThat(why("shop-a").getList("terms.name"))
                .contains("on-hand", "exposed-at-other-offers")
                .doesNotContain("safety-stock");
    }

    @Test
    void a_sale_follows_under_the_same_permit_and_needs_no_push_at_the_other() {
        String here = divided("shop-a", 10);
        String there = "shop-b:" + sku;
        AvailabilityState before = last(here);
        int pushes = warehouse.shown(there).size();

        Orders sold = order().wants("1", sku, 2, here);
        warehouse.tell(Topic.ORDERS, sold.tell());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(last(here).soldUnits()).isEqualTo(2));
        assertThat(last(here).quantity()).isEqualTo(before.quantity() - 2);
        assertThat(last(here).permit()).isEqualTo(before.permit());
        assertThat(warehouse.shown(there)).hasSize(pushes);
        assertThat(why("shop-a").getInt("parts[0].now.exposed")).isEqualTo(8);
        assertThat(why("shop-a").getBoolean("addsUp"))
                .as(why("shop-a").prettify())
                .isTrue();
    }

    @Test
    void units_to_spare_go_where_they_are_sold() {
        String here = divided("shop-a", 10);
        String there = "shop-b:" + sku;
        int before = last(here).quantity();
        int pushes = warehouse.shown(there).size();
        warehouse.receive(sku, "berlin", 20);

        warehouse.tell(Topic.ORDERS, order().wants("1", sku, before, here).tell());

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(last(here).soldUnits()).isEqualTo(before);
            assertThat(last(here).quantity()).isPositive();
            assertThat(last(here).permit()).isEqualTo(last(here).sequence());
        });
        assertThat(warehouse.shown(there)).hasSize(pushes);
        assertThat(why("shop-a").getInt("parts[0].now.exposed")).isLessThanOrEqualTo(30 - before);
    }

    @Test
    void a_blind_channel_is_raised_only_by_what_is_to_spare() {
        warehouse.receive(sku, "berlin", 10);
        String blind = offer("shop-a", sku, false);
        divide(sku, "ESCROW");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(last(blind).mode()).isEqualTo(Mode.ESCROW));
        settle(blind);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(last(blind).quantity()).isEqualTo(10));

        warehouse.receive(sku, "berlin", 5);

        // What it shows may still be sold before what it is to show: 10 of 15 are out, and 15 more would be too many.
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(15));
        assertThat(why("shop-a").getInt("parts[0].now.exposed")).isLessThanOrEqualTo(15);
        settle(blind);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(why("shop-a").getInt("parts[0].now.exposed")).isLessThanOrEqualTo(15));
    }

    @Test
    void a_count_leaves_a_deficit_that_is_shown_and_pushed_down() {
        String here = divided("shop-a", 10);
        String there = "shop-b:" + sku;

        warehouse.adjust(sku, "berlin", -7);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(last(here).quantity() + last(there).quantity())
                                .isLessThanOrEqualTo(3));
        assertThat(atRisk()).containsEntry(sku, 7);
        assertThat(why("shop-a").getBoolean("addsUp"))
                .as(why("shop-a").prettify())
                .isTrue();
        settle(here);
        settle(there);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(atRisk()).doesNotContainKey(sku));
        assertThat(last(here).quantity() + last(there).quantity()).isLessThanOrEqualTo(3);
    }

    @Test
    void what_is_shared_again_shows_what_is_left_everywhere() {
        String here = divided("shop-a", 10);

        divide(sku, "SHARED");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(last(here), last("shop-b:" + sku)))
                        .allSatisfy(shown -> {
                            assertThat(shown.mode()).isEqualTo(Mode.SHARED);
                            assertThat(shown.quantity()).isEqualTo(10);
                        }));
        assertThat(why("shop-a").getInt("parts[0].now.exposed")).isZero();
        assertThat(atRisk()).doesNotContainKey(sku);
    }

    @Test
    void a_bundle_is_divided_together_with_its_parts() {
        String spoon = Warehouse.sku();
        String set = Warehouse.sku();
        warehouse.receive(sku, "berlin", 10);
        warehouse.receive(spoon, "berlin", 12);
        Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "components", List.of(Map.of("sku", sku, "quantity", 1), Map.of("sku", spoon, "quantity", 2))))
                .put("/bundles/{sku}", set)
                .then()
                .statusCode(200);
        String alone = offer("shop-a", sku, true);
        String together = offer("shop-b", set, true);
        assertThat(last(together).quantity()).isEqualTo(6);

        divide(sku, "ESCROW");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                List.of(last(alone).mode(), last(together).mode()))
                        .containsOnly(Mode.ESCROW));
        settle(alone);
        settle(together);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                List.of(last(alone).quantity(), last(together).quantity()))
                        .allMatch(units -> units > 0));
        assertThat(last(alone).quantity() + last(together).quantity()).isLessThanOrEqualTo(10);
        assertThat(last(together).quantity()).isLessThanOrEqualTo(6);
        JsonPath why = warehouse.explain("shop-b", set, "");
        why.setRootPath("offers[0]");
        assertThat(why.getBoolean("addsUp")).as(why.prettify()).isTrue();
        assertThat(why.getList("parts.sku")).containsExactlyInAnyOrder(sku, spoon);
        int ofSpoons = why.getList("parts.sku").indexOf(spoon);
        assertThat(why.getInt("parts[" + ofSpoons + "].now.exposed"))
                .isEqualTo(2 * last(together).quantity());
    }

    @Test
    void shallow_stock_comes_into_escrow_by_itself_and_leaves_it_when_it_is_deep() throws SQLException {
        warehouse.receive(sku, "berlin", 3);
        String here = offer("shop-a", sku, true);
        String there = offer("shop-b", sku, true);
        for (String offer : List.of(here, there)) {
            execute(
                    "insert into offer_velocity (offer, mean, variance, chance, size, buckets, since, sold_then) values ('"
                            + offer + "', 5, 5, 1, 5, 100, now(), 0)");
        }

        warehouse.receive(sku, "berlin", 1);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(List.of(last(here).mode(), last(there).mode()))
                                .containsOnly(Mode.ESCROW));
        warehouse.receive(sku, "berlin", 10_000);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(last(here), last(there)))
                        .allSatisfy(shown -> {
                            assertThat(shown.mode()).isEqualTo(Mode.SHARED);
                            assertThat(shown.quantity()).isEqualTo(10_004);
                        }));
    }

    @Test
    void a_buffer_is_computed_from_velocity_and_lag() throws SQLException {
        warehouse.receive(sku, "berlin", 1_000);
        String here = warehouse.offer("shop-a", sku);
        execute("insert into offer_velocity (offer, mean, variance, chance, size, buckets, since, sold_then) values ('"
                + here + "', 5, 5, 1, 5, 100, now(), 0)");

        warehouse.limit("shop-a", sku, Map.of("oversellProbability", 0.01));

        // Five units a minute, and a minute until a number has arrived: eleven or more sell in 1.4 of a hundred
        // minutes.
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(last(here).terms()).contains(new AvailabilityState.Term("safety-computed", -11)));
    }

    @Test
    void a_mode_is_decided_by_an_operator_in_words_that_are_known() {
        put(sku, "{\"mode\": \"ESCROW\"}").statusCode(200).body("manual", equalTo("ESCROW"));
        put(sku, "{\"mode\": \"AUTOMATIC\"}").statusCode(200);
        put(sku, "{\"mode\": \"SOMETIMES\"}").statusCode(400).body("errors[0].field", equalTo("mode"));
        put(sku, "{}").statusCode(400).body("errors[0].field", equalTo("mode"));
    }

    private String divided(String account, int units) {
        warehouse.receive(sku, "berlin", units);
        String here = offer(account, sku, true);
        String there = offer("shop-b", sku, true);
        divide(sku, "ESCROW");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(List.of(last(here).mode(), last(there).mode()))
                                .containsOnly(Mode.ESCROW));
        settle(here);
        settle(there);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(last(here).quantity() + last(there).quantity())
                                .isEqualTo(units));
        settle(here);
        settle(there);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(why(account).getInt("division.exposure"))
                        .isEqualTo(last(here).quantity()));
        return here;
    }

    private String offer(String account, String sold, boolean compares) {
        String offer = warehouse.offer(account, sold);
        tell(offer, compares, null);
        return offer;
    }

    private final Map<String, Boolean> compares = new HashMap<>();

    private void settle(String offer) {
        AvailabilityState shown = last(offer);
        tell(
                offer,
                Objects.requireNonNull(compares.get(offer)),
                new ChannelSyncState.Settled(
                        shown.sequence(), shown.quantity(), Objects.requireNonNull(shown.soldUnits()), null));
    }

    private void tell(String offer, boolean comparing, ChannelSyncState.@Nullable Settled settled) {
        compares.put(offer, comparing);
        warehouse.tell(
                Topic.CHANNEL_SYNC,
                new ChannelSyncState(
                        offer,
                        SEQUENCE.incrementAndGet(),
                        offer.substring(0, offer.indexOf(':')),
                        null,
                        null,
                        null,
                        null,
                        null,
                        new ChannelSyncState.Ways(comparing, true),
                        settled));
    }

    private AvailabilityState last(String offer) {
        return warehouse.shown(offer).getLast();
    }

    private JsonPath why(String account) {
        JsonPath why = warehouse.explain(account, sku, "");
        why.setRootPath("offers[0]");
        return why;
    }

    private Map<String, Integer> atRisk() {
        JsonPath risks = Tokens.as("viewer").get("/availability/at-risk").jsonPath();
        Map<String, Integer> units = new HashMap<>();
        for (int i = 0; i < risks.getList("items").size(); i++) {
            units.put(risks.getString("items[" + i + "].sku"), risks.getInt("items[" + i + "].units"));
        }
        return units;
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(statement)) {
            update.executeUpdate();
        }
    }

    private static void divide(String sku, String mode) {
        put(sku, "{\"mode\": \"" + mode + "\"}").statusCode(200);
    }

    private static ValidatableResponse put(String sku, String body) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(body)
                .put("/availability/modes/default/{sku}", sku)
                .then();
    }
}
