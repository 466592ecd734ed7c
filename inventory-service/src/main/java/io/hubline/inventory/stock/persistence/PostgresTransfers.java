package io.hubline.inventory.stock.persistence;

import io.hubline.inventory.stock.domain.Grounds;
import io.hubline.inventory.stock.domain.Transfer;
import io.hubline.inventory.stock.domain.Transfers;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresTransfers implements Transfers {

    private static final String TRANSFERS = """
            select t.id, t.from_location, t.to_location, t.sent_at, t.closed_at, t.loss_grounds,
                   l.sku, l.sent, l.received, l.lost
            from transfer t join transfer_line l on l.transfer_id = t.id
            """;

    private final Sql sql;

    PostgresTransfers(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Optional<Transfer> find(String id) {
        return together(sql.query(TRANSFERS + "where t.id = ?", PostgresTransfers::line, id)).stream()
                .findFirst();
    }

    @Override
    public List<Transfer> page(boolean inTransit, @Nullable String after, int size) {
        return together(sql.query(TRANSFERS + """
                        where t.id in (
                          select id from transfer t
                          where (?::text is null or id > ?)
                            and (not ? or exists (select from transfer_line l where l.transfer_id = t.id
                                                                            and l.received + l.lost < l.sent))
                          order by id limit ?)
                        order by t.id, l.sku
                        """, PostgresTransfers::line, after, after, inTransit, size));
    }

    @Override
    public List<Received> receipts(String id) {
        return sql.query(
                """
                select receipt_id, sku, units, received_at from transfer_receipt
                where transfer_id = ? order by received_at, receipt_id, sku
                """,
                row -> new Received(
                        row.getString("receipt_id"),
                        row.getString("sku"),
                        row.getInt("units"),
                        Objects.requireNonNull(Sql.instant(row, "received_at"))),
                id);
    }

    @Override
    public List<InTransit> inTransit(String sku) {
        return sql.query("""
                select t.to_location, sum(l.sent - l.received - l.lost)::int as units
                from transfer_line l join transfer t on t.id = l.transfer_id
                where l.sku = ? and l.received + l.lost < l.sent group by t.to_location order by t.to_location
                """, row -> new InTransit(row.getString("to_location"), row.getInt("units")), sku);
    }

    /// Locks these transfers, in the order of their ids, and reads them.
    static Map<String, Transfer> hold(Sql sql, Collection<String> ids) {
        Map<String, Transfer> held = new TreeMap<>();
        if (!ids.isEmpty()) {
            String[] these = Sql.texts(ids, id -> id);
            sql.query(
                    "select id from transfer where id = any (?) order by id for update",
                    row -> row.getString("id"),
                    (Object) these);
            together(sql.query(TRANSFERS + "where t.id = any (?)", PostgresTransfers::line, (Object) these))
                    .forEach(transfer -> held.put(transfer.id(), transfer));
        }
        return held;
    }

    /// A transfer comes once per line.
    private static List<Transfer> together(List<Transfer> lines) {
        Map<String, Transfer> byId = new TreeMap<>();
        for (Transfer line : lines) {
            byId.merge(line.id(), line, PostgresTransfers::both);
        }
        return List.copyOf(byId.values());
    }

    private static Transfer both(Transfer one, Transfer other) {
        TreeMap<String, Transfer.Line> lines = new TreeMap<>(one.lines());
        lines.putAll(other.lines());
        return new Transfer(one.id(), one.from(), one.to(), one.sentAt(), lines, one.closedAt(), one.loss());
    }

    private static Transfer line(ResultSet row) throws SQLException {
        @Nullable String loss = row.getString("loss_grounds");
        TreeMap<String, Transfer.Line> lines = new TreeMap<>();
        lines.put(
                row.getString("sku"),
                new Transfer.Line(row.getInt("sent"), row.getInt("received"), row.getInt("lost")));
        return new Transfer(
                row.getString("id"),
                row.getString("from_location"),
                row.getString("to_location"),
                Objects.requireNonNull(Sql.instant(row, "sent_at")),
                lines,
                Sql.instant(row, "closed_at"),
                loss == null ? null : Grounds.valueOf(loss));
    }
}
