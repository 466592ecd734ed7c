package io.hubline.inventory.stock.persistence;

import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.stock.domain.Hold;
import io.hubline.inventory.stock.domain.Holds;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresHolds implements Holds {

    private static final String HOLDS = """
            select id, state, granted_at, expires_at, pool, skus, quantities, part_skus, part_quantities, channel_order
            from checkout_hold
            """;

    private final Sql sql;

    PostgresHolds(Sql sql) {
        this.sql = sql;
    }

    /// These holds, and those that become one of these orders, in the order of their ids.
    ///
    /// @param lock as SQL has it; empty for none
    Map<String, Hold> of(Collection<String> ids, Collection<String> channelOrders, String lock) {
        if (ids.isEmpty() && channelOrders.isEmpty()) {
            return Map.of();
        }
        return sql
                .query(
                        HOLDS + " where id = any (?) or (state = 'CONVERTING' and channel_order = any (?)) order by id"
                                + lock,
                        PostgresHolds::hold,
                        texts(ids, id -> id),
                        texts(channelOrders, order -> order))
                .stream()
                .collect(Collectors.toMap(Hold::id, hold -> hold));
    }

    @Override
    public Optional<Hold> find(String id) {
        return sql.query(HOLDS + " where id = ?", PostgresHolds::hold, id).stream()
                .findFirst();
    }

    @Override
    public List<Hold> page(Hold.State state, @Nullable String after, int size) {
        return sql.query(
                HOLDS + " where state = ? and (?::text is null or id > ?) order by id limit ?",
                PostgresHolds::hold,
                state.name(),
                after,
                after,
                size);
    }

    @Override
    public List<Request> due(Instant now, int limit) {
        List<Request> due = new ArrayList<>(sql.query(
                "select id from checkout_hold where state = 'HELD' and expires_at <= ? order by expires_at limit ?",
                row -> new Request.Expired(row.getString("id"), now),
                now,
                limit));
        due.addAll(sql.query(
                """
                select h.id, h.channel_order from checkout_hold h
                where h.state = 'CONVERTING' and exists (
                  select from promise p where p.channel_order = h.channel_order
                    and (p.state <> 'OPEN' or exists (select from reservation r where r.order_id = p.order_id)))
                order by h.id limit ?
                """,
                row -> new Request.Converted(row.getString("id"), row.getString("channel_order"), now),
                limit - due.size()));
        return due;
    }

    @Override
    public int forget(Instant endedBefore, int limit) {
        return sql.update("""
                delete from checkout_hold where id = any (array(
                  select id from checkout_hold where ended_at < ? order by ended_at limit ? for update skip locked))
                """, endedBefore, limit);
    }

    /// @param known the ids of those that are there already
    void save(List<Hold> holds, Set<String> known, Instant at) {
        List<Hold> changed =
                holds.stream().filter(hold -> known.contains(hold.id())).toList();
        List<Hold> granted =
                holds.stream().filter(hold -> !known.contains(hold.id())).toList();
        if (!changed.isEmpty()) {
            sql.update(
                    """
                    update checkout_hold h
                    set state = v.state, expires_at = v.expires_at::timestamptz, channel_order = v.channel_order,
                        ended_at = v.ended_at::timestamptz
                    from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                      as v (id, state, expires_at, channel_order, ended_at)
                    where h.id = v.id
                    """,
                    texts(changed, Hold::id),
                    texts(changed, Hold::state),
                    texts(changed, Hold::expiresAt),
                    texts(changed, Hold::channelOrder),
                    texts(changed, hold -> hold.isLive() ? null : at));
        }
        if (!granted.isEmpty()) {
            // Without `on conflict`: of two that choose the same id at the same moment one fails, and tries again.
            sql.update(
                    """
                    insert into checkout_hold (id, state, granted_at, expires_at, pool, skus, quantities,
                                               part_skus, part_quantities, channel_order, ended_at)
                    select v.id, v.state, v.granted_at::timestamptz, v.expires_at::timestamptz, v.pool,
                           v.skus::text[], v.quantities::int[], v.part_skus::text[], v.part_quantities::int[],
                           v.channel_order, v.ended_at::timestamptz
                    from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                ?::text[], ?::text[], ?::text[])
                      as v (id, state, granted_at, expires_at, pool, skus, quantities, part_skus, part_quantities,
                            channel_order, ended_at)
                    """,
                    texts(granted, Hold::id),
                    texts(granted, Hold::state),
                    texts(granted, Hold::grantedAt),
                    texts(granted, Hold::expiresAt),
                    texts(granted, Hold::pool),
                    texts(granted, hold -> list(hold.lines().keySet())),
                    texts(granted, hold -> list(hold.lines().values())),
                    texts(
                            granted,
                            hold -> list(hold.parts().keySet().stream()
                                    .map(StockKey::sku)
                                    .toList())),
                    texts(granted, hold -> list(hold.parts().values())),
                    texts(granted, Hold::channelOrder),
                    texts(granted, hold -> hold.isLive() ? null : at));
        }
    }

    /// A list as PostgreSQL writes one: an array of arrays would have to have rows of one length.
    private static String list(Collection<?> items) {
        return items.stream()
                .map(item -> '"' + item.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Hold hold(ResultSet row) throws SQLException {
        String pool = row.getString("pool");
        SortedMap<StockKey, Integer> parts = new TreeMap<>();
        units(row, "part_skus", "part_quantities").forEach((sku, units) -> parts.put(new StockKey(pool, sku), units));
        return new Hold(
                row.getString("id"),
                Hold.State.valueOf(row.getString("state")),
                Objects.requireNonNull(Sql.instant(row, "granted_at")),
                Objects.requireNonNull(Sql.instant(row, "expires_at")),
                pool,
                units(row, "skus", "quantities"),
                parts,
                row.getString("channel_order"));
    }

    private static SortedMap<String, Integer> units(ResultSet row, String skus, String quantities) throws SQLException {
        String[] sku = (String[]) row.getArray(skus).getArray();
        Integer[] quantity = (Integer[]) row.getArray(quantities).getArray();
        SortedMap<String, Integer> units = new TreeMap<>();
        for (int i = 0; i < sku.length; i++) {
            units.put(sku[i], quantity[i]);
        }
        return units;
    }
}
