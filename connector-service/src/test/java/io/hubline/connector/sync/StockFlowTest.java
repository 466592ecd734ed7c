package io.hubline.connector.sync;

import static io.hubline.connector.StubShopResource.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.connector.StubShop;
import io.hubline.connector.StubShopResource;
import io.hubline.connector.sql.Sql;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
@QuarkusTestResource(StubShopResource.class)
class StockFlowTest {

    private static final Duration SOON = Duration.ofSeconds(25);

    private final StubShop shop = StubShop.running();
    private final Sql sql;
    private final KafkaProbe kafka = KafkaProbe.open();

    StockFlowTest(Sql sql) {
        this.sql = sql;
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void the_first_number_is_compared_with_what_the_channel_shows() {
        shop.shows(item("s1"), 3);
        list("s1");

        want("s1", 1, 10, 0);

        awaitShown("s1", 10);
        JsonNode write = writes("s1").getFirst();
        assertThat(write.path("changeFromQuantity").asInt()).isEqualTo(3);
        assertThat(state("s1")).isEqualTo("in-sync");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(kafka.events(Topic.CHANNEL_SYNC, offer("s1"), ChannelSyncState.class))
                        .last()
                        .satisfies(sync -> {
                            assertThat(sync.acknowledged()).isNotNull();
                            assertThat(sync.acknowledged().quantity()).isEqualTo(10);
                            assertThat(sync.acknowledged().availabilitySequence())
                                    .isEqualTo(1);
                            assertThat(sync.ways()).isEqualTo(new ChannelSyncState.Ways(true, true));
                        }));
    }

    @Test
    void a_booked_sale_of_the_channel_itself_needs_no_write() {
        shop.shows(item("s2"), 0);
        list("s2");
        want("s2", 1, 10, 0);
        awaitShown("s2", 10);
        int before = writes("s2").size();

        shop.shows(item("s2"), 8);
        want("s2", 2, 8, 2);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(acknowledgedSequence("s2")).isEqualTo(2));
        assertThat(writes("s2")).hasSize(before);
        assertThat(state("s2")).isEqualTo("in-sync");
    }

    @Test
    void a_sale_that_is_not_booked_yet_is_waited_for_and_never_written_over() {
        shop.shows(item("s3"), 0);
        shop.shows(item("s3b"), 0);
        list("s3");
        list("s3b");
        want("s3", 1, 10, 0);
        want("s3b", 1, 10, 0);
        awaitShown("s3", 10);
        awaitShown("s3b", 10);

        // The channel sold two units; the hub has announced and not booked them.
        shop.shows(item("s3"), 8);
        shop.sell("2003", "s3", 2);
        want("s3", 2, 5, 0);
        want("s3b", 2, 5, 0);

        awaitShown("s3b", 5);
        await().atMost(SOON).untilAsserted(() -> assertThat(state("s3")).isEqualTo("drifted"));
        assertThat(shop.shown(item("s3"))).isEqualTo(8);
        want("s3", 3, 3, 2);
        awaitShown("s3", 3);
        assertThat(drifts("s3")).isZero();
    }

    @Test
    void a_number_changed_behind_the_hubs_back_is_corrected_and_counted() {
        shop.shows(item("s4"), 0);
        list("s4");
        want("s4", 1, 10, 0);
        awaitShown("s4", 10);

        shop.shows(item("s4"), 99);
        want("s4", 2, 9, 0);

        awaitShown("s4", 9);
        assertThat(drifts("s4")).isEqualTo(1);
    }

    @Test
    void an_operator_can_have_a_number_read_and_a_drift_is_found() {
        shop.shows(item("s5"), 0);
        list("s5");
        want("s5", 1, 10, 0);
        awaitShown("s5", 10);
        shop.shows(item("s5"), 77);

        Tokens.as("operator")
                .post("/sync/targets/{offer}/read-back", offer("s5"))
                .then()
                .statusCode(202);

        awaitShown("s5", 10);
        assertThat(drifts("s5")).isEqualTo(1);
        Tokens.as("operator")
                .post("/sync/targets/{offer}/read-back", "nothing")
                .then()
                .statusCode(404);
    }

    @Test
    void a_write_whose_answer_was_lost_is_made_again_under_its_key() {
        shop.shows(item("s6"), 0);
        list("s6");
        want("s6", 1, 10, 0);
        awaitShown("s6", 10);

        shop.fail("InventorySetQuantities", StubShop.Fault.CUT_AFTER);
        want("s6", 2, 4, 0);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(acknowledgedSequence("s6")).isEqualTo(2));
        assertThat(shop.shown(item("s6"))).isEqualTo(4);
        List<String> keys = keys("s6", 4);
        assertThat(keys).hasSizeGreaterThan(1);
        assertThat(keys).containsOnly(keys.getFirst());
        assertThat(drifts("s6")).isZero();
    }

    @Test
    void a_number_that_was_compared_and_set_is_settled() {
        shop.shows(item("s11"), 0);
        list("s11");

        grant("s11", AvailabilityState.Mode.SHARED, 7, 7, 10);

        await().atMost(SOON).untilAsserted(() -> assertSettled("s11", 7, 10, 0));
        assertThat(writes("s11")).hasSize(1);
    }

    @Test
    void a_granted_number_whose_answer_was_lost_is_made_again_under_its_key_and_settles_once() {
        shop.shows(item("s12"), 0);
        list("s12");
        grant("s12", AvailabilityState.Mode.ESCROW, 1, 1, 10);
        awaitShown("s12", 10);

        shop.fail("InventorySetQuantities", StubShop.Fault.CUT_AFTER);
        grant("s12", AvailabilityState.Mode.ESCROW, 2, 2, 4);

        await().atMost(SOON).untilAsserted(() -> assertSettled("s12", 2, 4, 0));
        assertThat(keys("s12", 4))
                .hasSizeGreaterThan(1)
                .containsOnly(keys("s12", 4).getFirst());
    }

    @Test
    void a_granted_number_that_was_refused_as_stale_may_be_set_once_the_sale_is_booked() {
        shop.shows(item("s13"), 0);
        list("s13");
        grant("s13", AvailabilityState.Mode.ESCROW, 1, 1, 10);
        awaitShown("s13", 10);

        // A unit is sold, and the hub has not heard of it.
        shop.shows(item("s13"), 9);
        grant("s13", AvailabilityState.Mode.ESCROW, 2, 2, 5);
        await().atMost(SOON).untilAsserted(() -> assertThat(state("s13")).isEqualTo("drifted"));
        assertThat(shop.shown(item("s13"))).isEqualTo(9);
        shop.sell("13001", "s13", 1);
        kafka.send(Topic.AVAILABILITY, availability("s13", AvailabilityState.Mode.ESCROW, 3, 2L, 4, 1, 1L));

        awaitShown("s13", 4);
        await().atMost(SOON).untilAsserted(() -> assertSettled("s13", 2, 4, 1));
        assertThat(drifts("s13")).isZero();
    }

    @Test
    void an_older_number_that_comes_late_is_ignored() {
        shop.shows(item("s7"), 0);
        list("s7");
        want("s7", 5, 10, 0);
        awaitShown("s7", 10);

        want("s7", 4, 99, 0);
        want("s7", 6, 11, 0);

        awaitShown("s7", 11);
        assertThat(writes("s7")).noneMatch(write -> write.path("quantity").asInt() == 99);
    }

    @Test
    void an_inactive_offer_is_left_alone() {
        shop.shows(item("s8"), 6);
        list("s8", ListingState.Status.INACTIVE);

        want("s8", 1, 10, 0);

        await().atMost(SOON).untilAsserted(() -> assertThat(state("s8")).isEqualTo("inactive"));
        assertThat(shop.shown(item("s8"))).isEqualTo(6);
        list("s8", ListingState.Status.ACTIVE);
        awaitShown("s8", 10);
    }

    @Test
    void an_item_the_channel_does_not_count_there_is_named_with_what_to_do() {
        list("s9");

        want("s9", 1, 10, 0);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(target("s9").get("reason")).asString().contains("activate it there"));
        assertThat(state("s9")).isEqualTo("unsatisfied");
        shop.shows(item("s9"), 1);
        list("s9");
        awaitShown("s9", 10);
    }

    @Test
    void one_question_tells_whether_everything_is_in_sync() {
        shop.shows(item("s10"), 0);
        list("s10");
        want("s10", 1, 10, 0);
        awaitShown("s10", 10);

        await().atMost(SOON).untilAsserted(() -> {
            Map<String, Object> account = Tokens.as("viewer")
                    .get("/sync")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("accounts.find { it.account == '%s' }".formatted(ACCOUNT));
            assertThat(account).containsEntry("account", ACCOUNT).containsEntry("inFlight", 0);
        });
        Tokens.as().get("/sync").then().statusCode(403);
    }

    private static String offer(String name) {
        return ACCOUNT + ":" + name;
    }

    private static String item(String name) {
        return "gid://shopify/InventoryItem/" + name;
    }

    private void list(String name) {
        list(name, ListingState.Status.ACTIVE);
    }

    private void list(String name, ListingState.Status status) {
        kafka.send(
                Topic.LISTINGS,
                new ListingState(
                        offer(name),
                        System.nanoTime(),
                        ACCOUNT,
                        "shopify",
                        name,
                        "gid://shopify/ProductVariant/" + name,
                        item(name),
                        "gid://shopify/Location/41",
                        name,
                        status,
                        null));
    }

    private void want(String name, long sequence, int quantity, long booked) {
        kafka.send(
                Topic.AVAILABILITY,
                availability(name, AvailabilityState.Mode.SHARED, sequence, null, quantity, booked, null));
    }

    /// Nothing of it was sold yet.
    private void grant(String name, AvailabilityState.Mode mode, long sequence, long permit, int quantity) {
        kafka.send(Topic.AVAILABILITY, availability(name, mode, sequence, permit, quantity, 0, 0L));
    }

    private static AvailabilityState availability(
            String name,
            AvailabilityState.Mode mode,
            long sequence,
            @Nullable Long permit,
            int quantity,
            long booked,
            @Nullable Long sold) {
        return new AvailabilityState(
                offer(name), sequence, ACCOUNT, name, quantity, booked, mode, permit, sold, List.of(), Instant.now());
    }

    /// By the write, or by a reading that came after it and before the poll: that one says the same, and
    /// more.
    private void assertSettled(String name, long through, int quantity, long sold) {
        assertThat(settled(name)).last().satisfies(settled -> {
            assertThat(settled.throughSequence()).isEqualTo(through);
            assertThat(settled.quantity()).isEqualTo(quantity);
            assertThat(settled.soldUnits()).isEqualTo(sold);
        });
    }

    private List<ChannelSyncState.Settled> settled(String name) {
        return kafka.events(Topic.CHANNEL_SYNC, offer(name), ChannelSyncState.class).stream()
                .map(ChannelSyncState::settled)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private void awaitShown(String name, int quantity) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(shop.shown(item(name))).isEqualTo(quantity);
            assertThat(state(name)).isEqualTo("in-sync");
        });
    }

    private List<JsonNode> writes(String name) {
        return shop.calls("InventorySetQuantities").stream()
                .flatMap(call -> call.variables().at("/input/quantities").valueStream())
                .filter(write -> write.path("inventoryItemId").asText().equals(item(name)))
                .toList();
    }

    private List<String> keys(String name, int quantity) {
        return shop.calls("InventorySetQuantities").stream()
                .filter(call -> call.variables()
                        .at("/input/quantities")
                        .valueStream()
                        .anyMatch(
                                write -> write.path("inventoryItemId").asText().equals(item(name))
                                        && write.path("quantity").asInt() == quantity))
                .map(call -> call.variables().path("key").asText())
                .toList();
    }

    private String state(String name) {
        return String.valueOf(target(name).get("state"));
    }

    private Map<String, Object> target(String name) {
        List<Map<String, Object>> found = Tokens.as("viewer")
                .queryParam("account", ACCOUNT)
                .get("/sync/targets")
                .then()
                .statusCode(200)
                .extract()
                .path("items.findAll { it.offer == '%s' }".formatted(offer(name)));
        return found.isEmpty() ? Map.of() : found.getFirst();
    }

    private long acknowledgedSequence(String name) {
        return sql.first(
                        "select coalesce(acked_sequence, 0) as sequence from sync_target where offer = ?",
                        row -> row.number("sequence"),
                        offer(name))
                .orElseThrow();
    }

    private int drifts(String name) {
        return sql.first(
                        "select drift_count as drifts from sync_target where offer = ?",
                        row -> row.integer("drifts"),
                        offer(name))
                .orElseThrow();
    }
}
