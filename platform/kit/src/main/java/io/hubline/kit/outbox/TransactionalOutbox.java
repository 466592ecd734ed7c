package io.hubline.kit.outbox;

import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.contracts.Event;
import io.hubline.contracts.Topic;
import io.hubline.kit.EventNames;
import io.hubline.kit.Ids;
import io.hubline.kit.ServiceName;
import io.hubline.kit.inbox.Origin;
import io.hubline.kit.sql.DatabaseException;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Writes rows in the caller's transaction, and wakes the relay once that has committed.
@ApplicationScoped
class TransactionalOutbox implements Outbox, Forwarding {

    // One statement for any number of rows. The order of the rows is the order of their numbers.
    private static final String INSERT = """
            insert into outbox (id, topic, key, type, payload, headers, created_at)
            select id, topic, key, type, payload, headers::jsonb, ?
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
              with ordinality as entry (id, topic, key, type, payload, headers, place)
            order by place
            """;

    private final DataSource database;
    private final TransactionSynchronizationRegistry transaction;
    private final OutboxRelay relay;
    private final OutboxConfig config;
    private final ObjectMapper json;
    private final OpenTelemetry telemetry;
    private final InstantSource clock;
    private final String source;

    TransactionalOutbox(
            DataSource database,
            TransactionSynchronizationRegistry transaction,
            OutboxRelay relay,
            OutboxConfig config,
            ObjectMapper json,
            OpenTelemetry telemetry,
            InstantSource clock,
            ServiceName service) {
        this.database = database;
        this.transaction = transaction;
        this.relay = relay;
        this.config = config;
        this.json = json;
        this.telemetry = telemetry;
        this.clock = clock;
        this.source = "/hubline/" + service;
    }

    @Override
    @Transactional(MANDATORY)
    public void publish(Topic topic, Event event) {
        publishAll(topic, List.of(event));
    }

    @Override
    @Transactional(MANDATORY)
    public void publishAll(Topic topic, Collection<? extends Event> events) {
        Origin here = Origin.current();
        publishEach(
                topic, events.stream().map(event -> new Attributed(event, here)).toList());
    }

    @Override
    @Transactional(MANDATORY)
    public void publishEach(Topic topic, List<Attributed> events) {
        if (!events.isEmpty()) {
            Instant now = clock.instant();
            insert(
                    now,
                    events.stream()
                            .map(attributed -> entry(topic, attributed.event(), attributed.origin(), now))
                            .toList());
        }
    }

    @Override
    @Transactional(MANDATORY)
    public void forward(String topic, @Nullable String key, @Nullable String payload, Map<String, String> headers) {
        insert(
                clock.instant(),
                List.of(new Entry(Ids.next(), topic, key, headers.get("ce_type"), payload, write(headers))));
    }

    private Entry entry(Topic topic, Event event, Origin origin, Instant now) {
        UUID id = Ids.next();
        String type = EventNames.of(event.getClass());
        String payload = write(event);
        int bytes = payload.getBytes(UTF_8).length;
        if (bytes > config.payloadMax()) {
            throw new IllegalArgumentException("%s of key %s has %d bytes, more than the %d that may be published"
                    .formatted(type, event.key(), bytes, config.payloadMax()));
        }
        return new Entry(
                id, topic.topicName(), event.key(), type, payload, write(headers(id, type, now, event, origin)));
    }

    /// CloudEvents in binary mode, the cause where an event caused this one, and the trace it belongs to.
    private Map<String, String> headers(UUID id, String type, Instant now, Event event, Origin origin) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id.toString());
        headers.put("ce_type", type);
        headers.put("ce_source", source);
        headers.put("ce_time", now.toString());
        headers.put("ce_subject", event.key());
        headers.put("content-type", "application/json");
        if (origin.cause() != null) {
            headers.put("ce_causationid", origin.cause().eventId().toString());
        }
        telemetry.getPropagators().getTextMapPropagator().inject(origin.trace(), headers, TransactionalOutbox::set);
        return headers;
    }

    private static void set(@Nullable Map<String, String> headers, String name, String value) {
        if (headers != null) {
            headers.put(name, value);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(value.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    private void insert(Instant at, List<Entry> entries) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, at.atOffset(ZoneOffset.UTC));
            insert.setArray(2, array(connection, "uuid", entries, Entry::id));
            insert.setArray(3, array(connection, "text", entries, Entry::topic));
            insert.setArray(4, array(connection, "text", entries, Entry::key));
            insert.setArray(5, array(connection, "text", entries, Entry::type));
            insert.setArray(6, array(connection, "text", entries, Entry::payload));
            insert.setArray(7, array(connection, "text", entries, Entry::headers));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("writing %d rows to the outbox".formatted(entries.size()), e);
        }
        wakeAfterCommit();
    }

    private static Array array(
            Connection connection, String type, List<Entry> entries, Function<Entry, @Nullable Object> column)
            throws SQLException {
        return connection.createArrayOf(type, entries.stream().map(column).toArray());
    }

    private void wakeAfterCommit() {
        if (transaction.getResource(TransactionalOutbox.class) == null) {
            transaction.putResource(TransactionalOutbox.class, true);
            transaction.registerInterposedSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {}

                @Override
                public void afterCompletion(int status) {
                    if (status == Status.STATUS_COMMITTED) {
                        relay.wake();
                    }
                }
            });
        }
    }

    private record Entry(
            UUID id,
            String topic,
            @Nullable String key,
            @Nullable String type,
            @Nullable String payload,
            String headers) {}
}
