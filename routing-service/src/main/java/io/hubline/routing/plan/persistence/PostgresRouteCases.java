package io.hubline.routing.plan.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hubline.kit.sql.DatabaseException;
import io.hubline.routing.plan.domain.Announced;
import io.hubline.routing.plan.domain.CaseState;
import io.hubline.routing.plan.domain.CaseState.Unroutable;
import io.hubline.routing.plan.domain.Decision;
import io.hubline.routing.plan.domain.Facts;
import io.hubline.routing.plan.domain.Phase;
import io.hubline.routing.plan.domain.PlanOutcome.Assignment;
import io.hubline.routing.plan.domain.PlanOutcome.Parcel;
import io.hubline.routing.plan.domain.PlanOutcome.Rejected;
import io.hubline.routing.plan.domain.Promise;
import io.hubline.routing.plan.domain.RouteCases;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresRouteCases implements RouteCases {

    private static final int ANNOUNCED_MAX = 100;
    private static final TypeReference<List<Assignment>> ASSIGNMENTS = new TypeReference<>() {};
    private static final TypeReference<List<Parcel>> PARCELS = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<Rejected>> REJECTED = new TypeReference<>() {};

    private final DataSource database;
    private final Columns columns;

    PostgresRouteCases(DataSource database, Columns columns) {
        this.database = database;
        this.columns = columns;
    }

    @Override
    public CaseState hold(String orderId) {
        try (Connection connection = database.getConnection()) {
            Optional<CaseState> known = select(connection, orderId, " for update");
            if (known.isPresent()) {
                return known.get();
            }
            CaseState unknown = CaseState.unknown(orderId);
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into route_case (order_id, phase, note, attempts, sequence) values (?, ?, ?, 0, 0)
                    on conflict do nothing
                    """)) {
                insert.setString(1, orderId);
                insert.setString(2, unknown.phase().name());
                insert.setString(3, unknown.note());
                insert.executeUpdate();
            }
            return select(connection, orderId, " for update").orElse(unknown);
        } catch (SQLException e) {
            throw new DatabaseException("holding an order", e);
        }
    }

    @Override
    public Optional<CaseState> find(String orderId) {
        try (Connection connection = database.getConnection()) {
            return select(connection, orderId, "");
        } catch (SQLException e) {
            throw new DatabaseException("finding an order", e);
        }
    }

    private Optional<CaseState> select(Connection connection, String orderId, String lock) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from route_case where order_id = ?" + lock)) {
            select.setString(1, orderId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(state(row)) : Optional.empty();
            }
        }
    }

    private CaseState state(ResultSet row) throws SQLException {
        return new CaseState(
                row.getString("order_id"),
                Phase.valueOf(row.getString("phase")),
                row.getString("note"),
                columns.readOrNull(row.getString("facts"), Facts.class),
                columns.readOrNull(row.getString("promise"), Promise.class),
                columns.readOrNull(row.getString("decision"), Decision.class),
                row.getInt("attempts"),
                row.getLong("sequence"),
                Columns.time(row, "due_at"),
                Columns.time(row, "starved_since"),
                columns.readOrNull(row.getString("unroutable"), Unroutable.class));
    }

    @Override
    public void save(CaseState state) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement("""
                        update route_case set phase = ?, note = ?, facts = ?::jsonb, promise = ?::jsonb,
                          decision = ?::jsonb, attempts = ?, sequence = ?, due_at = ?, starved_since = ?,
                          unroutable = ?::jsonb, decided_at = ?
                        where order_id = ?
                        """)) {
            update.setString(1, state.phase().name());
            update.setString(2, state.note());
            update.setString(3, columns.write(state.facts()));
            update.setString(4, columns.write(state.promise()));
            update.setString(5, columns.write(state.decision()));
            update.setInt(6, state.attempts());
            update.setLong(7, state.sequence());
            update.setObject(8, Columns.time(state.dueAt()));
            update.setObject(9, Columns.time(state.starvedSince()));
            update.setString(10, columns.write(state.unroutable()));
            update.setObject(
                    11,
                    Columns.time(
                            state.decision() == null ? null : state.decision().at()));
            update.setString(12, state.orderId());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("keeping an order", e);
        }
    }

    @Override
    public void lookedAt(String orderId, long revision, List<Seen> seen, boolean risesOnly) {
        try (Connection connection = database.getConnection();
                PreparedStatement look = connection.prepareStatement("""
                        with looked as (
                          update route_case set looked_revision = ?, rises_only = ? where order_id = ?
                        ), gone as (
                          delete from route_look where order_id = ? and sku <> all (?)
                        )
                        insert into route_look (order_id, sku, change)
                        select ?, sku, change from unnest(?::text[], ?::bigint[]) as now (sku, change)
                        on conflict (order_id, sku) do update set change = excluded.change
                        """)) {
            Object[] skus = seen.stream().map(Seen::sku).toArray();
            look.setLong(1, revision);
            look.setBoolean(2, risesOnly);
            look.setString(3, orderId);
            look.setString(4, orderId);
            look.setArray(5, connection.createArrayOf("text", skus));
            look.setString(6, orderId);
            look.setArray(7, connection.createArrayOf("text", skus));
            look.setArray(
                    8,
                    connection.createArrayOf(
                            "bigint", seen.stream().map(Seen::change).toArray()));
            look.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("noting what was looked at", e);
        }
    }

    @Override
    public List<String> due(Instant now, long revision, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select c.order_id from route_case c
                        where c.phase in ('RETRY', 'UNROUTABLE') and (
                          c.due_at <= ? or c.looked_revision < ?
                          or exists (
                            select from route_look l join stock_shelf s using (sku)
                            where l.order_id = c.order_id
                            and l.change < case when c.rises_only then s.rise else s.change end))
                        order by c.due_at nulls last, c.order_id limit ?
                        """)) {
            select.setObject(1, Columns.time(now));
            select.setLong(2, revision);
            select.setInt(3, limit);
            List<String> due = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    due.add(row.getString(1));
                }
            }
            return due;
        } catch (SQLException e) {
            throw new DatabaseException("finding orders that are due", e);
        }
    }

    @Override
    public void record(Announced announced) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into route_announced (order_id, sequence, order_version, attempt, at, plan_id, reason,
                          cost_minor, currency, assignments, parcels, reasons, rejected)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb)
                        """)) {
            insert.setString(1, announced.orderId());
            insert.setLong(2, announced.sequence());
            insert.setLong(3, announced.orderVersion());
            insert.setInt(4, announced.attempt());
            insert.setObject(5, Columns.time(announced.at()));
            insert.setString(6, announced.planId());
            insert.setString(7, announced.reason());
            insert.setObject(8, announced.costMinor());
            insert.setString(9, announced.currency());
            insert.setString(10, columns.write(announced.assignments()));
            insert.setString(11, columns.write(announced.parcels()));
            insert.setString(12, columns.write(announced.reasons()));
            insert.setString(13, columns.write(announced.rejected()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("keeping an announcement", e);
        }
    }

    @Override
    public void answered(String planId, String answer, String detail, Instant at) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update route_announced set answer = ?, answer_detail = ?, answered_at = ? where plan_id = ?")) {
            update.setString(1, answer);
            update.setString(2, detail);
            update.setObject(3, Columns.time(at));
            update.setString(4, planId);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("noting an answer", e);
        }
    }

    @Override
    public List<Announced> announced(String orderId) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select * from route_announced where order_id = ? order by sequence desc limit ?")) {
            select.setString(1, orderId);
            select.setInt(2, ANNOUNCED_MAX);
            List<Announced> newestFirst = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    newestFirst.add(announced(row));
                }
            }
            return newestFirst.reversed();
        } catch (SQLException e) {
            throw new DatabaseException("reading announcements", e);
        }
    }

    private Announced announced(ResultSet row) throws SQLException {
        return new Announced(
                row.getString("order_id"),
                row.getLong("sequence"),
                row.getLong("order_version"),
                row.getInt("attempt"),
                Objects.requireNonNull(Columns.time(row, "at")),
                row.getString("plan_id"),
                row.getString("reason"),
                row.getObject("cost_minor", Long.class),
                row.getString("currency"),
                columns.read(row.getString("assignments"), ASSIGNMENTS),
                columns.read(row.getString("parcels"), PARCELS),
                columns.read(row.getString("reasons"), TEXTS),
                columns.read(row.getString("rejected"), REJECTED),
                row.getString("answer"),
                row.getString("answer_detail"),
                Columns.time(row, "answered_at"));
    }

    @Override
    public List<CaseState> page(@Nullable Phase phase, @Nullable String after, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select * from route_case where order_id > ?"
                        + (phase == null ? "" : " and phase = ?") + " order by order_id limit ?")) {
            int next = 1;
            select.setString(next++, after == null ? "" : after);
            if (phase != null) {
                select.setString(next++, phase.name());
            }
            select.setInt(next, limit);
            List<CaseState> page = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    page.add(state(row));
                }
            }
            return page;
        } catch (SQLException e) {
            throw new DatabaseException("reading orders", e);
        }
    }

    @Override
    public Attention attention() {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select count(*) filter (where phase = 'PLANNED') as planned,
                          count(*) filter (where phase = 'RETRY') as retrying,
                          count(*) filter (where phase = 'UNROUTABLE') as unroutable,
                          min(decided_at) filter (where phase = 'PLANNED') as oldest_plan
                        from route_case where phase in ('PLANNED', 'RETRY', 'UNROUTABLE')
                        """);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Attention(
                    row.getLong("planned"),
                    row.getLong("retrying"),
                    row.getLong("unroutable"),
                    Columns.time(row, "oldest_plan"));
        } catch (SQLException e) {
            throw new DatabaseException("counting what needs an eye", e);
        }
    }
}
