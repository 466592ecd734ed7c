package io.hubline.catalog.product.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.catalog.product.domain.Option;
import io.hubline.catalog.product.domain.Price;
import io.hubline.catalog.product.domain.Product;
import io.hubline.catalog.product.domain.ProductStatus;
import io.hubline.catalog.product.domain.Products;
import io.hubline.catalog.product.domain.Sellable;
import io.hubline.catalog.product.domain.StoredProduct;
import io.hubline.catalog.product.domain.Variant;
import io.hubline.kit.sql.Sql;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads and writes sets of products in one statement each.
@RegisterForReflection(targets = {Option.class, Price.class})
@ApplicationScoped
class PostgresProducts implements Products {

    // Keep these locks apart from every other advisory lock in this database.
    private static final int PRODUCT_LOCKS = 0x70726f64;
    private static final int SKU_LOCKS = 0x736b7573;
    // Ids share locks, so that a transaction over many of them does not fill the lock table of the server.
    private static final int LOCKS = 64;

    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};
    private static final TypeReference<List<Option>> OPTIONS = new TypeReference<>() {};

    private final Sql sql;
    private final ObjectMapper json;

    PostgresProducts(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    @Override
    public void holdProducts(Collection<String> productIds) {
        hold(PRODUCT_LOCKS, productIds);
    }

    @Override
    public void holdSkus(Collection<String> skus) {
        hold(SKU_LOCKS, skus);
    }

    /// In ascending order, because two callers that hold several in different order would wait for one
    /// another for ever.
    private void hold(int space, Collection<String> ids) {
        SortedSet<Long> locks = new TreeSet<>();
        ids.forEach(id -> locks.add((long) Math.floorMod(id.hashCode(), LOCKS)));
        for (Long lock : locks) {
            sql.query("select pg_advisory_xact_lock(?, ?)", _ -> lock, space, lock.intValue());
        }
    }

    @Override
    public Map<String, StoredProduct> find(Collection<String> productIds) {
        String[] ids = productIds.toArray(String[]::new);
        Map<String, List<Variant>> variants = new HashMap<>();
        sql.query(
                """
                select * from product_variant where product_id = any (?::text[]) order by product_id, position
                """,
                row -> variants.computeIfAbsent(row.getString("product_id"), _ -> new ArrayList<>())
                        .add(variant(row)),
                (Object) ids);
        Map<String, StoredProduct> found = new LinkedHashMap<>();
        sql.query(
                "select * from product where product_id = any (?::text[]) order by product_id",
                row -> found.put(
                        row.getString("product_id"),
                        new StoredProduct(
                                product(row, variants.getOrDefault(row.getString("product_id"), List.of())),
                                row.getLong("version"),
                                instant(row, "changed_at"))),
                (Object) ids);
        return found;
    }

    @Override
    public Map<String, String> owners(Collection<String> skus) {
        Map<String, String> owners = new HashMap<>();
        sql.query(
                "select sku, product_id from product_variant where sku = any (?::text[])",
                row -> owners.put(row.getString("sku"), row.getString("product_id")),
                (Object) skus.toArray(String[]::new));
        return owners;
    }

    @Override
    public Map<String, Sellable> sellable(Collection<String> skus) {
        Map<String, Sellable> found = new HashMap<>();
        // A long description is read once per product, however many of its SKUs are asked for.
        Map<String, Product> pages = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        String[] asked = skus.toArray(String[]::new);
        sql.query(
                """
                select p.*, (select count(*) from product_variant v where v.product_id = p.product_id) as variants
                from product p
                where p.product_id in (select product_id from product_variant where sku = any (?::text[]))
                """,
                row -> {
                    counts.put(row.getString("product_id"), row.getInt("variants"));
                    return pages.put(row.getString("product_id"), product(row, List.of()));
                },
                (Object) asked);
        sql.query(
                "select * from product_variant where sku = any (?::text[])",
                row -> {
                    String product = row.getString("product_id");
                    return found.put(
                            row.getString("sku"),
                            new Sellable(
                                    Objects.requireNonNull(pages.get(product)),
                                    variant(row),
                                    counts.getOrDefault(product, 0)));
                },
                (Object) asked);
        return found;
    }

    @Override
    public void write(Collection<StoredProduct> written) {
        if (written.isEmpty()) {
            return;
        }
        for (StoredProduct stored : written) {
            Product product = stored.product();
            sql.update(
                    """
                    insert into product (product_id, version, status, title, description, brand, product_type, bullets,
                      images, attributes, changed_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
                    on conflict (product_id) do update set version = excluded.version, status = excluded.status,
                      title = excluded.title, description = excluded.description, brand = excluded.brand,
                      product_type = excluded.product_type, bullets = excluded.bullets, images = excluded.images,
                      attributes = excluded.attributes, changed_at = excluded.changed_at
                    """,
                    product.id(),
                    stored.version(),
                    product.status().name(),
                    product.title(),
                    product.description(),
                    product.brand(),
                    product.productType(),
                    product.bullets().toArray(String[]::new),
                    product.images().toArray(String[]::new),
                    write(product.attributes()),
                    stored.changedAt());
        }
        List<Place> places = new ArrayList<>();
        for (StoredProduct stored : written) {
            List<Variant> variants = stored.product().variants();
            for (int i = 0; i < variants.size(); i++) {
                places.add(new Place(stored.product().id(), i, variants.get(i)));
            }
        }
        String[] skus = Sql.texts(places, place -> place.variant().sku());
        sql.update(
                "delete from product_variant where product_id = any (?::text[]) and sku <> all (?::text[])",
                Sql.texts(written, stored -> stored.product().id()),
                skus);
        sql.update(
                """
                insert into product_variant (sku, product_id, position, status, gtin, options, attributes, price_minor,
                  price_currency)
                select sku, product_id, position::integer, status, gtin, options::jsonb, attributes::jsonb,
                  price_minor::bigint, price_currency
                from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::text[])
                  as n (sku, product_id, position, status, gtin, options, attributes, price_minor, price_currency)
                on conflict (sku) do update set product_id = excluded.product_id, position = excluded.position,
                  status = excluded.status, gtin = excluded.gtin, options = excluded.options,
                  attributes = excluded.attributes, price_minor = excluded.price_minor,
                  price_currency = excluded.price_currency
                """,
                skus,
                Sql.texts(places, Place::productId),
                Sql.texts(places, Place::position),
                Sql.texts(places, place -> place.variant().status().name()),
                Sql.texts(places, place -> place.variant().gtin()),
                Sql.texts(places, place -> write(place.variant().options())),
                Sql.texts(places, place -> write(place.variant().attributes())),
                Sql.texts(places, place -> minor(place.variant().price())),
                Sql.texts(places, place -> currency(place.variant().price())));
    }

    private static @Nullable Long minor(@Nullable Price price) {
        return price == null ? null : price.minor();
    }

    private static @Nullable String currency(@Nullable Price price) {
        return price == null ? null : price.currency();
    }

    @Override
    public List<Headline> page(@Nullable String after, int limit) {
        return sql.query(
                """
                select p.*, (select count(*) from product_variant v where v.product_id = p.product_id) as variants
                from product p where p.product_id > ? order by p.product_id limit ?
                """,
                row -> new Headline(
                        row.getString("product_id"),
                        row.getLong("version"),
                        ProductStatus.valueOf(row.getString("status")),
                        row.getString("title"),
                        row.getString("brand"),
                        row.getString("product_type"),
                        row.getInt("variants"),
                        instant(row, "changed_at")),
                after == null ? "" : after,
                limit);
    }

    private Product product(ResultSet row, List<Variant> variants) throws SQLException {
        return new Product(
                row.getString("product_id"),
                ProductStatus.valueOf(row.getString("status")),
                row.getString("title"),
                row.getString("description"),
                row.getString("brand"),
                row.getString("product_type"),
                texts(row, "bullets"),
                texts(row, "images"),
                read(row.getString("attributes"), ATTRIBUTES),
                variants);
    }

    private Variant variant(ResultSet row) throws SQLException {
        @Nullable String currency = row.getString("price_currency");
        return new Variant(
                row.getString("sku"),
                ProductStatus.valueOf(row.getString("status")),
                row.getString("gtin"),
                read(row.getString("options"), OPTIONS),
                read(row.getString("attributes"), ATTRIBUTES),
                currency == null ? null : new Price(row.getLong("price_minor"), currency));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Sql.instant(row, column));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a part of a product cannot be written as JSON", e);
        }
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a part of a product cannot be read back", e);
        }
    }

    private record Place(String productId, int position, Variant variant) {}
}
