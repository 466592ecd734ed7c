package io.hubline.inventory.availability.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What the tables say, read at one moment by plain SQL: sums of the entries themselves, never the sums
/// that the service keeps.
final class Facts {

    private final Map<String, Map<String, Lying>> lying = new HashMap<>();
    private final Map<String, Map<String, Integer>> allocated = new HashMap<>();
    private final Map<Key, Promised> promised = new HashMap<>();
    private final Map<String, List<OpenLine>> lines = new HashMap<>();
    private final Map<String, Announced> announced = new HashMap<>();
    private final Map<String, Integer> exposures = new HashMap<>();
    private final Map<Key, Map<String, Integer>> exposedBy = new HashMap<>();

    private Facts() {}

    /// Reads what concerns the SKUs that begin so.
    static Facts of(DataSource database, String skus) throws SQLException {
        Facts facts = new Facts();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                run(connection, "set transaction isolation level repeatable read, read only");
                facts.read(connection, skus + "%");
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        return facts;
    }

    private void read(Connection connection, String skus) throws SQLException {
        query(
                connection,
                "select sku, location, sum(delta), max(number) from stock_movement where sku like ? group by 1, 2",
                skus,
                row -> lying.computeIfAbsent(row.getString(1), _ -> new TreeMap<>())
                        .put(row.getString(2), new Lying(row.getInt(3), row.getLong(4))));
        query(connection, """
                with part as (
                  select r.order_id, r.line_id, r.pool, coalesce(p.sku, r.sku) as sku, coalesce(p.per, 1) as per,
                         r.sku as sold, r.held, r.allocated, r.backordered
                  from reservation r left join reservation_part p using (order_id, line_id))
                select order_id, line_id, pool, sku, per, sold, held, allocated, backordered from part
                where sku like ? and held + allocated + backordered > 0 order by order_id, line_id
                """, skus, row -> {
            OpenLine line = new OpenLine(
                    row.getString(1),
                    row.getString(2),
                    row.getString(6),
                    row.getInt(5),
                    row.getInt(7),
                    row.getInt(8),
                    row.getInt(9));
            Key key = new Key(row.getString(3), row.getString(4));
            lines.computeIfAbsent(key.sku, _ -> new ArrayList<>()).add(line);
            promised.merge(key, Promised.of(line), Promised::plus);
        });
        query(
                connection,
                """
                select h.pool, part.sku, sum(part.units), count(*)
                from checkout_hold h, unnest(h.part_skus, h.part_quantities) as part (sku, units)
                where part.sku like ? and h.state in ('HELD', 'CONVERTING') group by 1, 2
                """,
                skus,
                row -> promised.merge(
                        new Key(row.getString(1), row.getString(2)),
                        new Promised(0, 0, 0, 0, row.getLong(4), row.getInt(3)),
                        Promised::plus));
        query(
                connection,
                """
                select coalesce(p.sku, r.sku), a.location, sum(a.quantity * coalesce(p.per, 1))
                from allocation a join reservation r using (order_id, line_id)
                left join reservation_part p using (order_id, line_id)
                where coalesce(p.sku, r.sku) like ? group by 1, 2
                """,
                skus,
                row -> allocated
                        .computeIfAbsent(row.getString(1), _ -> new HashMap<>())
                        .put(row.getString(2), row.getInt(3)));
        query(
                connection,
                "select offer, announced_sequence, coalesce(announced_quantity, -1), announced_mode from offer"
                        + " where sku like ?",
                skus,
                row -> announced.put(row.getString(1), new Announced(row.getLong(2), row.getInt(3), row.getString(4))));
        readExposures(connection, skus);
    }

    private void readExposures(Connection connection, String skus) throws SQLException {
        query(connection, """
                select e.offer, e.compares, e.restocks, e.base_quantity is null, e.base_quantity, e.base_sold,
                       e.base_cancelled, coalesce(s.sold, 0), coalesce(s.cancelled, 0),
                       coalesce(p.granted, 0), p.highest, p.highest_kept
                from offer_exposure e join offer o using (offer)
                left join (select offer, sum(ordered) as sold, sum(ordered - wanted) as cancelled
                           from reservation group by 1) s using (offer)
                left join (select offer, sum(quantity) as granted, max(quantity + sold_at) as highest,
                                  max(quantity + sold_at - cancelled_at) as highest_kept
                           from exposure_permit group by 1) p using (offer)
                where o.sku like ?
                """, skus, row -> {
            boolean compares = row.getBoolean(2);
            boolean restocks = row.getBoolean(3);
            boolean unknown = row.getBoolean(4);
            long sold = row.getLong(8);
            long cancelled = row.getLong(9);
            long lost = restocks ? unknown ? cancelled : row.getLong(7) : 0;
            long ceiling = (unknown ? sold : row.getLong(5) + row.getLong(6)) - lost;
            if (!compares) {
                ceiling += row.getLong(10);
            } else {
                long highest = row.getLong(restocks ? 12 : 11);
                ceiling = row.wasNull() ? ceiling : Math.max(ceiling, highest);
            }
            exposures.put(row.getString(1), (int) Math.max(0, ceiling - sold + (restocks ? cancelled : 0)));
        });
        query(
                connection,
                "select offer, pool, sku, per from exposure_part where sku like ?",
                skus,
                row -> exposedBy
                        .computeIfAbsent(new Key(row.getString(2), row.getString(3)), _ -> new HashMap<>())
                        .put(row.getString(1), row.getInt(4)));
    }

    /// What lies of a SKU, by location.
    Map<String, Lying> lying(String sku) {
        return lying.getOrDefault(sku, Map.of());
    }

    int allocated(String sku, String location) {
        return allocated.getOrDefault(sku, Map.of()).getOrDefault(location, 0);
    }

    Promised promised(Key key) {
        return promised.getOrDefault(key, Promised.NONE);
    }

    /// The open lines of a SKU, those of bundles that take it included.
    List<OpenLine> lines(String sku) {
        return lines.getOrDefault(sku, List.of());
    }

    Map<String, Announced> announced() {
        return announced;
    }

    Announced announced(String offer) {
        return announced.getOrDefault(offer, Announced.NEVER);
    }

    /// The most that an offer can still sell unseen; null where units are shared.
    @Nullable
    Integer exposure(String offer) {
        return exposures.get(offer);
    }

    /// Units of a key that channels can still sell unseen.
    ///
    /// @param but without this offer; null for all
    int exposed(Key key, @Nullable String but) {
        return exposedBy.getOrDefault(key, Map.of()).entrySet().stream()
                .filter(offer -> !offer.getKey().equals(but))
                .mapToInt(offer -> offer.getValue() * exposures.getOrDefault(offer.getKey(), 0))
                .sum();
    }

    private static void query(Connection connection, String sql, String skus, Take take) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, skus);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    take.take(rows);
                }
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    /// A SKU in a pool.
    record Key(String pool, String sku) {}

    /// @param movement the number of the last movement there
    record Lying(int units, long movement) {}

    /// @param quantity what was announced last; below zero when it is to be announced again
    record Announced(long sequence, int quantity, String mode) {
        static final Announced NEVER = new Announced(0, -1, "SHARED");

        boolean isShared() {
            return mode.equals("SHARED");
        }
    }

    /// @param sold the SKU that was sold: a bundle, perhaps
    record OpenLine(String orderId, String lineId, String sold, int per, int held, int allocated, int backordered) {}

    /// Units of a SKU in a pool, by what they are promised to.
    record Promised(long lines, int held, int allocated, int backordered, long holds, int kept) {
        static final Promised NONE = new Promised(0, 0, 0, 0, 0, 0);

        static Promised of(OpenLine line) {
            return new Promised(1, line.held * line.per, line.allocated * line.per, line.backordered * line.per, 0, 0);
        }

        Promised plus(Promised other) {
            return new Promised(
                    lines + other.lines,
                    held + other.held,
                    allocated + other.allocated,
                    backordered + other.backordered,
                    holds + other.holds,
                    kept + other.kept);
        }

        int reserved() {
            return held + allocated + kept;
        }
    }

    @FunctionalInterface
    private interface Take {
        void take(ResultSet row) throws SQLException;
    }
}
