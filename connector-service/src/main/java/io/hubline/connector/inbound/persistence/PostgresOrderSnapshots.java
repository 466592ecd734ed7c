package io.hubline.connector.inbound.persistence;

import io.hubline.connector.inbound.domain.OrderSnapshot;
import io.hubline.connector.inbound.domain.OrderSnapshot.SoldLine;
import io.hubline.connector.inbound.domain.OrderSnapshots;
import io.hubline.connector.sql.Row;
import io.hubline.connector.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresOrderSnapshots implements OrderSnapshots {

    private final Sql sql;

    PostgresOrderSnapshots(Sql sql) {
        this.sql = sql;
    }

    @Override
    public long nextNumber() {
        return sql.first("select nextval('fetch_number') as number", row -> row.number("number"))
                .orElseThrow();
    }

    @Override
    public Optional<OrderSnapshot> lock(String account, String externalId) {
        sql.run(
                "insert into channel_order (account, external_id) values (?, ?) on conflict do nothing",
                account,
                externalId);
        return sql.first("""
                        select channel_updated_at, fingerprint, content_hash, saved_number
                        from channel_order where account = ? and external_id = ? for update
                        """, PostgresOrderSnapshots::snapshot, account, externalId)
                .flatMap(snapshot -> snapshot);
    }

    @Override
    public Map<String, OrderSnapshot> find(String account, Collection<String> externalIds) {
        Map<String, OrderSnapshot> found = new HashMap<>();
        sql.list(
                """
                select external_id, channel_updated_at, fingerprint, content_hash, saved_number
                from channel_order where account = ? and external_id = any (?::text[])
                """,
                row -> {
                    String externalId = row.text("external_id");
                    snapshot(row).ifPresent(snapshot -> found.put(externalId, snapshot));
                    return externalId;
                },
                account,
                externalIds);
        return found;
    }

    private static Optional<OrderSnapshot> snapshot(Row row) throws SQLException {
        @Nullable Instant updatedAt = row.instantOrNull("channel_updated_at");
        return updatedAt == null
                ? Optional.empty()
                : Optional.of(new OrderSnapshot(
                        updatedAt, row.text("fingerprint"), row.text("content_hash"), row.number("saved_number")));
    }

    @Override
    public void save(String account, String externalId, OrderSnapshot.Saved saved, @Nullable Instant announcedAt) {
        OrderSnapshot snapshot = saved.snapshot();
        sql.run(
                """
                update channel_order
                set channel_updated_at = ?, fingerprint = ?, content_hash = ?, saved_number = ?,
                  announced_at = coalesce(?, announced_at)
                where account = ? and external_id = ?
                """,
                snapshot.updatedAt(),
                snapshot.fingerprint(),
                snapshot.contentHash(),
                snapshot.savedNumber(),
                announcedAt,
                account,
                externalId);
        List<SoldLine> lines = saved.lines();
        sql.run(
                """
                insert into channel_order_line
                  (account, external_id, line_id, channel_sku, variant_id, channel_location, quantity, ordered)
                select ?, ?, * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::integer[])
                on conflict (account, external_id, line_id) do update
                set channel_sku = excluded.channel_sku, variant_id = excluded.variant_id,
                  channel_location = coalesce(channel_order_line.channel_location, excluded.channel_location),
                  quantity = excluded.quantity, ordered = greatest(channel_order_line.ordered, excluded.ordered)
                """,
                account,
                externalId,
                lines.stream().map(SoldLine::lineId).toList(),
                lines.stream().map(SoldLine::channelSku).toList(),
                lines.stream().map(SoldLine::variantId).toList(),
                lines.stream().map(SoldLine::channelLocation).toList(),
                lines.stream().map(SoldLine::quantity).toList(),
                lines.stream().map(SoldLine::ordered).toList());
        sql.run("""
                update channel_order_line set quantity = 0
                where account = ? and external_id = ? and line_id <> all (?::text[])
                """, account, externalId, lines.stream().map(SoldLine::lineId).toList());
    }

    @Override
    public void touch(String account, String externalId, OrderSnapshot snapshot) {
        sql.run("""
                update channel_order set channel_updated_at = ?, fingerprint = ?, saved_number = ?
                where account = ? and external_id = ?
                """, snapshot.updatedAt(), snapshot.fingerprint(), snapshot.savedNumber(), account, externalId);
    }

    @Override
    public void shipped(String account, String externalId, Map<String, Integer> units) {
        units.forEach((line, shipped) -> sql.run("""
                update channel_order_line set shipped = greatest(shipped, ?)
                where account = ? and external_id = ? and line_id = ?
                """, shipped, account, externalId, line));
    }

    @Override
    public long unitsSold(SoldThrough offer) {
        return sql.first(
                        """
                        select coalesce(sum(greatest(quantity, shipped)), 0) as units from channel_order_line
                        where account = ? and ordered > 0
                          and (variant_id = ?::text
                            or ((variant_id is null or ?::text is null) and channel_sku = ?::text))
                          and (?::text is null or channel_location is null or channel_location = ?)
                        """,
                        row -> row.number("units"),
                        offer.account(),
                        offer.variantId(),
                        offer.variantId(),
                        offer.channelSku(),
                        offer.channelLocation(),
                        offer.channelLocation())
                .orElseThrow();
    }

    @Override
    public List<Told> told(List<SoldThrough> offers) {
        // By variant, or else by the text: no line is found by both.
        return sql.list(
                """
                select by_variant.ordered + by_text.ordered as ordered,
                  by_variant.cancelled + by_text.cancelled as cancelled
                from unnest(?::text[], ?::text[], ?::text[], ?::text[]) with ordinality
                    as o (account, channel_sku, variant_id, channel_location, position)
                  cross join lateral (
                    select coalesce(sum(l.ordered), 0) as ordered,
                      coalesce(sum(greatest(l.ordered - greatest(l.quantity, l.shipped), 0)), 0) as cancelled
                    from channel_order_line l
                    where l.account = o.account and l.ordered > 0 and l.variant_id = o.variant_id
                      and (o.channel_location is null or l.channel_location is null
                        or l.channel_location = o.channel_location)) by_variant
                  cross join lateral (
                    select coalesce(sum(l.ordered), 0) as ordered,
                      coalesce(sum(greatest(l.ordered - greatest(l.quantity, l.shipped), 0)), 0) as cancelled
                    from channel_order_line l
                    where l.account = o.account and l.ordered > 0 and l.channel_sku = o.channel_sku
                      and (l.variant_id is null or o.variant_id is null)
                      and (o.channel_location is null or l.channel_location is null
                        or l.channel_location = o.channel_location)) by_text
                order by o.position
                """,
                row -> new Told(row.number("ordered"), row.number("cancelled")),
                offers.stream().map(SoldThrough::account).toList(),
                offers.stream().map(SoldThrough::channelSku).toList(),
                offers.stream().map(SoldThrough::variantId).toList(),
                offers.stream().map(SoldThrough::channelLocation).toList());
    }
}
