package io.hubline.inventory.stock.persistence;

import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.stock.domain.LedgerCheck;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/// Each comparison is one statement, and so sees the books at one moment, while others go on moving them.
@ApplicationScoped
class PostgresLedgerCheck implements LedgerCheck {

    /// Every sum beside what it should be: from movements and allocations up to positions, from both up to
    /// pools.
    private static final String SUMS = """
            with moved as (
              select sku, location, sum(delta) as on_hand, max(number) as last_movement from stock_movement
              group by sku, location
            ), allocated as (
              select r.sku, a.location, sum(a.quantity) as allocated
              from allocation a join reservation r using (order_id, line_id) group by r.sku, a.location
            ), position as (
              select sku, location, p.on_hand, p.allocated, p.short,
                     coalesce(m.on_hand, 0) as true_on_hand, coalesce(a.allocated, 0) as true_allocated,
                     coalesce(p.pool, 'default') as pool, m.last_movement
              from stock_position p
              full join moved m using (sku, location)
              full join allocated a using (sku, location)
            ), lain as (
              select pool, sku, sum(true_on_hand) as on_hand from position group by pool, sku
            ), promised as (
              select pool, sku, sum(held + allocated) as reserved, sum(backordered) as backordered
              from reservation group by pool, sku
            ), pool as (
              select pool, sku, p.on_hand, p.reserved, p.short, p.backordered,
                     coalesce(l.on_hand, 0) as true_on_hand, coalesce(r.reserved, 0) as true_reserved,
                     coalesce(r.backordered, 0) as true_backordered
              from pool_position p
              full join lain l using (pool, sku)
              full join promised r using (pool, sku)
            ), line as (
              select r.order_id || ' ' || r.line_id as subject, r.sku, r.allocated, r.shipped,
                     coalesce(sum(a.quantity), 0) as true_allocated, coalesce(sum(a.shipped), 0) as true_shipped
              from reservation r left join allocation a using (order_id, line_id) group by r.order_id, r.line_id
            )
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
                               (select count(*) from reservation) as reservations
                        """,
                        row -> new Extent(
                                row.getLong("movements"),
                                row.getLong("positions"),
                                row.getLong("pools"),
                                row.getLong("reservations")))
                .getFirst();
    }

    @Override
    public List<Drift> drifts(int max) {
        return sql.query(
                SUMS + """
                        select * from (
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
                          select 'reservation.allocated', sku, subject, allocated, true_allocated from line
                          union all
                          select 'reservation.shipped', sku, subject, shipped, true_shipped from line
                        ) sums where book <> rebuilt order by sku, sum, subject limit ?
                        """,
                row -> new Drift(
                        row.getString("sum"),
                        row.getString("sku"),
                        row.getString("subject"),
                        row.getLong("book"),
                        row.getLong("rebuilt")),
                max);
    }

    @Override
    public void rebuild(Collection<String> skus) {
        String[] these = texts(skus, sku -> sku);
        // A repair restores the truth, and the truth may be that more was promised than lies there.
        sql.query("select set_config('hubline.repair', 'on', true)", row -> row.getString(1));
        sql.update("""
                update reservation r set allocated = t.allocated, shipped = t.shipped,
                                         wanted = r.held + r.backordered + t.allocated + t.shipped
                from (select order_id, line_id, coalesce(sum(a.quantity), 0) as allocated,
                             coalesce(sum(a.shipped), 0) as shipped
                      from reservation left join allocation a using (order_id, line_id)
                      where sku = any (?) group by order_id, line_id) t
                where t.order_id = r.order_id and t.line_id = r.line_id
                  and (r.allocated, r.shipped) is distinct from (t.allocated, t.shipped)
                """, (Object) these);
        sql.update(SUMS + """
                        insert into stock_position (sku, location, pool, on_hand, allocated, short, last_movement)
                        select sku, location, pool, true_on_hand, true_allocated,
                               greatest(0, true_allocated - true_on_hand), last_movement
                        from position where sku = any (?)
                        on conflict (sku, location) do update
                        set on_hand = excluded.on_hand, allocated = excluded.allocated, short = excluded.short,
                            last_movement = excluded.last_movement
                        """, (Object) these);
        sql.update(SUMS + """
                        insert into pool_position (pool, sku, on_hand, reserved, short, backordered)
                        select pool, sku, true_on_hand, true_reserved, greatest(0, true_reserved - true_on_hand),
                               true_backordered
                        from pool where sku = any (?)
                        on conflict (pool, sku) do update
                        set on_hand = excluded.on_hand, reserved = excluded.reserved, short = excluded.short,
                            backordered = excluded.backordered
                        """, (Object) these);
    }
}
