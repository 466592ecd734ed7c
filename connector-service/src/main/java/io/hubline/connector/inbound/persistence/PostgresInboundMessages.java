package io.hubline.connector.inbound.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.connector.inbound.domain.Arrival;
import io.hubline.connector.inbound.domain.ClaimedMessage;
import io.hubline.connector.inbound.domain.InboundMessages;
import io.hubline.connector.inbound.domain.MessageStatus;
import io.hubline.connector.inbound.domain.StoredMessage;
import io.hubline.connector.sql.Row;
import io.hubline.connector.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresInboundMessages implements InboundMessages {

    private static final String ARRIVALS = """
            with arrival as (
              select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[],
                  ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[])
                as t (id, account, adapter, source, delivery_id, topic, headers, body, external_id,
                  channel_updated_at, received_at, status, reason))
            """;
    private static final String INSERT = """
            insert into inbound_message (id, account, adapter, source, delivery_id, topic, headers, body, external_id,
              channel_updated_at, received_at, status, reason, next_try_at, settled_at)
            """;
    private static final String STORE = ARRIVALS + """
            , first as (
              insert into inbound_delivery (account, delivery_id, message_id, received_at)
              select account, delivery_id, id, received_at from arrival
              order by account, delivery_id, id
              on conflict do nothing
              returning message_id)
            """ + INSERT + """
            select id, account, adapter, source, delivery_id, topic, headers, body, external_id,
              channel_updated_at, received_at, outcome, reason, received_at,
              case when outcome in ('pending', 'dead') then null else received_at end
            from (
              select a.*,
                case when status = 'pending' and f.message_id is null then 'duplicate' else status end as outcome
              from arrival a left join first f on f.message_id = a.id) judged
            """;
    private static final String STORE_NEW = ARRIVALS + INSERT + """
            select id, account, adapter, source, delivery_id, topic, headers, body, external_id,
              channel_updated_at, received_at, status, reason, received_at, null
            from arrival a
            where not exists (
              select from inbound_message m
              where m.account = a.account and m.delivery_id = a.delivery_id and m.status in ('pending', 'dead'))
            """;
    private static final String STORED = """
            select id, account, source, delivery_id, topic, external_id, received_at, status, reason, attempts
            from inbound_message
            """;

    private final Sql sql;
    private final ObjectMapper json;
    private final InstantSource clock;

    PostgresInboundMessages(Sql sql, ObjectMapper json, InstantSource clock) {
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public void store(Collection<Arrival> arrivals) {
        sql.run(STORE, values(arrivals));
    }

    @Override
    public int storeNew(Collection<Arrival> arrivals) {
        return arrivals.isEmpty() ? 0 : sql.run(STORE_NEW, values(arrivals));
    }

    private @Nullable Object[] values(Collection<Arrival> arrivals) {
        List<List<@Nullable Object>> columns = new ArrayList<>();
        for (int column = 0; column < 13; column++) {
            columns.add(new ArrayList<>(arrivals.size()));
        }
        for (Arrival arrival : arrivals) {
            @Nullable
            Object[] row = {
                arrival.id(),
                arrival.account(),
                arrival.adapter(),
                arrival.source(),
                arrival.deliveryId(),
                arrival.topic(),
                write(arrival.headers()),
                arrival.sealedBody(),
                arrival.externalId(),
                arrival.channelUpdatedAt(),
                arrival.receivedAt(),
                arrival.status(),
                arrival.reason()
            };
            for (int column = 0; column < row.length; column++) {
                columns.get(column).add(row[column]);
            }
        }
        return columns.toArray();
    }

    private String write(Map<String, String> headers) {
        try {
            return json.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("headers cannot be written as JSON", e);
        }
    }

    @Override
    public List<ClaimedMessage> claim(String account, String replica, Instant now, Instant until, int limit) {
        return sql.list(
                """
                update inbound_message m
                set claimed_by = ?, claimed_until = ?, attempts = attempts + 1
                from (
                  select id from inbound_message
                  where account = ? and status = 'pending' and next_try_at <= ?
                    and (claimed_until is null or claimed_until <= ?)
                  order by received_at limit ? for update skip locked) due
                where m.id = due.id
                returning m.id, m.external_id, m.channel_updated_at, m.received_at, m.attempts
                """,
                row -> new ClaimedMessage(
                        row.uuid("id"),
                        row.text("external_id"),
                        row.instantOrNull("channel_updated_at"),
                        row.instant("received_at"),
                        row.integer("attempts")),
                replica,
                until,
                account,
                now,
                now,
                limit);
    }

    @Override
    public void settle(Collection<UUID> ids, MessageStatus status, @Nullable String reason, Instant now) {
        sql.run("""
                update inbound_message
                set status = ?, reason = ?, settled_at = ?::timestamptz, claimed_by = null, claimed_until = null
                where id = any (?::uuid[]) and status = 'pending'
                """, status, reason, status == MessageStatus.DEAD ? null : now, ids);
    }

    @Override
    public void release(Collection<UUID> ids, Instant nextTryAt, @Nullable String reason) {
        sql.run("""
                update inbound_message
                set next_try_at = ?, reason = ?, claimed_by = null, claimed_until = null
                where id = any (?::uuid[]) and status = 'pending'
                """, nextTryAt, reason, ids);
    }

    @Override
    public int releaseClaimsOf(String replica, Instant now) {
        return sql.run("""
                update inbound_message set claimed_by = null, claimed_until = null, next_try_at = ?
                where claimed_by = ? and status = 'pending'
                """, now, replica);
    }

    @Override
    public Optional<Instant> nextDue(String account) {
        return sql.first("""
                        select min(greatest(next_try_at, coalesce(claimed_until, next_try_at))) as due
                        from inbound_message where account = ? and status = 'pending'
                        """, row -> Optional.ofNullable(row.instantOrNull("due")), account)
                .flatMap(due -> due);
    }

    @Override
    public boolean anyPendingUntil(String account, Instant received) {
        return sql.first("""
                        select exists (
                          select from inbound_message
                          where account = ? and status = 'pending' and received_at <= ?) as waits
                        """, row -> row.flag("waits"), account, received).orElseThrow();
    }

    @Override
    public List<StoredMessage> list(
            @Nullable String account, @Nullable MessageStatus status, @Nullable UUID before, int limit) {
        return sql.list(
                STORED + """
                        where (?::text is null or account = ?) and (?::text is null or status = ?)
                          and (?::uuid is null or id < ?)
                        order by id desc limit ?
                        """, PostgresInboundMessages::stored, account, account, status, status, before, before, limit);
    }

    @Override
    public Optional<StoredMessage> find(UUID id) {
        return sql.first(STORED + "where id = ?", PostgresInboundMessages::stored, id);
    }

    @Override
    public boolean revive(UUID id, Instant now) {
        return sql.run("""
                        update inbound_message set status = 'pending', reason = null, attempts = 0, next_try_at = ?
                        where id = ? and status = 'dead' and external_id is not null
                        """, now, id) == 1;
    }

    @Override
    public int purge(Instant before, int limit) {
        int purged = sql.run("""
                delete from inbound_message where id in (
                  select id from inbound_message where settled_at < ? order by settled_at limit ?)
                """, before, limit);
        sql.run("""
                delete from inbound_delivery where (account, delivery_id) in (
                  select account, delivery_id from inbound_delivery d
                  where received_at < ? and not exists (select from inbound_message m where m.id = d.message_id)
                  limit ?)
                """, before, limit);
        return purged;
    }

    @Override
    public Backlog backlog(String account) {
        return sql.first(
                        """
                        select
                          (select count(*) from inbound_message where account = ? and status = 'pending') as pending,
                          (select min(received_at) from inbound_message
                             where account = ? and status = 'pending') as oldest,
                          (select count(*) from inbound_message where account = ? and status = 'dead') as dead
                        """,
                        row -> new Backlog(row.number("pending"), age(row.instantOrNull("oldest")), row.number("dead")),
                        account,
                        account,
                        account)
                .orElseThrow();
    }

    private @Nullable Duration age(@Nullable Instant since) {
        return since == null ? null : Duration.between(since, clock.instant());
    }

    private static StoredMessage stored(Row row) throws SQLException {
        return new StoredMessage(
                row.uuid("id"),
                row.text("account"),
                row.text("source"),
                row.text("delivery_id"),
                row.textOrNull("topic"),
                row.textOrNull("external_id"),
                row.instant("received_at"),
                row.text("status"),
                row.textOrNull("reason"),
                row.integer("attempts"));
    }
}
