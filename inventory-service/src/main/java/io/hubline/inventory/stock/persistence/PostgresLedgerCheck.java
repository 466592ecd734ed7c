package io.hubline.inventory.stock.persistence;

import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.stock.domain.LedgerCheck;
import io.hubline.inventory.stock.domain.StockBooks.LineKey;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Each comparison is one statement, and so sees the books at one moment, while others go on moving them.
@ApplicationScoped
class PostgresLedgerCheck implements LedgerCheck {

    /// Every sum of some SKUs beside what it should be: from movements and allocations up to positions,
    /// from both, from promises, holds and exposures up to pools, from lines up to what was sold through an
    /// offer, from movements up to transfers.
    private static final String SUMS = """
            with these as (
              select distinct sku from unnest(?::text[]) as v (sku)
            ), moved as (
              select sku, location, sum(delta) as on_hand, max(number) as last_movement
              from stock_movement where sku in (select sku from these) group by sku, location
            ), part as (
              select r.order_id, r.line_id, r.pool, r.sku, 1 as per, r.held, r.backordered, r.allocated
              from reservation r
              where r.sku in (select sku from these) and r.held + r.backordered + r.allocated > 0
                and not exists (select from reservation_part p
                                where p.order_id = r.order_id and p.line_id = r.line_id)
              union all
              select r.order_id, r.line_id, p.pool, p.sku, p.per, r.held, r.backordered, r.allocated
              from reservation_part p join reservation r using (order_id, line_id)
              where p.sku in (select sku from these) and r.held + r.backordered + r.allocated > 0
            ), allocated as (
              select p.sku, a.location, sum(a.quantity * p.per) as allocated
              from part p join allocation a using (order_id, line_id) group by p.sku, a.location
            ), position as (
              select sku, location, p.on_hand, p.allocated, p.short,
                     coalesce(m.on_hand, 0) as true_on_hand, coalesce(a.allocated, 0) as true_allocated,
                     coalesce((select l.pool from pool_location l where l.location = coalesce(
                                 p.location, m.location, a.location)), 'default') as pool,
                     m.last_movement
              from (select * from stock_position where sku in (select sku from these)) p
              full join moved m using (sku, location)
              full join allocated a using (sku, location)
            ), lain as (
              select pool, sku, sum(true_on_hand) as on_hand from position group by pool, sku
            ), promised as (
              select pool, sku, sum(reserved) as reserved, sum(backordered) as backordered
              from (
                select pool, sku, (held + allocated) * per as reserved, backordered * per as backordered from part
                union all
                select h.pool, p.sku, p.units, 0
                from checkout_hold h cross join lateral unnest(h.part_skus, h.part_quantities) as p (sku, units)
                where h.state in ('HELD', 'CONVERTING') and p.sku in (select sku from these)
              ) promise group by pool, sku
            ), booked as (
              select o.offer, o.sku, coalesce(s.sold, 0) as sold, coalesce(s.cancelled, 0) as cancelled,
                     coalesce(t.sold, 0) as true_sold, coalesce(t.cancelled, 0) as true_cancelled
              from offer o
              left join offer_sales s using (offer)
              cross join lateral (select sum(r.ordered) as sold, sum(r.ordered - r.wanted) as cancelled
                                  from reservation r where r.offer = o.offer) t
              where o.sku in (select sku from these)
            ), exposure as (
              select p.offer, p.pool, p.sku, p.per, e.units,
                     greatest(0, case when e.compares then greatest(now.base, most.quantity)
                                      else now.base + coalesce(most.together, 0) end - now.gone) as true_units
              from exposure_part p
              join offer_exposure e using (offer)
              left join offer_sales s using (offer)
              cross join lateral (
                select coalesce(e.base_quantity, 0) + coalesce(e.base_sold, s.sold, 0)
                         - e.restocks::int * coalesce(e.base_cancelled, s.cancelled, 0) as base,
                       coalesce(s.sold, 0) - e.restocks::int * coalesce(s.cancelled, 0) as gone) now
              cross join lateral (
                select max(m.quantity + m.sold_at - e.restocks::int * m.cancelled_at) as quantity,
                       sum(m.quantity) as together
                from exposure_permit m where m.offer = e.offer) most
              where p.sku in (select sku from these)
            ), counted as (
              select pool, sku, sum(per * true_units) as exposed from exposure group by pool, sku
            ), pool as (
              select pool, sku, p.on_hand, p.reserved, p.short, p.backordered, p.exposed,
                     coalesce(l.on_hand, 0) as true_on_hand, coalesce(r.reserved, 0) as true_reserved,
                     coalesce(r.backordered, 0) as true_backordered, coalesce(c.exposed, 0) as true_exposed
              from (select * from pool_position where sku in (select sku from these)) p
              full join lain l using (pool, sku)
              full join promised r using (pool, sku)
              full join counted c using (pool, sku)
            ), sent as (
              select l.transfer_id, l.sku, l.sent, l.received, l.lost,
                     coalesce((select -sum(m.delta) from stock_movement m
                               where m.cause = 'transfer ' || l.transfer_id and m.sku = l.sku
                                 and m.reason = 'TRANSFER_OUT'), 0) as true_sent,
                     coalesce((select sum(m.delta) from transfer_receipt r
                               join stock_movement m on m.cause = 'transfer ' || r.transfer_id || ' receipt ' || r.receipt_id
                                 and m.sku = r.sku and m.reason = 'TRANSFER_IN'
                               where r.transfer_id = l.transfer_id and r.sku = l.sku), 0) as true_received
              from transfer_line l where l.sku in (select sku from these)
            )
            """;

    private static final String TRUE_LINES = """
            select r.order_id, r.line_id, r.sku, r.allocated, r.shipped,
                   coalesce(a.quantity, 0) as true_allocated, coalesce(a.shipped, 0) as true_shipped
            from reservation r
            left join lateral (select sum(quantity) as quantity, sum(shipped) as shipped from allocation a
                               where a.order_id = r.order_id and a.line_id = r.line_id) a on true
            """;

    private final Sql sql;

    PostgresLedgerCheck(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Extent extent() {
        return sql.query(
                        """
                        select (select count(*) from stock_movement) as movements,
                               (select count(*) from stock_position) as positions,
                               (select count(*) from pool_position) as pools,
                               (select count(*) from reservation) as reservations,
                               (select count(*) from transfer) as transfers
                        """,
                        row -> new Extent(
                                row.getLong("movements"),
                                row.getLong("positions"),
                                row.getLong("pools"),
                                row.getLong("reservations"),
                                row.getLong("transfers")))
                .getFirst();
    }

    /// A SKU may be missing from any one of the books, which is what is looked for; so all of them are
    /// asked. Movements are many per SKU: their index is walked from one SKU to the next.
    @Override
    public List<String> skus(@Nullable String after, int size) {
        String from = after == null ? "" : after;
        return sql.query(
                """
                with recursive moved (sku, n) as (
                  (select min(sku), 1 from stock_movement where sku > ?)
                  union all
                  select (select min(m.sku) from stock_movement m where m.sku > moved.sku), n + 1
                  from moved where moved.sku is not null and n < ?
                )
                select sku from (
                  (select sku from moved where sku is not null)
                  union
                  (select distinct sku from stock_position where sku > ? order by sku limit ?)
                  union
                  (select distinct sku from pool_position where sku > ? order by sku limit ?)
                  union
                  (select distinct sku from reservation
                   where sku > ? and held + backordered + allocated > 0 order by sku limit ?)
                  union
                  (select distinct sku from reservation_part where sku > ? order by sku limit ?)
                  union
                  (select distinct sku from transfer_line where sku > ? order by sku limit ?)
                ) known order by sku limit ?
                """,
                row -> row.getString("sku"),
                from,
                size,
                from,
                size,
                from,
                size,
                from,
                size,
                from,
                size,
                from,
                size,
                size);
    }

    @Override
    public List<Drift> drifts(Collection<String> skus) {
        return sql.query(SUMS + """
                        select sum, sku, subject, book, rebuilt from (
                          select 'stock_position.on_hand' as sum, sku, location as subject,
                                 coalesce(on_hand, 0) as book, true_on_hand as rebuilt from position
                          union all
                          select 'stock_position.allocated', sku, location, coalesce(allocated, 0), true_allocated
                          from position
                          union all
                          select 'stock_position.short', sku, location, coalesce(short, 0),
                                 greatest(0, true_allocated - true_on_hand) from position
                          union all
                          select 'pool_position.on_hand', sku, pool, coalesce(on_hand, 0), true_on_hand from pool
                          union all
                          select 'pool_position.reserved', sku, pool, coalesce(reserved, 0), true_reserved from pool
                          union all
                          select 'pool_position.short', sku, pool, coalesce(short, 0),
                                 greatest(0, true_reserved - true_on_hand) from pool
                          union all
                          select 'pool_position.backordered', sku, pool, coalesce(backordered, 0), true_backordered
                          from pool
                          union all
                          select 'pool_position.exposed', sku, pool, coalesce(exposed, 0), true_exposed from pool
                          union all
                          select 'offer_exposure.units', sku, offer, units, true_units from exposure
                          union all
                          select 'offer_sales.sold', sku, offer, sold, true_sold from booked
                          union all
                          select 'offer_sales.cancelled', sku, offer, cancelled, true_cancelled from booked
                          union all
                          select 'transfer_line.sent', sku, transfer_id, sent, true_sent from sent
                          union all
                          select 'transfer_line.received', sku, transfer_id, received, true_received from sent
                        ) sums where book <> rebuilt order by sku, sum, subject
                        """, PostgresLedgerCheck::drift, (Object) texts(skus, sku -> sku));
    }

    @Override
    public Lines lines(@Nullable LineKey after, int size) {
        @Nullable String order = after == null ? null : after.orderId();
        @Nullable String line = after == null ? null : after.lineId();
        List<ComparedLine> compared = sql.query(TRUE_LINES + """
                        where (?::text is null or (r.order_id, r.line_id) > (?, ?))
                        order by r.order_id, r.line_id limit ?
                        """, ComparedLine::of, order, order, line, size);
        return new Lines(drifted(compared), compared.isEmpty() ? null : compared.getLast().line);
    }

    @Override
    public List<Drift> linesOf(Collection<String> skus) {
        return drifted(
                sql.query(TRUE_LINES + "where r.sku = any (?)", ComparedLine::of, (Object) texts(skus, sku -> sku)));
    }

    private static List<Drift> drifted(List<ComparedLine> compared) {
        return compared.stream()
                .flatMap(line -> Stream.of(line.allocated, line.shipped))
                .filter(sum -> sum.book() != sum.rebuilt())
                .toList();
    }

    private record ComparedLine(LineKey line, Drift allocated, Drift shipped) {

        static ComparedLine of(ResultSet row) throws SQLException {
            LineKey line = new LineKey(row.getString("order_id"), row.getString("line_id"));
            String subject = line.orderId() + " " + line.lineId();
            String sku = row.getString("sku");
            return new ComparedLine(
                    line,
                    new Drift(
                            "reservation.allocated",
                            sku,
                            subject,
                            row.getLong("allocated"),
                            row.getLong("true_allocated")),
                    new Drift(
                            "reservation.shipped", sku, subject, row.getLong("shipped"), row.getLong("true_shipped")));
        }
    }

    private static Drift drift(ResultSet row) throws SQLException {
        return new Drift(
                row.getString("sum"),
                row.getString("sku"),
                row.getString("subject"),
                row.getLong("book"),
                row.getLong("rebuilt"));
    }

    @Override
    public SortedSet<String> promisedTogether(Collection<String> skus) {
        String[] these = texts(skus, sku -> sku);
        SortedSet<String> together = new TreeSet<>(skus);
        together.addAll(sql.query("""
                select distinct p.sku from reservation_part p join reservation r using (order_id, line_id)
                where r.sku = any (?)
                   or exists (select from reservation_part o
                              where o.order_id = p.order_id and o.line_id = p.line_id and o.sku = any (?))
                union
                select p.sku from exposure_part p join exposure_part o using (offer) where o.sku = any (?)
                """, row -> row.getString("sku"), these, these, these));
        return together;
    }

    @Override
    public void rebuild(Collection<String> skus) {
        String[] these = texts(skus, sku -> sku);
        // A repair restores the truth, and the truth may be that more was promised than lies there.
        sql.query("select set_config('hubline.repair', 'on', true)", row -> row.getString(1));
        sql.update("""
                update reservation r set allocated = t.true_allocated, shipped = t.true_shipped,
                                         wanted = r.held + r.backordered + t.true_allocated + t.true_shipped,
                                         ordered = greatest(r.ordered, r.held + r.backordered
                                                                       + t.true_allocated + t.true_shipped)
                from (
                """ + TRUE_LINES + """
                where r.sku = any (?)) t
                where t.order_id = r.order_id and t.line_id = r.line_id
                  and (r.allocated, r.shipped) is distinct from (t.true_allocated, t.true_shipped)
                """, (Object) these);
        sql.update(SUMS + """
                        update offer_sales s set sold = b.true_sold, cancelled = b.true_cancelled
                        from booked b where b.offer = s.offer
                          and (s.sold, s.cancelled) is distinct from (b.true_sold, b.true_cancelled)
                        """, (Object) these);
        sql.update(SUMS + """
                        update offer_exposure e set units = x.true_units
                        from exposure x where x.offer = e.offer and e.units <> x.true_units
                        """, (Object) these);
        sql.update(SUMS + """
                        insert into stock_position (sku, location, pool, on_hand, allocated, short, last_movement)
                        select sku, location, pool, true_on_hand, true_allocated,
                               greatest(0, true_allocated - true_on_hand), last_movement
                        from position
                        on conflict (sku, location) do update
                        set on_hand = excluded.on_hand, allocated = excluded.allocated, short = excluded.short,
                            last_movement = excluded.last_movement
                        """, (Object) these);
        sql.update(SUMS + """
                        insert into pool_position (pool, sku, on_hand, reserved, short, backordered, exposed)
                        select pool, sku, true_on_hand, true_reserved, greatest(0, true_reserved - true_on_hand),
                               true_backordered, true_exposed
                        from pool
                        on conflict (pool, sku) do update
                        set on_hand = excluded.on_hand, reserved = excluded.reserved, short = excluded.short,
                            backordered = excluded.backordered, exposed = excluded.exposed
                        """, (Object) these);
        sql.update(SUMS + """
                        update transfer_line l
                        set sent = s.true_sent, received = s.true_received,
                            lost = least(s.lost, s.true_sent - s.true_received)
                        from sent s
                        where s.transfer_id = l.transfer_id and s.sku = l.sku
                          and (l.sent, l.received) is distinct from (s.true_sent, s.true_received)
                          and s.true_sent > 0 and s.true_received <= s.true_sent
                        """, (Object) these);
    }
}
