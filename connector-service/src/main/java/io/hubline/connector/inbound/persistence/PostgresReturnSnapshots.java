package io.hubline.connector.inbound.persistence;

import io.hubline.connector.inbound.domain.ReturnSnapshot;
import io.hubline.connector.inbound.domain.ReturnSnapshots;
import io.hubline.connector.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresReturnSnapshots implements ReturnSnapshots {

    private final Sql sql;

    PostgresReturnSnapshots(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Map<String, ReturnSnapshot> find(String account, String externalId) {
        Map<String, ReturnSnapshot> found = new HashMap<>();
        sql.list(
                """
                select channel_return_id, channel_updated_at, content_hash, saved_number
                from channel_return where account = ? and external_id = ?
                """,
                row -> found.put(
                        row.text("channel_return_id"),
                        new ReturnSnapshot(
                                row.instant("channel_updated_at"),
                                row.text("content_hash"),
                                row.number("saved_number"))),
                account,
                externalId);
        return found;
    }

    @Override
    public Optional<String> orderOf(String account, String channelReturnId) {
        return sql.first(
                "select external_id from channel_return where account = ? and channel_return_id = ?",
                row -> row.text("external_id"),
                account,
                channelReturnId);
    }

    @Override
    public void save(
            String account,
            String externalId,
            String channelReturnId,
            ReturnSnapshot snapshot,
            @Nullable Instant announcedAt) {
        if (announcedAt == null) {
            sql.run("""
                    update channel_return set channel_updated_at = ?, saved_number = ?
                    where account = ? and channel_return_id = ?
                    """, snapshot.updatedAt(), snapshot.savedNumber(), account, channelReturnId);
            return;
        }
        sql.run(
                """
                insert into channel_return (account, channel_return_id, external_id, channel_updated_at, content_hash,
                  saved_number, announced_at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (account, channel_return_id) do update
                set external_id = excluded.external_id, channel_updated_at = excluded.channel_updated_at,
                  content_hash = excluded.content_hash, saved_number = excluded.saved_number,
                  announced_at = excluded.announced_at
                """,
                account,
                channelReturnId,
                externalId,
                snapshot.updatedAt(),
                snapshot.contentHash(),
                snapshot.savedNumber(),
                announcedAt);
    }
}
