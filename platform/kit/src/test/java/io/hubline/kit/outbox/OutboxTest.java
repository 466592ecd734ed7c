package io.hubline.kit.outbox;

import static io.hubline.testkit.KafkaProbe.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubline.contracts.Topic;
import io.hubline.kit.Ids;
import io.hubline.kit.app.Effects;
import io.hubline.kit.app.Told;
import io.hubline.kit.inbox.Cause;
import io.hubline.kit.inbox.Origin;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class OutboxTest {

    @Inject
    Outbox outbox;

    @Inject
    Effects database;

    @Inject
    DataSource connections;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    private final String key = Ids.text();
    private KafkaProbe kafka;

    @BeforeEach
    void open() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        kafka = KafkaProbe.open();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void an_event_leaves_with_its_cloud_event_headers() {
        UUID cause = Ids.next();

        QuarkusTransaction.requiringNew()
                .run(() -> Cause.during("test", cause, () -> outbox.publish(Topic.ROUTES, new Told(key, "hello"))));

        ConsumerRecord<String, String> sent =
                awaitTexts(Topic.ROUTES, key, "hello").getFirst();
        assertThat(header(sent, "ce_specversion")).contains("1.0");
        assertThat(header(sent, "ce_id").map(UUID::fromString)).isPresent();
        assertThat(header(sent, "ce_type")).contains("test.told.v1");
        assertThat(header(sent, "ce_source")).contains("/hubline/inventory");
        assertThat(header(sent, "ce_time").map(Instant::parse)).isPresent();
        assertThat(header(sent, "ce_subject")).contains(key);
        assertThat(header(sent, "ce_causationid")).contains(cause.toString());
        assertThat(sent.value()).isEqualTo("{\"key\":\"%s\",\"text\":\"hello\"}".formatted(key));
    }

    @Test
    void the_trace_of_the_request_goes_on_over_kafka() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        Tokens.as("operator")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .post("/probe/told/" + key)
                .then()
                .statusCode(204);

        ConsumerRecord<String, String> sent =
                awaitTexts(Topic.ROUTES, key, "hello").getFirst();
        assertThat(header(sent, "traceparent"))
                .hasValueSatisfying(parent -> assertThat(parent).contains(trace));
    }

    @Test
    void events_of_one_transaction_name_each_its_own_cause_and_trace() {
        UUID first = Ids.next();
        UUID second = Ids.next();
        String trace = "4bf92f3577b34da6a3ce929d0e0e4737";
        Context traced = W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"), new FirstOf());

        QuarkusTransaction.requiringNew()
                .run(() -> outbox.publishEach(
                        Topic.ROUTES,
                        List.of(
                                new Outbox.Attributed(new Told(key, "a"), new Origin(new Cause("test", first), traced)),
                                new Outbox.Attributed(
                                        new Told(key, "b"), new Origin(new Cause("test", second), Context.root())),
                                new Outbox.Attributed(new Told(key, "c"), new Origin(null, Context.root())))));

        List<ConsumerRecord<String, String>> sent = awaitTexts(Topic.ROUTES, key, "a", "b", "c");
        assertThat(sent.get(0)).satisfies(record -> {
            assertThat(header(record, "ce_causationid")).contains(first.toString());
            assertThat(header(record, "traceparent"))
                    .hasValueSatisfying(parent -> assertThat(parent).contains(trace));
        });
        assertThat(header(sent.get(1), "ce_causationid")).contains(second.toString());
        assertThat(header(sent.get(1), "traceparent").orElse("")).doesNotContain(trace);
        assertThat(header(sent.get(2), "ce_causationid")).isEmpty();
    }

    @Test
    void a_change_that_is_rolled_back_announces_nothing() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    outbox.publish(Topic.ROUTES, new Told(key, "never"));
                    throw new IllegalStateException("for the test");
                }))
                .isInstanceOf(IllegalStateException.class);

        QuarkusTransaction.requiringNew().run(() -> outbox.publish(Topic.ROUTES, new Told(key, "after")));

        awaitTexts(Topic.ROUTES, key, "after");
    }

    @Test
    void publishing_outside_a_transaction_fails() {
        assertThatThrownBy(() -> outbox.publish(Topic.ROUTES, new Told(key, "never")))
                .hasMessageContaining("Transaction is required");
    }

    @Test
    void an_event_the_broker_would_not_take_fails_the_use_case() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    database.add(key, "never");
                    outbox.publish(Topic.ROUTES, new Told(key, "x".repeat(1_000_000)));
                }))
                .hasMessageContaining("bytes");

        assertThat(database.of(key)).isEmpty();
    }

    /// Goal: events of one key leave in the order of its ledger, none twice and none lost. Method: six
    /// threads count one counter up 300 times and announce each number.
    @Test
    void writes_by_many_threads_to_one_key_leave_in_ledger_order() throws Exception {
        database.execute("insert into counter values (?, 0)", key);
        Runnable countUp = () -> QuarkusTransaction.requiringNew().run(() -> {
            String value = database.texts("update counter set value = value + 1 where name = ? returning value", key)
                    .getFirst();
            outbox.publish(Topic.ROUTES, new Told(key, value));
        });

        runAll(6, Stream.generate(() -> countUp).limit(300).toList());

        awaitTexts(
                Topic.ROUTES,
                key,
                IntStream.rangeClosed(1, 300).mapToObj(String::valueOf).toArray(String[]::new));
    }

    /// Goal: a crash between acknowledgement and delete loses nothing. Method: a trigger lets the delete
    /// fail, so the relay's transaction dies after the broker has the event.
    @Test
    void a_crash_between_acknowledgement_and_delete_sends_again_and_loses_nothing() {
        database.execute("create function refuse() returns trigger language plpgsql as $$ begin "
                + "raise exception 'crashed'; end $$");
        database.execute("create trigger refuse before delete on outbox execute function refuse()");
        try {
            QuarkusTransaction.requiringNew()
                    .run(() -> outbox.publishAll(Topic.ROUTES, List.of(new Told(key, "1"), new Told(key, "2"))));
            await().untilAsserted(() -> assertThat(texts(Topic.ROUTES, key)).hasSizeGreaterThan(2));
            assertThat(waiting(key)).isEqualTo(2);
        } finally {
            database.execute("drop trigger refuse on outbox");
            database.execute("drop function refuse");
        }

        await().untilAsserted(() -> assertThat(waiting(key)).isZero());
        List<ConsumerRecord<String, String>> sent = of(Topic.ROUTES, key);
        assertThat(sent.stream().map(OutboxTest::text)).startsWith("1", "2").endsWith("1", "2");
        assertThat(sent.stream()
                        .map(copy -> header(copy, "ce_id").orElseThrow())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void a_second_relay_waits_until_the_first_no_longer_leads() throws Exception {
        try (var other = connections.getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            await().untilAsserted(() -> {
                try (var leads =
                        statement.executeQuery("select pg_try_advisory_xact_lock(" + 0x6875_626C_696E_65L + ")")) {
                    leads.next();
                    assertThat(leads.getBoolean(1)).isTrue();
                }
            });
            QuarkusTransaction.requiringNew().run(() -> outbox.publish(Topic.ROUTES, new Told(key, "later")));
            await().during(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(waiting(key)).isOne());
            assertThat(texts(Topic.ROUTES, key)).isEmpty();
            other.rollback();
        }

        awaitTexts(Topic.ROUTES, key, "later");
    }

    /// Goal: after a failed send no later event of that key is acknowledged before it, and other keys go
    /// on. Method: the topic takes no large records for a while, and the first event of one key is large.
    @Test
    void events_behind_a_failed_send_wait_for_it_and_other_keys_go_on() throws Exception {
        String large = "x".repeat(20_000);
        String other = Ids.text();
        setLargestRecord(Topic.CHANNEL_RETURNS, 10_000);
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.publishAll(
                        Topic.CHANNEL_RETURNS,
                        List.of(
                                new Told(key, "before"),
                                new Told(key, large),
                                new Told(key, "after"),
                                new Told(other, "1"),
                                new Told(other, "2"))));
        QuarkusTransaction.requiringNew().run(() -> outbox.publish(Topic.CHANNEL_RETURNS, new Told(key, "long after")));

        awaitTexts(Topic.CHANNEL_RETURNS, other, "1", "2");
        await().untilAsserted(() -> assertThat(database.texts(
                        "select attempts > 1 and last_error like 'RecordTooLarge%' from outbox where key = ? order by seq",
                        key))
                .containsExactly("t", "f", "f"));
        assertThat(texts(Topic.CHANNEL_RETURNS, key)).containsExactly("before");

        setLargestRecord(Topic.CHANNEL_RETURNS, 1_000_000);
        awaitTexts(Topic.CHANNEL_RETURNS, key, "before", large, "after", "long after");
        assertThat(waiting(key)).isZero();
    }

    @Test
    void a_topic_that_is_missing_does_not_hold_up_the_others() {
        QuarkusTransaction.requiringNew().run(() -> {
            database.execute(
                    "insert into outbox (id, topic, key, payload, headers, created_at) values (?, 'nowhere', ?, '', '{}', now())",
                    Ids.next(),
                    key);
            outbox.publish(Topic.ROUTES, new Told(key, "somewhere"));
        });

        awaitTexts(Topic.ROUTES, key, "somewhere");
        assertThat(database.texts("select topic from outbox where key = ?", key))
                .containsExactly("nowhere");
        database.execute("delete from outbox where topic = 'nowhere'");
    }

    private List<ConsumerRecord<String, String>> awaitTexts(Topic topic, String key, String... texts) {
        await().untilAsserted(() -> assertThat(texts(topic, key)).containsExactly(texts));
        return of(topic, key);
    }

    private List<String> texts(Topic topic, String key) {
        return of(topic, key).stream().map(OutboxTest::text).toList();
    }

    private List<ConsumerRecord<String, String>> of(Topic topic, String key) {
        return kafka.records(topic).stream()
                .filter(sent -> key.equals(sent.key()))
                .toList();
    }

    private static String text(ConsumerRecord<String, String> sent) {
        return io.restassured.path.json.JsonPath.from(sent.value()).getString("text");
    }

    private int waiting(String key) {
        return database.texts("select seq from outbox where key = ?", key).size();
    }

    private void setLargestRecord(Topic topic, int bytes) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", brokers))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", String.valueOf(bytes)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static void runAll(int threads, List<Runnable> work) throws InterruptedException, ExecutionException {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<?> done : work.stream().map(pool::submit).toList()) {
                done.get();
            }
        }
    }

    /// Reads headers that come once each.
    private static final class FirstOf implements TextMapGetter<Map<String, String>> {

        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    }
}
