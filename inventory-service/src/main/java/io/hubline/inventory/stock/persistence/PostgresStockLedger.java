package io.hubline.inventory.stock.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.stock.domain.Announcement;
import io.hubline.inventory.stock.domain.Bookkeeper;
import io.hubline.inventory.stock.domain.Books;
import io.hubline.inventory.stock.domain.Bundle;
import io.hubline.inventory.stock.domain.CommandNote;
import io.hubline.inventory.stock.domain.Decision;
import io.hubline.inventory.stock.domain.Exposure;
import io.hubline.inventory.stock.domain.Hold;
import io.hubline.inventory.stock.domain.Moment;
import io.hubline.inventory.stock.domain.OrderDemand;
import io.hubline.inventory.stock.domain.Parts;
import io.hubline.inventory.stock.domain.Places;
import io.hubline.inventory.stock.domain.PlanAnswer;
import io.hubline.inventory.stock.domain.PoolLayout;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.Pools;
import io.hubline.inventory.stock.domain.Position;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.inventory.stock.domain.Promise;
import io.hubline.inventory.stock.domain.RecordedMovement;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.inventory.stock.domain.Reservation;
import io.hubline.inventory.stock.domain.Shortage;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import io.hubline.inventory.stock.domain.StockMovement;
import io.hubline.inventory.stock.domain.Transfer;
import io.hubline.inventory.stock.domain.TransferReceipt;
import io.hubline.kit.Ids;
import io.hubline.kit.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.OptimisticLockException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresStockLedger implements StockLedger {

    static final String MOVEMENT_COLUMNS =
            "seq, id, sku, location, number, delta, on_hand_after, reason, cause, actor, recorded_at";

    private static final String POOL_COLUMNS = "pool, sku, on_hand, reserved, short, backordered, exposed";
    private static final String THESE_POOLS =
            "from pool_position where (pool, sku) in (select * from unnest(?::text[], ?::text[])) order by pool, sku";

    private final Sql sql;
    private final Pools layout;
    private final PostgresHolds holds;
    private final PostgresBundles bundles;
    private final PostgresExposures exposures;

    PostgresStockLedger(
            Sql sql, Pools layout, PostgresHolds holds, PostgresBundles bundles, PostgresExposures exposures) {
        this.sql = sql;
        this.layout = layout;
        this.holds = holds;
        this.bundles = bundles;
        this.exposures = exposures;
    }

    @Override
    public Books hold(List<Request> requests, Collection<Promise> seen) {
        PoolLayout layout = this.layout.hold();
        Map<String, Promise> looked = new TreeMap<>(look(ordersConvertedTo(requests)));
        seen.forEach(promise -> looked.put(promise.orderId(), promise));
        Reach expected = reach(requests, layout, looked, "");
        Set<StockKey> freeable = expected.keys(requests);
        Set<StockKey> keys = new TreeSet<>(freeable);
        keys.addAll(partsOfBundlesThatWaitFor(freeable));
        Map<StockKey, PoolPosition> pools = new HashMap<>(holdPools(keys, expected.onlyAskedFor(requests)));

        // What was read without the locks decided upon them. Read with them, it has to ask for no others.
        Map<String, Hold> held = holds(requests, " for update");
        Set<String> orders = new TreeSet<>(Bookkeeper.ordersOf(requests));
        orders.addAll(ordersConvertedTo(requests));
        Map<String, Promise> promises = holdPromises(orders);
        Reach reach = new Reach(layout, promises, held, bundles(requests, layout), exposures(requests, promises));
        checkHeld(reach.keys(requests), keys);
        Set<String> waiting = firstInNeed(requests, pools, reach);
        waiting.removeAll(orders);
        Map<String, Promise> inNeed = holdPromises(waiting);
        checkHeld(partsThatWaitFor(freeable, inNeed.values()), keys);
        promises.putAll(inNeed);

        List<Position> positions = positions(keys.stream().map(StockKey::sku).collect(Collectors.toSet()));
        return new Books(
                pools,
                positions.stream().collect(Collectors.toMap(Position::key, position -> position)),
                promises,
                held,
                reach.exposures,
                reach.bundles,
                answers(requests),
                new Places(
                        layout,
                        PostgresTransfers.hold(sql, Bookkeeper.transfersOf(requests)),
                        earlier(Bookkeeper.momentsOf(requests))));
    }

    /// What lay there then: the newest movement up to that moment says it. Its position is held, so nobody
    /// adds one of before.
    private Map<Places.Then, Integer> earlier(Set<Places.Then> moments) {
        if (moments.isEmpty()) {
            return Map.of();
        }
        List<Places.Then> asked = List.copyOf(moments);
        record Found(int place, int onHand) {}
        Map<Places.Then, Integer> found = new HashMap<>();
        sql.query(
                        """
                        select v.place, coalesce(m.on_hand_after, 0) as on_hand
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[]) with ordinality
                          as v (sku, location, instant, number, place)
                        left join lateral (
                          select m.on_hand_after from stock_movement m
                          where m.sku = v.sku and m.location = v.location
                            and (v.number is null or m.number <= v.number::bigint)
                            and (v.instant is null or m.recorded_at <= v.instant::timestamptz)
                          order by m.number desc limit 1) m on true
                        left join stock_position p on p.sku = v.sku and p.location = v.location
                        where (m.on_hand_after is not null or v.number = '0' or p.last_movement is null)
                          and (v.number is null or v.number::bigint <= coalesce(p.last_movement, 0))
                        """,
                        row -> new Found(row.getInt("place"), row.getInt("on_hand")),
                        texts(asked, then -> then.position().sku()),
                        texts(asked, then -> then.position().location()),
                        texts(asked, then -> then.moment() instanceof Moment.At(Instant instant) ? instant : null),
                        texts(asked, then -> then.moment() instanceof Moment.Movement(long number) ? number : null))
                .forEach(row -> found.put(asked.get(row.place - 1), row.onHand));
        return found;
    }

    /// What a batch of requests touches besides what it names.
    private record Reach(
            PoolLayout layout,
            Map<String, Promise> promises,
            Map<String, Hold> holds,
            Map<String, Bundle> bundles,
            Map<String, Exposure> exposures) {

        /// Every pool of which the requests may take or free units.
        Set<StockKey> keys(List<Request> requests) {
            Set<StockKey> keys = withParts(Bookkeeper.poolsOf(requests, promises.values(), layout));
            for (Promise promise : promises.values()) {
                for (Reservation line : promise.lines().values()) {
                    keys.add(line.key());
                    keys.addAll(line.parts().keySet());
                }
            }
            holds.values().forEach(hold -> keys.addAll(hold.parts().keySet()));
            exposures.values().forEach(exposure -> keys.addAll(exposure.parts().keySet()));
            return keys;
        }

        /// Pools that somebody only wants to keep units of: where there is none there is nothing to keep.
        Set<StockKey> onlyAskedFor(List<Request> requests) {
            Map<Boolean, List<Request>> byAsking =
                    requests.stream().collect(Collectors.partitioningBy(Request.Held.class::isInstance));
            Set<StockKey> asked =
                    withParts(Bookkeeper.poolsOf(byAsking.getOrDefault(true, List.of()), List.of(), layout));
            asked.removeAll(keys(byAsking.getOrDefault(false, List.of())));
            return asked;
        }

        private Set<StockKey> withParts(Set<StockKey> named) {
            Set<StockKey> keys = new TreeSet<>(named);
            for (StockKey key : named) {
                @Nullable Bundle bundle = bundles.get(key.sku());
                if (bundle != null) {
                    keys.addAll(bundle.in(key.pool()).keySet());
                }
            }
            return keys;
        }
    }

    private Reach reach(List<Request> requests, PoolLayout layout, Map<String, Promise> promises, String lock) {
        return new Reach(
                layout, promises, holds(requests, lock), bundles(requests, layout), exposures(requests, promises));
    }

    private Map<String, Hold> holds(List<Request> requests, String lock) {
        return holds.of(Bookkeeper.holdsOf(requests), Bookkeeper.channelOrdersOf(requests), lock);
    }

    private Map<String, Bundle> bundles(List<Request> requests, PoolLayout layout) {
        return bundles.of(Bookkeeper.poolsOf(requests, List.of(), layout).stream()
                .map(StockKey::sku)
                .collect(Collectors.toSet()));
    }

    private Map<String, Exposure> exposures(List<Request> requests, Map<String, Promise> promises) {
        Set<String> offers = new TreeSet<>();
        for (Request request : requests) {
            if (request instanceof Request.Promised(OrderDemand demand)) {
                demand.lines().stream()
                        .map(OrderDemand.Line::offer)
                        .filter(Objects::nonNull)
                        .forEach(offers::add);
            }
        }
        promises.values().stream()
                .flatMap(promise -> promise.lines().values().stream())
                .map(Reservation::offer)
                .filter(Objects::nonNull)
                .forEach(offers::add);
        return exposures.of(offers);
    }

    /// The orders that holds become and that were seen here, by the hub's id.
    private List<String> ordersConvertedTo(List<Request> requests) {
        Set<String> channelOrders = Bookkeeper.channelOrdersOf(
                requests.stream().filter(Request.Converted.class::isInstance).toList());
        return channelOrders.isEmpty()
                ? List.of()
                : sql.query(
                        "select order_id from promise where channel_order = any (?)",
                        row -> row.getString("order_id"),
                        (Object) texts(channelOrders, order -> order));
    }

    /// A bundle that waits for one of these takes all its parts when it gets them.
    private List<StockKey> partsOfBundlesThatWaitFor(Set<StockKey> keys) {
        return sql.query(
                """
                select distinct other.pool, other.sku
                from unnest(?::text[], ?::text[]) as freed (pool, sku)
                join reservation_part part on part.pool = freed.pool and part.sku = freed.sku and part.waiting
                join reservation_part other using (order_id, line_id)
                """,
                row -> new StockKey(row.getString("pool"), row.getString("sku")),
                texts(keys, StockKey::pool),
                texts(keys, StockKey::sku));
    }

    private static Set<StockKey> partsThatWaitFor(Set<StockKey> keys, Collection<Promise> waiting) {
        return waiting.stream()
                .flatMap(promise -> promise.lines().values().stream())
                .filter(line -> line.backordered() > 0)
                .map(line -> line.parts().keySet())
                .filter(parts -> parts.stream().anyMatch(keys::contains))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private static void checkHeld(Set<StockKey> wanted, Set<StockKey> held) {
        if (!held.containsAll(wanted)) {
            throw new OptimisticLockException("something became of " + wanted + " while " + held + " were locked");
        }
    }

    @Override
    public Map<String, Promise> look(Collection<String> orders) {
        return promises(orders, "");
    }

    @Override
    public Map<StockKey, PoolPosition> holdPools(Set<StockKey> keys) {
        return holdPools(keys, Set.of());
    }

    /// @param unmade pools that are not made where they are missing: they are empty
    private Map<StockKey, PoolPosition> holdPools(Set<StockKey> keys, Set<StockKey> unmade) {
        Map<StockKey, PoolPosition> pools = pools(keys, " for update");
        if (pools.size() < keys.size()) {
            Set<StockKey> made = new TreeSet<>(keys);
            made.removeAll(unmade);
            made.removeAll(pools.keySet());
            pools = new HashMap<>(pools);
            make(made).forEach(pools::put);
            // Whoever made one of them at the same time has committed by now.
            made.removeAll(pools.keySet());
            pools.putAll(pools(made, " for update"));
            for (StockKey key : unmade) {
                pools.putIfAbsent(key, PoolPosition.empty(key));
            }
        }
        return pools;
    }

    /// Makes pools where they are missing. Those made are held, for nobody else sees them yet.
    private Map<StockKey, PoolPosition> make(Set<StockKey> keys) {
        return keys.isEmpty()
                ? Map.of()
                : sql
                        .query(
                                """
                                insert into pool_position (pool, sku)
                                select * from unnest(?::text[], ?::text[]) order by 1, 2 on conflict do nothing
                                returning pool, sku
                                """,
                                row -> new StockKey(row.getString("pool"), row.getString("sku")),
                                texts(keys, StockKey::pool),
                                texts(keys, StockKey::sku))
                        .stream()
                        .collect(Collectors.toMap(Function.identity(), PoolPosition::empty));
    }

    @Override
    public Set<StockKey> lockPools(Collection<String> skus) {
        return new TreeSet<>(sql.query(
                "select pool, sku from pool_position where sku = any (?) order by pool, sku for update",
                row -> new StockKey(row.getString("pool"), row.getString("sku")),
                (Object) texts(skus, sku -> sku)));
    }

    @Override
    public List<PoolPosition> poolsOf(Collection<String> skus) {
        return sql.query(
                "select " + POOL_COLUMNS + " from pool_position where sku = any (?) order by pool, sku",
                PostgresStockLedger::pool,
                (Object) texts(skus, sku -> sku));
    }

    private Map<StockKey, PoolPosition> pools(Set<StockKey> keys, String lock) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return sql
                .query(
                        "select " + POOL_COLUMNS + " " + THESE_POOLS + lock,
                        PostgresStockLedger::pool,
                        texts(keys, StockKey::pool),
                        texts(keys, StockKey::sku))
                .stream()
                .collect(Collectors.toMap(PoolPosition::key, pool -> pool));
    }

    static PoolPosition pool(ResultSet row) throws SQLException {
        return new PoolPosition(
                new StockKey(row.getString("pool"), row.getString("sku")),
                row.getInt("on_hand"),
                row.getInt("reserved"),
                row.getInt("short"),
                row.getInt("backordered"),
                row.getInt("exposed"));
    }

    private Map<String, Promise> holdPromises(Set<String> orders) {
        return promises(orders, " for update");
    }

    /// In two statements, so that the lines are read when the lock, if one is asked for, is there.
    private Map<String, Promise> promises(Collection<String> orders, String lock) {
        Map<String, Promise> promises = new TreeMap<>();
        if (orders.isEmpty()) {
            return promises;
        }
        String[] ids = texts(orders, order -> order);
        sql.query("""
                        select order_id, version, state, placed_at, ship_by, channel_order, sequence,
                               route_sequence
                        from promise where order_id = any (?) order by order_id
                        """ + lock, PostgresStockLedger::promise, (Object) ids)
                .forEach(promise -> promises.put(promise.orderId(), promise));
        if (!promises.isEmpty()) {
            lines(ids)
                    .forEach((order, lines) -> promises.computeIfPresent(order, (_, promise) -> with(promise, lines)));
        }
        return promises;
    }

    private static Promise promise(ResultSet row) throws SQLException {
        return new Promise(
                row.getString("order_id"),
                row.getLong("version"),
                Promise.State.valueOf(row.getString("state")),
                Objects.requireNonNull(Sql.instant(row, "placed_at")),
                Sql.instant(row, "ship_by"),
                row.getString("channel_order"),
                row.getLong("sequence"),
                row.getLong("route_sequence"),
                new TreeMap<>());
    }

    private static Promise with(Promise promise, SortedMap<String, Reservation> lines) {
        return new Promise(
                promise.orderId(),
                promise.version(),
                promise.state(),
                promise.placedAt(),
                promise.shipBy(),
                promise.channelOrder(),
                promise.sequence(),
                promise.routeSequence(),
                lines);
    }

    private Map<String, SortedMap<String, Reservation>> lines(String[] orders) {
        Map<String, SortedMap<String, Reservation>> byOrder = new HashMap<>();
        sql.query("""
                        select r.order_id, r.line_id, r.pool, r.sku, r.offer, r.ordered, r.held, r.backordered,
                               a.location, a.quantity, a.shipped, p.pools, p.skus, p.units
                        from reservation r
                        left join allocation a using (order_id, line_id)
                        left join lateral (
                          select array_agg(pool) as pools, array_agg(sku) as skus, array_agg(per) as units
                          from reservation_part p
                          where p.order_id = r.order_id and p.line_id = r.line_id) p on true
                        where r.order_id = any (?)
                        """, LineRead::of, (Object) orders)
                .forEach(read -> byOrder.computeIfAbsent(read.orderId, _ -> new TreeMap<>())
                        .merge(read.line.lineId(), read.line, PostgresStockLedger::both));
        return byOrder;
    }

    /// A line comes once per location.
    private static Reservation both(Reservation line, Reservation again) {
        TreeMap<String, Reservation.Place> places = new TreeMap<>(line.places());
        places.putAll(again.places());
        return new Reservation(
                line.lineId(),
                line.key(),
                line.parts(),
                line.offer(),
                line.ordered(),
                line.held(),
                line.backordered(),
                places);
    }

    private record LineRead(String orderId, Reservation line) {

        static LineRead of(ResultSet row) throws SQLException {
            TreeMap<String, Reservation.Place> places = new TreeMap<>();
            @Nullable String location = row.getString("location");
            if (location != null) {
                places.put(location, new Reservation.Place(row.getInt("quantity"), row.getInt("shipped")));
            }
            StockKey key = new StockKey(row.getString("pool"), row.getString("sku"));
            return new LineRead(
                    row.getString("order_id"),
                    new Reservation(
                            row.getString("line_id"),
                            key,
                            parts(row, key),
                            row.getString("offer"),
                            row.getInt("ordered"),
                            row.getInt("held"),
                            row.getInt("backordered"),
                            places));
        }

        private static SortedMap<StockKey, Integer> parts(ResultSet row, StockKey key) throws SQLException {
            @Nullable Array skus = row.getArray("skus");
            return skus == null ? Parts.plain(key) : keyed(row.getArray("pools"), skus, row.getArray("units"));
        }
    }

    private static SortedMap<StockKey, Integer> keyed(Array pools, Array skus, Array units) throws SQLException {
        String[] pool = (String[]) pools.getArray();
        String[] sku = (String[]) skus.getArray();
        Integer[] per = (Integer[]) units.getArray();
        SortedMap<StockKey, Integer> parts = new TreeMap<>();
        for (int i = 0; i < sku.length; i++) {
            parts.put(new StockKey(pool[i], sku[i]), per[i]);
        }
        return parts;
    }

    /// Enough of the orders that wait for these pools: each waits for a unit at least, so as many as there
    /// may be units.
    private Set<String> firstInNeed(List<Request> requests, Map<StockKey, PoolPosition> pools, Reach reach) {
        Map<StockKey, Long> limits = new TreeMap<>();
        reach.keys(requests).forEach(key -> limits.put(key, 0L));
        for (Request request : requests) {
            switch (request) {
                case Request.Moved moved -> limit(limits, moved, reach);
                case Request.Received(List<Request.Moved> lines) -> lines.forEach(line -> limit(limits, line, reach));
                case Request.Counted counted ->
                    limits.merge(reach.layout.keyOf(counted.position()), (long) counted.onHand(), Long::sum);
                case Request.OfTransfer transfer ->
                    transfer.units()
                            .forEach((sku, units) -> limits.merge(
                                    reach.layout.keyOf(new PositionKey(sku, transfer.location())),
                                    (long) units,
                                    Long::sum));
                case Request.Relocated(SortedMap<PositionKey, String> moved) ->
                    moved.forEach((position, pool) ->
                            limits.merge(new StockKey(pool, position.sku()), (long) Integer.MAX_VALUE, Long::sum));
                case Request.Promised _, Request.Planned _, Request.OfHold _, Request.Settled _ -> {}
            }
        }
        reach.promises.values().stream()
                .flatMap(promise -> promise.lines().values().stream())
                .filter(line -> line.open() > 0)
                .forEach(line ->
                        line.parts().forEach((key, per) -> limits.merge(key, line.open() * (long) per + 1, Long::sum)));
        reach.holds
                .values()
                .forEach(hold -> hold.parts().forEach((key, units) -> limits.merge(key, (long) units, Long::sum)));
        limits.replaceAll((key, units) -> {
            @Nullable PoolPosition pool = pools.get(key);
            return pool == null || pool.backordered() == 0 ? 0 : Math.min(pool.backordered(), units + pool.free());
        });
        limits.values().removeIf(units -> units == 0);
        if (limits.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(sql.query(
                FIRST_IN_NEED,
                row -> row.getString("order_id"),
                texts(limits.keySet(), StockKey::pool),
                texts(limits.keySet(), StockKey::sku),
                numbers(limits.values(), units -> units)));
    }

    private static void limit(Map<StockKey, Long> limits, Request.Moved moved, Reach reach) {
        partsOf(reach.layout.keyOf(moved.position()), reach)
                .forEach((key, per) -> limits.merge(key, (long) per * Math.max(0, moved.delta()), Long::sum));
    }

    private static SortedMap<StockKey, Integer> partsOf(StockKey key, Reach reach) {
        @Nullable Bundle bundle = reach.bundles.get(key.sku());
        return bundle == null ? Parts.plain(key) : bundle.in(key.pool());
    }

    /// Of those who wait for the same thing the first in need get it first. A bundle may have to wait for
    /// another part, so bundles stand in a queue for each thing that they consist of, beside those who want
    /// the SKU itself.
    private static final String FIRST_IN_NEED = """
            select distinct waiting.order_id
            from unnest(?::text[], ?::text[], ?::bigint[]) as wanted (pool, sku, units)
            cross join lateral (
              (select r.order_id from reservation r join promise p using (order_id)
               where r.pool = wanted.pool and r.sku = wanted.sku and r.backordered > 0
                 and not exists (
                   select from reservation_part b where b.order_id = r.order_id and b.line_id = r.line_id)
               order by p.ship_by nulls last, p.placed_at, r.order_id limit wanted.units)
              union all
              select bundle.order_id from (
                select part.order_id,
                       row_number() over (
                         partition by made.made_of order by p.ship_by nulls last, p.placed_at, part.order_id) as place
                from reservation_part part
                join promise p using (order_id)
                cross join lateral (
                  select array_agg((o.pool, o.sku, o.per) order by o.pool, o.sku)::text as made_of
                  from reservation_part o where o.order_id = part.order_id and o.line_id = part.line_id) made
                where part.pool = wanted.pool and part.sku = wanted.sku and part.waiting) bundle
              where bundle.place <= wanted.units) waiting
            """;

    private Map<String, PlanAnswer> answers(List<Request> requests) {
        Set<String> plans = requests.stream()
                .filter(Request.Planned.class::isInstance)
                .map(request -> ((Request.Planned) request).planId())
                .collect(Collectors.toSet());
        if (plans.isEmpty()) {
            return Map.of();
        }
        return sql
                .query(
                        "select plan_id, order_id, refusal, detail from plan_answer where plan_id = any (?)",
                        PostgresStockLedger::answer,
                        (Object) texts(plans, plan -> plan))
                .stream()
                .collect(Collectors.toMap(PlanAnswer::planId, answer -> answer));
    }

    private static PlanAnswer answer(ResultSet row) throws SQLException {
        @Nullable String refusal = row.getString("refusal");
        return new PlanAnswer(
                row.getString("plan_id"),
                row.getString("order_id"),
                refusal == null ? null : Announcement.Refusal.valueOf(refusal),
                row.getString("detail"));
    }

    @Override
    public List<Position> positions(Collection<String> skus) {
        return skus.isEmpty()
                ? List.of()
                : sql.query(
                        """
                        select sku, location, on_hand, allocated, short, coalesce(last_movement, 0) as last_movement
                        from stock_position where sku = any (?) order by sku, location
                        """,
                        row -> new Position(
                                new PositionKey(row.getString("sku"), row.getString("location")),
                                row.getInt("on_hand"),
                                row.getInt("allocated"),
                                row.getInt("short"),
                                row.getLong("last_movement")),
                        (Object) texts(skus, sku -> sku));
    }

    @Override
    public List<Shortage.Promised> promisedOf(StockKey key) {
        return sql.query(
                """
                select r.order_id, sum((r.held + r.allocated) * part.per)::int as units
                from (
                  select r.order_id, r.line_id, 1 as per from reservation r
                  where r.pool = ? and r.sku = ? and r.held + r.backordered + r.allocated > 0
                    and not exists (
                      select from reservation_part b where b.order_id = r.order_id and b.line_id = r.line_id)
                  union all
                  select order_id, line_id, per from reservation_part where pool = ? and sku = ? and open) part
                join reservation r using (order_id, line_id)
                join promise p using (order_id)
                group by r.order_id, p.ship_by, p.placed_at having sum(r.held + r.allocated) > 0
                order by p.ship_by desc nulls first, p.placed_at desc, r.order_id desc
                """,
                row -> new Shortage.Promised(row.getString("order_id"), row.getInt("units")),
                key.pool(),
                key.sku(),
                key.pool(),
                key.sku());
    }

    @Override
    public void save(Decision decision, Instant at, List<String> actors) {
        savePools(decision);
        saveMovements(decision, at, actors);
        savePositions(decision.positions(), decision.before().places().pools());
        saveTransfers(decision, at);
        savePromises(decision);
        saveLines(decision);
        holds.save(decision.holds(), decision.before().holds().keySet(), at);
        saveSales(decision.sales());
        exposures.writeUnits(decision.exposures());
        saveAnswers(decision.answers(), at);
        saveOversells(decision.oversells(), at);
        saveDiscrepancies(decision.discrepancies(), at);
        takeBackPools(decision);
    }

    @Override
    public void takeBackPools(Decision decision) {
        Set<StockKey> empty = new TreeSet<>();
        decision.before().pools().values().stream()
                .filter(pool -> pool.equals(PoolPosition.empty(pool.key()))
                        && pool.equals(decision.after().pools().get(pool.key())))
                .forEach(pool -> empty.add(pool.key()));
        if (!empty.isEmpty()) {
            // Made by this very transaction, so nobody else has ever seen them.
            sql.update("""
                    delete from pool_position p using unnest(?::text[], ?::text[]) as k (pool, sku)
                    where p.pool = k.pool and p.sku = k.sku and p.xmin = pg_current_xact_id()::xid
                    """, texts(empty, StockKey::pool), texts(empty, StockKey::sku));
        }
    }

    private void savePools(Decision decision) {
        List<PoolPosition> pools = decision.pools();
        boolean restocked = pools.stream().anyMatch(pool -> pool.exposed() > exposedBefore(decision, pool.key()));
        if (restocked) {
            sql.query("select set_config('hubline.cancelled', 'on', true)", row -> row.getString(1));
        }
        if (!pools.isEmpty()) {
            sql.update(
                    """
                    update pool_position p
                    set on_hand = v.on_hand, reserved = v.reserved, short = v.short, backordered = v.backordered,
                        exposed = v.exposed
                    from unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[])
                      as v (pool, sku, on_hand, reserved, short, backordered, exposed)
                    where p.pool = v.pool and p.sku = v.sku
                    """,
                    texts(pools, pool -> pool.key().pool()),
                    texts(pools, pool -> pool.key().sku()),
                    numbers(pools, PoolPosition::onHand),
                    numbers(pools, PoolPosition::reserved),
                    numbers(pools, PoolPosition::shortBy),
                    numbers(pools, PoolPosition::backordered),
                    numbers(pools, PoolPosition::exposed));
        }
        if (restocked) {
            sql.query("select set_config('hubline.cancelled', 'off', true)", row -> row.getString(1));
        }
    }

    private static int exposedBefore(Decision decision, StockKey key) {
        @Nullable PoolPosition before = decision.before().pools().get(key);
        return before == null ? 0 : before.exposed();
    }

    private void saveMovements(Decision decision, Instant at, List<String> actors) {
        List<StockMovement> movements = decision.movements();
        if (!movements.isEmpty()) {
            sql.update(
                    """
                    insert into stock_movement (id, sku, location, number, delta, on_hand_before, on_hand_after,
                                                reason, cause, actor, recorded_at)
                    select v.id, v.sku, v.location, v.number, v.delta, v.on_hand_after - v.delta, v.on_hand_after,
                           v.reason, v.cause, v.actor, ?
                    from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::int[], ?::int[], ?::text[], ?::text[],
                                ?::text[])
                      with ordinality as v (id, sku, location, number, delta, on_hand_after, reason, cause, actor, place)
                    order by v.place
                    """,
                    at,
                    texts(movements, _ -> Ids.next()),
                    texts(movements, movement -> movement.key().sku()),
                    texts(movements, movement -> movement.key().location()),
                    numbers(movements, StockMovement::number),
                    numbers(movements, StockMovement::delta),
                    numbers(movements, StockMovement::onHandAfter),
                    texts(movements, StockMovement::reason),
                    texts(movements, StockMovement::cause),
                    texts(decision.movers(), actors::get));
        }
    }

    private void savePositions(List<Position> positions, PoolLayout layout) {
        if (!positions.isEmpty()) {
            sql.update(
                    """
                    insert into stock_position (sku, location, pool, on_hand, allocated, short, last_movement)
                    select v.sku, v.location, v.pool, v.on_hand, v.allocated, v.short, nullif(v.last_movement, 0)
                    from unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::int[], ?::bigint[])
                      as v (sku, location, pool, on_hand, allocated, short, last_movement)
                    on conflict (sku, location) do update
                    set on_hand = excluded.on_hand, allocated = excluded.allocated, short = excluded.short,
                        last_movement = excluded.last_movement
                    """,
                    texts(positions, position -> position.key().sku()),
                    texts(positions, position -> position.key().location()),
                    texts(
                            positions,
                            position -> layout.ofLocation(position.key().location())),
                    numbers(positions, Position::onHand),
                    numbers(positions, Position::allocated),
                    numbers(positions, Position::shortBy),
                    numbers(positions, Position::lastMovement));
        }
    }

    private void saveTransfers(Decision decision, Instant at) {
        record Sent(String transfer, String sku, Transfer.Line line) {}
        List<Transfer> transfers = decision.transfers();
        if (transfers.isEmpty()) {
            return;
        }
        sql.update(
                """
                insert into transfer (id, from_location, to_location, sent_at, closed_at, loss_grounds)
                select v.id, v.from_location, v.to_location, v.sent_at::timestamptz, v.closed_at::timestamptz, v.loss
                from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                  as v (id, from_location, to_location, sent_at, closed_at, loss)
                on conflict (id) do update set closed_at = excluded.closed_at, loss_grounds = excluded.loss_grounds
                """,
                texts(transfers, Transfer::id),
                texts(transfers, Transfer::from),
                texts(transfers, Transfer::to),
                texts(transfers, Transfer::sentAt),
                texts(transfers, Transfer::closedAt),
                texts(transfers, Transfer::loss));
        List<TransferReceipt> receipts = decision.receipts();
        List<Sent> lines = new ArrayList<>();
        transfers.forEach(transfer ->
                transfer.lines().forEach((sku, line) -> lines.add(new Sent(transfer.id(), sku, line))));
        sql.update(
                """
                insert into transfer_line (transfer_id, sku, sent, received, lost)
                select * from unnest(?::text[], ?::text[], ?::int[], ?::int[], ?::int[])
                on conflict (transfer_id, sku) do update set received = excluded.received, lost = excluded.lost
                """,
                texts(lines, Sent::transfer),
                texts(lines, Sent::sku),
                numbers(lines, sent -> sent.line.sent()),
                numbers(lines, sent -> sent.line.received()),
                numbers(lines, sent -> sent.line.lost()));
        if (!receipts.isEmpty()) {
            sql.update(
                    """
                    insert into transfer_receipt (transfer_id, receipt_id, sku, units, received_at)
                    select v.*, ? from unnest(?::text[], ?::text[], ?::text[], ?::int[]) as v
                    """,
                    at,
                    texts(receipts, TransferReceipt::transfer),
                    texts(receipts, TransferReceipt::receipt),
                    texts(receipts, TransferReceipt::sku),
                    numbers(receipts, TransferReceipt::units));
        }
    }

    private void savePromises(Decision decision) {
        Map<String, Promise> before = decision.before().promises();
        List<Promise> known = decision.promises().stream()
                .filter(promise -> before.containsKey(promise.orderId()))
                .toList();
        List<Promise> first = decision.promises().stream()
                .filter(promise -> !before.containsKey(promise.orderId()))
                .toList();
        if (!first.isEmpty()) {
            // Without `on conflict`: an order that two transactions meet for the first time fails one, which tries
            // again.
            sql.update("""
                    insert into promise
                      (order_id, version, state, placed_at, ship_by, channel_order, sequence, route_sequence)
                    select v.order_id, v.version, v.state, v.placed_at::timestamptz, v.ship_by::timestamptz,
                           v.channel_order, v.sequence, v.route_sequence
                    """ + PROMISES, columns(first));
        }
        if (!known.isEmpty()) {
            sql.update("""
                    update promise p
                    set version = v.version, state = v.state, placed_at = v.placed_at::timestamptz,
                        ship_by = v.ship_by::timestamptz, channel_order = v.channel_order, sequence = v.sequence, route_sequence = v.route_sequence
                    """ + PROMISES + " where p.order_id = v.order_id", columns(known));
        }
    }

    private static final String PROMISES = """
            from unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::bigint[], ?::bigint[])
              as v (order_id, version, state, placed_at, ship_by, channel_order, sequence, route_sequence)
            """;

    private static Object[] columns(List<Promise> promises) {
        return new Object[] {
            texts(promises, Promise::orderId),
            numbers(promises, Promise::version),
            texts(promises, Promise::state),
            texts(promises, Promise::placedAt),
            texts(promises, Promise::shipBy),
            texts(promises, Promise::channelOrder),
            numbers(promises, Promise::sequence),
            numbers(promises, Promise::routeSequence)
        };
    }

    private record ChangedLine(String orderId, Reservation line) {}

    private record ChangedPart(String orderId, Reservation line, StockKey key, int per) {}

    private record ChangedPlace(String orderId, String lineId, String location, Reservation.Place place) {}

    private void saveLines(Decision decision) {
        List<ChangedLine> lines = new ArrayList<>();
        List<ChangedLine> others = new ArrayList<>();
        List<ChangedPart> parts = new ArrayList<>();
        List<ChangedPlace> places = new ArrayList<>();
        for (Promise promise : decision.promises()) {
            @Nullable Promise before = decision.before().promises().get(promise.orderId());
            for (Reservation line : promise.lines().values()) {
                @Nullable
                Reservation lineBefore = before == null ? null : before.lines().get(line.lineId());
                if (!line.equals(lineBefore)) {
                    lines.add(new ChangedLine(promise.orderId(), line));
                    if (line.isBundle()) {
                        line.parts()
                                .forEach((key, per) -> parts.add(new ChangedPart(promise.orderId(), line, key, per)));
                    }
                    if (lineBefore != null
                            && lineBefore.isBundle()
                            && !lineBefore.parts().equals(line.parts())) {
                        others.add(new ChangedLine(promise.orderId(), line));
                    }
                    line.places().forEach((location, place) -> {
                        if (lineBefore == null
                                || !place.equals(lineBefore.places().get(location))) {
                            places.add(new ChangedPlace(promise.orderId(), line.lineId(), location, place));
                        }
                    });
                }
            }
        }
        if (!lines.isEmpty()) {
            sql.update(
                    """
                    insert into reservation
                      (order_id, line_id, pool, sku, offer, ordered, wanted, held, backordered, allocated, shipped)
                    select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                         ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[])
                    on conflict (order_id, line_id) do update
                    set pool = excluded.pool, sku = excluded.sku, offer = excluded.offer,
                        ordered = excluded.ordered, wanted = excluded.wanted, held = excluded.held, backordered = excluded.backordered,
                        allocated = excluded.allocated, shipped = excluded.shipped
                    """,
                    texts(lines, ChangedLine::orderId),
                    texts(lines, changed -> changed.line.lineId()),
                    texts(lines, changed -> changed.line.key().pool()),
                    texts(lines, changed -> changed.line.key().sku()),
                    texts(lines, changed -> changed.line.offer()),
                    numbers(lines, changed -> changed.line.ordered()),
                    numbers(lines, changed -> changed.line.wanted()),
                    numbers(lines, changed -> changed.line.held()),
                    numbers(lines, changed -> changed.line.backordered()),
                    numbers(lines, changed -> changed.line.allocated()),
                    numbers(lines, changed -> changed.line.shipped()));
        }
        saveParts(others, parts);
        if (!places.isEmpty()) {
            sql.update(
                    """
                    insert into allocation (order_id, line_id, location, quantity, shipped)
                    select * from unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::int[])
                    on conflict (order_id, line_id, location) do update
                    set quantity = excluded.quantity, shipped = excluded.shipped
                    """,
                    texts(places, ChangedPlace::orderId),
                    texts(places, ChangedPlace::lineId),
                    texts(places, ChangedPlace::location),
                    numbers(places, changed -> changed.place.allocated()),
                    numbers(places, changed -> changed.place.shipped()));
        }
    }

    /// @param others lines that are made of something else now
    private void saveParts(List<ChangedLine> others, List<ChangedPart> parts) {
        if (!others.isEmpty()) {
            sql.update(
                    "delete from reservation_part"
                            + " where (order_id, line_id) in (select * from unnest(?::text[], ?::text[]))",
                    texts(others, ChangedLine::orderId),
                    texts(others, changed -> changed.line.lineId()));
        }
        if (!parts.isEmpty()) {
            sql.update(
                    """
                    insert into reservation_part (order_id, line_id, pool, sku, per, open, waiting)
                    select v.order_id, v.line_id, v.pool, v.sku, v.per, v.open > 0, v.waiting > 0
                    from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::int[])
                      as v (order_id, line_id, pool, sku, per, open, waiting)
                    on conflict (order_id, line_id, pool, sku) do update
                    set per = excluded.per, open = excluded.open, waiting = excluded.waiting
                    """,
                    texts(parts, ChangedPart::orderId),
                    texts(parts, part -> part.line.lineId()),
                    texts(parts, part -> part.key.pool()),
                    texts(parts, part -> part.key.sku()),
                    numbers(parts, ChangedPart::per),
                    numbers(parts, part -> part.line.open()),
                    numbers(parts, part -> part.line.backordered()));
        }
    }

    private void saveSales(Map<String, Decision.Sales> sales) {
        if (!sales.isEmpty()) {
            SortedMap<String, Decision.Sales> sorted = new TreeMap<>(sales);
            // Not one `insert ... on conflict`: its row would break the constraint before the conflict is seen.
            sql.update("""
                    insert into offer_sales (offer)
                    select v.offer from unnest(?::text[]) as v (offer)
                    where not exists (select from offer_sales s where s.offer = v.offer) order by 1
                    on conflict do nothing
                    """, (Object) texts(sorted.keySet(), offer -> offer));
            sql.query(
                    "select offer from offer_sales where offer = any (?) order by offer for update",
                    row -> row.getString("offer"),
                    (Object) texts(sorted.keySet(), offer -> offer));
            sql.update(
                    """
                    update offer_sales s set sold = s.sold + v.sold, cancelled = s.cancelled + v.cancelled
                    from unnest(?::text[], ?::int[], ?::int[]) as v (offer, sold, cancelled) where s.offer = v.offer
                    """,
                    texts(sorted.keySet(), offer -> offer),
                    numbers(sorted.values(), Decision.Sales::sold),
                    numbers(sorted.values(), Decision.Sales::cancelled));
        }
    }

    private void saveAnswers(List<PlanAnswer> answers, Instant at) {
        if (!answers.isEmpty()) {
            sql.update(
                    """
                    insert into plan_answer (plan_id, order_id, allocated, refusal, detail, answered_at)
                    select v.plan_id, v.order_id, v.refusal is null, v.refusal, v.detail, ?
                    from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as v (plan_id, order_id, refusal, detail)
                    """,
                    at,
                    texts(answers, PlanAnswer::planId),
                    texts(answers, PlanAnswer::orderId),
                    texts(answers, PlanAnswer::refusal),
                    texts(answers, PlanAnswer::detail));
        }
    }

    private void saveOversells(List<Decision.Oversell> oversells, Instant at) {
        if (!oversells.isEmpty()) {
            sql.update(
                    """
                    insert into oversell (order_id, line_id, sku, offer, units, recorded_at)
                    select v.*, ? from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[]) as v
                    """,
                    at,
                    texts(oversells, Decision.Oversell::orderId),
                    texts(oversells, Decision.Oversell::lineId),
                    texts(oversells, Decision.Oversell::sku),
                    texts(oversells, Decision.Oversell::offer),
                    numbers(oversells, Decision.Oversell::units));
        }
    }

    private void saveDiscrepancies(List<Decision.Discrepancy> discrepancies, Instant at) {
        if (!discrepancies.isEmpty()) {
            sql.update(
                    """
                    insert into discrepancy (kind, sku, location, units, cause, detail, recorded_at)
                    select v.*, ?
                    from unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[]) as v
                    """,
                    at,
                    texts(discrepancies, Decision.Discrepancy::kind),
                    texts(discrepancies, found -> found.position().sku()),
                    texts(discrepancies, found -> found.position().location()),
                    numbers(discrepancies, Decision.Discrepancy::units),
                    texts(discrepancies, Decision.Discrepancy::cause),
                    texts(discrepancies, Decision.Discrepancy::detail));
        }
    }

    @Override
    public Map<String, Long> nextSequences(Collection<String> skus, long clock) {
        record Drawn(String sku, long sequence) {}
        return sql
                .query(
                        """
                        insert into stock_sequence as s (sku, sequence)
                        select distinct v.sku, ?::bigint from unnest(?::text[]) as v (sku) order by 1
                        on conflict (sku) do update set sequence = greatest(s.sequence + 1, excluded.sequence)
                        returning s.sku, s.sequence
                        """,
                        row -> new Drawn(row.getString("sku"), row.getLong("sequence")),
                        clock,
                        texts(skus, sku -> sku))
                .stream()
                .collect(Collectors.toMap(Drawn::sku, Drawn::sequence));
    }

    @Override
    public Map<String, String> noteAll(String kind, Map<String, String> contentById, Instant at, String actor) {
        record Noted(String id, String content) {}
        Map<String, String> sorted = new TreeMap<>(contentById);
        Set<String> first = new HashSet<>(sql.query(
                """
                insert into stock_command (kind, id, content, actor, recorded_at)
                select ?, v.id, v.content, ?, ? from unnest(?::text[], ?::text[]) as v (id, content) order by v.id
                on conflict do nothing
                returning id
                """,
                row -> row.getString("id"),
                kind,
                actor,
                at,
                texts(sorted.keySet(), id -> id),
                texts(sorted.values(), content -> content)));
        sorted.keySet().removeAll(first);
        return sorted.isEmpty()
                ? Map.of()
                : sql
                        .query(
                                "select id, content from stock_command where kind = ? and id = any (?)",
                                row -> new Noted(row.getString("id"), row.getString("content")),
                                kind,
                                texts(sorted.keySet(), id -> id))
                        .stream()
                        .collect(Collectors.toMap(Noted::id, Noted::content));
    }

    @Override
    public Map<CommandNote.Key, String> noteAll(Map<CommandNote, String> actorOf, Instant at) {
        record Noted(CommandNote.Key key, String content) {}
        SortedMap<CommandNote.Key, CommandNote> notes = new TreeMap<>();
        actorOf.keySet().forEach(note -> notes.put(note.key(), note));
        if (notes.isEmpty()) {
            return Map.of();
        }
        Set<CommandNote.Key> first = new HashSet<>(sql.query(
                """
                insert into stock_command (kind, id, content, actor, recorded_at)
                select v.kind, v.id, v.content, v.actor, ?
                from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as v (kind, id, content, actor)
                order by v.kind, v.id
                on conflict do nothing
                returning kind, id
                """,
                row -> new CommandNote.Key(row.getString("kind"), row.getString("id")),
                at,
                texts(notes.values(), CommandNote::kind),
                texts(notes.values(), CommandNote::id),
                texts(notes.values(), CommandNote::content),
                texts(notes.values(), actorOf::get)));
        notes.keySet().removeAll(first);
        return notes.isEmpty()
                ? Map.of()
                : sql
                        .query(
                                """
                                select kind, id, content from stock_command
                                where (kind, id) in (select * from unnest(?::text[], ?::text[]))
                                """,
                                row -> new Noted(
                                        new CommandNote.Key(row.getString("kind"), row.getString("id")),
                                        row.getString("content")),
                                texts(notes.values(), CommandNote::kind),
                                texts(notes.values(), CommandNote::id))
                        .stream()
                        .collect(Collectors.toMap(Noted::key, Noted::content));
    }

    @Override
    public void forget(Collection<CommandNote.Key> notes) {
        if (!notes.isEmpty()) {
            sql.update(
                    "delete from stock_command where (kind, id) in (select * from unnest(?::text[], ?::text[]))",
                    texts(notes, CommandNote.Key::kind),
                    texts(notes, CommandNote.Key::id));
        }
    }

    @Override
    public Set<String> noteVersions(Map<Promise, OrderDemand> demandOf) {
        if (demandOf.isEmpty()) {
            return Set.of();
        }
        List<Promise> seen = List.copyOf(demandOf.keySet());
        List<OrderDemand> demands = seen.stream()
                .map(promise -> Objects.requireNonNull(demandOf.get(promise)))
                .toList();
        return new HashSet<>(sql.query(
                """
                with told as (
                  select * from unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[])
                    as v (order_id, seen, version, state, placed_at, ship_by)
                ), free as (
                  select p.order_id from promise p join told t on t.order_id = p.order_id and t.seen = p.version
                  order by p.order_id for update of p skip locked
                )
                update promise p
                set version = t.version, state = t.state, placed_at = t.placed_at::timestamptz,
                    ship_by = t.ship_by::timestamptz
                from told t join free using (order_id) where p.order_id = t.order_id
                returning p.order_id
                """,
                row -> row.getString("order_id"),
                texts(seen, Promise::orderId),
                numbers(seen, Promise::version),
                numbers(demands, OrderDemand::version),
                texts(demands, OrderDemand::state),
                texts(demands, OrderDemand::placedAt),
                texts(demands, OrderDemand::shipBy)));
    }

    @Override
    public Set<String> known(Collection<String> skus) {
        return skus.isEmpty()
                ? Set.of()
                : new HashSet<>(sql.query("""
                        select v.sku from unnest(?::text[]) as v (sku)
                        where exists (select from pool_position p where p.sku = v.sku)
                           or exists (select from bundle_component b where b.bundle = v.sku)
                        """, row -> row.getString("sku"), (Object) texts(skus, sku -> sku)));
    }

    @Override
    public void forget(String kind, String id) {
        sql.update("delete from stock_command where kind = ? and id = ?", kind, id);
    }

    @Override
    public List<RecordedMovement> movementsCausedBy(Collection<String> causes) {
        return sql.query(
                "select " + MOVEMENT_COLUMNS + " from stock_movement where cause = any (?) order by seq",
                PostgresStockLedger::movement,
                (Object) texts(causes, cause -> cause));
    }

    static RecordedMovement movement(ResultSet row) throws SQLException {
        return new RecordedMovement(
                row.getLong("seq"),
                row.getObject("id", UUID.class),
                row.getString("sku"),
                row.getString("location"),
                row.getLong("number"),
                row.getInt("delta"),
                row.getInt("on_hand_after"),
                StockMovement.Reason.valueOf(row.getString("reason")),
                row.getString("cause"),
                row.getString("actor"),
                Objects.requireNonNull(Sql.instant(row, "recorded_at")));
    }
}
