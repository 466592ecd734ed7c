package io.hubline.inventory.stock.persistence;

import io.hubline.inventory.stock.domain.Decision;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.Position;
import io.hubline.inventory.stock.domain.RecordedMovement;
import io.hubline.inventory.stock.domain.StockBooks;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresStockBooks implements StockBooks {

    private static final String LINES = """
            select r.order_id, r.line_id, r.sku, r.offer, r.wanted, r.held, r.backordered, r.allocated, r.shipped,
                   p.ship_by
            from reservation r join promise p using (order_id)
            where (?::text is null or (r.order_id, r.line_id) > (?, ?))
            """;

    private final Sql sql;
    private final StockLedger ledger;

    PostgresStockBooks(Sql sql, StockLedger ledger) {
        this.sql = sql;
        this.ledger = ledger;
    }

    @Override
    public List<PoolPosition> pools(String sku) {
        return sql.query(
                "select pool, sku, on_hand, reserved, short, backordered, exposed from pool_position where sku = ?"
                        + " order by pool",
                PostgresStockLedger::pool,
                sku);
    }

    @Override
    public List<Position> positions(String sku) {
        return ledger.positions(List.of(sku));
    }

    @Override
    public List<RecordedMovement> movements(String sku, MovementFilter filter, long after, int size) {
        @Nullable
        String reason = filter.reason() == null ? null : filter.reason().name();
        return sql.query(
                "select " + PostgresStockLedger.MOVEMENT_COLUMNS + """
                         from stock_movement
                        where sku = ? and seq > ? and (?::text is null or location = ?)
                          and (?::text is null or reason = ?)
                          and (?::timestamptz is null or recorded_at >= ?)
                          and (?::timestamptz is null or recorded_at < ?)
                        order by seq limit ?
                        """,
                PostgresStockLedger::movement,
                sku,
                after,
                filter.location(),
                filter.location(),
                reason,
                reason,
                filter.from(),
                filter.from(),
                filter.to(),
                filter.to(),
                size);
    }

    @Override
    public List<OpenLine> openLines(String sku, @Nullable LineKey after, int size) {
        return lines("""
                and r.held + r.backordered + r.allocated > 0
                and (r.order_id, r.line_id) in (
                  select o.order_id, o.line_id from reservation o
                  where o.sku = ? and o.held + o.backordered + o.allocated > 0
                  union all
                  select p.order_id, p.line_id from reservation_part p where p.sku = ? and p.open)
                """, after, size, sku, sku);
    }

    @Override
    public List<OpenLine> waitingLines(@Nullable LineKey after, int size) {
        return lines("and r.backordered > 0", after, size);
    }

    private List<OpenLine> lines(String condition, @Nullable LineKey after, int size, String... ofSkus) {
        @Nullable String order = after == null ? null : after.orderId();
        @Nullable String line = after == null ? null : after.lineId();
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(order);
        parameters.add(order);
        parameters.add(line);
        parameters.addAll(List.of(ofSkus));
        parameters.add(size);
        return sql.query(
                LINES + condition + " order by r.order_id, r.line_id limit ?",
                PostgresStockBooks::openLine,
                parameters.toArray());
    }

    private static OpenLine openLine(ResultSet row) throws SQLException {
        return new OpenLine(
                row.getString("order_id"),
                row.getString("line_id"),
                row.getString("sku"),
                row.getString("offer"),
                row.getInt("wanted"),
                row.getInt("held"),
                row.getInt("backordered"),
                row.getInt("allocated"),
                row.getInt("shipped"),
                Sql.instant(row, "ship_by"));
    }

    @Override
    public List<PoolPosition> shortPools(@Nullable StockKey after, int size) {
        @Nullable String pool = after == null ? null : after.pool();
        @Nullable String sku = after == null ? null : after.sku();
        return sql.query("""
                select pool, sku, on_hand, reserved, short, backordered, exposed from pool_position
                where short > 0 and (?::text is null or (pool, sku) > (?, ?)) order by pool, sku limit ?
                """, PostgresStockLedger::pool, pool, pool, sku, size);
    }

    @Override
    public List<RecordedOversell> oversells(long after, int size) {
        return sql.query(
                """
                select seq, order_id, line_id, sku, offer, units, recorded_at
                from oversell where seq > ? order by seq limit ?
                """,
                row -> new RecordedOversell(
                        row.getLong("seq"),
                        row.getString("order_id"),
                        row.getString("line_id"),
                        row.getString("sku"),
                        row.getString("offer"),
                        row.getInt("units"),
                        Objects.requireNonNull(Sql.instant(row, "recorded_at"))),
                after,
                size);
    }

    @Override
    public List<RecordedDiscrepancy> discrepancies(long after, int size) {
        return sql.query(
                """
                select seq, kind, sku, location, units, cause, detail, recorded_at
                from discrepancy where seq > ? order by seq limit ?
                """,
                row -> new RecordedDiscrepancy(
                        row.getLong("seq"),
                        Decision.Discrepancy.Kind.valueOf(row.getString("kind")),
                        row.getString("sku"),
                        row.getString("location"),
                        row.getInt("units"),
                        row.getString("cause"),
                        row.getString("detail"),
                        Objects.requireNonNull(Sql.instant(row, "recorded_at"))),
                after,
                size);
    }

    @Override
    public Totals totals() {
        return sql.query(
                        """
                        select coalesce(sum(on_hand), 0) as on_hand, coalesce(sum(reserved), 0) as reserved,
                               (select coalesce(sum(sent - received - lost), 0) from transfer_line
                                where received + lost < sent) as in_transit,
                               coalesce(sum(short), 0) as short, coalesce(sum(backordered), 0) as backordered,
                               (select coalesce(sum(units), 0) from oversell) as oversold,
                               (select count(*) from discrepancy) as discrepancies
                        from pool_position
                        """,
                        row -> new Totals(
                                row.getLong("on_hand"),
                                row.getLong("in_transit"),
                                row.getLong("reserved"),
                                row.getLong("short"),
                                row.getLong("backordered"),
                                row.getLong("oversold"),
                                row.getLong("discrepancies")))
                .getFirst();
    }
}
