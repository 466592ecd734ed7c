package io.hubline.connector.sync.persistence;

import io.hubline.connector.sql.Row;
import io.hubline.connector.sql.Sql;
import io.hubline.connector.sync.domain.Settlements;
import io.hubline.connector.sync.domain.StockWrite;
import io.hubline.connector.sync.domain.StockWrite.Line;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class PostgresSettlements implements Settlements {

    // So many of them at most are known of an offer at once.
    private static final int WAYS_APART = 8;
    private static final String ANNOUNCED =
            "unnest(?::text[], ?::bigint[], ?::bigint[]) as a (offer, ordered, cancelled)";

    private final Sql sql;

    PostgresSettlements(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void stand(StockWrite write) {
        List<String> offers = write.lines().stream().map(Line::offer).toList();
        dropBetween(offers);
        // Without a base the target has moved since, and the number stands where it no longer sells.
        sql.run(
                """
                insert into standing_number (offer, stood_at, account, through_sequence, quantity)
                select t.offer, clock_timestamp(), t.account,
                  least(l.permit, (select min(w.permit) - 1 from number_on_its_way w
                    where w.offer = t.offer and w.until > clock_timestamp())),
                  l.quantity
                from unnest(?::text[], ?::bigint[], ?::integer[]) as l (offer, permit, quantity)
                  join sync_target t on t.offer = l.offer
                where t.base_quantity is not null
                """,
                offers,
                write.lines().stream().map(Line::permit).toList(),
                write.lines().stream().map(Line::quantity).toList());
    }

    @Override
    public void onTheirWay(StockWrite write, Duration applyAge) {
        double seconds = Math.max(applyAge.toMillis(), 1) / 1000.0;
        sql.run(
                """
                insert into number_on_its_way as w (offer, until, permit)
                select l.offer, to_timestamp(ceil((extract(epoch from clock_timestamp())::double precision + ?) / ?) * ?),
                  l.permit
                from unnest(?::text[], ?::bigint[]) as l (offer, permit)
                on conflict (offer, until) do update set permit = least(w.permit, excluded.permit)
                """,
                seconds,
                seconds / WAYS_APART,
                seconds / WAYS_APART,
                write.lines().stream().map(Line::offer).toList(),
                write.lines().stream().map(Line::permit).toList());
        sql.run("""
                update sync_target t set settle_look_at = (select max(until) from number_on_its_way w where w.offer = t.offer)
                where t.offer = any (?::text[])
                """, write.lines().stream().map(Line::offer).toList());
    }

    @Override
    public void read(Collection<Reading> readings) {
        if (readings.isEmpty()) {
            return;
        }
        List<String> offers = readings.stream().map(Reading::offer).toList();
        List<Instant> begun = readings.stream().map(Reading::begunAt).toList();
        sql.run("""
                delete from standing_number n using unnest(?::text[], ?::timestamptz[]) as s (offer, since)
                where n.offer = s.offer and n.stood_at < s.since
                """, offers, readings.stream().map(Reading::contradictedSince).toList());
        dropBetween(offers);
        // A number that is as granted needs no write any more, so its permit is done with. Where it may be set as often
        // as
        // the hub likes, one that is to be mended settles nothing. What was read while a later permit may have been on
        // its
        // way cannot be compared with what the earlier ones explain: it counts as if it had been written.
        sql.run(
                """
                with seen as (
                  select s.*, t.account, t.permit, t.escrow, t.spent_permit is not distinct from t.permit as spent,
                    t.permit is not null and s.as_expected
                      and t.desired_quantity = t.base_quantity - (t.desired_booked - t.base_booked) as as_granted,
                    (select min(w.permit) from number_on_its_way w where w.offer = s.offer and w.until > s.begun_at) as open_permit
                  from unnest(?::text[], ?::bigint[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::boolean[])
                      as s (offer, quantity, begun_at, cancelled, cancelled_booked, as_expected)
                    join sync_target t on t.offer = s.offer),
                resolved as (
                  select seen.*,
                    least(
                      case when permit is null then 0 when as_granted or spent then permit else permit - 1 end,
                      open_permit - 1) as through_sequence
                  from seen),
                noted as (
                  update sync_target t
                  set spent_permit = case when r.escrow and r.through_sequence >= t.permit then t.permit else t.spent_permit end,
                    cancelled_seen = case when r.open_permit is null
                      then greatest(t.cancelled_seen, coalesce(r.cancelled_booked, 0)) else t.cancelled_seen end,
                    settle_look_at = case when r.open_permit is null then null else t.settle_look_at end
                  from resolved r where t.offer = r.offer)
                insert into standing_number (offer, stood_at, account, through_sequence, quantity, cancelled)
                select offer, clock_timestamp(), account, through_sequence, greatest(quantity, 0),
                  case when open_permit is null then cancelled end
                from resolved where escrow or (as_granted and open_permit is null)
                """,
                offers,
                readings.stream().map(Reading::quantity).toList(),
                begun,
                readings.stream().map(Reading::cancelled).toList(),
                readings.stream().map(Reading::cancelledBooked).toList(),
                readings.stream().map(Reading::asExpected).toList());
        sql.run("""
                delete from number_on_its_way w using unnest(?::text[], ?::timestamptz[]) as s (offer, begun_at)
                where w.offer = s.offer and w.until <= s.begun_at
                """, offers, begun);
    }

    /// While a number waits for its poll the newer ones come and go: the oldest is proved first, the newest
    /// proves most.
    private void dropBetween(Collection<String> offers) {
        sql.run("""
                delete from standing_number n
                where offer = any (?::text[]) and sold is null and exists (
                  select 1 from standing_number o where o.offer = n.offer and o.sold is null and o.stood_at < n.stood_at)
                """, offers);
    }

    @Override
    public void forget(String offer) {
        sql.run("delete from standing_number where offer = ?", offer);
        sql.run("delete from number_on_its_way where offer = ?", offer);
    }

    @Override
    public List<Sale> standing(String account, Instant before, int limit) {
        return sql.list("""
                select t.offer, t.account, t.channel_sku, t.variant_id, t.channel_location
                from sync_target t
                where t.desired_sold is not null and t.offer in (
                  select offer from standing_number where account = ? and sold is null and stood_at < ?)
                order by t.offer limit ? for update
                """, PostgresSettlements::sale, account, before, limit);
    }

    @Override
    public void polled(List<Announced> offers, Instant before) {
        sql.run(
                "with announced as (select * from " + ANNOUNCED + """
                ),
                newest as (
                  select n.offer, max(n.stood_at) as stood_at
                  from standing_number n join announced a on a.offer = n.offer
                  where n.sold is null and n.stood_at < ? group by n.offer),
                older as (
                  delete from standing_number n using newest
                  where n.offer = newest.offer and n.stood_at < newest.stood_at)
                update standing_number n set sold = a.ordered
                from newest join announced a on a.offer = newest.offer
                where n.offer = newest.offer and n.stood_at = newest.stood_at
                """,
                offers.stream().map(Announced::offer).toList(),
                offers.stream().map(Announced::ordered).toList(),
                offers.stream().map(Announced::cancelled).toList(),
                before);
    }

    @Override
    public Optional<Sale> waiting(String offer) {
        return sql.first("""
                select t.offer, t.account, t.channel_sku, t.variant_id, t.channel_location
                from sync_target t
                where t.offer = ? and exists (
                  select 1 from standing_number n where n.offer = t.offer and n.sold is not null)
                """, PostgresSettlements::sale, offer);
    }

    @Override
    public List<String> settle(List<Announced> offers) {
        // What says no more than was said before is settled in silence.
        return sql.list(
                "with announced as (select * from " + ANNOUNCED + """
                ),
                proved as (
                  select distinct on (n.offer) n.offer, n.stood_at, n.through_sequence, n.quantity, n.sold,
                    case when n.cancelled is not null then least(n.cancelled, a.cancelled) end as cancelled
                  from announced a join sync_target t on t.offer = a.offer and t.desired_sold = a.ordered
                    join standing_number n on n.offer = t.offer and n.sold is not null
                  order by n.offer, n.stood_at desc),
                done as (
                  delete from standing_number n using proved
                  where n.offer = proved.offer and n.stood_at <= proved.stood_at)
                update sync_target t
                set settled_sequence = p.through_sequence, settled_quantity = p.quantity, settled_sold = p.sold,
                  settled_cancelled = p.cancelled, settled_at = clock_timestamp()
                from proved p
                where t.offer = p.offer
                  and (t.settled_sequence, t.settled_quantity + t.settled_sold, t.settled_cancelled)
                    is distinct from (p.through_sequence, p.quantity + p.sold, p.cancelled)
                returning t.offer
                """,
                row -> row.text("offer"),
                offers.stream().map(Announced::offer).toList(),
                offers.stream().map(Announced::ordered).toList(),
                offers.stream().map(Announced::cancelled).toList());
    }

    private static Sale sale(Row row) throws SQLException {
        return new Sale(
                row.text("offer"),
                row.text("account"),
                row.textOrNull("channel_sku"),
                row.textOrNull("variant_id"),
                row.textOrNull("channel_location"));
    }
}
