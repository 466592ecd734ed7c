package io.hubline.connector.sql;

import io.hubline.kit.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs statements with their values bound by position.
///
/// Collections are bound as `text[]`, so the statement says what they are: `unnest(?::uuid[])`.
@ApplicationScoped
public class Sql {

    private final DataSource database;

    public Sql(DataSource database) {
        this.database = database;
    }

    /// Every row the statement brings.
    ///
    /// @throws DatabaseException when it fails
    public <T> List<T> list(String statement, Reader<T> reader, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            bind(connection, prepared, values);
            List<T> rows = new ArrayList<>();
            try (ResultSet found = prepared.executeQuery()) {
                Row row = new Row(found);
                while (found.next()) {
                    rows.add(reader.read(row));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseException(firstWords(statement), e);
        }
    }

    /// The first row, if there is one.
    ///
    /// @throws DatabaseException when the statement fails
    public <T> Optional<T> first(String statement, Reader<T> reader, @Nullable Object... values) {
        return list(statement, reader, values).stream().findFirst();
    }

    /// Changes rows, and says how many.
    ///
    /// @throws DatabaseException when the statement fails
    public int run(String statement, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            bind(connection, prepared, values);
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(firstWords(statement), e);
        }
    }

    private static void bind(Connection connection, PreparedStatement prepared, @Nullable Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            @Nullable Object value = values[i];
            switch (value) {
                case Instant instant -> prepared.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
                case Collection<?> many ->
                    prepared.setArray(
                            i + 1,
                            connection.createArrayOf(
                                    "text",
                                    many.stream()
                                            .map(element -> Objects.toString(element, null))
                                            .toArray()));
                case Enum<?> word -> prepared.setString(i + 1, word.toString());
                case null, default -> prepared.setObject(i + 1, value);
            }
        }
    }

    private static String firstWords(String statement) {
        String flat = statement.strip().replaceAll("\\s+", " ");
        return flat.substring(0, Math.min(flat.length(), 60));
    }

    /// Makes a value of a row.
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }
}
