package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.availability.domain.Evidence;
import io.hubline.inventory.availability.domain.Stock;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

@ApplicationScoped
class PostgresEvidence implements Evidence {

    // Lines of the SKU itself, and of bundles of which it is a part.
    private static final String LINES = """
            with line as (
              select r.order_id, r.line_id, r.sku, 1 as per, r.offer, r.held, r.allocated, r.backordered
              from reservation r
              where r.pool = ? and r.sku = ? and r.held + r.backordered + r.allocated > 0
                and not exists (select from reservation_part p
                                where p.order_id = r.order_id and p.line_id = r.line_id)
              union all
              select r.order_id, r.line_id, r.sku, p.per, r.offer, r.held, r.allocated, r.backordered
              from reservation_part p join reservation r using (order_id, line_id)
              where p.pool = ? and p.sku = ? and p.open)
            """;

    private static final String HOLDS = """
            with kept as (
              select h.id, h.state, h.expires_at, part.units
              from checkout_hold h, unnest(h.part_skus, h.part_quantities) as part (sku, units)
              where h.state in ('HELD', 'CONVERTING') and h.pool = ? and part.sku = ?)
            """;

    private final Sql sql;

    PostgresEvidence(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void asOfOneMoment() {
        sql.update("set transaction isolation level repeatable read, read only");
    }

    @Override
    public List<Sum> sums(String sku, Collection<Stock.Place> upTo) {
        return sql.query(
                """
                select place.location, part.reason, sum(part.movements) as movements, sum(part.units) as units
                from unnest(?::text[], ?::bigint[]) as place (location, number)
                cross join lateral (
                  select b.reason, b.movements, b.units from movement_block b
                  where b.sku = ? and b.location = place.location and b.through <= place.number
                  union all
                  select m.reason, 1, m.delta from stock_movement m
                  where m.sku = ? and m.location = place.location
                    and m.number > place.number / 200 * 200 and m.number <= place.number) part
                group by place.location, part.reason
                order by place.location, part.reason
                """,
                row -> new Sum(
                        row.getString("location"),
                        row.getString("reason"),
                        row.getLong("movements"),
                        row.getLong("units")),
                texts(upTo, Stock.Place::location),
                numbers(upTo, Stock.Place::movement),
                sku,
                sku);
    }

    @Override
    public List<Movement> last(String sku, Collection<Stock.Place> upTo, int size) {
        return sql.query(
                """
                select m.*
                from unnest(?::text[], ?::bigint[]) as place (location, number)
                cross join lateral (
                  select seq, id, location, m.number, delta, on_hand_after, reason, cause, recorded_at
                  from stock_movement m
                  where m.sku = ? and m.location = place.location and m.number <= place.number
                  order by m.number desc limit ?) m
                order by m.seq desc limit ?
                """,
                row -> new Movement(
                        row.getLong("seq"),
                        row.getObject("id", UUID.class),
                        row.getString("location"),
                        row.getLong("number"),
                        row.getInt("delta"),
                        row.getInt("on_hand_after"),
                        row.getString("reason"),
                        row.getString("cause"),
                        Objects.requireNonNull(Sql.instant(row, "recorded_at"))),
                texts(upTo, Stock.Place::location),
                numbers(upTo, Stock.Place::movement),
                sku,
                size,
                size);
    }

    @Override
    public Promised promised(String pool, String sku, int size) {
        List<Line> first = sql.query(
                LINES + "select * from line order by order_id, line_id limit ?",
                row -> new Line(
                        row.getString("order_id"),
                        row.getString("line_id"),
                        row.getString("sku"),
                        row.getInt("per"),
                        row.getString("offer"),
                        row.getInt("held"),
                        row.getInt("allocated"),
                        row.getInt("backordered")),
                pool,
                sku,
                pool,
                sku,
                size);
        return sql.query(
                        LINES + """
                        select count(*) as lines, coalesce(sum(held * per), 0) as held,
                               coalesce(sum(allocated * per), 0) as allocated,
                               coalesce(sum(backordered * per), 0) as backordered
                        from line
                        """,
                        row -> new Promised(
                                row.getLong("lines"),
                                row.getLong("held"),
                                row.getLong("allocated"),
                                row.getLong("backordered"),
                                first),
                        pool,
                        sku,
                        pool,
                        sku)
                .getFirst();
    }

    @Override
    public Kept kept(String pool, String sku, int size) {
        List<KeptHold> first = sql.query(
                HOLDS + "select * from kept order by id limit ?",
                row -> new KeptHold(
                        row.getString("id"),
                        row.getString("state"),
                        Objects.requireNonNull(Sql.instant(row, "expires_at")),
                        row.getInt("units")),
                pool,
                sku,
                size);
        return sql.query(
                        HOLDS + "select count(*) as holds, coalesce(sum(units), 0) as units from kept",
                        row -> new Kept(row.getLong("holds"), row.getLong("units"), first),
                        pool,
                        sku)
                .getFirst();
    }
}
