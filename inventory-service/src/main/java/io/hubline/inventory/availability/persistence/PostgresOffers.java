package io.hubline.inventory.availability.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.availability.domain.Limits;
import io.hubline.inventory.availability.domain.Listing;
import io.hubline.inventory.availability.domain.Offer;
import io.hubline.inventory.availability.domain.Offers;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresOffers implements Offers {

    private static final String OFFERS = """
            select o.offer, o.listing_sequence, o.account, o.channel, o.sku, o.active,
                   o.announced_sequence, o.announced_quantity, o.announced_booked,
                   coalesce(s.booked, 0) as booked,
                   coalesce(x.safety_stock, 0) as safety_stock, coalesce(x.minimum, 0) as minimum, x.maximum
            from offer o
            left join offer_sales s using (offer)
            left join lateral (
              select safety_stock, minimum, maximum from availability_setting
              where account in (o.account, '*') and sku in (o.sku, '*')
              order by sku = '*', account = '*' limit 1) x on true
            """;

    private final Sql sql;

    PostgresOffers(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean apply(Listing listing) {
        return sql.update(
                        """
                        insert into offer as o (offer, listing_sequence, account, channel, sku, active)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (offer) do update
                        set listing_sequence = excluded.listing_sequence, account = excluded.account,
                            channel = excluded.channel, sku = excluded.sku, active = excluded.active,
                            announced_quantity = case when o.active and o.sku = excluded.sku
                                                      then o.announced_quantity end,
                            announced_booked = case when o.active and o.sku = excluded.sku
                                                    then o.announced_booked end
                        where excluded.listing_sequence > o.listing_sequence
                        """,
                        listing.offer(),
                        listing.sequence(),
                        listing.account(),
                        listing.channel(),
                        listing.sku(),
                        listing.active())
                == 1;
    }

    @Override
    public void book(Map<String, Integer> bookings) {
        if (!bookings.isEmpty()) {
            Map<String, Integer> sorted = new TreeMap<>(bookings);
            // Not one `insert ... on conflict`: its row would break the constraint before the conflict is seen.
            sql.update("""
                    insert into offer_sales (offer, booked)
                    select v.offer, 0 from unnest(?::text[]) as v (offer)
                    where not exists (select from offer_sales s where s.offer = v.offer) order by 1
                    on conflict do nothing
                    """, (Object) texts(sorted.keySet(), offer -> offer));
            sql.query(
                    "select offer from offer_sales where offer = any (?) order by offer for update",
                    row -> row.getString("offer"),
                    (Object) texts(sorted.keySet(), offer -> offer));
            sql.update("""
                    update offer_sales s set booked = s.booked + v.units
                    from unnest(?::text[], ?::int[]) as v (offer, units) where s.offer = v.offer
                    """, texts(sorted.keySet(), offer -> offer), numbers(sorted.values(), units -> units));
        }
    }

    @Override
    public List<Offer> hold(Collection<String> skus, Collection<String> offers) {
        List<String> held =
                sql.query("""
                select offer from offer where sku = any (?) or offer = any (?) order by offer for update
                """, row -> row.getString("offer"), texts(skus, sku -> sku), texts(offers, offer -> offer));
        // In a statement of its own, which sees what was committed while this one waited for the locks.
        return held.isEmpty()
                ? List.of()
                : sql.query(OFFERS + " where o.offer = any (?) order by o.offer", PostgresOffers::offer, (Object)
                        texts(held, offer -> offer));
    }

    @Override
    public void announced(Map<String, Offer.Announced> byOffer) {
        if (!byOffer.isEmpty()) {
            sql.update(
                    """
                    update offer o
                    set announced_sequence = v.sequence, announced_quantity = v.quantity, announced_booked = v.booked
                    from unnest(?::text[], ?::bigint[], ?::int[], ?::bigint[]) as v (offer, sequence, quantity, booked)
                    where o.offer = v.offer
                    """,
                    texts(byOffer.keySet(), offer -> offer),
                    numbers(byOffer.values(), Offer.Announced::sequence),
                    numbers(byOffer.values(), Offer.Announced::quantity),
                    numbers(byOffer.values(), Offer.Announced::booked));
        }
    }

    @Override
    public List<Offer> page(@Nullable String account, @Nullable String after, int size) {
        return sql.query(OFFERS + """
                         where (?::text is null or o.account = ?) and (?::text is null or o.offer > ?)
                         order by o.offer limit ?
                        """, PostgresOffers::offer, account, account, after, after, size);
    }

    @Override
    public List<Offer> find(String offer) {
        return sql.query(OFFERS + " where o.offer = ?", PostgresOffers::offer, offer);
    }

    private static Offer offer(ResultSet row) throws SQLException {
        int quantity = row.getInt("announced_quantity");
        boolean announced = !row.wasNull();
        long last = row.getLong("announced_sequence");
        return new Offer(
                row.getString("offer"),
                row.getLong("listing_sequence"),
                row.getString("account"),
                row.getString("channel"),
                row.getString("sku"),
                row.getBoolean("active"),
                row.getLong("booked"),
                limits(row),
                last,
                announced ? new Offer.Announced(last, quantity, row.getLong("announced_booked")) : null);
    }

    private static Limits limits(ResultSet row) throws SQLException {
        int maximum = row.getInt("maximum");
        boolean unlimited = row.wasNull();
        return new Limits(row.getInt("safety_stock"), row.getInt("minimum"), unlimited ? Integer.MAX_VALUE : maximum);
    }

    @Override
    public List<Setting> settings() {
        return sql.query(
                "select account, sku, safety_stock, minimum, maximum from availability_setting order by account, sku",
                row -> new Setting(row.getString("account"), row.getString("sku"), limits(row)));
    }

    @Override
    public Limits set(Setting setting) {
        Limits before = sql.query("""
                        select safety_stock, minimum, maximum from availability_setting
                        where account = ? and sku = ? for update
                        """, PostgresOffers::limits, setting.account(), setting.sku()).stream()
                .findFirst()
                .orElse(Limits.NONE);
        Limits limits = setting.limits();
        sql.update(
                """
                insert into availability_setting (account, sku, safety_stock, minimum, maximum)
                values (?, ?, ?, ?, ?::int)
                on conflict (account, sku) do update
                set safety_stock = excluded.safety_stock, minimum = excluded.minimum, maximum = excluded.maximum
                """,
                setting.account(),
                setting.sku(),
                limits.safetyStock(),
                limits.minimum(),
                limits.maximum() == Integer.MAX_VALUE ? null : limits.maximum());
        return before;
    }

    @Override
    public List<String> skusOf(Setting setting) {
        return sql.query(
                "select distinct sku from offer where (? = '*' or account = ?) and (? = '*' or sku = ?) order by sku",
                row -> row.getString("sku"),
                setting.account(),
                setting.account(),
                setting.sku(),
                setting.sku());
    }
}
