package io.hubline.connector.sync.persistence;

import io.hubline.connector.sql.Row;
import io.hubline.connector.sql.Sql;
import io.hubline.connector.sync.domain.DesiredQuantity;
import io.hubline.connector.sync.domain.DueReading;
import io.hubline.connector.sync.domain.DueReading.Base;
import io.hubline.connector.sync.domain.DueReading.Booking;
import io.hubline.connector.sync.domain.DueReading.Unseen;
import io.hubline.connector.sync.domain.DueReading.Verdict;
import io.hubline.connector.sync.domain.Placement;
import io.hubline.connector.sync.domain.StockWrite;
import io.hubline.connector.sync.domain.StockWrite.Line;
import io.hubline.connector.sync.domain.SyncTargets;
import io.hubline.connector.sync.domain.TargetCounts;
import io.hubline.connector.sync.domain.TargetState;
import io.hubline.connector.sync.domain.TargetState.Read;
import io.hubline.connector.sync.domain.TargetState.Settled;
import io.hubline.connector.sync.domain.TargetState.Written;
import io.hubline.connector.sync.domain.TargetView;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresSyncTargets implements SyncTargets {

    private static final String EXPECTED = "base_quantity - (desired_booked - base_booked)";
    private static final String OWES = "active and desired_sequence is not null and (base_quantity is null"
            + " or desired_quantity <> base_quantity - (desired_booked - base_booked))";
    // In escrow a number is applied once per permit.
    private static final String SPENT = "(escrow and spent_permit is not distinct from permit)";
    private static final String AWAITS_PERMIT = "(" + OWES + " and base_quantity is not null and " + SPENT + ")";
    private static final String READING = """
            select offer, account, inventory_item, channel_location, coalesce(channel_sku, '') as channel_sku,
              variant_id, revision, base_quantity, base_booked, coalesce(desired_booked, 0) as booked,
              desired_sold, clock_timestamp() as begun_at, coalesce(suspect_since, confirm_since) as suspect_since,
              case when look_at is not null then accepted_quantity end as unseen_quantity, late_at, outcome_unknown
            from sync_target
            where account = ? and active and in_flight is null
              and inventory_item is not null and channel_location is not null
            """;
    // The first word that holds is the state.
    private static final String STATE = """
            case
              when not active then 'inactive'
              when desired_sequence is null then 'waiting'
              when w.status = 'unknown' or (in_flight is null and outcome_unknown) then 'unknown'
              when in_flight is not null then 'in-flight'
              when suspect_since is not null then 'drifted'
              when base_quantity is not null and escrow and spent_permit is not distinct from permit
                and desired_quantity <> base_quantity - (desired_booked - base_booked) then 'awaiting-permit'
              when base_quantity is null
                or desired_quantity <> base_quantity - (desired_booked - base_booked) then 'unsatisfied'
              when accepted_at is not null then 'accepted'
              else 'in-sync'
            end
            """;
    private static final String OUTCOME_UNKNOWN =
            "nobody knows whether the channel took the number, and it may be sent once only: it is looked for";
    private static final String GIVEN_UP =
            "the outcome of a write never became known, and the channel was read instead";
    private static final Duration STALE_PAUSE_FIRST = Duration.ofMillis(500);
    private static final Duration STALE_PAUSE_MAX = Duration.ofSeconds(5);
    private static final Duration UNSEEN_PAUSE_FIRST = Duration.ofSeconds(2);
    private static final Duration UNSEEN_PAUSE_MAX = Duration.ofMinutes(1);
    // A listing that was just written takes its time to be there.
    private static final Duration NOT_STOCKED_PAUSE = Duration.ofSeconds(30);
    private static final Duration REJECTED_PAUSE = Duration.ofMinutes(5);

    private final Sql sql;

    PostgresSyncTargets(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean apply(Placement placement, Instant now) {
        return sql.run(
                        """
                        insert into sync_target as t (offer, account, listing_sequence, active, channel_sku, variant_id,
                          inventory_item, channel_location, next_try_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (offer, aspect) do update
                        set listing_sequence = excluded.listing_sequence, active = excluded.active,
                          channel_sku = excluded.channel_sku, variant_id = excluded.variant_id,
                          inventory_item = excluded.inventory_item, channel_location = excluded.channel_location,
                          base_quantity = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.base_quantity end,
                          base_booked = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.base_booked end,
                          accepted_sequence = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.accepted_sequence end,
                          accepted_quantity = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.accepted_quantity end,
                          accepted_at = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.accepted_at end,
                          look_at = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.look_at end,
                          settled_sequence = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.settled_sequence end,
                          settled_quantity = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.settled_quantity end,
                          settled_sold = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.settled_sold end,
                          settled_cancelled = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.settled_cancelled end,
                          settled_at = case when (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true)
                            then t.settled_at end,
                          outcome_unknown = t.outcome_unknown and (t.inventory_item, t.channel_location, t.active)
                              is not distinct from (excluded.inventory_item, excluded.channel_location, true),
                          revision = t.revision + 1, reason = null, next_try_at = excluded.next_try_at
                        where t.listing_sequence is null or excluded.listing_sequence > t.listing_sequence
                        """,
                        placement.offer(),
                        placement.account(),
                        placement.sequence(),
                        placement.active(),
                        placement.channelSku(),
                        placement.variantId(),
                        placement.inventoryItem(),
                        placement.channelLocation(),
                        now)
                == 1;
    }

    @Override
    public boolean apply(DesiredQuantity desired, Instant now) {
        boolean newer = sql.run(
                        """
                        insert into sync_target as t (offer, account, desired_sequence, desired_quantity, desired_booked,
                          desired_sold, permit, escrow, desired_at, owed_since, next_try_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (offer, aspect) do update
                        set desired_sequence = excluded.desired_sequence, desired_quantity = excluded.desired_quantity,
                          desired_booked = excluded.desired_booked, desired_sold = excluded.desired_sold,
                          permit = excluded.permit, escrow = excluded.escrow, desired_at = excluded.desired_at,
                          owed_since = coalesce(t.owed_since, excluded.owed_since),
                          next_try_at = case when t.suspect_since is null then t.next_try_at
                            else least(t.next_try_at, excluded.next_try_at) end
                        where t.desired_sequence is null or excluded.desired_sequence > t.desired_sequence
                        """,
                        desired.offer(),
                        desired.account(),
                        desired.sequence(),
                        desired.quantity(),
                        desired.booked(),
                        desired.sold(),
                        desired.permit(),
                        desired.escrow(),
                        desired.at(),
                        desired.at(),
                        now)
                == 1;
        if (newer) {
            satisfy(List.of(desired.offer()), now);
        }
        return newer;
    }

    /// Notes the targets that stand as desired, whoever made them so. A number that was taken unseen is
    /// owed no longer, and is not acknowledged before it is settled.
    private void satisfy(Collection<String> offers, Instant now) {
        sql.run("""
                update sync_target
                set acked_sequence = case when accepted_at is null then desired_sequence else acked_sequence end,
                  acked_quantity = case when accepted_at is null then desired_quantity else acked_quantity end,
                  acked_at = case when accepted_at is null then ?::timestamptz else acked_at end,
                  owed_since = null
                where offer = any (?::text[]) and in_flight is null and base_quantity is not null
                  and desired_quantity = base_quantity - (desired_booked - base_booked)
                """, now, offers);
    }

    @Override
    public Optional<StockWrite> decideWrite(
            String account, String replica, UUID id, Instant now, Instant leaseUntil, int limit) {
        List<Line> due = sql.list(
                "select offer, inventory_item, channel_location, desired_quantity, desired_sequence, desired_booked, permit,"
                        + " escrow, "
                        + EXPECTED
                        + " as expected from sync_target where account = ? and "
                        + OWES
                        + " and not "
                        + SPENT
                        + """
                         and base_quantity is not null and in_flight is null and next_try_at <= ?
                          and inventory_item is not null and channel_location is not null
                        order by (desired_quantity < base_quantity - (desired_booked - base_booked)) desc,
                          desired_quantity, owed_since
                        limit ? for update skip locked
                        """,
                row -> new Line(
                        row.text("offer"),
                        row.text("inventory_item"),
                        row.text("channel_location"),
                        row.integer("desired_quantity"),
                        row.number("expected"),
                        row.number("desired_sequence"),
                        row.number("desired_booked"),
                        row.number("permit"),
                        row.flag("escrow")),
                account,
                now,
                limit);
        // Two offers that share what the channel counts cannot be in one call; the second has its turn next.
        Set<List<String>> places = new HashSet<>();
        List<Line> lines = due.stream()
                .filter(line -> places.add(List.of(line.item(), line.location())))
                .toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        sql.run("""
                insert into stock_write (id, account, status, created_at, next_try_at, claimed_by)
                values (?, ?, 'sent', ?, ?, ?)
                """, id, account, now, leaseUntil, replica);
        sql.run(
                """
                insert into stock_write_line (write_id, position, offer, inventory_item, channel_location, quantity,
                  expected, sequence, booked, permit, spent_before)
                select ?, position - 1, l.offer, item, location, quantity, expected, sequence, booked, l.permit, t.spent_permit
                from unnest(?::text[], ?::text[], ?::text[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                    with ordinality as l (offer, item, location, quantity, expected, sequence, booked, permit, position)
                  join sync_target t on t.offer = l.offer
                """,
                id,
                lines.stream().map(Line::offer).toList(),
                lines.stream().map(Line::item).toList(),
                lines.stream().map(Line::location).toList(),
                lines.stream().map(Line::quantity).toList(),
                lines.stream().map(Line::expected).toList(),
                lines.stream().map(Line::sequence).toList(),
                lines.stream().map(Line::booked).toList(),
                lines.stream().map(Line::permit).toList());
        sql.run(
                "update sync_target set in_flight = ?, spent_permit = permit, revision = revision + 1"
                        + " where offer = any (?::text[])",
                id,
                lines.stream().map(Line::offer).toList());
        return Optional.of(new StockWrite(id, account, now, 0, lines));
    }

    @Override
    public Optional<StockWrite> resume(String account, String replica, Instant now, Instant leaseUntil) {
        return sql.first(
                        """
                        update stock_write w
                        set next_try_at = ?, claimed_by = ?, attempts = w.attempts + 1
                        from (
                          select id from stock_write where account = ? and next_try_at <= ?
                          order by next_try_at limit 1 for update skip locked) due
                        where w.id = due.id
                        returning w.id, w.created_at, w.attempts
                        """,
                        row -> new StockWrite(
                                row.uuid("id"), account, row.instant("created_at"), row.integer("attempts"), List.of()),
                        leaseUntil,
                        replica,
                        account,
                        now)
                .map(write -> new StockWrite(
                        write.id(), write.account(), write.createdAt(), write.attempts(), lines(write.id())));
    }

    private List<Line> lines(UUID write) {
        return sql.list(
                """
                select l.offer, l.inventory_item, l.channel_location, l.quantity, l.expected, l.sequence, l.booked, l.permit,
                  t.escrow
                from stock_write_line l join sync_target t on t.offer = l.offer
                where l.write_id = ? order by l.position
                """,
                row -> new Line(
                        row.text("offer"),
                        row.text("inventory_item"),
                        row.text("channel_location"),
                        row.integer("quantity"),
                        row.number("expected"),
                        row.number("sequence"),
                        row.number("booked"),
                        row.number("permit"),
                        row.flag("escrow")),
                write);
    }

    @Override
    public int releaseWritesOf(String replica, Instant now) {
        return sql.run(
                "update stock_write set status = 'unknown', next_try_at = ?, reason = ? where claimed_by = ?",
                now,
                "the service ended while it was under way",
                replica);
    }

    @Override
    public void applied(StockWrite write, Instant now) {
        lock(offers(write));
        sql.run("""
                update sync_target t
                set base_quantity = case when (t.inventory_item, t.channel_location, t.active)
                      is not distinct from (l.inventory_item, l.channel_location, true) then l.quantity end,
                  base_booked = case when (t.inventory_item, t.channel_location, t.active)
                      is not distinct from (l.inventory_item, l.channel_location, true) then l.booked end,
                  accepted_sequence = null, accepted_quantity = null, accepted_at = null, look_at = null,
                  outcome_unknown = false, acked_sequence = l.sequence, acked_quantity = l.quantity, acked_at = ?, owed_since = t.desired_at,
                  in_flight = null, suspect_since = null, attempts = 0, reason = null, next_try_at = ?,
                  revision = t.revision + 1
                from stock_write_line l
                where l.write_id = ? and t.offer = l.offer and t.in_flight = l.write_id
                """, now, now, write.id());
        sql.run("delete from stock_write where id = ?", write.id());
        satisfy(offers(write), now);
    }

    @Override
    public void taken(StockWrite write, Instant now, @Nullable Instant lookAt, Instant lateAt, boolean unknown) {
        lock(offers(write));
        sql.run("""
                update sync_target t
                set base_quantity = case when p.stays then l.quantity end,
                  base_booked = case when p.stays then l.booked end,
                  accepted_sequence = case when p.stays then l.sequence end,
                  accepted_quantity = case when p.stays then l.quantity end,
                  accepted_at = case when p.stays then ?::timestamptz end,
                  look_at = case when p.stays then ?::timestamptz end, late_at = ?, outcome_unknown = p.stays and ?,
                  confirm_since = case when p.stays and ?::timestamptz is null then clock_timestamp() end,
                  owed_since = t.desired_at, in_flight = null, suspect_since = null, attempts = 0, reason = ?::text,
                  next_try_at = ?, revision = t.revision + 1
                from stock_write_line l
                  join sync_target s on s.offer = l.offer and s.in_flight = l.write_id
                  cross join lateral (select (s.inventory_item, s.channel_location, s.active)
                    is not distinct from (l.inventory_item, l.channel_location, true) as stays) p
                where l.write_id = ? and t.offer = l.offer and t.in_flight = l.write_id
                """, now, lookAt, lateAt, unknown, lookAt, unknown ? OUTCOME_UNKNOWN : null, now, write.id());
        sql.run("delete from stock_write where id = ?", write.id());
        satisfy(offers(write), now);
    }

    @Override
    public void notApplied(
            StockWrite write,
            Collection<String> stale,
            Map<String, String> rejected,
            Instant now,
            Instant nextTryAt,
            @Nullable String reason) {
        lock(offers(write));
        sql.run("""
                update sync_target t
                set in_flight = null, spent_permit = l.spent_before, revision = revision + 1, next_try_at = ?, reason = ?
                from stock_write_line l
                where l.write_id = ? and t.offer = l.offer and t.in_flight = l.write_id
                """, nextTryAt, reason, write.id());
        if (!stale.isEmpty()) {
            sql.run("""
                    update sync_target
                    set suspect_since = coalesce(suspect_since, clock_timestamp()), attempts = attempts + 1,
                      next_try_at = ?::timestamptz
                        + least(?::bigint * (2 ^ least(attempts, 10)), ?::bigint) * interval '1 millisecond',
                      reason = 'the channel shows another number than the booked sales explain'
                    where offer = any (?::text[])
                    """, now, STALE_PAUSE_FIRST.toMillis(), STALE_PAUSE_MAX.toMillis(), stale);
        }
        rejected.forEach((offer, why) -> sql.run(
                "update sync_target set attempts = attempts + 1, next_try_at = ?, reason = ? where offer = ?",
                now.plus(REJECTED_PAUSE),
                why,
                offer));
        sql.run("delete from stock_write where id = ?", write.id());
        satisfy(offers(write), now);
    }

    @Override
    public void unknown(StockWrite write, Instant nextTryAt, String reason) {
        sql.run(
                "update stock_write set status = 'unknown', next_try_at = ?, reason = ? where id = ?",
                nextTryAt,
                reason,
                write.id());
    }

    @Override
    public void givenUp(StockWrite write, Map<String, Long> read, Instant now) {
        lock(offers(write));
        for (Line line : write.lines()) {
            @Nullable Long number = read.get(line.offer());
            // Without a number the target is read once more before anything is written.
            sql.run(
                    """
                    update sync_target
                    set base_quantity = ?::bigint, base_booked = case when ?::bigint is null then null else desired_booked end,
                      observed_quantity = coalesce(?::bigint, observed_quantity), observed_at = ?,
                      acked_sequence = case when ?::bigint = ? then ? else acked_sequence end,
                      acked_quantity = case when ?::bigint = ? then ? else acked_quantity end,
                      accepted_sequence = null, accepted_quantity = null, accepted_at = null, look_at = null,
                      outcome_unknown = false, in_flight = null, confirm_since = clock_timestamp(), revision = revision + 1, next_try_at = ?,
                      reason = ?
                    where offer = ? and in_flight = ?
                    """,
                    number,
                    number,
                    number,
                    now,
                    number,
                    line.quantity(),
                    line.sequence(),
                    number,
                    line.quantity(),
                    line.quantity(),
                    now,
                    GIVEN_UP,
                    line.offer(),
                    write.id());
        }
        sql.run("delete from stock_write where id = ?", write.id());
        satisfy(offers(write), now);
    }

    @Override
    public List<DueReading> unread(String account, Instant now, int limit) {
        return sql.list(READING + """
                        and next_try_at <= ?
                        and (read_requested or (base_quantity is null and desired_sequence is not null))
                        order by desired_quantity limit ?
                        """, PostgresSyncTargets::reading, account, now, limit);
    }

    @Override
    public List<DueReading> unseen(String account, Instant now, int limit) {
        return sql.list(
                READING + " and look_at <= ? and base_quantity is not null order by look_at limit ?",
                PostgresSyncTargets::reading,
                account,
                now,
                limit);
    }

    @Override
    public List<DueReading> suspects(String account, Instant before, int limit) {
        return sql.list(
                READING + " and coalesce(suspect_since, confirm_since) < ? and base_quantity is not null"
                        + " and look_at is null"
                        + " order by coalesce(suspect_since, confirm_since) limit ?",
                PostgresSyncTargets::reading,
                account,
                before,
                limit);
    }

    @Override
    public List<DueReading> unsettled(String account, boolean restocks, Instant now, int limit) {
        // Each of the three is a small index, whatever the catalogue is.
        return sql.list(
                READING + """
                        and base_quantity is not null and look_at is null and next_try_at <= ? and desired_sold is not null
                          and offer in (
                            select offer from sync_target
                            where account = ? and active and settle_look_at <= clock_timestamp()
                            union all
                            select offer from sync_target
                            where account = ? and active and escrow and spent_permit is distinct from permit
                              and settle_look_at is null and suspect_since is null
                              and desired_quantity = base_quantity - (desired_booked - base_booked)
                            union all
                            select offer from sync_target
                            where ? and account = ? and active and escrow and desired_sold - desired_booked > cancelled_seen
                              and settle_look_at is null)
                        order by settle_look_at limit ?
                        """, PostgresSyncTargets::reading, account, now, account, account, restocks, account, limit);
    }

    @Override
    public void lock(Collection<String> offers) {
        sql.list(
                "select offer from sync_target where offer = any (?::text[]) order by offer for update",
                row -> row.text("offer"),
                offers);
    }

    @Override
    public List<DueReading> lastReadBefore(String account, Instant before, int limit) {
        return sql.list(READING + """
                        and base_quantity is not null and suspect_since is null and look_at is null
                          and (observed_at is null or observed_at < ?)
                        order by observed_at nulls first limit ?
                        """, PostgresSyncTargets::reading, account, before, limit);
    }

    private static DueReading reading(Row row) throws SQLException {
        @Nullable Long base = row.numberOrNull("base_quantity");
        @Nullable Long unseen = row.numberOrNull("unseen_quantity");
        return new DueReading(
                row.text("offer"),
                row.text("account"),
                row.text("inventory_item"),
                row.text("channel_location"),
                row.text("channel_sku"),
                row.textOrNull("variant_id"),
                row.number("revision"),
                base == null ? null : new Base(base, row.number("base_booked")),
                row.number("booked"),
                row.numberOrNull("desired_sold"),
                row.instant("begun_at"),
                row.instantOrNull("suspect_since"),
                unseen == null ? null : new Unseen(unseen, row.instant("late_at"), row.flag("outcome_unknown")));
    }

    @Override
    public boolean applyReading(
            DueReading reading, Verdict verdict, Booking booking, @Nullable Long read, Instant now) {
        boolean rebased = verdict == Verdict.TAKEN || verdict == Verdict.DRIFTED;
        // Of what is not counted there nothing is known, until it is.
        boolean nowhere = verdict == Verdict.NOT_STOCKED;
        boolean settled = verdict == Verdict.CONFIRMED && booking == Booking.COMPLETE;
        boolean confirmAnew =
                rebased || verdict == Verdict.SEEN || (verdict == Verdict.CONFIRMED && booking == Booking.OVERDUE);
        boolean applied = sql.run(
                        """
                        update sync_target
                        set observed_quantity = ?, observed_at = ?, read_requested = false, revision = revision + 1,
                          base_quantity = case when ? then ?::bigint when ? then null else base_quantity end,
                          base_booked = case when ? then ?::bigint when ? then null else base_booked end,
                          suspect_since = case when ? then null when ? then coalesce(suspect_since, clock_timestamp())
                            else suspect_since end,
                          confirm_since = case when ? then clock_timestamp() when ? then null
                            when ? and accepted_at is not null then coalesce(confirm_since, clock_timestamp())
                            else confirm_since end,
                          accepted_sequence = case when ? then null else accepted_sequence end,
                          accepted_quantity = case when ? then null else accepted_quantity end,
                          accepted_at = case when ? then null else accepted_at end,
                          outcome_unknown = outcome_unknown and ?,
                          look_at = case when ? then ?::timestamptz
                            + least(?::bigint * (2 ^ least(attempts, 10)), ?::bigint) * interval '1 millisecond' end,
                          attempts = case when ? then attempts + 1 when ? then attempts else 0 end,
                          drift_count = drift_count + ?,
                          next_try_at = case when ? then ?::timestamptz else least(next_try_at, ?::timestamptz) end,
                          reason = ?
                        where offer = ? and revision = ? and in_flight is null
                        """,
                        read,
                        now,
                        rebased,
                        read,
                        nowhere,
                        rebased,
                        reading.booked(),
                        nowhere,
                        rebased || nowhere || verdict == Verdict.CONFIRMED || verdict == Verdict.SEEN,
                        verdict == Verdict.SUSPECTED,
                        confirmAnew,
                        settled || nowhere,
                        verdict == Verdict.CONFIRMED,
                        rebased || settled || nowhere,
                        rebased || settled || nowhere,
                        rebased || settled || nowhere,
                        verdict == Verdict.UNSEEN,
                        verdict == Verdict.UNSEEN,
                        now,
                        UNSEEN_PAUSE_FIRST.toMillis(),
                        UNSEEN_PAUSE_MAX.toMillis(),
                        verdict == Verdict.UNSEEN,
                        nowhere,
                        verdict == Verdict.DRIFTED ? 1 : 0,
                        nowhere,
                        now.plus(NOT_STOCKED_PAUSE),
                        now,
                        reason(reading, verdict, booking),
                        reading.offer(),
                        reading.revision())
                == 1;
        if (applied) {
            satisfy(List.of(reading.offer()), now);
        }
        return applied;
    }

    private static @Nullable String reason(DueReading reading, Verdict verdict, Booking booking) {
        return switch (verdict) {
            case TAKEN -> reading.givesUp(verdict) ? GIVEN_UP : null;
            case CONFIRMED ->
                booking == Booking.OVERDUE ? "as expected, while sales that were announced are not booked" : null;
            case SEEN -> "the channel shows the number; it is settled once every sale until then is booked";
            case UNSEEN ->
                reading.unseen() != null && reading.unseen().unknown()
                        ? OUTCOME_UNKNOWN
                        : "the channel took the number and does not show it yet";
            case SUSPECTED -> "the channel shows another number than the booked sales explain";
            case DRIFTED -> "the channel's number was changed behind the hub's back";
            case NOT_STOCKED ->
                "the channel does not count the item at this location: activate it there, or mend the offer";
        };
    }

    @Override
    public void postpone(Collection<String> offers, Instant until, String reason) {
        sql.run(
                "update sync_target set next_try_at = ?, reason = ?,"
                        + " look_at = case when look_at is not null then ?::timestamptz end"
                        + " where offer = any (?::text[]) and in_flight is null",
                until,
                reason,
                until,
                offers);
    }

    @Override
    public boolean isKnown(String offer) {
        return sql.first("select 1 from sync_target where offer = ? and base_quantity is not null", _ -> true, offer)
                .isPresent();
    }

    @Override
    public boolean isAnnounced(String offer) {
        return sql.first("select 1 from sync_target where offer = ? and state_sequence > 0", _ -> true, offer)
                .isPresent();
    }

    @Override
    public List<TargetState> states(Collection<String> offers, Instant now) {
        // In one order, so that two replicas with common offers cannot deadlock.
        return sql.list(
                """
                with chosen as (
                  select offer from sync_target where offer = any (?::text[]) order by offer for update),
                numbered as (
                  update sync_target t
                  set state_sequence = greatest(t.state_sequence + 1, (extract(epoch from ?::timestamptz) * 1000000)::bigint)
                  from chosen where t.offer = chosen.offer
                  returning t.*)
                select n.*, l.sequence as flying_sequence, l.quantity as flying_quantity, w.created_at as flying_since
                from numbered n
                left join stock_write w on w.id = n.in_flight
                left join stock_write_line l on l.write_id = w.id and l.offer = n.offer
                """,
                row -> {
                    @Nullable Long acked = row.numberOrNull("acked_sequence");
                    @Nullable Long flying = row.numberOrNull("flying_sequence");
                    @Nullable Long accepted = row.numberOrNull("accepted_sequence");
                    @Nullable Long settled = row.numberOrNull("settled_sequence");
                    @Nullable Integer observed = row.integerOrNull("observed_quantity");
                    return new TargetState(
                            row.text("offer"),
                            row.text("account"),
                            row.number("state_sequence"),
                            acked == null
                                    ? null
                                    : new Written(acked, row.integer("acked_quantity"), row.instant("acked_at")),
                            flying == null
                                    ? accepted == null
                                            ? null
                                            : new Written(
                                                    accepted,
                                                    row.integer("accepted_quantity"),
                                                    row.instant("accepted_at"))
                                    : new Written(flying, row.integer("flying_quantity"), row.instant("flying_since")),
                            observed == null ? null : new Read(observed, row.instant("observed_at")),
                            settled == null
                                    ? null
                                    : new Settled(
                                            settled,
                                            row.integer("settled_quantity"),
                                            row.number("settled_sold"),
                                            row.numberOrNull("settled_cancelled")));
                },
                offers,
                now);
    }

    @Override
    public Optional<Instant> nextDue(String account) {
        return sql.first(
                        "select least((select min(next_try_at) from stock_write where account = ?),"
                                + " (select min(next_try_at) from sync_target where account = ? and in_flight is null and "
                                + OWES
                                + " and not "
                                + SPENT
                                + ")) as due",
                        row -> Optional.ofNullable(row.instantOrNull("due")),
                        account,
                        account)
                .flatMap(due -> due);
    }

    @Override
    public Optional<String> requestReading(String offer, Instant now) {
        return sql.first("""
                update sync_target set read_requested = true, next_try_at = least(next_try_at, ?)
                where offer = ? returning account
                """, row -> row.text("account"), now, offer);
    }

    @Override
    public Map<String, TargetCounts> counts() {
        Map<String, TargetCounts> counts = new HashMap<>();
        sql.list(
                "select t.account, count(*) filter (where active) as offers,"
                        + " count(*) filter (where active and desired_sequence is null) as waiting,"
                        + " count(*) filter (where in_flight is null and "
                        + OWES
                        + " and not "
                        + AWAITS_PERMIT
                        + ") as unsatisfied,"
                        + " count(*) filter (where in_flight is null and suspect_since is null and "
                        + AWAITS_PERMIT
                        + ") as awaiting_permit,"
                        + " count(*) filter (where w.status = 'sent') as in_flight,"
                        + " count(*) filter (where w.status = 'unknown'"
                        + "   or (active and in_flight is null and outcome_unknown)) as unknown,"
                        + " count(*) filter (where active and in_flight is null and suspect_since is null"
                        + "   and not outcome_unknown and accepted_at is not null and not ("
                        + OWES
                        + ")) as accepted,"
                        + " count(*) filter (where active and suspect_since is not null) as drifted,"
                        + " min(owed_since) filter (where "
                        + OWES
                        + ") as oldest"
                        + " from sync_target t left join stock_write w on w.id = t.in_flight group by t.account",
                row -> counts.put(
                        row.text("account"),
                        new TargetCounts(
                                row.number("offers"),
                                row.number("waiting"),
                                row.number("unsatisfied"),
                                row.number("in_flight"),
                                row.number("unknown"),
                                row.number("accepted"),
                                row.number("drifted"),
                                row.number("awaiting_permit"),
                                row.instantOrNull("oldest"))));
        return counts;
    }

    @Override
    public List<TargetView> list(
            @Nullable String account, @Nullable String state, @Nullable String afterOffer, int limit) {
        return new ArrayList<>(sql.list(
                "select * from (select t.*, w.reason as write_reason, (select min(n.stood_at) from standing_number n"
                        + " where n.offer = t.offer) as unsettled_since, " + EXPECTED + " as expected, " + STATE + """
                         as state
                          from sync_target t left join stock_write w on w.id = t.in_flight) v
                        where (?::text is null or account = ?) and (?::text is null or state = ?)
                          and (?::text is null or offer > ?)
                        order by offer limit ?
                        """,
                row -> new TargetView(
                        row.text("offer"),
                        row.text("account"),
                        row.text("state"),
                        row.numberOrNull("desired_sequence"),
                        row.integerOrNull("desired_quantity"),
                        row.numberOrNull("expected"),
                        row.numberOrNull("acked_sequence"),
                        row.integerOrNull("acked_quantity"),
                        row.instantOrNull("acked_at"),
                        row.numberOrNull("observed_quantity"),
                        row.instantOrNull("observed_at"),
                        row.instantOrNull("owed_since"),
                        row.instantOrNull("suspect_since"),
                        row.numberOrNull("permit"),
                        row.numberOrNull("settled_sequence"),
                        row.numberOrNull("settled_quantity"),
                        row.instantOrNull("unsettled_since"),
                        row.integer("drift_count"),
                        row.instantOrNull("next_try_at"),
                        why(row)),
                account,
                account,
                state,
                state,
                afterOffer,
                afterOffer,
                limit));
    }

    private static @Nullable String why(Row row) throws SQLException {
        @Nullable String write = row.textOrNull("write_reason");
        if (write != null) {
            return write;
        }
        if (row.text("state").equals("awaiting-permit")) {
            @Nullable String reason = row.textOrNull("reason");
            return (reason == null ? "" : reason + "; ")
                    + "the permit of the number was used, and inventory must grant a new one";
        }
        boolean noPlace = row.textOrNull("inventory_item") == null || row.textOrNull("channel_location") == null;
        return noPlace && row.flag("active")
                ? "the adapter has no place for it: the listing lacks ids of the channel, or the account is not configured"
                : row.textOrNull("reason");
    }

    private static List<String> offers(StockWrite write) {
        return write.lines().stream().map(Line::offer).toList();
    }
}
