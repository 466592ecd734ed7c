package io.hubline.inventory.stock.persistence;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.inventory.stock.domain.Announcement;
import io.hubline.inventory.stock.domain.Bookkeeper;
import io.hubline.inventory.stock.domain.Books;
import io.hubline.inventory.stock.domain.Decision;
import io.hubline.inventory.stock.domain.OrderDemand;
import io.hubline.inventory.stock.domain.Parts;
import io.hubline.inventory.stock.domain.PlanAnswer;
import io.hubline.inventory.stock.domain.PoolPosition;
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
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresStockLedger implements StockLedger {

    private static final String POOL_COLUMNS = "pool, sku, on_hand, reserved, short, backordered, exposed";
    private static final String THESE_POOLS =
            "from pool_position where (pool, sku) in (select * from unnest(?::text[], ?::text[])) order by pool, sku";

    private final Sql sql;

    PostgresStockLedger(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Books hold(List<Request> requests, Collection<Promise> seen) {
        Set<String> orders = Bookkeeper.ordersOf(requests);
        Set<StockKey> keys = new TreeSet<>(Bookkeeper.poolsOf(requests));
        seen.forEach(promise -> promise.lines().values().forEach(line -> keys.add(line.key())));
        Map<StockKey, PoolPosition> pools = holdPools(keys);

        Map<String, Promise> promises = holdPromises(orders);
        promises.values().forEach(promise -> checkHeld(promise, keys));
        Set<String> waiting = firstInNeed(requests, pools, promises);
        waiting.removeAll(orders);
        promises.putAll(holdPromises(waiting));

        List<Position> positions = positions(keys.stream().map(StockKey::sku).collect(Collectors.toSet()));
        return new Books(
                pools,
                positions.stream().collect(Collectors.toMap(Position::key, position -> position)),
                promises,
                Map.of(),
                Map.of(),
                answers(requests));
    }

    @Override
    public Map<String, Promise> look(Collection<String> orders) {
        return promises(orders, "");
    }

    @Override
    public boolean note(Promise seen, OrderDemand demand) {
        return sql.update(
                        """
                        update promise set version = ?, state = ?, placed_at = ?, ship_by = ?::timestamptz
                        where order_id = ? and version = ?
                        """,
                        demand.version(),
                        demand.state().name(),
                        demand.placedAt(),
                        demand.shipBy(),
                        seen.orderId(),
                        seen.version())
                == 1;
    }

    private static void checkHeld(Promise promise, Set<StockKey> keys) {
        boolean held = promise.lines().values().stream().allMatch(line -> keys.contains(line.key()));
        if (!held) {
            throw new OptimisticLockException("order " + promise.orderId() + " got another line meanwhile");
        }
    }

    @Override
    public Map<StockKey, PoolPosition> holdPools(Set<StockKey> keys) {
        Map<StockKey, PoolPosition> pools = pools(keys, " for update");
        if (pools.size() < keys.size()) {
            sql.update("""
                    insert into pool_position (pool, sku)
                    select * from unnest(?::text[], ?::text[]) order by 1, 2 on conflict do nothing
                    """, texts(keys, StockKey::pool), texts(keys, StockKey::sku));
            pools = pools(keys, " for update");
        }
        return pools;
    }

    @Override
    public void lockPools(Set<StockKey> keys) {
        sql.query(
                "select sku " + THESE_POOLS + " for update",
                row -> row.getString("sku"),
                texts(keys, StockKey::pool),
                texts(keys, StockKey::sku));
    }

    @Override
    public Map<StockKey, PoolPosition> pools(Set<StockKey> keys) {
        Map<StockKey, PoolPosition> pools = new HashMap<>(pools(keys, ""));
        keys.forEach(key -> pools.putIfAbsent(key, PoolPosition.empty(key)));
        return pools;
    }

    @Override
    public boolean isKnown(StockKey key) {
        return !pools(Set.of(key), "").isEmpty();
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
    private Set<String> firstInNeed(
            List<Request> requests, Map<StockKey, PoolPosition> pools, Map<String, Promise> promises) {
        Map<StockKey, Long> limits = new TreeMap<>();
        for (Request request : requests) {
            switch (request) {
                case Request.Moved moved ->
                    limits.merge(moved.position().pool(), (long) Math.max(0, moved.delta()), Long::sum);
                case Request.Counted counted ->
                    limits.merge(counted.position().pool(), (long) counted.onHand(), Long::sum);
                case Request.Promised(var demand) ->
                    demand.lines().forEach(line -> limits.merge(StockKey.of(line.sku()), 0L, Long::sum));
                case Request.Planned _, Request.OfHold _ -> {}
                case Request.Settled(StockKey key) -> limits.merge(key, 0L, Long::sum);
            }
        }
        promises.values().stream()
                .flatMap(promise -> promise.lines().values().stream())
                .filter(line -> line.open() > 0)
                .forEach(line -> limits.merge(line.key(), line.open() + 1L, Long::sum));
        limits.replaceAll((key, units) -> {
            @Nullable PoolPosition pool = pools.get(key);
            return pool == null || pool.backordered() == 0 ? 0 : Math.min(pool.backordered(), units + pool.free());
        });
        limits.values().removeIf(units -> units == 0);
        if (limits.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(sql.query(
                """
                select distinct waiting.order_id
                from unnest(?::text[], ?::text[], ?::bigint[]) as wanted (pool, sku, units)
                cross join lateral (
                  select r.order_id from reservation r join promise p using (order_id)
                  where r.pool = wanted.pool and r.sku = wanted.sku and r.backordered > 0
                  order by p.ship_by nulls last, p.placed_at, r.order_id limit wanted.units) waiting
                """,
                row -> row.getString("order_id"),
                texts(limits.keySet(), StockKey::pool),
                texts(limits.keySet(), StockKey::sku),
                numbers(limits.values(), units -> units)));
    }

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
                select r.order_id, sum(r.held + r.allocated)::int as units
                from reservation r join promise p using (order_id)
                where r.pool = ? and r.sku = ? and r.held + r.backordered + r.allocated > 0
                group by r.order_id, p.ship_by, p.placed_at having sum(r.held + r.allocated) > 0
                order by p.ship_by desc nulls first, p.placed_at desc, r.order_id desc
                """,
                row -> new Shortage.Promised(row.getString("order_id"), row.getInt("units")),
                key.pool(),
                key.sku());
    }

    @Override
    public void save(Decision decision, Instant at, String actor) {
        savePools(decision.pools());
        saveMovements(decision.movements(), at, actor);
        savePositions(decision.positions());
        savePromises(decision);
        saveLines(decision);
        saveSales(decision.sales());
        saveAnswers(decision.answers(), at);
        saveOversells(decision.oversells(), at);
        saveDiscrepancies(decision.discrepancies(), at);
    }

    private void savePools(List<PoolPosition> pools) {
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
    }

    private void saveMovements(List<StockMovement> movements, Instant at, String actor) {
        if (!movements.isEmpty()) {
            sql.update(
                    """
                    insert into stock_movement (id, sku, location, number, delta, on_hand_before, on_hand_after,
                                                reason, cause, actor, recorded_at)
                    select v.id, v.sku, v.location, v.number, v.delta, v.on_hand_after - v.delta, v.on_hand_after,
                           v.reason, v.cause, ?, ?
                    from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::int[], ?::int[], ?::text[], ?::text[])
                      with ordinality as v (id, sku, location, number, delta, on_hand_after, reason, cause, place)
                    order by v.place
                    """,
                    actor,
                    at,
                    texts(movements, _ -> Ids.next()),
                    texts(movements, movement -> movement.key().sku()),
                    texts(movements, movement -> movement.key().location()),
                    numbers(movements, StockMovement::number),
                    numbers(movements, StockMovement::delta),
                    numbers(movements, StockMovement::onHandAfter),
                    texts(movements, StockMovement::reason),
                    texts(movements, StockMovement::cause));
        }
    }

    private void savePositions(List<Position> positions) {
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
                    texts(positions, position -> position.key().pool().pool()),
                    numbers(positions, Position::onHand),
                    numbers(positions, Position::allocated),
                    numbers(positions, Position::shortBy),
                    numbers(positions, Position::lastMovement));
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

    private record ChangedPlace(String orderId, String lineId, String location, Reservation.Place place) {}

    private void saveLines(Decision decision) {
        List<ChangedLine> lines = new ArrayList<>();
        List<ChangedPlace> places = new ArrayList<>();
        for (Promise promise : decision.promises()) {
            @Nullable Promise before = decision.before().promises().get(promise.orderId());
            for (Reservation line : promise.lines().values()) {
                @Nullable
                Reservation lineBefore = before == null ? null : before.lines().get(line.lineId());
                if (!line.equals(lineBefore)) {
                    lines.add(new ChangedLine(promise.orderId(), line));
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
    public Optional<String> note(String kind, String id, String content, Instant at, String actor) {
        return Optional.ofNullable(noteAll(kind, Map.of(id, content), at, actor).get(id));
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
    public void forget(String kind, String id) {
        sql.update("delete from stock_command where kind = ? and id = ?", kind, id);
    }

    @Override
    public List<RecordedMovement> movementsCausedBy(Collection<String> causes) {
        return sql.query("""
                select seq, id, sku, location, delta, on_hand_after, reason, cause, actor, recorded_at
                from stock_movement where cause = any (?) order by seq
                """, PostgresStockLedger::movement, (Object) texts(causes, cause -> cause));
    }

    static RecordedMovement movement(ResultSet row) throws SQLException {
        return new RecordedMovement(
                row.getLong("seq"),
                row.getObject("id", UUID.class),
                row.getString("sku"),
                row.getString("location"),
                row.getInt("delta"),
                row.getInt("on_hand_after"),
                StockMovement.Reason.valueOf(row.getString("reason")),
                row.getString("cause"),
                row.getString("actor"),
                Objects.requireNonNull(Sql.instant(row, "recorded_at")));
    }
}
