package io.hubline.connector.sync;

import static io.hubline.connector.BlindChannel.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubline.connector.BlindChannel;
import io.hubline.connector.BlindChannelResource;
import io.hubline.connector.sql.Sql;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.connector.ChannelOrder.FulfilledBy;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Goal: a channel that takes numbers unseen is called in sync only when it is, and an order that a listing
/// carries whole is never asked for again. Method: a channel of the test, which shows, holds back and lists
/// what the test says.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
@QuarkusTestResource(BlindChannelResource.class)
class UnseenFlowTest {

    private static final Duration SOON = Duration.ofSeconds(25);

    private final BlindChannel channel;
    private final Sql sql;
    private final KafkaProbe kafka = KafkaProbe.open();

    UnseenFlowTest(BlindChannel channel, Sql sql) {
        this.channel = channel;
        this.sql = sql;
    }

    @AfterEach
    void close() {
        channel.hold(false);
        channel.takesToList(Duration.ofMillis(100));
        kafka.close();
    }

    @Test
    void a_number_that_was_taken_is_in_sync_only_once_it_is_seen() {
        channel.shows("u1", 2);
        channel.hold(true);
        list("u1");

        want("u1", 1, 10, 0);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(state("u1")).isEqualTo("accepted");
            assertThat(target("u1").get("reason")).asString().contains("does not show it yet");
        });
        assertThat(acknowledged("u1")).isZero();
        Tokens.as("viewer").get("/sync").then().statusCode(200);
        assertThat(summary()).containsEntry("inSync", false).containsEntry("accepted", 1);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(kafka.events(Topic.CHANNEL_SYNC, offer("u1"), ChannelSyncState.class))
                        .last()
                        .satisfies(sync -> {
                            assertThat(sync.acknowledged()).isNull();
                            assertThat(sync.outstanding()).isNotNull();
                            assertThat(sync.outstanding().quantity()).isEqualTo(10);
                        }));
        channel.hold(false);
        await().atMost(SOON).untilAsserted(() -> assertThat(state("u1")).isEqualTo("in-sync"));
        assertThat(acknowledged("u1")).isEqualTo(1);
    }

    @Test
    void how_the_channel_keeps_its_number_is_told_before_there_is_one() {
        list("u0");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(kafka.events(Topic.CHANNEL_SYNC, offer("u0"), ChannelSyncState.class))
                        .first()
                        .satisfies(sync -> {
                            assertThat(sync.acknowledged()).isNull();
                            assertThat(sync.ways()).isEqualTo(new ChannelSyncState.Ways(false, true));
                            assertThat(sync.settled()).isNull();
                        }));
    }

    @Test
    void a_sale_that_a_write_buried_is_found_and_mended() {
        channel.shows("u2", 10);
        list("u2");
        want("u2", 1, 10, 0);
        await().atMost(SOON).untilAsserted(() -> assertThat(state("u2")).isEqualTo("in-sync"));

        // Two are sold, and the channel takes its time to list the order.
        channel.takesToList(Duration.ofHours(1));
        channel.shows("u2", 8);
        want("u2", 2, 5, 0);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(channel.shown("u2")).isEqualTo(5);
            assertThat(target("u2").get("reason")).asString().contains("is settled once");
        });
        int polls = channel.pages().size();
        await().atMost(SOON).until(() -> channel.pages().size() > polls + 2);
        assertThat(state("u2")).isEqualTo("accepted");
        assertThat(acknowledged("u2")).isEqualTo(1);

        channel.lists("U2-1", "u2", 2, FulfilledBy.SELLER);
        await().atMost(SOON).untilAsserted(() -> assertThat(observed("U2-1")).hasSize(1));
        want("u2", 3, 3, 2);
        channel.takesToList(Duration.ofMillis(100));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(channel.shown("u2")).isEqualTo(3);
            assertThat(state("u2")).isEqualTo("in-sync");
        });
        assertThat(acknowledged("u2")).isEqualTo(3);
    }

    @Test
    void a_number_that_never_arrives_is_written_again() {
        channel.shows("u3", 6);
        channel.hold(true);
        list("u3");

        want("u3", 1, 4, 0);

        // Only what is asked for again after the channel's longest time gets there.
        await().atMost(SOON).untilAsserted(() -> assertThat(drifts("u3")).isPositive());
        channel.hold(false);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(channel.shown("u3")).isEqualTo(4);
            assertThat(state("u3")).isEqualTo("in-sync");
        });
    }

    @Test
    void what_the_channel_ships_itself_takes_nothing_from_our_number() {
        channel.shows("u4", 0);
        list("u4");
        channel.lists("U4-1", "u4", 5, FulfilledBy.CHANNEL);
        await().atMost(SOON).untilAsserted(() -> assertThat(observed("U4-1")).hasSize(1));

        want("u4", 1, 9, 0);

        await().atMost(SOON).untilAsserted(() -> assertThat(state("u4")).isEqualTo("in-sync"));
    }

    @Test
    void an_offer_without_a_place_says_why() {
        list("nowhere-1");

        want("nowhere-1", 1, 9, 0);

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(target("nowhere-1").get("reason")).asString().contains("has no place for it"));
        assertThat(state("nowhere-1")).isEqualTo("unsatisfied");
        list("nowhere-1", ListingState.Status.INACTIVE);
    }

    @Test
    void a_listing_that_has_to_wait_goes_on_with_its_page_and_fetches_nothing() {
        for (int order = 1; order <= 5; order++) {
            channel.lists("U5-" + order, "u5", 1, FulfilledBy.SELLER);
        }

        channel.isBusy(3);

        await().atMost(SOON).untilAsserted(() -> {
            List<String> pages = channel.pages();
            assertThat(pages).containsSubsequence("2", "2", "2", "2", "4");
            assertThat(pages.subList(pages.indexOf("2"), pages.indexOf("4"))).containsOnly("2");
        });
        await().atMost(SOON).untilAsserted(() -> assertThat(observed("U5-5")).hasSize(1));
        assertThat(observed("U5-1")).hasSize(1);
        assertThat(channel.fetched()).isEmpty();
    }

    private static String offer(String name) {
        return ACCOUNT + ":" + name;
    }

    private List<ChannelOrderObserved> observed(String id) {
        return kafka.events(Topic.CHANNEL_ORDERS, ACCOUNT + ":" + id, ChannelOrderObserved.class);
    }

    private void list(String name) {
        list(name, ListingState.Status.ACTIVE);
    }

    private void list(String name, ListingState.Status status) {
        kafka.send(
                Topic.LISTINGS,
                new ListingState(
                        offer(name), System.nanoTime(), ACCOUNT, "blind", name, null, null, null, name, status, null));
    }

    private void want(String name, long sequence, int quantity, long booked) {
        kafka.send(
                Topic.AVAILABILITY,
                new AvailabilityState(
                        offer(name),
                        sequence,
                        ACCOUNT,
                        name,
                        quantity,
                        booked,
                        AvailabilityState.Mode.SHARED,
                        null,
                        null,
                        List.of(),
                        Instant.now()));
    }

    private static Map<String, Object> summary() {
        return Tokens.as("viewer")
                .get("/sync")
                .then()
                .statusCode(200)
                .extract()
                .path("accounts.find { it.account == '%s' }".formatted(ACCOUNT));
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

    private long acknowledged(String name) {
        return number("coalesce(acked_sequence, 0)", name);
    }

    private long drifts(String name) {
        return number("drift_count", name);
    }

    private long number(String what, String name) {
        return sql.first(
                        "select " + what + " as number from sync_target where offer = ?",
                        row -> row.number("number"),
                        offer(name))
                .orElse(0L);
    }
}
