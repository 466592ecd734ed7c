package io.hubline.inventory.stock.persistence;

import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.stock.domain.PoolLayout;
import io.hubline.inventory.stock.domain.Pools;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresPools implements Pools {

    // The lock that hold_pools() shares.
    private static final String ALONE = "select pg_advisory_xact_lock(72001)";

    private final Sql sql;

    PostgresPools(Sql sql) {
        this.sql = sql;
    }

    @Override
    public PoolLayout layout() {
        return layout("""
                select 'LOCATION' as kind, location as name, pool from pool_location
                union all select 'ACCOUNT', account, pool from pool_account
                """);
    }

    @Override
    public PoolLayout hold() {
        return layout("select kind, name, pool from hold_pools()");
    }

    @Override
    public PoolLayout holdAlone() {
        sql.query(ALONE, row -> true);
        return layout();
    }

    private PoolLayout layout(String statement) {
        record Belonging(String kind, String name, String pool) {}
        Map<String, String> locations = new HashMap<>();
        Map<String, String> accounts = new HashMap<>();
        sql.query(statement, row -> new Belonging(row.getString("kind"), row.getString("name"), row.getString("pool")))
                .forEach(found -> (found.kind.equals("LOCATION") ? locations : accounts).put(found.name, found.pool));
        return new PoolLayout(locations, accounts);
    }

    @Override
    public List<String> page(@Nullable String after, int size) {
        return sql.query(
                "select pool from pool where (?::text is null or pool > ?) order by pool limit ?",
                row -> row.getString("pool"),
                after,
                after,
                size);
    }

    @Override
    public boolean exists(String pool) {
        return !sql.query("select from pool where pool = ?", row -> true, pool).isEmpty();
    }

    @Override
    public Set<PositionKey> positionsAt(Collection<String> locations) {
        return new HashSet<>(sql.query(
                "select sku, location from stock_position where location = any (?)",
                row -> new PositionKey(row.getString("sku"), row.getString("location")),
                (Object) texts(locations, location -> location)));
    }

    @Override
    public void assignLocations(String pool, Map<String, String> locations) {
        sql.update("insert into pool (pool) values (?) on conflict do nothing", pool);
        String[] these = texts(locations.keySet(), location -> location);
        String[] pools = texts(locations.values(), to -> to);
        sql.update("delete from pool_location where location = any (?)", (Object) these);
        sql.update("""
                insert into pool_location (location, pool)
                select v.location, v.pool from unnest(?::text[], ?::text[]) as v (location, pool) where v.pool <> ?
                """, these, pools, StockKey.DEFAULT_POOL);
        sql.update("""
                update stock_position p set pool = v.pool
                from unnest(?::text[], ?::text[]) as v (location, pool) where p.location = v.location
                """, these, pools);
    }

    @Override
    public void assignAccount(String account, String pool) {
        sql.update("delete from pool_account where account = ?", account);
        if (!pool.equals(StockKey.DEFAULT_POOL)) {
            sql.update("insert into pool_account (account, pool) values (?, ?)", account, pool);
        }
    }
}
