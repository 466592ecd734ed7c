package io.hubline.inventory.stock.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.stock.domain.Bundle;
import io.hubline.inventory.stock.domain.Bundles;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresBundles implements Bundles {

    private final Sql sql;

    PostgresBundles(Sql sql) {
        this.sql = sql;
    }

    private record ComponentOf(String bundle, String component, int per) {}

    @Override
    public Map<String, Bundle> of(Collection<String> skus) {
        return skus.isEmpty() ? Map.of() : bundles("where bundle = any (?)", (Object) texts(skus, sku -> sku));
    }

    @Override
    public Map<String, Bundle> concernedBy(Collection<String> skus) {
        String[] these = texts(skus, sku -> sku);
        return skus.isEmpty() ? Map.of() : bundles("""
                where bundle = any (?) or bundle in (select bundle from bundle_component where component = any (?))
                """, these, these);
    }

    private SortedMap<String, Bundle> bundles(String condition, @Nullable Object... parameters) {
        SortedMap<String, SortedMap<String, Integer>> components = new TreeMap<>();
        sql.query(
                        "select bundle, component, per from bundle_component " + condition,
                        row -> new ComponentOf(row.getString("bundle"), row.getString("component"), row.getInt("per")),
                        parameters)
                .forEach(found -> components
                        .computeIfAbsent(found.bundle, _ -> new TreeMap<>())
                        .put(found.component, found.per));
        SortedMap<String, Bundle> bundles = new TreeMap<>();
        components.forEach((sku, of) -> bundles.put(sku, new Bundle(sku, of)));
        return bundles;
    }

    @Override
    public Optional<Bundle> find(String sku) {
        return Optional.ofNullable(of(List.of(sku)).get(sku));
    }

    @Override
    public List<Bundle> page(@Nullable String after, int size) {
        return List.copyOf(bundles("""
                where bundle in (select distinct bundle from bundle_component
                                 where (?::text is null or bundle > ?) order by bundle limit ?)
                """, after, after, size).values());
    }

    @Override
    public void put(Bundle bundle) {
        remove(bundle.sku());
        sql.update(
                "insert into bundle_component (bundle, component, per) select ?, * from unnest(?::text[], ?::int[])",
                bundle.sku(),
                texts(bundle.components().keySet(), component -> component),
                numbers(bundle.components().values(), per -> per));
    }

    @Override
    public void remove(String sku) {
        sql.update("delete from bundle_component where bundle = ?", sku);
    }

    @Override
    public boolean wasInStock(String sku) {
        return is("exists (select from stock_movement where sku = ?)", sku);
    }

    @Override
    public boolean isPromised(String sku) {
        return is("""
                exists (select from pool_position where sku = ? and (reserved > 0 or backordered > 0))
                """, sku);
    }

    private boolean is(String condition, String sku) {
        return sql.query("select " + condition, row -> row.getBoolean(1), sku).getFirst();
    }
}
