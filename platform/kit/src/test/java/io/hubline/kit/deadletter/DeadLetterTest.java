package io.hubline.kit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.hubline.contracts.Topic;
import io.hubline.kit.Ids;
import io.hubline.kit.app.Effects;
import io.hubline.kit.app.Obstacle;
import io.hubline.kit.app.Told;
import io.hubline.kit.sql.DatabaseException;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class DeadLetterTest {

    private static final String DLQ = "orders.inventory.dlq";

    @Inject
    Effects effects;

    @Inject
    Obstacle obstacle;

    @Inject
    MeterRegistry metrics;

    @Inject
    DeadLetterPurge purge;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private final String key = Ids.text();
    private KafkaProbe kafka;

    @BeforeEach
    void open() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        kafka = KafkaProbe.open();
    }

    @AfterEach
    void close() {
        obstacle.remove(key);
        kafka.close();
    }

    @Test
    void the_nightly_purge_forgets_what_was_settled_long_ago_and_never_what_is_open() {
        UUID old = put("121 days", null);
        UUID itsReplay = put("121 days", old);
        UUID replayed = put("121 days", null);
        UUID youngReplay = put("119 days", replayed);
        UUID open = put(null, null);

        purge.purge();

        assertThat(effects.texts(
                        "select id from dead_letter where id in (?, ?, ?, ?, ?)",
                        old,
                        itsReplay,
                        replayed,
                        youngReplay,
                        open))
                .containsExactlyInAnyOrder(replayed.toString(), youngReplay.toString(), open.toString());
        effects.execute("delete from dead_letter where id in (?, ?)", youngReplay, open);
        effects.execute("delete from dead_letter where id = ?", replayed);
    }

    private UUID put(@Nullable String settledAgo, @Nullable UUID replayOf) {
        UUID id = Ids.next();
        effects.execute(
                """
                insert into dead_letter (id, topic, source_topic, partition, "offset", broker_time, headers, reason,
                  recorded_at, replay_of, status, settled_at, settled_by)
                values (?, ?, 't', 0, 0, now(), '{}', 'why', now(), ?, ?, now() - ?::interval, ?)
                """,
                id,
                id.toString(),
                replayOf,
                settledAgo == null ? "open" : "dismissed",
                settledAgo,
                settledAgo == null ? null : "somebody");
        return id;
    }

    @Test
    void an_event_is_applied_and_its_effect_told_on_with_cause_and_trace() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        UUID event = Ids.next();
        kafka.send(
                "orders",
                key,
                "{\"key\":\"%s\",\"text\":\"hello\"}".formatted(key),
                Map.of(
                        "ce_id",
                        event.toString(),
                        "ce_type",
                        "test.told.v1",
                        "ce_time",
                        "2026-01-01T00:00:00Z",
                        "traceparent",
                        "00-" + trace + "-00f067aa0ba902b7-01"));

        await().untilAsserted(() -> assertThat(effects.of(key)).containsExactly("hello"));
        await().untilAsserted(() -> assertThat(kafka.records(Topic.RESERVATIONS))
                .filteredOn(told -> key.equals(told.key()))
                .singleElement()
                .satisfies(told -> {
                    assertThat(KafkaProbe.header(told, "ce_causationid")).contains(event.toString());
                    assertThat(KafkaProbe.header(told, "traceparent"))
                            .hasValueSatisfying(parent -> assertThat(parent).contains(trace));
                }));
    }

    /// Goal: whatever was dead-lettered and replayed, and however often, takes effect once. Method: two
    /// copies of one event fail, become two dead letters, and both are replayed.
    @Test
    void a_replayed_dead_letter_takes_effect_once_even_when_there_are_two_of_it() {
        UUID event = Ids.next();
        obstacle.put(key, Integer.MAX_VALUE, new IllegalArgumentException("out of order"));
        kafka.send(Topic.ORDERS, new Told(key, "hello"), event);
        kafka.send(Topic.ORDERS, new Told(key, "hello"), event);
        List<String> letters = awaitLetters(2);
        assertThat(effects.of(key)).isEmpty();
        await().untilAsserted(() ->
                assertThat(metrics.get("hubline.dead.letters").gauge().value()).isGreaterThanOrEqualTo(2));

        obstacle.remove(key);
        for (String letter : letters) {
            Tokens.as("operator")
                    .post("/dead-letters/" + letter + "/replay")
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("REPLAYED"))
                    .body("settledBy", equalTo(Tokens.SUBJECT));
        }
        kafka.send(Topic.ORDERS, new Told(key, "and then"));

        await().untilAsserted(() -> assertThat(effects.of(key)).contains("hello", "and then"));
        await().untilAsserted(() -> assertThat(
                        kafka.records("orders.inventory.replay").stream().filter(copy -> key.equals(copy.key())))
                .hasSize(2));
        awaitReplaysRead();
        assertThat(effects.of(key)).containsOnlyOnce("hello");
        assertThat(effects.texts(
                        "select actor from audit_entry where action = 'dead-letter.replayed' and subject_id in (?, ?)",
                        letters.get(0),
                        letters.get(1)))
                .containsExactly(Tokens.SUBJECT, Tokens.SUBJECT);
    }

    @Test
    void a_letter_is_settled_once() {
        String letter = malformed();
        Tokens.as("operator")
                .contentType("application/json")
                .body("{\"reason\":\"sent by mistake\"}")
                .post("/dead-letters/" + letter + "/dismissal")
                .then()
                .statusCode(200)
                .body("status", equalTo("DISMISSED"));

        Tokens.as("operator")
                .post("/dead-letters/" + letter + "/replay")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/dead-letter-settled"))
                .body("settledAs", equalTo("DISMISSED"));

        Tokens.as("viewer")
                .queryParam("status", "OPEN")
                .get("/dead-letters")
                .then()
                .statusCode(200)
                .body("items.id", not(hasItem(letter)));
    }

    @Test
    void a_replay_that_fails_again_is_a_letter_of_its_own() {
        String first = malformed();

        Tokens.as("operator").post("/dead-letters/" + first + "/replay").then().statusCode(200);

        String second = awaitLetters(2).getLast();
        Tokens.as("viewer")
                .get("/dead-letters/" + second)
                .then()
                .body("replayOf", equalTo(first))
                .body("sourceTopic", equalTo("orders.inventory.replay"));
    }

    @Test
    void a_malformed_record_is_a_dead_letter_at_once_and_those_behind_it_go_on() {
        String letter = malformed();
        kafka.send(Topic.ORDERS, new Told(key, "behind"));

        await().untilAsserted(() -> assertThat(effects.of(key)).containsExactly("behind"));
        Tokens.as("viewer")
                .get("/dead-letters/" + letter)
                .then()
                .body("reason", equalTo("MalformedEventException: header ce_id is missing"))
                .body("payload", equalTo("{}"))
                .body("headers.ce_type", equalTo("test.told.v1"));
    }

    @Test
    void a_letter_with_what_no_text_can_hold_is_recorded_and_stops_none_behind_it() {
        kafka.send("orders", key, "{\0}", Map.of("ce_type", "test.told.v1", "ce_subject", "a\0b"));
        kafka.send("orders", key, "{}", Map.of("ce_type", "test.told.v1"));

        Tokens.as("viewer")
                .get("/dead-letters/" + awaitLetters(2).getFirst())
                .then()
                .body("payload", equalTo("{\uFFFD}"))
                .body("headers.ce_subject", equalTo("a\uFFFDb"));
    }

    @Test
    void a_deadlock_is_tried_again_and_makes_no_dead_letter() {
        obstacle.put(key, 3, new SQLException("deadlock detected", "40P01"));

        kafka.send(Topic.ORDERS, new Told(key, "hello"));

        await().untilAsserted(() -> assertThat(effects.of(key)).containsExactly("hello"));
        assertThat(obstacle.tries(key)).isEqualTo(4);
        assertThat(letters()).isEmpty();
    }

    @Test
    void an_unreachable_database_is_waited_for_longer_than_a_deadlock() {
        obstacle.put(key, 9, new SQLException("terminating connection", "57P01"));

        kafka.send(Topic.ORDERS, new Told(key, "hello"));

        await().untilAsserted(() -> assertThat(effects.of(key)).containsExactly("hello"));
        assertThat(letters()).isEmpty();
    }

    /// Goal: a restart of the database costs no event. Method: every connection of the pool is cut from the
    /// other side, in the middle of a hundred events.
    @Test
    void cut_connections_lose_nothing_and_make_no_dead_letter() {
        List<String> texts = IntStream.range(0, 100).mapToObj(String::valueOf).toList();
        for (String text : texts) {
            if (text.endsWith("0")) {
                cutConnections();
            }
            kafka.send(Topic.ORDERS, new Told(key, text));
        }

        await().ignoreExceptionsInstanceOf(DatabaseException.class)
                .untilAsserted(() -> assertThat(effects.of(key)).containsExactlyElementsOf(texts));
        await().untilAsserted(() -> assertThat(kafka.events(Topic.RESERVATIONS, key, Told.class).stream()
                        .map(Told::text)
                        .distinct())
                .containsExactlyElementsOf(texts));
        assertThat(letters()).isEmpty();
    }

    private void cutConnections() {
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity "
                    + "where usename = current_user and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void looking_takes_a_viewer_and_replaying_an_operator() {
        String letter = Ids.text();

        Tokens.as().get("/dead-letters").then().statusCode(403);
        Tokens.as("viewer").post("/dead-letters/" + letter + "/replay").then().statusCode(403);
        Tokens.as("operator").post("/dead-letters/" + letter + "/replay").then().statusCode(404);
        Tokens.as("viewer")
                .queryParam("after", "?")
                .get("/dead-letters")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-cursor"));
    }

    private String malformed() {
        kafka.send("orders", key, "{}", Map.of("ce_type", "test.told.v1"));
        return awaitLetters(1).getFirst();
    }

    /// The replay topic has one partition: when its last record was read, so were those before it.
    private void awaitReplaysRead() {
        String last = Ids.text();
        UUID id = Ids.next();
        kafka.send(
                "orders.inventory.replay",
                last,
                "{\"key\":\"%s\",\"text\":\"last\"}".formatted(last),
                Map.of("ce_id", id.toString(), "ce_type", "test.told.v1", "ce_time", "2026-01-01T00:00:00Z"));
        await().untilAsserted(() -> assertThat(effects.of(last)).containsExactly("last"));
    }

    private List<String> awaitLetters(int count) {
        await().untilAsserted(() -> assertThat(letters()).hasSize(count));
        return letters();
    }

    private List<String> letters() {
        return effects.texts("select id from dead_letter where key = ? and topic = ? order by id", key, DLQ);
    }
}
