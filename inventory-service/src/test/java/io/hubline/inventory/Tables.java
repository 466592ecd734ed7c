package io.hubline.inventory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// Everything the service keeps, as one number per table: two dumps are equal when no row differs.
public final class Tables {

    private final DataSource database;

    public Tables(DataSource database) {
        this.database = database;
    }

    /// The rows of every table: how many, and the sum of their hashes.
    public Map<String, String> dump() throws SQLException {
        Map<String, String> dump = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(names(connection).stream()
                        .map(
                                "select '%1$s', count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from %1$s t"
                                        ::formatted)
                        .collect(Collectors.joining(" union all ")));
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                dump.put(rows.getString(1), rows.getString(2));
            }
        }
        return dump;
    }

    private static List<String> names(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "select table_name from information_schema.tables where table_schema = current_schema()"
                                + " and table_type = 'BASE TABLE'");
                ResultSet rows = query.executeQuery()) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }
}
