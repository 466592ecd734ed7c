package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.availability.domain.Lag;
import io.hubline.inventory.availability.domain.Pace;
import io.hubline.inventory.availability.domain.Paces;
import io.hubline.inventory.availability.domain.Velocity;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

@ApplicationScoped
class PostgresPaces implements Paces {

    private final Sql sql;

    PostgresPaces(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Map<String, List<Pace>> of(Collection<String> skus) {
        record Selling(String sku, Pace pace) {}
        return skus.isEmpty()
                ? Map.of()
                : sql
                        .query("""
                                select o.sku, v.offer, v.mean, v.variance, v.chance, v.size, v.buckets, v.since, v.sold_then
                                from offer o join offer_velocity v using (offer) where o.sku = any (?)
                                """, row -> new Selling(row.getString("sku"), pace(row)), (Object)
                                texts(skus, sku -> sku))
                        .stream()
                        .collect(Collectors.groupingBy(
                                Selling::sku, Collectors.mapping(Selling::pace, Collectors.toList())));
    }

    private static Pace pace(ResultSet row) throws SQLException {
        return new Pace(
                row.getString("offer"),
                new Velocity(
                        row.getDouble("mean"),
                        row.getDouble("variance"),
                        row.getDouble("chance"),
                        row.getDouble("size"),
                        row.getLong("buckets")),
                Objects.requireNonNull(Sql.instant(row, "since")),
                row.getLong("sold_then"));
    }

    @Override
    public void save(Collection<Pace> paces) {
        if (!paces.isEmpty()) {
            sql.update(
                    """
                    insert into offer_velocity (offer, mean, variance, chance, size, buckets, since, sold_then)
                    select v.offer, v.mean::float8, v.variance::float8, v.chance::float8, v.size::float8, v.buckets,
                           v.since::timestamptz, v.sold_then
                    from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[],
                                ?::bigint[])
                      as v (offer, mean, variance, chance, size, buckets, since, sold_then)
                    order by v.offer
                    on conflict (offer) do update
                    set mean = excluded.mean, variance = excluded.variance, chance = excluded.chance,
                        size = excluded.size, buckets = excluded.buckets, since = excluded.since,
                        sold_then = excluded.sold_then
                    """,
                    texts(paces, Pace::offer),
                    texts(paces, pace -> pace.velocity().mean()),
                    texts(paces, pace -> pace.velocity().variance()),
                    texts(paces, pace -> pace.velocity().chance()),
                    texts(paces, pace -> pace.velocity().size()),
                    numbers(paces, pace -> pace.velocity().buckets()),
                    texts(paces, Pace::since),
                    numbers(paces, Pace::soldThen));
        }
    }

    @Override
    public Map<String, Lag> lags() {
        return sql
                .query(
                        "select account, mean_millis, deviation_millis, samples from push_lag",
                        row -> new Lag(
                                row.getString("account"),
                                Duration.ofMillis(row.getLong("mean_millis")),
                                Duration.ofMillis(row.getLong("deviation_millis")),
                                row.getLong("samples")))
                .stream()
                .collect(Collectors.toMap(Lag::account, Function.identity()));
    }

    @Override
    public void save(Lag lag) {
        sql.update("""
                insert into push_lag (account, mean_millis, deviation_millis, samples) values (?, ?, ?, ?)
                on conflict (account) do update
                set mean_millis = excluded.mean_millis, deviation_millis = excluded.deviation_millis,
                    samples = excluded.samples
                """, lag.account(), lag.mean().toMillis(), lag.deviation().toMillis(), lag.samples());
    }
}
