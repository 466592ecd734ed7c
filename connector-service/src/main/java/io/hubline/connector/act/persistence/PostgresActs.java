package io.hubline.connector.act.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.connector.act.domain.ActCounts;
import io.hubline.connector.act.domain.ActStatus;
import io.hubline.connector.act.domain.ActTask;
import io.hubline.connector.act.domain.ActTask.AnswerReturn;
import io.hubline.connector.act.domain.ActTask.Cancel;
import io.hubline.connector.act.domain.ActTask.Detail;
import io.hubline.connector.act.domain.ActTask.Refund;
import io.hubline.connector.act.domain.ActTask.Ship;
import io.hubline.connector.act.domain.ActTask.ShippedUnits;
import io.hubline.connector.act.domain.ActView;
import io.hubline.connector.act.domain.Acts;
import io.hubline.connector.sql.Row;
import io.hubline.connector.sql.Sql;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
@RegisterForReflection(ignoreNested = false, targets = ActTask.class)
class PostgresActs implements Acts {

    private static final String VIEW = """
            select id, account, kind, order_id, external_id, subject, status, attempts,
              case when status in ('pending', 'running', 'unknown') then next_try_at end as next_try_at,
              reason, next_step, created_at, settled_at
            from act
            """;

    private final Sql sql;
    private final ObjectMapper json;

    PostgresActs(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    @Override
    public void seen(String orderId, long version) {
        sql.run("""
                insert into order_seen as s (order_id, version) values (?, ?)
                on conflict (order_id) do update set version = excluded.version where excluded.version > s.version
                """, orderId, version);
    }

    @Override
    public boolean seenReturn(String returnId, long version) {
        return sql.run("""
                        insert into return_seen as s (return_id, version) values (?, ?)
                        on conflict (return_id) do update set version = excluded.version
                        where excluded.version >= s.version
                        """, returnId, version) == 1;
    }

    @Override
    public boolean add(UUID id, String account, String orderId, String externalId, Detail detail, Instant now) {
        return sql.run("""
                        insert into act (id, account, kind, order_id, external_id, subject, detail, status, next_try_at,
                          created_at)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb, 'pending', ?, ?)
                        on conflict (kind, order_id, subject) do nothing
                        """, id, account, detail.kind(), orderId, externalId, detail.subject(), write(detail), now, now)
                == 1;
    }

    private String write(Detail detail) {
        try {
            return json.writeValueAsString(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an act cannot be written as JSON", e);
        }
    }

    private Detail read(String kind, String detail) {
        try {
            return switch (kind) {
                case "ship" -> json.readValue(detail, Ship.class);
                case "cancel" -> json.readValue(detail, Cancel.class);
                case "refund" -> json.readValue(detail, Refund.class);
                case "return-answer" -> json.readValue(detail, AnswerReturn.class);
                default -> throw new IllegalStateException("there is no act of kind '%s'".formatted(kind));
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an act cannot be read", e);
        }
    }

    @Override
    public List<ActTask> claim(String account, String replica, Instant now, Instant until, int limit) {
        return sql.list(
                """
                update act a
                set status = 'running', claimed_by = ?, claimed_until = ?, attempts = a.attempts + 1
                from (
                  select id from act o
                  where account = ? and status in ('pending', 'running', 'unknown') and next_try_at <= ?
                    and (claimed_until is null or claimed_until <= ?)
                    and not exists (
                      select from act earlier
                      where earlier.order_id = o.order_id and earlier.status in ('pending', 'running', 'unknown')
                        and (earlier.created_at, earlier.id) < (o.created_at, o.id))
                  order by created_at limit ? for update skip locked) due
                where a.id = due.id
                returning a.id, a.account, a.order_id, a.external_id, a.kind, a.detail, a.attempts, a.progress
                """,
                row -> new ActTask(
                        row.uuid("id"),
                        row.text("account"),
                        row.text("order_id"),
                        row.text("external_id"),
                        read(row.text("kind"), row.text("detail")),
                        row.integer("attempts"),
                        row.textOrNull("progress")),
                replica,
                until,
                account,
                now,
                now,
                limit);
    }

    @Override
    public List<ShippedUnits> confirmedUnder(String orderId, String trackingNumber) {
        return sql.list(
                """
                select line ->> 'channelLineId' as line_id, sum((line ->> 'quantity')::integer) as units
                from act, jsonb_array_elements(detail -> 'lines') as line
                where order_id = ? and kind = 'ship' and status = 'done' and detail ->> 'trackingNumber' = ?
                group by 1
                """, row -> new ShippedUnits(row.text("line_id"), row.integer("units")), orderId, trackingNumber);
    }

    @Override
    public void done(UUID id, String how, Instant now) {
        sql.run("""
                update act set status = 'done', reason = ?, next_step = null, settled_at = ?, claimed_by = null,
                  claimed_until = null
                where id = ?
                """, how, now, id);
    }

    @Override
    public void failed(UUID id, String reason, String nextStep, @Nullable String progress, Instant now) {
        sql.run("""
                update act set status = 'failed', reason = ?, next_step = ?, progress = ?, settled_at = ?,
                  claimed_by = null, claimed_until = null
                where id = ?
                """, reason, nextStep, progress, now, id);
    }

    @Override
    public void later(
            UUID id, ActStatus status, Instant nextTryAt, @Nullable String progress, @Nullable String reason) {
        sql.run("""
                update act
                set status = ?, next_try_at = ?, progress = coalesce(?, progress), reason = ?, claimed_by = null,
                  claimed_until = null
                where id = ?
                """, status, nextTryAt, progress, reason, id);
    }

    @Override
    public int releaseClaimsOf(String replica, Instant now) {
        return sql.run("""
                update act
                set status = 'unknown', next_try_at = ?, claimed_by = null, claimed_until = null,
                  reason = 'the service ended while it was under way'
                where claimed_by = ? and status = 'running'
                """, now, replica);
    }

    @Override
    public Optional<Instant> nextDue(String account) {
        return sql.first("""
                        select min(greatest(next_try_at, coalesce(claimed_until, next_try_at))) as due
                        from act where account = ? and status in ('pending', 'running', 'unknown')
                        """, row -> Optional.ofNullable(row.instantOrNull("due")), account)
                .flatMap(due -> due);
    }

    @Override
    public boolean revive(UUID id, Instant now) {
        return sql.run("""
                        update act
                        set status = 'pending', attempts = 0, next_try_at = ?, next_step = null,
                          settled_at = null
                        where id = ? and status = 'failed'
                        """, now, id) == 1;
    }

    @Override
    public Optional<UUID> reviveRefund(String orderId, String refundId, Instant now) {
        return sql.first(
                        "select id from act where kind = 'refund' and order_id = ? and subject = ? and status = 'failed'",
                        row -> row.uuid("id"),
                        orderId,
                        refundId)
                .filter(id -> revive(id, now));
    }

    @Override
    public Optional<ActView> find(UUID id) {
        return sql.first(VIEW + "where id = ?", PostgresActs::view, id);
    }

    @Override
    public List<ActView> list(@Nullable String account, @Nullable ActStatus status, @Nullable UUID before, int limit) {
        return sql.list(VIEW + """
                        where (?::text is null or account = ?) and (?::text is null or status = ?)
                          and (?::uuid is null or id < ?)
                        order by id desc limit ?
                        """, PostgresActs::view, account, account, status, status, before, before, limit);
    }

    private static ActView view(Row row) throws SQLException {
        return new ActView(
                row.uuid("id"),
                row.text("account"),
                row.text("kind"),
                row.text("order_id"),
                row.text("external_id"),
                row.text("subject"),
                row.text("status"),
                row.integer("attempts"),
                row.instantOrNull("next_try_at"),
                row.textOrNull("reason"),
                row.textOrNull("next_step"),
                row.instant("created_at"),
                row.instantOrNull("settled_at"));
    }

    @Override
    public Map<String, ActCounts> counts() {
        Map<String, ActCounts> counts = new HashMap<>();
        sql.list(
                """
                select account, count(*) filter (where status <> 'failed') as pending,
                  count(*) filter (where status = 'failed') as failed
                from act where status in ('pending', 'running', 'unknown', 'failed') group by account
                """,
                row -> counts.put(row.text("account"), new ActCounts(row.number("pending"), row.number("failed"))));
        return counts;
    }
}
