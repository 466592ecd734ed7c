package io.hubline.connector.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The row a reader looks at. The plain accessors fail on null, so that a column is null only where the
/// reader says so.
public final class Row {

    private final ResultSet columns;

    Row(ResultSet columns) {
        this.columns = columns;
    }

    public String text(String column) throws SQLException {
        return present(columns.getString(column), column);
    }

    public @Nullable String textOrNull(String column) throws SQLException {
        return columns.getString(column);
    }

    public UUID uuid(String column) throws SQLException {
        return present(columns.getObject(column, UUID.class), column);
    }

    public Instant instant(String column) throws SQLException {
        return present(instantOrNull(column), column);
    }

    public @Nullable Instant instantOrNull(String column) throws SQLException {
        @Nullable OffsetDateTime value = columns.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public long number(String column) throws SQLException {
        return present(numberOrNull(column), column);
    }

    public @Nullable Long numberOrNull(String column) throws SQLException {
        long value = columns.getLong(column);
        return columns.wasNull() ? null : value;
    }

    /// An `integer` column, or a sum that is known to fit.
    public int integer(String column) throws SQLException {
        return Math.toIntExact(number(column));
    }

    public @Nullable Integer integerOrNull(String column) throws SQLException {
        @Nullable Long value = numberOrNull(column);
        return value == null ? null : Math.toIntExact(value);
    }

    /// A `double precision` column that is never null.
    public double decimal(String column) throws SQLException {
        return columns.getDouble(column);
    }

    public boolean flag(String column) throws SQLException {
        return columns.getBoolean(column);
    }

    private static <T> T present(@Nullable T value, String column) {
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value;
    }
}
