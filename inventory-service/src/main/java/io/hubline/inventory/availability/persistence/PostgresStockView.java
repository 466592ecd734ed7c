package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.availability.domain.Stock;
import io.hubline.inventory.availability.domain.StockView;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

@ApplicationScoped
class PostgresStockView implements StockView {

    private final Sql sql;

    PostgresStockView(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Map<String, Stock> of(Collection<String> skus) {
        if (skus.isEmpty()) {
            return Map.of();
        }
        record Lying(String sku, String pool, Stock.Place place) {}
        Map<String, List<Lying>> places = sql
                .query(
                        """
                        select sku, location, pool, on_hand, allocated, coalesce(last_movement, 0) as movement
                        from stock_position where sku = any (?) order by sku, location
                        """,
                        row -> new Lying(
                                row.getString("sku"),
                                row.getString("pool"),
                                new Stock.Place(
                                        row.getString("location"),
                                        row.getInt("on_hand"),
                                        row.getInt("allocated"),
                                        row.getLong("movement"))),
                        (Object) texts(skus, sku -> sku))
                .stream()
                .collect(Collectors.groupingBy(Lying::sku));
        Map<String, Stock> stock = new HashMap<>();
        sql.query(
                        """
                        select pool, sku, on_hand, reserved, backordered from pool_position where sku = any (?)
                        """,
                        row -> new Stock.Part(
                                row.getString("pool"),
                                row.getString("sku"),
                                1,
                                row.getInt("on_hand"),
                                row.getInt("reserved"),
                                row.getInt("backordered"),
                                0,
                                places.getOrDefault(row.getString("sku"), List.of()).stream()
                                        .map(Lying::place)
                                        .toList()),
                        (Object) texts(skus, sku -> sku))
                .forEach(part -> stock.put(part.sku(), new Stock(List.of(part))));
        skus.forEach(sku -> stock.putIfAbsent(sku, Stock.NONE));
        return stock;
    }
}
