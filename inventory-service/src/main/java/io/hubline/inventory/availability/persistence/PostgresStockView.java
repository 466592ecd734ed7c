package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.availability.domain.Source;
import io.hubline.inventory.availability.domain.Stock;
import io.hubline.inventory.availability.domain.StockView;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

@ApplicationScoped
class PostgresStockView implements StockView {

    private final Sql sql;

    PostgresStockView(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Map<Source, Stock> of(Collection<Source> sources) {
        if (sources.isEmpty()) {
            return Map.of();
        }
        List<Drawn> drawn = sql.query("""
                select s.pool, s.sku, part.component, part.per, coalesce(p.on_hand, 0) as on_hand,
                       coalesce(p.reserved, 0) as reserved, coalesce(p.backordered, 0) as backordered,
                       coalesce(p.exposed, 0) as exposed
                from unnest(?::text[], ?::text[]) as s (pool, sku)
                cross join lateral (
                  select b.component, b.per from bundle_component b where b.bundle = s.sku
                  union all
                  select s.sku, 1 where not exists (select from bundle_component b where b.bundle = s.sku)) part
                left join pool_position p on p.pool = s.pool and p.sku = part.component
                order by s.pool, s.sku, part.component
                """, Drawn::of, texts(sources, Source::pool), texts(sources, Source::sku));
        Map<Source, List<Stock.Place>> places =
                places(drawn.stream().map(part -> part.part.sku()).collect(Collectors.toSet()));
        Map<Source, List<Stock.Part>> parts = new HashMap<>();
        for (Drawn each : drawn) {
            Stock.Part part = each.part;
            parts.computeIfAbsent(each.source, _ -> new ArrayList<>())
                    .add(part.at(places.getOrDefault(new Source(part.pool(), part.sku()), List.of())));
        }
        return parts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Stock(entry.getValue())));
    }

    private Map<Source, List<Stock.Place>> places(Set<String> skus) {
        record Lying(Source source, Stock.Place place) {}
        return sql
                .query(
                        """
                        select sku, location, pool, on_hand, allocated, coalesce(last_movement, 0) as movement
                        from stock_position where sku = any (?) order by sku, location
                        """,
                        row -> new Lying(
                                new Source(row.getString("pool"), row.getString("sku")),
                                new Stock.Place(
                                        row.getString("location"),
                                        row.getInt("on_hand"),
                                        row.getInt("allocated"),
                                        row.getLong("movement"))),
                        (Object) texts(skus, sku -> sku))
                .stream()
                .collect(Collectors.groupingBy(Lying::source, Collectors.mapping(Lying::place, Collectors.toList())));
    }

    private record Drawn(Source source, Stock.Part part) {

        static Drawn of(ResultSet row) throws SQLException {
            return new Drawn(
                    new Source(row.getString("pool"), row.getString("sku")),
                    new Stock.Part(
                            row.getString("pool"),
                            row.getString("component"),
                            row.getInt("per"),
                            row.getInt("on_hand"),
                            row.getInt("reserved"),
                            row.getInt("backordered"),
                            row.getInt("exposed"),
                            List.of()));
        }
    }
}
