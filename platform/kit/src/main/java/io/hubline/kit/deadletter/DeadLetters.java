package io.hubline.kit.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.kit.deadletter.DeadLetter.Status;
import io.hubline.kit.sql.DatabaseException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The table of dead letters. Every method joins the caller's transaction where there is one.
@Singleton
class DeadLetters {

    private static final UUID FIRST = new UUID(0, 0);
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final String COLUMNS = """
            id, topic, source_topic, key, event_id, type, payload, headers, reason, replay_of, recorded_at, status,
            settled_at, settled_by
            """;

    private final DataSource database;
    private final ObjectMapper json;

    DeadLetters(DataSource database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /// Adds the letters that are not there yet, by their places on the dead-letter topics.
    void add(List<Arrival> arrivals) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into dead_letter (id, topic, source_topic, key, event_id, type, payload, headers, reason,
                          replay_of, recorded_at, partition, "offset", broker_time)
                        values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?,
                          (select id from dead_letter where id = ?), ?, ?, ?, ?)
                        on conflict on constraint recorded_once do nothing
                        """)) {
            for (Arrival arrival : arrivals) {
                DeadLetter letter = arrival.letter();
                insert.setObject(1, letter.id());
                insert.setString(2, letter.topic());
                insert.setString(3, letter.sourceTopic());
                insert.setString(4, letter.key());
                insert.setObject(5, letter.eventId());
                insert.setString(6, letter.type());
                insert.setString(7, letter.payload());
                insert.setString(8, write(letter.headers()));
                insert.setString(9, letter.reason());
                insert.setObject(10, letter.replayOf());
                insert.setObject(11, letter.recordedAt().atOffset(ZoneOffset.UTC));
                insert.setInt(12, arrival.partition());
                insert.setLong(13, arrival.offset());
                insert.setObject(14, arrival.brokerTime().atOffset(ZoneOffset.UTC));
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new DatabaseException("recording dead letters", e);
        }
    }

    List<DeadLetter> find(@Nullable Status status, @Nullable UUID after, int limit) {
        return select("where id > ? and (?::text is null or status = ?) order by id limit ?", statement -> {
            statement.setObject(1, after == null ? FIRST : after);
            statement.setString(2, status == null ? null : text(status));
            statement.setString(3, status == null ? null : text(status));
            statement.setInt(4, limit);
        });
    }

    Optional<DeadLetter> find(UUID id) {
        return select("where id = ?", statement -> statement.setObject(1, id)).stream()
                .findFirst();
    }

    /// Finds a letter and locks it until the transaction ends.
    Optional<DeadLetter> hold(UUID id) {
        return select("where id = ? for update", statement -> statement.setObject(1, id)).stream()
                .findFirst();
    }

    void settle(UUID id, Status status, Instant at, String by) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update dead_letter set status = ?, settled_at = ?, settled_by = ? where id = ?")) {
            update.setString(1, text(status));
            update.setObject(2, at.atOffset(ZoneOffset.UTC));
            update.setString(3, by);
            update.setObject(4, id);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("settling a dead letter", e);
        }
    }

    /// Deletes letters that were settled before this time, oldest first, and returns how many. A letter
    /// that came of a replay of another one goes first.
    int forget(Instant settledBefore, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("""
                        delete from dead_letter where id in (
                          select id from dead_letter d
                          where status <> 'open' and settled_at < ? and not exists (
                            select from dead_letter r where r.replay_of = d.id)
                          order by settled_at
                          limit ?)
                        """)) {
            delete.setObject(1, settledBefore.atOffset(ZoneOffset.UTC));
            delete.setInt(2, limit);
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("forgetting dead letters", e);
        }
    }

    long countOpen() {
        try (Connection connection = database.getConnection();
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from dead_letter where status = 'open'");
                ResultSet answer = count.executeQuery()) {
            answer.next();
            return answer.getLong(1);
        } catch (SQLException e) {
            throw new DatabaseException("counting dead letters", e);
        }
    }

    private List<DeadLetter> select(String condition, Binding binding) {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select " + COLUMNS + " from dead_letter " + condition)) {
            binding.bind(select);
            List<DeadLetter> letters = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    letters.add(letter(found));
                }
            }
            return letters;
        } catch (SQLException e) {
            throw new DatabaseException("finding dead letters", e);
        }
    }

    private DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, UUID.class),
                row.getString(6),
                row.getString(7),
                read(row.getString(8)),
                row.getString(9),
                row.getObject(10, UUID.class),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                Status.valueOf(row.getString(12).toUpperCase(Locale.ROOT)),
                instant(row.getObject(13, OffsetDateTime.class)),
                row.getString(14));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static String text(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, String> read(String headers) {
        try {
            return json.readValue(headers, HEADERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("headers of a dead letter are no map of texts", e);
        }
    }

    private String write(Map<String, String> headers) {
        try {
            return json.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts cannot be written", e);
        }
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /// A letter with its place on the dead-letter topic.
    record Arrival(DeadLetter letter, int partition, long offset, Instant brokerTime) {}
}
