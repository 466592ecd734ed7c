package io.hubline.routing.plan.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hubline.contracts.StateEvent;
import io.hubline.kit.sql.DatabaseException;
import io.hubline.routing.plan.domain.PlanOutcome.Assignment;
import io.hubline.routing.plan.domain.StockBook;
import io.hubline.routing.plan.domain.StockLevel;
import io.hubline.routing.plan.domain.StockLevel.AtLocation;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Shelves are locked in the order of their SKUs by whoever locks several.
@ApplicationScoped
class PostgresStockBook implements StockBook {

    private static final TypeReference<List<AtLocation>> LOCATIONS = new TypeReference<>() {};

    private final DataSource database;
    private final Columns columns;

    PostgresStockBook(DataSource database, Columns columns) {
        this.database = database;
        this.columns = columns;
    }

    @Override
    public void apply(StockLevel level) {
        try (Connection connection = database.getConnection()) {
            @Nullable Row before = lock(connection, List.of(level.sku())).get(level.sku());
            if (before != null && before.level().sequence() >= level.sequence()) {
                return;
            }
            boolean risen = before == null || level.hasRisenSince(before.level());
            try (PreparedStatement upsert = connection.prepareStatement("""
                            insert into stock_shelf (sku, sequence, change, rise, locations)
                            values (?, ?, 1, 1, ?::jsonb)
                            on conflict (sku) do update set
                              sequence = excluded.sequence,
                              change = stock_shelf.change + 1,
                              rise = case when ? then stock_shelf.change + 1 else stock_shelf.rise end,
                              locations = excluded.locations
                            where stock_shelf.sequence < excluded.sequence
                            """);
                    PreparedStatement settle = connection.prepareStatement(
                            "delete from plan_claim where sku = ? and settles_sequence <= ?")) {
                upsert.setString(1, level.sku());
                upsert.setLong(2, level.sequence());
                upsert.setString(3, columns.write(level.locations()));
                upsert.setBoolean(4, risen);
                upsert.executeUpdate();
                settle.setString(1, level.sku());
                settle.setLong(2, level.sequence());
                settle.executeUpdate();
            }
        } catch (SQLException e) {
            throw new DatabaseException("applying a stock position", e);
        }
    }

    @Override
    public List<Shelf> hold(Collection<String> skus, Instant now) {
        try (Connection connection = database.getConnection()) {
            Map<String, Row> rows = lock(connection, skus);
            // Read after the locks, so that claims of planners before us are seen.
            Map<String, Map<String, Integer>> claims = claims(connection, skus, now);
            return new TreeSet<>(skus)
                    .stream()
                            .map(sku -> shelf(sku, rows.get(sku), claims.getOrDefault(sku, Map.of())))
                            .toList();
        } catch (SQLException e) {
            throw new DatabaseException("holding stock", e);
        }
    }

    private static Shelf shelf(String sku, @Nullable Row row, Map<String, Integer> claimed) {
        return row == null
                ? new Shelf(sku, 0, Map.of(), claimed)
                : new Shelf(
                        sku,
                        row.change(),
                        row.level().locations().stream()
                                .collect(Collectors.toMap(AtLocation::locationId, AtLocation::free, Integer::sum)),
                        claimed);
    }

    private Map<String, Row> lock(Connection connection, Collection<String> skus) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select sku, sequence, change, locations from stock_shelf where sku = any (?) order by sku for update")) {
            select.setArray(1, connection.createArrayOf("text", skus.toArray()));
            Map<String, Row> rows = new TreeMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String sku = row.getString("sku");
                    rows.put(
                            sku,
                            new Row(
                                    new StockLevel(
                                            sku,
                                            row.getLong("sequence"),
                                            columns.read(row.getString("locations"), LOCATIONS)),
                                    row.getLong("change")));
                }
            }
            return rows;
        }
    }

    private static Map<String, Map<String, Integer>> claims(Connection connection, Collection<String> skus, Instant now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select sku, location_id, sum(units) as units from plan_claim
                where sku = any (?) and (ends_at is null or ends_at > ?)
                group by sku, location_id
                """)) {
            select.setArray(1, connection.createArrayOf("text", skus.toArray()));
            select.setObject(2, Columns.time(now));
            Map<String, Map<String, Integer>> claims = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    claims.computeIfAbsent(row.getString("sku"), _ -> new HashMap<>())
                            .put(row.getString("location_id"), row.getInt("units"));
                }
            }
            return claims;
        }
    }

    @Override
    public void claim(String planId, Collection<Assignment> assignments) {
        Map<List<String>, Integer> units = assignments.stream()
                .collect(Collectors.toMap(
                        each -> List.of(each.sku(), each.locationId()), Assignment::units, Integer::sum));
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into plan_claim (plan_id, sku, location_id, units) values (?, ?, ?, ?)")) {
            for (Map.Entry<List<String>, Integer> claim : units.entrySet()) {
                insert.setString(1, planId);
                insert.setString(2, claim.getKey().getFirst());
                insert.setString(3, claim.getKey().getLast());
                insert.setInt(4, claim.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new DatabaseException("claiming stock", e);
        }
    }

    @Override
    public void allocated(String planId, Instant decidedAt, Instant until) {
        long sequence = StateEvent.next(0, decidedAt);
        try (Connection connection = database.getConnection();
                PreparedStatement settle = connection.prepareStatement(
                        "update plan_claim set settles_sequence = ?, ends_at = ? where plan_id = ?");
                PreparedStatement delete = connection.prepareStatement("""
                        delete from plan_claim c using stock_shelf s
                        where c.plan_id = ? and s.sku = c.sku and s.sequence >= ?
                        """)) {
            // Held first: a stock record that comes in between would find no claim to end.
            touch(connection, planId);
            settle.setLong(1, sequence);
            settle.setObject(2, Columns.time(until));
            settle.setString(3, planId);
            settle.executeUpdate();
            delete.setString(1, planId);
            delete.setLong(2, sequence);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("settling claims", e);
        }
    }

    @Override
    public void release(String planId) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from plan_claim where plan_id = ?")) {
            touch(connection, planId);
            delete.setString(1, planId);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("releasing claims", e);
        }
    }

    /// Holds the shelves a plan claims from and says that more is free there: orders that found nothing
    /// look again.
    private void touch(Connection connection, String planId) throws SQLException {
        List<String> skus = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select distinct sku from plan_claim where plan_id = ?")) {
            select.setString(1, planId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    skus.add(row.getString(1));
                }
            }
        }
        lock(connection, skus);
        try (PreparedStatement update = connection.prepareStatement(
                "update stock_shelf set change = change + 1, rise = change + 1 where sku = any (?)")) {
            update.setArray(1, connection.createArrayOf("text", skus.toArray()));
            update.executeUpdate();
        }
    }

    private record Row(StockLevel level, long change) {}
}
