package io.hubline.inventory.stock.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.inventory.stock.domain.Exposure.Base;
import io.hubline.inventory.stock.domain.Exposure.Permit;
import io.hubline.inventory.stock.domain.Exposures;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresExposures implements Exposures {

    private final Sql sql;

    PostgresExposures(Sql sql) {
        this.sql = sql;
    }

    private record PartOf(String offer, StockKey key, int per) {}

    private record PermitOf(String offer, Permit permit) {}

    @Override
    public Map<String, Exposure> of(Collection<String> offers) {
        if (offers.isEmpty()) {
            return Map.of();
        }
        String[] ids = texts(offers, offer -> offer);
        Map<String, SortedMap<StockKey, Integer>> parts = new HashMap<>();
        parts(ids)
                .forEach(part ->
                        parts.computeIfAbsent(part.offer, _ -> new TreeMap<>()).put(part.key, part.per));
        if (parts.isEmpty()) {
            return Map.of();
        }
        Map<String, List<Permit>> permits = new HashMap<>();
        permits(ids)
                .forEach(permit -> permits.computeIfAbsent(permit.offer, _ -> new ArrayList<>())
                        .add(permit.permit));
        return sql
                .query(
                        """
                        select e.offer, e.compares, e.restocks, e.base_quantity, e.base_sold, e.base_cancelled,
                               e.settled_through, e.settled_sold,
                               coalesce(s.sold, 0) as sold, coalesce(s.cancelled, 0) as cancelled
                        from offer_exposure e left join offer_sales s using (offer) where e.offer = any (?)
                        """,
                        row -> exposure(
                                row,
                                parts.getOrDefault(row.getString("offer"), new TreeMap<>()),
                                permits.getOrDefault(row.getString("offer"), List.of())),
                        (Object) ids)
                .stream()
                .collect(Collectors.toMap(Exposure::offer, exposure -> exposure));
    }

    private List<PartOf> parts(String[] offers) {
        return sql.query(
                "select offer, pool, sku, per from exposure_part where offer = any (?)",
                row -> new PartOf(
                        row.getString("offer"),
                        new StockKey(row.getString("pool"), row.getString("sku")),
                        row.getInt("per")),
                (Object) offers);
    }

    private List<PermitOf> permits(String[] offers) {
        return sql.query(
                """
                select offer, sequence, quantity, sold_at, cancelled_at from exposure_permit
                where offer = any (?) order by offer, sequence
                """,
                row -> new PermitOf(
                        row.getString("offer"),
                        new Permit(
                                row.getLong("sequence"),
                                row.getInt("quantity"),
                                row.getLong("sold_at"),
                                row.getLong("cancelled_at"))),
                (Object) offers);
    }

    private static Exposure exposure(ResultSet row, SortedMap<StockKey, Integer> parts, List<Permit> permits)
            throws SQLException {
        int quantity = row.getInt("base_quantity");
        boolean proved = !row.wasNull();
        return new Exposure(
                row.getString("offer"),
                parts,
                row.getBoolean("compares"),
                row.getBoolean("restocks"),
                row.getLong("sold"),
                row.getLong("cancelled"),
                proved ? new Base(quantity, row.getLong("base_sold"), row.getLong("base_cancelled")) : null,
                permits,
                row.getLong("settled_through"),
                row.getLong("settled_sold"));
    }

    @Override
    public void save(Collection<Exposure> exposures) {
        if (!exposures.isEmpty()) {
            String[] offers = texts(exposures, Exposure::offer);
            Map<StockKey, Integer> change = new TreeMap<>();
            counted(offers).forEach((key, units) -> change.merge(key, -units, Integer::sum));
            exposures.forEach(exposure ->
                    exposure.parts().keySet().forEach(key -> change.merge(key, exposure.unitsOf(key), Integer::sum)));
            write(exposures);
            count(change);
        }
    }

    @Override
    public void end(Collection<String> offers) {
        if (!offers.isEmpty()) {
            String[] ids = texts(offers, offer -> offer);
            Map<StockKey, Integer> change = new TreeMap<>();
            counted(ids).forEach((key, units) -> change.merge(key, -units, Integer::sum));
            sql.update("delete from offer_exposure where offer = any (?)", (Object) ids);
            count(change);
        }
    }

    private Map<StockKey, Integer> counted(String[] offers) {
        return sql
                .query(
                        """
                        select p.offer, p.pool, p.sku, p.per * e.units as units
                        from exposure_part p join offer_exposure e using (offer) where e.offer = any (?)
                        """,
                        row -> new PartOf(
                                row.getString("offer"),
                                new StockKey(row.getString("pool"), row.getString("sku")),
                                row.getInt("units")),
                        (Object) offers)
                .stream()
                .collect(Collectors.toMap(PartOf::key, PartOf::per, Integer::sum));
    }

    private void count(Map<StockKey, Integer> change) {
        change.values().removeIf(units -> units == 0);
        if (!change.isEmpty()) {
            sql.update(
                    """
                    update pool_position p set exposed = p.exposed + v.units
                    from unnest(?::text[], ?::text[], ?::int[]) as v (pool, sku, units)
                    where p.pool = v.pool and p.sku = v.sku
                    """,
                    texts(change.keySet(), StockKey::pool),
                    texts(change.keySet(), StockKey::sku),
                    numbers(change.values(), units -> units));
        }
    }

    private void write(Collection<Exposure> exposures) {
        List<PartOf> parts = new ArrayList<>();
        List<PermitOf> permits = new ArrayList<>();
        for (Exposure exposure : exposures) {
            exposure.parts().forEach((key, per) -> parts.add(new PartOf(exposure.offer(), key, per)));
            exposure.permits().forEach(permit -> permits.add(new PermitOf(exposure.offer(), permit)));
        }
        String[] offers = texts(exposures, Exposure::offer);
        sql.update(
                """
                insert into offer_exposure (offer, compares, restocks, base_quantity, base_sold, base_cancelled,
                                            settled_through, settled_sold, units)
                select v.offer, v.compares::boolean, v.restocks::boolean, v.base_quantity::int, v.base_sold::bigint,
                       v.base_cancelled::bigint, v.settled_through, v.settled_sold, v.units
                from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                            ?::int[])
                  as v (offer, compares, restocks, base_quantity, base_sold, base_cancelled, settled_through,
                        settled_sold, units)
                on conflict (offer) do update
                set compares = excluded.compares, restocks = excluded.restocks,
                    base_quantity = excluded.base_quantity, base_sold = excluded.base_sold,
                    base_cancelled = excluded.base_cancelled, settled_through = excluded.settled_through,
                    settled_sold = excluded.settled_sold, units = excluded.units
                """,
                offers,
                texts(exposures, Exposure::compares),
                texts(exposures, Exposure::restocks),
                texts(exposures, exposure -> ofBase(exposure.base(), Base::quantity)),
                texts(exposures, exposure -> ofBase(exposure.base(), Base::soldAt)),
                texts(exposures, exposure -> ofBase(exposure.base(), Base::cancelledAt)),
                numbers(exposures, Exposure::settledThrough),
                numbers(exposures, Exposure::settledSold),
                numbers(exposures, Exposure::units));
        writeParts(offers, parts);
        writePermits(offers, permits);
    }

    private void writeParts(String[] offers, List<PartOf> parts) {
        String[] ofOffer = texts(parts, PartOf::offer);
        String[] pools = texts(parts, part -> part.key.pool());
        String[] skus = texts(parts, part -> part.key.sku());
        sql.update("""
                delete from exposure_part where offer = any (?)
                  and (offer, pool, sku) not in (select * from unnest(?::text[], ?::text[], ?::text[]))
                """, offers, ofOffer, pools, skus);
        sql.update("""
                insert into exposure_part (offer, pool, sku, per)
                select * from unnest(?::text[], ?::text[], ?::text[], ?::int[])
                on conflict (offer, pool, sku) do update set per = excluded.per
                """, ofOffer, pools, skus, numbers(parts, PartOf::per));
    }

    /// A permit is granted once and never changes.
    private void writePermits(String[] offers, List<PermitOf> permits) {
        String[] ofOffer = texts(permits, PermitOf::offer);
        Long[] sequences = numbers(permits, permit -> permit.permit.sequence());
        sql.update("""
                delete from exposure_permit where offer = any (?)
                  and (offer, sequence) not in (select * from unnest(?::text[], ?::bigint[]))
                """, offers, ofOffer, sequences);
        sql.update(
                """
                insert into exposure_permit (offer, sequence, quantity, sold_at, cancelled_at)
                select * from unnest(?::text[], ?::bigint[], ?::int[], ?::bigint[], ?::bigint[])
                on conflict do nothing
                """,
                ofOffer,
                sequences,
                numbers(permits, permit -> permit.permit.quantity()),
                numbers(permits, permit -> permit.permit.soldAt()),
                numbers(permits, permit -> permit.permit.cancelledAt()));
    }

    /// Writes what sales and cancellations make of exposures; they change nothing else of them.
    void writeUnits(Collection<Exposure> exposures) {
        sql.update("""
                update offer_exposure e set units = v.units
                from unnest(?::text[], ?::int[]) as v (offer, units) where e.offer = v.offer
                """, texts(exposures, Exposure::offer), numbers(exposures, Exposure::units));
    }

    private static @Nullable Number ofBase(
            @Nullable Base base, java.util.function.Function<Base, ? extends Number> part) {
        return base == null ? null : part.apply(base);
    }
}
