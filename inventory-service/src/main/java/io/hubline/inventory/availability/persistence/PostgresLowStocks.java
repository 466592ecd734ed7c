package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.availability.domain.LowStocks;
import io.hubline.inventory.availability.domain.Source;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

@ApplicationScoped
class PostgresLowStocks implements LowStocks {

    private final Sql sql;

    PostgresLowStocks(Sql sql) {
        this.sql = sql;
    }

    @Override
    public List<Level> of(Collection<String> skus) {
        return sql.query("""
                select p.pool, p.sku, greatest(0, p.on_hand - p.reserved - p.backordered) as promisable,
                       l.sku is not null as low
                from pool_position p left join low_stock l on l.pool = p.pool and l.sku = p.sku
                where p.sku = any (?) order by p.pool, p.sku
                """, row -> new Level(key(row), row.getInt("promisable"), row.getBoolean("low")), (Object)
                texts(skus, sku -> sku));
    }

    private static Source key(ResultSet row) throws SQLException {
        return new Source(row.getString("pool"), row.getString("sku"));
    }

    @Override
    public Set<Source> fell(Map<Source, Integer> thresholds, Instant now) {
        Map<Source, Integer> sorted = new TreeMap<>(thresholds);
        return sorted.isEmpty()
                ? Set.of()
                : new HashSet<>(sql.query(
                        """
                        insert into low_stock (since, pool, sku, threshold)
                        select ?::timestamptz, v.* from unnest(?::text[], ?::text[], ?::int[]) as v
                        on conflict do nothing returning pool, sku
                        """,
                        PostgresLowStocks::key,
                        now,
                        texts(sorted.keySet(), Source::pool),
                        texts(sorted.keySet(), Source::sku),
                        numbers(sorted.values(), units -> units)));
    }

    @Override
    public Set<Source> rose(Collection<Source> keys) {
        return keys.isEmpty()
                ? Set.of()
                : new HashSet<>(
                        sql.query("""
                        delete from low_stock where (pool, sku) in (select * from unnest(?::text[], ?::text[]))
                        returning pool, sku
                        """, PostgresLowStocks::key, texts(keys, Source::pool), texts(keys, Source::sku)));
    }

    @Override
    public long count() {
        return sql.query("select count(*) from low_stock", row -> row.getLong(1))
                .getFirst();
    }
}
