package io.hubline.kit.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/// One statement at a time, inside the caller's transaction where there is one.
///
/// For few statements over whole batches, where an entity at a time would be too slow. A whole batch goes
/// into one statement by arrays: a column of the batch is a parameter, and `unnest` makes rows of the
/// columns again.
///
/// The database keeps the plan of a statement that it was sent often. A plan made while a table was small
/// may read all of it, and for a long array compare every row with every element. So a statement with a
/// long array is planned each time, for the tables as they are; the array outweighs that by far.
@ApplicationScoped
public class Sql {

    private static final int LONG = 100;

    private final DataSource database;

    Sql(DataSource database) {
        this.database = database;
    }

    /// Every row of the answer, read by `reader`.
    public <T> List<T> query(String statement, RowReader<T> reader, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement query = prepare(connection, statement, parameters)) {
            bind(connection, query, parameters);
            try (ResultSet rows = query.executeQuery()) {
                List<T> answer = new ArrayList<>();
                while (rows.next()) {
                    answer.add(reader.read(rows));
                }
                return answer;
            }
        } catch (SQLException e) {
            throw new DatabaseException(firstWords(statement), e);
        }
    }

    /// The number of rows that the statement changed.
    public int update(String statement, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = prepare(connection, statement, parameters)) {
            bind(connection, update, parameters);
            return update.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(firstWords(statement), e);
        }
    }

    /// One column of a batch as a parameter of type `text[]`; a value that is null stays null.
    public static <T> String[] texts(Collection<T> batch, Column<T> column) {
        @Nullable String[] texts = new @Nullable String[batch.size()];
        int row = 0;
        for (T item : batch) {
            @Nullable Object value = column.of(item);
            texts[row++] = value == null ? null : value.toString();
        }
        @SuppressWarnings("NullAway") // the driver writes a null element as SQL null
        String[] parameter = texts;
        return parameter;
    }

    /// One column of a batch as a parameter of type `bigint[]`.
    public static <T> Long[] numbers(Collection<T> batch, Function<T, ? extends Number> column) {
        return batch.stream().map(item -> column.apply(item).longValue()).toArray(Long[]::new);
    }

    /// A time, or null, as the driver gives it.
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        java.time.@Nullable OffsetDateTime time = row.getObject(column, java.time.OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /// A statement of which the database keeps no plan, for a table that is empty now and long in a minute.
    public static PreparedStatement plannedEachTime(Connection connection, String statement) throws SQLException {
        // A text of its own, for the driver knows what it has prepared by its text.
        PreparedStatement planned = connection.prepareStatement("/* planned each time */ " + statement);
        planned.unwrap(PGStatement.class).setPrepareThreshold(0);
        return planned;
    }

    private static PreparedStatement prepare(Connection connection, String statement, @Nullable Object[] parameters)
            throws SQLException {
        return Arrays.stream(parameters).anyMatch(Sql::isLong)
                ? plannedEachTime(connection, statement)
                : connection.prepareStatement(statement);
    }

    private static boolean isLong(@Nullable Object parameter) {
        return parameter instanceof Object[] array && array.length > LONG;
    }

    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object[] parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            @Nullable Object parameter = parameters[i];
            switch (parameter) {
                case null -> statement.setObject(i + 1, null);
                case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
                case Long[] numbers -> statement.setArray(i + 1, connection.createArrayOf("int8", numbers));
                case Instant time -> statement.setObject(i + 1, time.atOffset(ZoneOffset.UTC));
                default -> statement.setObject(i + 1, parameter);
            }
        }
    }

    private static String firstWords(String statement) {
        String line = statement.strip().lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 60) : line;
    }

    /// What a row of a batch has in one column.
    @FunctionalInterface
    public interface Column<T> {
        @Nullable
        Object of(T item);
    }

    /// Reads the row on which the cursor stands.
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
