package io.hubline.kit.app;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.kit.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What was done, in rows, and a way for tests to look at any table.
@ApplicationScoped
public class Effects {

    private final DataSource database;

    Effects(DataSource database) {
        this.database = database;
    }

    @Transactional(MANDATORY)
    public void add(String key, String text) {
        execute("insert into effect (key, text) values (?, ?)", key, text);
    }

    /// Every text noted for a key, in order.
    public List<String> of(String key) {
        return texts("select text from effect where key = ? order by seq", key);
    }

    /// Joins a transaction where there is one.
    public void execute(String sql, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            statement.execute();
        } catch (SQLException e) {
            throw new DatabaseException(sql, e);
        }
    }

    /// The first column as texts.
    public List<String> texts(String sql, @Nullable Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        } catch (SQLException e) {
            throw new DatabaseException(sql, e);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
