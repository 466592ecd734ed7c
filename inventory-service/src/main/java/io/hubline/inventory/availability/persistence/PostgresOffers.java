package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.availability.domain.ChannelState.Ways;
import io.hubline.inventory.availability.domain.Listing;
import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.Offer;
import io.hubline.inventory.availability.domain.Offers;
import io.hubline.inventory.availability.domain.Rule;
import io.hubline.inventory.availability.domain.Setting;
import io.hubline.inventory.availability.domain.SettingStore;
import io.hubline.inventory.availability.domain.Source;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresOffers implements Offers {

    private static final String OFFERS = """
            select o.offer, o.listing_sequence, o.account, o.channel, o.sku, o.active,
                   coalesce(a.pool, 'default') as pool,
                   o.announced_sequence, o.announced_permit, o.announced_quantity, o.announced_sold, o.announced_booked,
                   o.announced_mode, coalesce(s.sold, 0) as sold, coalesce(s.booked, 0) as booked,
                   c.compares, c.restocks
            from offer o
            left join offer_sales s using (offer)
            left join offer_channel c using (offer)
            left join pool_account a on a.account = o.account
            """;

    private final Sql sql;
    private final SettingStore settings;

    PostgresOffers(Sql sql, SettingStore settings) {
        this.sql = sql;
        this.settings = settings;
    }

    @Override
    public Set<String> apply(Collection<Listing> listings) {
        Map<String, Listing> newest = new TreeMap<>();
        listings.forEach(listing -> newest.merge(
                listing.offer(), listing, (one, other) -> one.sequence() > other.sequence() ? one : other));
        Collection<Listing> rows = newest.values();
        return Set.copyOf(sql.query(
                """
                insert into offer as o (offer, listing_sequence, account, channel, sku, active)
                select * from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::boolean[]) order by 1
                on conflict (offer) do update
                set listing_sequence = excluded.listing_sequence, account = excluded.account,
                    channel = excluded.channel, sku = excluded.sku, active = excluded.active,
                    announced_quantity = case when o.active and o.sku = excluded.sku then o.announced_quantity end,
                    announced_booked = case when o.active and o.sku = excluded.sku then o.announced_booked end
                where excluded.listing_sequence > o.listing_sequence
                returning offer
                """,
                row -> row.getString("offer"),
                texts(rows, Listing::offer),
                numbers(rows, Listing::sequence),
                texts(rows, Listing::account),
                texts(rows, Listing::channel),
                texts(rows, Listing::sku),
                texts(rows, listing -> Boolean.toString(listing.active()))));
    }

    // The SKUs asked for, those of the offers asked for that are divided, and whatever is tied to a divided SKU by a
    // bundle: what is divided is divided together.
    private static final String REACH = """
            with recursive reach (sku) as (
              (select unnest(?::text[])
               union
               select o.sku from offer o
               where o.offer = any (?) and exists (
                 select from sku_mode m
                 where m.mode = 'ESCROW' and (m.sku = o.sku or m.sku in (
                   select b.component from bundle_component b where b.bundle = o.sku))))
              union
              select case when b.component = r.sku then b.bundle else b.component end
              from reach r join bundle_component b on b.component = r.sku or b.bundle = r.sku
              where exists (select from sku_mode m where m.mode = 'ESCROW' and m.sku = b.component))
            """;

    // Of the SKUs within reach, and of bundles that contain one that was asked for.
    private static final String WITHIN_REACH = """
            (o.sku = any (array (select sku from reach)
                          || array (select bundle from bundle_component where component = any (?)))
             or o.offer = any (?))
            """;

    @Override
    public List<Offer> hold(Collection<String> skus, Collection<String> offers) {
        String[] named = texts(skus, sku -> sku);
        String[] ids = texts(offers, offer -> offer);
        List<String> held = sql.query(
                REACH + "select o.offer from offer o where " + WITHIN_REACH + " order by o.offer for update of o",
                row -> row.getString("offer"),
                named,
                ids,
                named,
                ids);
        // In a statement of its own, which sees what was committed while this one waited for the locks.
        return held.isEmpty()
                ? List.of()
                : offers(" where o.offer = any (?) order by o.offer", (Object) texts(held, offer -> offer));
    }

    @Override
    public Map<String, String> pools(Collection<String> accounts) {
        record Drawing(String account, String pool) {}
        return sql
                .query("""
                        select v.account, coalesce(a.pool, 'default') as pool
                        from unnest(?::text[]) as v (account) left join pool_account a on a.account = v.account
                        """, row -> new Drawing(row.getString("account"), row.getString("pool")), (Object)
                        texts(accounts, account -> account))
                .stream()
                .collect(Collectors.toMap(Drawing::account, Drawing::pool));
    }

    @Override
    public Set<Source> sources(Collection<String> skus) {
        String[] named = texts(skus, sku -> sku);
        return new TreeSet<>(sql.query(
                REACH + """
                select distinct coalesce(a.pool, 'default') as pool, o.sku
                from offer o left join pool_account a on a.account = o.account where
                """ + WITHIN_REACH,
                row -> new Source(row.getString("pool"), row.getString("sku")),
                named,
                new String[0],
                named,
                new String[0]));
    }

    @Override
    public List<Offer> page(@Nullable String account, @Nullable String after, int size) {
        return offers("""
                where (?::text is null or o.account = ?) and (?::text is null or o.offer > ?) order by o.offer limit ?
                """, account, account, after, after, size);
    }

    @Override
    public List<Offer> find(String offer) {
        return offers(" where o.offer = ?", offer);
    }

    @Override
    public List<Offer> of(String account, String sku, int size) {
        return offers(" where o.sku = ? and o.account = ? order by o.offer limit ?", sku, account, size);
    }

    /// In two statements: the offers, and the rows of settings that concern any of them.
    private List<Offer> offers(String condition, @Nullable Object... parameters) {
        List<Offer> found = sql.query(OFFERS + condition, PostgresOffers::offer, parameters);
        if (found.isEmpty()) {
            return found;
        }
        Map<String, Map<String, Setting>> rows = new HashMap<>();
        settings.concerning(
                        found.stream().map(Offer::account).collect(Collectors.toSet()),
                        found.stream().map(Offer::sku).collect(Collectors.toSet()))
                .forEach(row ->
                        rows.computeIfAbsent(row.sku(), _ -> new HashMap<>()).put(row.account(), row));
        return rows.isEmpty()
                ? found
                : found.stream().map(offer -> offer.under(rule(offer, rows))).toList();
    }

    private static Rule rule(Offer offer, Map<String, Map<String, Setting>> rows) {
        return Rule.of(Stream.of(offer.sku(), Setting.ANY)
                .map(sku -> rows.getOrDefault(sku, Map.of()))
                .flatMap(ofSku -> Stream.of(offer.account(), Setting.ANY).map(ofSku::get))
                .filter(Objects::nonNull)
                .toList());
    }

    private static Offer offer(ResultSet row) throws SQLException {
        int quantity = row.getInt("announced_quantity");
        boolean announced = !row.wasNull();
        long last = row.getLong("announced_sequence");
        long permit = row.getLong("announced_permit");
        @Nullable Boolean compares = row.getObject("compares", Boolean.class);
        @Nullable Boolean restocks = row.getObject("restocks", Boolean.class);
        return new Offer(
                row.getString("offer"),
                row.getLong("listing_sequence"),
                row.getString("account"),
                row.getString("channel"),
                row.getString("sku"),
                row.getString("pool"),
                row.getBoolean("active"),
                row.getLong("sold"),
                row.getLong("booked"),
                Rule.NONE,
                compares == null || restocks == null ? null : new Ways(compares, restocks),
                last,
                announced
                        ? new Offer.Announced(
                                last,
                                permit == 0 ? last : permit,
                                quantity,
                                row.getLong("announced_sold"),
                                row.getLong("announced_booked"),
                                Mode.valueOf(row.getString("announced_mode")))
                        : null);
    }

    @Override
    public List<String> skusOf(Setting setting, int size) {
        return sql.query(
                "select distinct sku " + CONCERNED + " order by sku limit ?",
                row -> row.getString("sku"),
                setting.account(),
                setting.account(),
                setting.sku(),
                setting.sku(),
                size);
    }

    private static final String CONCERNED = "from offer where (? = '*' or account = ?) and (? = '*' or sku = ?)";

    @Override
    public void due(Setting setting, Instant since) {
        sql.update(
                "insert into availability_due (since, sku) select distinct ?::timestamptz, sku " + CONCERNED
                        + " order by sku",
                since,
                setting.account(),
                setting.account(),
                setting.sku(),
                setting.sku());
    }

    @Override
    public void due(Collection<String> skus, Instant since) {
        if (!skus.isEmpty()) {
            sql.update(
                    "insert into availability_due (since, sku) select ?::timestamptz, unnest(?::text[])",
                    since,
                    texts(skus, sku -> sku));
        }
    }

    @Override
    public List<String> takeDue(int size) {
        return sql.query("""
                with taken as materialized (
                  select seq from availability_due order by seq limit ? for update skip locked)
                delete from availability_due d using taken where d.seq = taken.seq returning d.sku
                """, row -> row.getString("sku"), size);
    }

    @Override
    public long dueCount() {
        return sql.query("select count(distinct sku) from availability_due", row -> row.getLong(1))
                .getFirst();
    }
}
