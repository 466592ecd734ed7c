package io.hubline.inventory.stock.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Both books in memory: what a decision writes is what the next one finds.
final class BooksInMemory {

    final Map<StockKey, PoolPosition> pools = new HashMap<>();
    final Map<PositionKey, Position> positions = new HashMap<>();
    final Map<String, Promise> promises = new HashMap<>();
    final Map<String, Hold> holds = new HashMap<>();
    final Map<String, Exposure> exposures = new HashMap<>();
    final Map<String, Bundle> bundles = new HashMap<>();
    final Map<String, PlanAnswer> answers = new HashMap<>();
    final Map<String, Transfer> transfers = new HashMap<>();
    final List<StockMovement> movements = new ArrayList<>();
    final List<Announcement> announcements = new ArrayList<>();
    final Map<String, Decision.Sales> sales = new HashMap<>();
    final Map<PositionKey, Integer> ledger = new HashMap<>();
    final Map<String, List<Long>> sequences = new HashMap<>();

    PoolLayout layout = PoolLayout.ONE_POOL;
    int noted;

    Decision decide(Request... requests) {
        return decide(List.of(requests));
    }

    Decision decide(List<Request> requests) {
        requests.forEach(this::checkThatNotingIsEnough);
        Set<String> named = Bookkeeper.ordersOf(requests);
        Bookkeeper.poolsOf(
                        requests,
                        some(promises, promise -> named.contains(promise.orderId()))
                                .values(),
                        layout)
                .forEach(this::open);
        Decision decision = Bookkeeper.decide(books(requests), requests);
        decision.pools().forEach(pool -> pools.put(pool.key(), pool));
        decision.positions().forEach(position -> positions.put(position.key(), position));
        decision.promises().forEach(promise -> promises.put(promise.orderId(), promise));
        decision.holds().forEach(hold -> holds.put(hold.id(), hold));
        decision.exposures().forEach(exposure -> exposures.put(exposure.offer(), exposure));
        decision.answers().forEach(answer -> answers.put(answer.planId(), answer));
        decision.transfers().forEach(transfer -> transfers.put(transfer.id(), transfer));
        movements.addAll(decision.movements());
        announcements.addAll(decision.announcements());
        decision.movements().forEach(movement -> ledger.merge(movement.key(), movement.delta(), Integer::sum));
        decision.announcements().stream()
                .map(Announcement::promise)
                .forEach(promise -> sequences
                        .computeIfAbsent(promise.orderId(), _ -> new ArrayList<>())
                        .add(promise.sequence()));
        decision.sales()
                .forEach(
                        (offer, more) -> sales.merge(offer, more, (one, two) -> one.plus(two.sold(), two.cancelled())));
        return decision;
    }

    /// What the ledger says of the moments that are asked for. Time is the number of movements made so far.
    private Map<Places.Then, Integer> earlier(List<Request> requests) {
        Map<Places.Then, Integer> earlier = new HashMap<>();
        for (Places.Then then : Bookkeeper.momentsOf(requests)) {
            List<StockMovement> there = movements.stream()
                    .filter(movement -> movement.key().equals(then.position()))
                    .toList();
            switch (then.moment()) {
                case Moment.Now _ -> {}
                case Moment.Movement(long number) -> {
                    if (number == 0) {
                        earlier.put(then, 0);
                    } else if (number <= there.size()) {
                        earlier.put(then, there.get((int) number - 1).onHandAfter());
                    }
                }
                case Moment.At(Instant instant) -> {
                    List<StockMovement> before = movements.subList(0, (int) instant.getEpochSecond()).stream()
                            .filter(movement -> movement.key().equals(then.position()))
                            .toList();
                    if (!before.isEmpty()) {
                        earlier.put(then, before.getLast().onHandAfter());
                    } else if (there.isEmpty()) {
                        earlier.put(then, 0);
                    }
                }
            }
        }
        return earlier;
    }

    /// No more than the real ledger loads: what the requests name, and who waits.
    private Books books(List<Request> requests) {
        Set<String> named = Bookkeeper.ordersOf(requests);
        Set<String> channelOrders = Bookkeeper.channelOrdersOf(requests);
        Set<String> namedHolds = Bookkeeper.holdsOf(requests);
        Set<String> plans = requests.stream()
                .filter(Request.Planned.class::isInstance)
                .map(request -> ((Request.Planned) request).planId())
                .collect(Collectors.toSet());
        return new Books(
                pools,
                positions,
                some(
                        promises,
                        promise -> named.contains(promise.orderId())
                                || channelOrders.contains(String.valueOf(promise.channelOrder()))
                                || promise.isMissingUnits()),
                some(
                        holds,
                        hold -> namedHolds.contains(hold.id())
                                || (hold.state() == Hold.State.CONVERTING
                                        && channelOrders.contains(String.valueOf(hold.channelOrder())))),
                exposures,
                bundles,
                some(answers, answer -> plans.contains(answer.planId())),
                new Places(layout, transfers, earlier(requests)));
    }

    private static <V> Map<String, V> some(Map<String, V> all, Predicate<V> wanted) {
        Map<String, V> some = new HashMap<>();
        all.forEach((id, one) -> {
            if (wanted.test(one)) {
                some.put(id, one);
            }
        });
        return some;
    }

    /// Whoever holds a SKU holds what it consists of.
    private void open(StockKey key) {
        pools.putIfAbsent(key, PoolPosition.empty(key));
        if (bundles.containsKey(key.sku())) {
            bundles.get(key.sku()).in(key.pool()).keySet().forEach(this::open);
        }
    }

    /// What is said to leave the books as they are must do so.
    private void checkThatNotingIsEnough(Request request) {
        if (request instanceof Request.Promised(OrderDemand demand)
                && demand.version() > promise(demand.orderId()).version()
                && Bookkeeper.leavesAsItIs(promise(demand.orderId()), demand)) {
            Promise promise = promise(demand.orderId());
            promise.lines().values().stream().map(Reservation::key).forEach(this::open);
            Decision decision = Bookkeeper.decide(books(List.of(request)), List.of(request));
            assertThat(decision.pools()).isEmpty();
            assertThat(decision.positions()).isEmpty();
            assertThat(decision.announcements()).isEmpty();
            assertThat(decision.sales()).isEmpty();
            assertThat(decision.promises())
                    .singleElement()
                    .extracting(Promise::lines)
                    .isEqualTo(promise.lines());
            noted++;
        }
    }

    Hold hold(String id) {
        return Objects.requireNonNull(holds.get(id), id);
    }

    Exposure exposure(String offer) {
        return Objects.requireNonNull(exposures.get(offer), offer);
    }

    int booked(String offer) {
        return sales.getOrDefault(offer, Decision.Sales.NONE).booked();
    }

    PoolPosition pool(String sku) {
        return pools.getOrDefault(StockKey.of(sku), PoolPosition.empty(StockKey.of(sku)));
    }

    Position position(String sku, String location) {
        PositionKey key = new PositionKey(sku, location);
        return positions.getOrDefault(key, Position.empty(key));
    }

    Promise promise(String order) {
        return promises.getOrDefault(order, Promise.none(order));
    }

    Reservation line(String order, String line) {
        StockKey none = StockKey.of("none");
        return promise(order).lines().getOrDefault(line, Reservation.empty(line, none, Parts.plain(none), null));
    }
}
