package io.hubline.connector.inbound.persistence;

import io.hubline.connector.inbound.domain.PollPosition;
import io.hubline.connector.inbound.domain.PollPosition.Complete;
import io.hubline.connector.inbound.domain.PollPosition.Listed;
import io.hubline.connector.inbound.domain.PollPositions;
import io.hubline.connector.sql.Row;
import io.hubline.connector.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresPollPositions implements PollPositions {

    private final Sql sql;

    PostgresPollPositions(Sql sql) {
        this.sql = sql;
    }

    @Override
    public PollPosition find(String account) {
        return sql.first("select * from poll where account = ?", PostgresPollPositions::position, account)
                .orElse(PollPosition.NONE);
    }

    private static PollPosition position(Row row) throws SQLException {
        @Nullable Instant listed = row.instantOrNull("listed_begun_at");
        @Nullable Instant complete = row.instantOrNull("complete_begun_at");
        return new PollPosition(
                row.instantOrNull("cursor_at"),
                row.instantOrNull("begun_at"),
                row.instantOrNull("deep_at"),
                listed == null
                        ? null
                        : new Listed(listed, row.instant("listed_at"), row.instantOrNull("listed_watermark")),
                complete == null
                        ? null
                        : new Complete(complete, row.instant("complete_at"), row.instantOrNull("complete_watermark")));
    }

    @Override
    public void begin(String account, Instant now, boolean deep) {
        sql.run("""
                insert into poll (account, begun_at, deep_at) values (?, ?, ?)
                on conflict (account) do update
                set begun_at = excluded.begun_at,
                  deep_at = case when ? then excluded.deep_at else coalesce(poll.deep_at, excluded.deep_at) end
                """, account, now, now, deep);
    }

    @Override
    public void advance(String account, Instant cursor) {
        sql.run("update poll set cursor_at = greatest(cursor_at, ?) where account = ?", cursor, account);
    }

    @Override
    public void listed(String account, Listed listed) {
        sql.run(
                "update poll set listed_begun_at = ?, listed_at = ?, listed_watermark = ? where account = ?",
                listed.begunAt(),
                listed.at(),
                listed.watermark(),
                account);
    }

    @Override
    public void complete(String account, Complete complete) {
        sql.run("""
                update poll
                set complete_begun_at = ?, complete_at = ?,
                  complete_watermark = greatest(complete_watermark, ?::timestamptz),
                  listed_begun_at = null, listed_at = null, listed_watermark = null
                where account = ?
                """, complete.begunAt(), complete.at(), complete.watermark(), account);
    }

    @Override
    public void explain(String account, @Nullable String reason) {
        sql.run(
                "update poll set reason = ? where account = ? and reason is distinct from ?::text",
                reason,
                account,
                reason);
    }
}
