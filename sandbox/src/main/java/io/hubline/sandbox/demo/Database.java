package io.hubline.sandbox.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A look into one service's database from outside, past the service.
final class Database implements AutoCloseable {

    private final Connection connection;

    Database(Connection connection) {
        this.connection = connection;
    }

    /// All rows of a query, each made by `row`.
    <T> List<T> rows(String sql, Row<T> row) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(1_000);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row.of(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("the demo cannot read: " + sql, e);
        }
    }

    /// The one number that a query answers.
    long number(String sql) {
        return rows(sql, row -> row.getLong(1)).getFirst();
    }

    /// Changes something behind the service's back; answers how many rows.
    int change(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the demo cannot run: " + sql, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the connection does not close", e);
        }
    }

    /// Makes a value of the row the result stands on.
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
