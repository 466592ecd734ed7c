package io.hubline.connector.inbound.persistence;

import io.hubline.connector.inbound.domain.PollPosition;
import io.hubline.connector.inbound.domain.PollPosition.Complete;
import io.hubline.connector.inbound.domain.PollPosition.Listed;
import io.hubline.connector.inbound.domain.PollPosition.Open;
import io.hubline.connector.inbound.domain.PollPositions;
import io.hubline.connector.sql.Row;
import io.hubline.connector.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
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
                row.instantOrNull("open_since") == null ? null : open(row),
                listed == null
                        ? null
                        : new Listed(listed, row.instant("listed_at"), row.instantOrNull("listed_watermark")),
                complete == null
                        ? null
                        : new Complete(complete, row.instant("complete_at"), row.instantOrNull("complete_watermark")));
    }

    private static Open open(Row row) throws SQLException {
        return new Open(
                row.instant("begun_at"),
                row.instant("open_since"),
                row.textOrNull("open_cursor"),
                row.instantOrNull("open_watermark"),
                row.instantOrNull("open_latest"),
                row.integer("open_pages"),
                row.instant("open_next_at"));
    }

    @Override
    public void begin(String account, Instant since, Instant now, boolean deep) {
        sql.run("""
                insert into poll (account, begun_at, deep_at, open_since, open_pages, open_next_at)
                values (?, clock_timestamp(), ?, ?, 0, ?)
                on conflict (account) do update
                set begun_at = excluded.begun_at, open_since = excluded.open_since, open_pages = 0,
                  open_next_at = excluded.open_next_at, open_cursor = null, open_watermark = null, open_latest = null,
                  deep_at = case when ? then excluded.deep_at else coalesce(poll.deep_at, excluded.deep_at) end
                """, account, now, since, now, deep);
    }

    @Override
    public Optional<Open> take(String account, Instant now, Instant until) {
        return sql.first("""
                update poll set open_next_at = ? where account = ? and open_next_at <= ? returning *
                """, PostgresPollPositions::open, until, account, now);
    }

    @Override
    public void turn(
            String account, String cursor, @Nullable Instant watermark, @Nullable Instant latest, Instant nextAt) {
        sql.run("""
                update poll
                set open_cursor = ?, open_watermark = ?, open_latest = ?, open_pages = open_pages + 1, open_next_at = ?
                where account = ? and open_since is not null
                """, cursor, watermark, latest, nextAt, account);
    }

    @Override
    public void wait(String account, Instant nextAt) {
        sql.run("update poll set open_next_at = ? where account = ? and open_since is not null", nextAt, account);
    }

    @Override
    public void rewind(String account, Instant nextAt) {
        sql.run("""
                update poll
                set open_cursor = null, open_watermark = null, open_latest = null, open_pages = 0, open_next_at = ?
                where account = ? and open_since is not null
                """, nextAt, account);
    }

    @Override
    public void releaseAll(Instant now) {
        sql.run("update poll set open_next_at = ? where open_next_at > ?", now, now);
    }

    @Override
    public void close(String account) {
        sql.run("""
                update poll
                set open_since = null, open_cursor = null, open_watermark = null, open_latest = null, open_pages = null,
                  open_next_at = null
                where account = ?
                """, account);
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
