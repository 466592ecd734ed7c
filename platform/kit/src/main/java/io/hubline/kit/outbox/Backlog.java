package io.hubline.kit.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.kit.sql.Sql;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The outbox table as the relay sees it: mostly empty, and long after a bulk import, so that no plan fits for
/// long.
@Singleton
class Backlog {

    // Any number will do, as long as nothing else in this database takes it.
    private static final long LEADERSHIP = 0x6875_626C_696E_65L;
    private static final int ERROR_LENGTH_MAX = 500;

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final DataSource database;
    private final ObjectMapper json;

    Backlog(DataSource database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /// A connection outside of any container-managed transaction, with one of its own begun.
    Connection begin() throws SQLException {
        Connection connection = database.getConnection();
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /// Whether this transaction leads until it ends. Two relays at once could swap the events of one key.
    boolean leads(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            lock.setLong(1, LEADERSHIP);
            try (ResultSet answer = lock.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    /// The oldest rows, as far as `after` is zero.
    ///
    /// Otherwise the oldest rows behind `after` whose key has no row at or before it: one that failed, or
    /// one that committed late with a lower number, must leave first.
    List<OutboxRow> oldest(Connection connection, long after, Collection<String> withoutTopics, int limit)
            throws SQLException {
        String sql = """
                select seq, topic, key, payload, headers from outbox o
                where topic <> all (?)
                """ + (after == 0 ? "" : """
                                and seq > ? and not exists (
                                  select from outbox earlier
                                  where earlier.topic = o.topic and earlier.key = o.key and earlier.seq <= ?)
                                """) + " order by seq limit ?";
        try (PreparedStatement select = Sql.plannedEachTime(connection, sql)) {
            int next = 1;
            select.setArray(next++, connection.createArrayOf("text", withoutTopics.toArray()));
            if (after != 0) {
                select.setLong(next++, after);
                select.setLong(next++, after);
            }
            select.setInt(next, limit);
            List<OutboxRow> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new OutboxRow(
                            found.getLong(1),
                            found.getString(2),
                            found.getString(3),
                            found.getString(4),
                            headers(found.getString(5))));
                }
            }
            return rows;
        }
    }

    private Map<String, String> headers(String text) {
        try {
            return json.readValue(text, HEADERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("headers of an outbox row are no map of texts", e);
        }
    }

    void delete(Connection connection, Collection<Long> acknowledged) throws SQLException {
        try (PreparedStatement delete = Sql.plannedEachTime(connection, "delete from outbox where seq = any (?)")) {
            delete.setArray(1, connection.createArrayOf("bigint", acknowledged.toArray()));
            delete.executeUpdate();
        }
    }

    void recordFailures(Connection connection, Map<OutboxRow, Broker.Failure> failed) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                        update outbox set attempts = attempts + 1, last_error = left(failure.reason, ?)
                        from unnest(?::bigint[], ?::text[]) as failure (seq, reason)
                        where outbox.seq = failure.seq
                        """)) {
            update.setInt(1, ERROR_LENGTH_MAX);
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint",
                            failed.keySet().stream().map(OutboxRow::seq).toArray()));
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            failed.values().stream().map(Broker.Failure::reason).toArray()));
            update.executeUpdate();
        }
    }

    /// How much waits, and since when.
    Size size() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement count = connection.prepareStatement(
                        "select count(*), (select created_at from outbox order by seq limit 1) from outbox");
                ResultSet answer = count.executeQuery()) {
            answer.next();
            @Nullable OffsetDateTime oldest = answer.getObject(2, OffsetDateTime.class);
            return new Size(answer.getLong(1), oldest == null ? null : oldest.toInstant());
        }
    }

    /// @param oldest when the oldest row was written; null when nothing waits
    record Size(long rows, @Nullable Instant oldest) {

        static final Size EMPTY = new Size(0, null);
    }
}
