package io.hubline.connector.sync;

import static io.hubline.connector.BlindChannel.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubline.connector.BlindChannel;
import io.hubline.connector.BlindChannel.Lost;
import io.hubline.connector.BlindChannelResource;
import io.hubline.connector.account.ConnectorConfig;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.sql.Sql;
import io.hubline.connector.sync.domain.DesiredQuantity;
import io.hubline.connector.sync.domain.Placement;
import io.hubline.connector.sync.domain.SyncTargets;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.connector.ChannelOrder.FulfilledBy;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.connector.ChannelSyncState.Settled;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.contracts.inventory.AvailabilityState.Mode;
import io.hubline.kit.Ids;
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

/// Goal: a number is called settled only when it is proved what the channel can still sell of it, and one
/// that was granted out of a divided stock is set once. Method: a channel of the test, which shows, loses,
/// holds back and lists what the test says, and an inventory that says what the test says.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
@QuarkusTestResource(BlindChannelResource.class)
class SettledFlowTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    // As BlindChannelResource configures it.
    private static final Duration APPLY_AGE = Duration.ofSeconds(4);

    private final BlindChannel channel;
    private final SyncTargets targets;
    private final Transactions transactions;
    private final ConnectorConfig config;
    private final Sql sql;
    private final KafkaProbe kafka = KafkaProbe.open();

    SettledFlowTest(
            BlindChannel channel, SyncTargets targets, Transactions transactions, ConnectorConfig config, Sql sql) {
        this.channel = channel;
        this.targets = targets;
        this.transactions = transactions;
        this.config = config;
        this.sql = sql;
    }

    @AfterEach
    void close() {
        channel.hold(false);
        channel.takesToList(Duration.ofMillis(100));
        kafka.close();
    }

    @Test
    void a_number_is_settled_once_a_poll_that_began_later_is_complete() {
        channel.takesToList(Duration.ofHours(1));
        channel.shows("t1", 10);
        list("t1");

        want("t1", Mode.ESCROW, 1, 1, 10, 0, 0L);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(target("t1").get("unsettledSince")).isNotNull());
        awaitPolls(3);
        assertThat(settled("t1")).isEmpty();
        channel.takesToList(Duration.ofMillis(100));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(settled("t1")).last().isEqualTo(new Settled(1, 10, 0, 0L)));
        assertThat(channel.sent("t1")).isEmpty();
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(target("t1")).containsEntry("settled", 10).doesNotContainKey("unsettledSince"));
    }

    @Test
    void nothing_is_settled_while_a_sale_that_was_announced_is_not_booked() {
        channel.shows("t2", 10);
        channel.takesToList(Duration.ofHours(1));
        list("t2");
        want("t2", Mode.ESCROW, 1, 1, 10, 0, 0L);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(target("t2").get("unsettledSince")).isNotNull());

        // Two orders are announced, and the order book books one of them.
        sell("T2-1", "t2", 2);
        sell("T2-2", "t2", 1);
        channel.takesToList(Duration.ofMillis(100));
        want("t2", Mode.ESCROW, 2, 1, 8, 2, 2L);
        awaitPolls(3);
        assertThat(settled("t2")).isEmpty();

        want("t2", Mode.ESCROW, 3, 1, 7, 3, 3L);
        // Which of the sales were made before the number was read nobody knows, so all of it may still be there.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(settled("t2")).last().isEqualTo(new Settled(1, 10, 3, 0L)));
    }

    @Test
    void nothing_is_settled_for_an_inventory_that_does_not_say_what_is_sold() {
        channel.shows("t3", 4);
        list("t3");

        want("t3", Mode.SHARED, 1, 1, 4, 0, null);

        await().atMost(SOON).untilAsserted(() -> assertThat(state("t3")).isEqualTo("in-sync"));
        awaitPolls(3);
        assertThat(settled("t3")).isEmpty();
        want("t3", Mode.SHARED, 2, 2, 4, 0, 0L);
        await().atMost(SOON).untilAsserted(() -> assertThat(settled("t3")).isNotEmpty());
    }

    @Test
    void cancelled_units_are_settled_by_reading_the_number_again() {
        channel.shows("t4", 5);
        list("t4");
        want("t4", Mode.ESCROW, 1, 1, 5, 0, 0L);
        await().atMost(SOON).untilAsserted(() -> assertThat(settled("t4")).isNotEmpty());
        sell("T4-1", "t4", 2);
        channel.shows("t4", 3);
        want("t4", Mode.ESCROW, 2, 1, 3, 2, 2L);
        int looks = channel.looks("t4");

        channel.lists("T4-1", "t4", 0, 2, FulfilledBy.SELLER);
        await().atMost(SOON).untilAsserted(() -> assertThat(observed("T4-1")).hasSize(2));
        channel.shows("t4", 5);
        want("t4", Mode.ESCROW, 3, 1, 5, 0, 2L);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(settled("t4")).last().isEqualTo(new Settled(1, 5, 2, 2L)));
        assertThat(channel.looks("t4")).isGreaterThan(looks);
        assertThat(channel.sent("t4")).isEmpty();
    }

    @Test
    void a_number_that_stood_there_already_is_read_and_settled() {
        channel.shows("t10", 6);
        list("t10");
        want("t10", Mode.SHARED, 1, 1, 6, 0, 0L);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(settled("t10")).last().isEqualTo(new Settled(1, 6, 0, 0L)));

        want("t10", Mode.ESCROW, 2, 2, 6, 0, 0L);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(settled("t10")).last().isEqualTo(new Settled(2, 6, 0, 0L)));
        assertThat(channel.sent("t10")).isEmpty();
    }

    @Test
    void a_number_of_unknown_outcome_is_looked_for_and_never_sent_again() {
        channel.shows("t5", 3);
        channel.loses(Lost.CALL);
        list("t5");

        want("t5", Mode.ESCROW, 1, 1, 10, 0, 0L);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(state("t5")).isEqualTo("unknown");
            assertThat(target("t5").get("reason")).asString().contains("sent once only");
        });
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(state("t5")).isEqualTo("awaiting-permit");
            assertThat(target("t5").get("reason")).asString().contains("must grant a new one");
        });
        assertThat(summary()).containsEntry("inSync", false);
        assertThat(summary().get("reasons")).asString().contains("wait for a new permit");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(settled("t5")).last().isEqualTo(new Settled(1, 3, 0, 0L)));
        assertThat(channel.sent("t5")).containsExactly(10);

        want("t5", Mode.ESCROW, 2, 2, 6, 0, 0L);

        await().atMost(SOON).untilAsserted(() -> assertThat(state("t5")).isEqualTo("in-sync"));
        assertThat(channel.sent("t5")).containsExactly(10, 6);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(settled("t5")).last().isEqualTo(new Settled(2, 6, 0, 0L)));
    }

    @Test
    void a_number_whose_answer_was_lost_is_in_sync_once_it_is_seen() {
        channel.shows("t6", 3);
        channel.loses(Lost.ANSWER);
        list("t6");

        want("t6", Mode.ESCROW, 1, 1, 10, 0, 0L);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(state("t6")).isEqualTo("in-sync");
            assertThat(settled("t6")).last().isEqualTo(new Settled(1, 10, 0, 0L));
        });
        assertThat(channel.sent("t6")).containsExactly(10);
    }

    @Test
    void a_number_that_may_still_be_on_its_way_is_not_settled_by_one_that_looks_like_it() {
        channel.shows("t7", 9);
        list("t7");
        want("t7", Mode.ESCROW, 1, 1, 9, 0, 0L);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(settled("t7")).last().isEqualTo(new Settled(1, 9, 0, 0L)));

        channel.hold(true);
        Instant before = Instant.now();
        want("t7", Mode.ESCROW, 2, 2, 2, 0, 0L);
        await().atMost(SOON).untilAsserted(() -> assertThat(channel.sent("t7")).containsExactly(2));
        // Seven are sold, and nobody has said so yet: what is left looks like the number that is still on its way.
        channel.shows("t7", 2);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(settled("t7")).anyMatch(each -> each.throughSequence() == 2));

        assertThat(Duration.between(before, Instant.now())).isGreaterThan(APPLY_AGE);
        assertThat(settled("t7")).last().isEqualTo(new Settled(2, 2, 0, 0L));
    }

    @Test
    void a_number_that_was_changed_behind_the_hubs_back_waits_for_a_new_permit() {
        channel.shows("t8", 0);
        list("t8");
        want("t8", Mode.ESCROW, 1, 1, 4, 0, 0L);
        await().atMost(SOON).untilAsserted(() -> assertThat(state("t8")).isEqualTo("in-sync"));

        channel.shows("t8", 9);
        Tokens.as("operator")
                .post("/sync/targets/{offer}/read-back", offer("t8"))
                .then()
                .statusCode(202);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(state("t8")).isEqualTo("awaiting-permit");
            assertThat(settled("t8")).last().isEqualTo(new Settled(1, 9, 0, 0L));
        });
        // A follow-up of the same permit changes nothing.
        want("t8", Mode.ESCROW, 2, 1, 3, 0, 0L);
        awaitPolls(3);
        assertThat(channel.sent("t8")).containsExactly(4);

        want("t8", Mode.ESCROW, 3, 3, 3, 0, 0L);
        await().atMost(SOON).untilAsserted(() -> assertThat(state("t8")).isEqualTo("in-sync"));
        assertThat(channel.sent("t8")).containsExactly(4, 3);
    }

    @Test
    void a_number_that_was_being_sent_when_the_service_was_killed_is_not_sent_again() {
        Instant now = Instant.now();
        String offer = offer("t9");
        channel.shows("t9", 7);
        transactions.run(() -> {
            targets.apply(new Placement(offer, ACCOUNT, 1, true, "t9", null, "t9", "all"), now);
            targets.apply(new DesiredQuantity(offer, ACCOUNT, 1, 3, 0, true, 1, 0L, now), now);
            // Known to stand there, so that it is written and not read first.
            sql.run("update sync_target set base_quantity = 7, base_booked = 0 where offer = ?", offer);
            assertThat(targets.decideWrite(
                            ACCOUNT, config.replica(), Ids.next(), now, now.plus(Duration.ofHours(1)), 250))
                    .isPresent();
        });

        transactions.run(() -> targets.releaseWritesOf(config.replica(), Instant.now()));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(state("t9")).isEqualTo("awaiting-permit");
            assertThat(settled("t9")).last().isEqualTo(new Settled(1, 7, 0, 0L));
        });
        assertThat(channel.sent("t9")).isEmpty();
    }

    private void sell(String id, String sku, int quantity) {
        channel.lists(id, sku, quantity, FulfilledBy.SELLER);
        await().atMost(SOON).untilAsserted(() -> assertThat(observed(id)).hasSize(1));
    }

    private void awaitPolls(int many) {
        int before = channel.listings();
        await().atMost(SOON).until(() -> channel.listings() > before + many);
    }

    private static String offer(String name) {
        return ACCOUNT + ":" + name;
    }

    private List<ChannelOrderObserved> observed(String id) {
        return kafka.events(Topic.CHANNEL_ORDERS, ACCOUNT + ":" + id, ChannelOrderObserved.class);
    }

    private List<Settled> settled(String name) {
        return kafka.events(Topic.CHANNEL_SYNC, offer(name), ChannelSyncState.class).stream()
                .map(ChannelSyncState::settled)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private void list(String name) {
        kafka.send(
                Topic.LISTINGS,
                new ListingState(
                        offer(name),
                        System.nanoTime(),
                        ACCOUNT,
                        "blind",
                        name,
                        null,
                        null,
                        null,
                        name,
                        ListingState.Status.ACTIVE,
                        null));
    }

    private void want(
            String name, Mode mode, long sequence, long permit, int quantity, long booked, @Nullable Long sold) {
        kafka.send(
                Topic.AVAILABILITY,
                new AvailabilityState(
                        offer(name),
                        sequence,
                        ACCOUNT,
                        name,
                        quantity,
                        booked,
                        mode,
                        permit,
                        sold,
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

    private static String state(String name) {
        return String.valueOf(target(name).get("state"));
    }

    private static Map<String, Object> target(String name) {
        List<Map<String, Object>> found = Tokens.as("viewer")
                .queryParam("account", ACCOUNT)
                .get("/sync/targets")
                .then()
                .statusCode(200)
                .extract()
                .path("items.findAll { it.offer == '%s' }".formatted(offer(name)));
        return found.isEmpty() ? Map.of() : found.getFirst();
    }
}
