package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.Modes;
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
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresModes implements Modes {

    private static final String THESE = "(pool, sku) in (select * from unnest(?::text[], ?::text[]))";
    private static final String BEHIND = "(?::text is null or (pool, sku) > (?, ?)) order by pool, sku limit ?";

    private final Sql sql;

    PostgresModes(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Map<Source, Chosen> of(Collection<Source> keys) {
        return keys.isEmpty()
                ? Map.of()
                : sql
                        .query(
                                "select pool, sku, mode, manual, since from sku_mode where " + THESE,
                                PostgresModes::chosen,
                                texts(keys, Source::pool),
                                texts(keys, Source::sku))
                        .stream()
                        .collect(Collectors.toMap(Chosen::key, Function.identity()));
    }

    private static Chosen chosen(ResultSet row) throws SQLException {
        @Nullable String manual = row.getString("manual");
        return new Chosen(
                key(row),
                Mode.valueOf(row.getString("mode")),
                manual == null ? null : Mode.valueOf(manual),
                Objects.requireNonNull(Sql.instant(row, "since")));
    }

    private static Source key(ResultSet row) throws SQLException {
        return new Source(row.getString("pool"), row.getString("sku"));
    }

    @Override
    public void save(Collection<Chosen> chosen) {
        if (!chosen.isEmpty()) {
            sql.update(
                    """
                    insert into sku_mode (pool, sku, mode, manual, since)
                    select v.pool, v.sku, v.mode, v.manual, v.since::timestamptz
                    from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                      as v (pool, sku, mode, manual, since)
                    order by v.pool, v.sku
                    on conflict (pool, sku) do update
                    set mode = excluded.mode, manual = excluded.manual, since = excluded.since
                    """,
                    texts(chosen, each -> each.key().pool()),
                    texts(chosen, each -> each.key().sku()),
                    texts(chosen, Chosen::mode),
                    texts(chosen, Chosen::manual),
                    texts(chosen, Chosen::since));
        }
    }

    @Override
    public List<Chosen> page(@Nullable Source after, int size) {
        @Nullable String pool = after == null ? null : after.pool();
        @Nullable String sku = after == null ? null : after.sku();
        return sql.query(
                "select pool, sku, mode, manual, since from sku_mode where (mode = 'ESCROW' or manual is not null) and "
                        + BEHIND,
                PostgresModes::chosen,
                pool,
                pool,
                sku,
                size);
    }

    @Override
    public Set<Source> tryHold(Collection<Source> keys) {
        return keys.isEmpty()
                ? Set.of()
                : new HashSet<>(sql.query(
                        "select pool, sku from pool_position where " + THESE + " for update skip locked",
                        PostgresModes::key,
                        texts(keys, Source::pool),
                        texts(keys, Source::sku)));
    }

    @Override
    public void atRisk(Collection<Source> keys, Map<Source, Integer> deficits, Instant now) {
        if (!keys.isEmpty()) {
            Map<Source, Integer> units = new TreeMap<>();
            keys.forEach(key -> units.put(key, deficits.getOrDefault(key, 0)));
            sql.update(
                    """
                    merge into stock_at_risk r
                    using (select * from unnest(?::text[], ?::text[], ?::int[]) as n (pool, sku, units)) v
                    on r.pool = v.pool and r.sku = v.sku
                    when matched and v.units = 0 then delete
                    when matched and r.units <> v.units then update set units = v.units
                    when not matched and v.units > 0 then
                      insert (pool, sku, units, since) values (v.pool, v.sku, v.units, ?)
                    """,
                    texts(units.keySet(), Source::pool),
                    texts(units.keySet(), Source::sku),
                    numbers(units.values(), each -> each),
                    now);
        }
    }

    @Override
    public Set<Source> atRisk(Collection<Source> keys) {
        return keys.isEmpty()
                ? Set.of()
                : new HashSet<>(sql.query(
                        "select pool, sku from stock_at_risk where " + THESE,
                        PostgresModes::key,
                        texts(keys, Source::pool),
                        texts(keys, Source::sku)));
    }

    @Override
    public List<AtRisk> atRisk(@Nullable Source after, int size) {
        @Nullable String pool = after == null ? null : after.pool();
        @Nullable String sku = after == null ? null : after.sku();
        return sql.query(
                "select pool, sku, units, since from stock_at_risk where " + BEHIND,
                row -> new AtRisk(key(row), row.getInt("units"), Objects.requireNonNull(Sql.instant(row, "since"))),
                pool,
                pool,
                sku,
                size);
    }

    @Override
    public Totals totals() {
        return sql.query(
                        """
                        select (select count(*) from sku_mode where mode = 'ESCROW') as divided,
                               (select coalesce(sum(units), 0) from stock_at_risk) as at_risk,
                               (select count(*) from offer_exposure where base_quantity is null) as unproven
                        """, row -> new Totals(row.getLong("divided"), row.getLong("at_risk"), row.getLong("unproven")))
                .getFirst();
    }
}
