package io.hubline.inventory.stock.domain;

import io.hubline.inventory.stock.domain.Decision.Discrepancy;
import io.hubline.inventory.stock.domain.Decision.Oversell;
import io.hubline.inventory.stock.domain.Decision.Sales;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Both books while a batch is decided: as they were loaded, with what changed so far and what is to be
/// told of it.
final class BooksInHand {

    private final Books before;
    private final Map<StockKey, PoolPosition> pools;
    private final Map<PositionKey, Position> positions;
    private final Map<String, Promise> promises;
    private final Map<String, Hold> holds;
    private final Map<String, Exposure> exposures;
    private final Map<String, PlanAnswer> answers;
    private final Map<String, Transfer> transfers;

    private final List<StockMovement> movements = new ArrayList<>();
    private final List<Integer> movers = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private final List<Integer> announcers = new ArrayList<>();
    private final Map<String, Sales> sales = new TreeMap<>();
    private final List<PlanAnswer> newAnswers = new ArrayList<>();
    private final List<Oversell> oversells = new ArrayList<>();
    private final List<Discrepancy> discrepancies = new ArrayList<>();
    private final List<TransferReceipt> receipts = new ArrayList<>();

    // Of the request in hand: what became free, and whose promise grew by it.
    private final Set<StockKey> freed = new TreeSet<>();
    private final Set<String> filled = new LinkedHashSet<>();
    private int place;

    BooksInHand(Books before) {
        this.before = before;
        this.pools = new HashMap<>(before.pools());
        this.positions = new HashMap<>(before.positions());
        this.promises = new HashMap<>(before.promises());
        this.holds = new HashMap<>(before.holds());
        this.exposures = new HashMap<>(before.exposures());
        this.answers = new HashMap<>(before.answers());
        this.transfers = new HashMap<>(before.places().transfers());
    }

    Decision decision(List<Outcome> outcomes) {
        Books after =
                new Books(pools, positions, promises, holds, exposures, before.bundles(), answers, before.places());
        sales.values().removeIf(Sales.NONE::equals);
        return new Decision(
                outcomes,
                before,
                after,
                changed(before.pools(), pools),
                changed(before.positions(), positions),
                changed(before.promises(), promises),
                changed(before.holds(), holds),
                changed(before.exposures(), exposures),
                movements,
                movers,
                announcements,
                announcers,
                sales,
                newAnswers,
                oversells,
                discrepancies,
                changed(before.places().transfers(), transfers),
                receipts);
    }

    private static <K extends Comparable<K>, V> List<V> changed(Map<K, V> before, Map<K, V> after) {
        return new TreeMap<>(after)
                .entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                        .map(Map.Entry::getValue)
                        .toList();
    }

    // Units

    PoolPosition pool(StockKey key) {
        @Nullable PoolPosition pool = pools.get(key);
        if (pool == null) {
            throw new IllegalStateException(key + " is not held");
        }
        return pool;
    }

    void put(PoolPosition pool) {
        pools.put(pool.key(), pool);
    }

    /// Changes the pool position of each part by as many units as so many whole ones consist of.
    void change(SortedMap<StockKey, Integer> parts, int units, BiFunction<PoolPosition, Integer, PoolPosition> how) {
        if (units != 0) {
            parts.forEach((key, per) -> put(how.apply(pool(key), Math.multiplyExact(units, per))));
        }
    }

    /// Whole units that can be promised now.
    int free(SortedMap<StockKey, Integer> parts) {
        return Parts.whole(parts, key -> pool(key).free());
    }

    /// Where the units of a position are promised.
    StockKey keyOf(PositionKey key) {
        return before.places().pools().keyOf(key);
    }

    Places places() {
        return before.places();
    }

    Position position(PositionKey key) {
        return positions.getOrDefault(key, Position.empty(key));
    }

    void put(Position position) {
        positions.put(position.key(), position);
    }

    void add(StockMovement movement) {
        movements.add(movement);
        movers.add(place);
    }

    /// What one unit of the SKU consists of: itself, unless it is a bundle.
    SortedMap<StockKey, Integer> partsOf(StockKey key) {
        @Nullable Bundle bundle = before.bundles().get(key.sku());
        return bundle == null ? Parts.plain(key) : bundle.in(key.pool());
    }

    boolean isBundle(String sku) {
        return before.bundles().containsKey(sku);
    }

    // Promises

    @Nullable
    Promise findPromise(String orderId) {
        return promises.get(orderId);
    }

    Promise promise(String orderId) {
        return Objects.requireNonNull(promises.get(orderId), orderId);
    }

    Collection<Promise> promises() {
        return promises.values();
    }

    void put(Promise promise) {
        promises.put(promise.orderId(), promise);
    }

    @Nullable
    Hold findHold(String id) {
        return holds.get(id);
    }

    /// Every hold that was loaded, in the order of their ids.
    Collection<Hold> holds() {
        return new TreeMap<>(holds).values();
    }

    void put(Hold hold) {
        holds.put(hold.id(), hold);
    }

    @Nullable
    PlanAnswer findAnswer(String planId) {
        return answers.get(planId);
    }

    void add(PlanAnswer answer) {
        answers.put(answer.planId(), answer);
        newAnswers.add(answer);
    }

    @Nullable
    Transfer findTransfer(String id) {
        return transfers.get(id);
    }

    Transfer transfer(String id) {
        return Objects.requireNonNull(transfers.get(id), id);
    }

    void put(Transfer transfer) {
        transfers.put(transfer.id(), transfer);
    }

    void add(TransferReceipt receipt) {
        receipts.add(receipt);
    }

    /// Books what was sold through an offer and what of it was cancelled. A sale lowers what its channel
    /// can still sell, and a cancellation raises it where the channel puts the units back (design section
    /// 5, E2 and E7).
    void book(String offer, Sales more) {
        sales.put(offer, sales.getOrDefault(offer, Sales.NONE).plus(more.sold(), more.cancelled()));
        @Nullable Exposure before = exposures.get(offer);
        if (before != null) {
            Exposure after = before.counted(before.sold() + more.sold(), before.cancelled() + more.cancelled());
            exposures.put(offer, after);
            change(after.parts(), after.units() - before.units(), PoolPosition::exposed);
        }
    }

    // Of the request in hand

    /// Starts on the next request.
    ///
    /// @param requestPlace its place among the requests
    void next(int requestPlace) {
        place = requestPlace;
        freed.clear();
        filled.clear();
    }

    /// Whoever waits for these units may have them.
    void setFree(StockKey key) {
        freed.add(key);
    }

    /// Takes promises back, and lets others have the units.
    void release(SortedMap<StockKey, Integer> parts, int promised, int waiting) {
        if (promised > 0 || waiting > 0) {
            change(parts, promised, PoolPosition::released);
            change(parts, -waiting, PoolPosition::waiting);
            freed.addAll(parts.keySet());
        }
    }

    /// What became free since the last time this was asked.
    Set<StockKey> takeFreed() {
        Set<StockKey> taken = new TreeSet<>(freed);
        freed.clear();
        return taken;
    }

    void noteFilled(String orderId) {
        filled.add(orderId);
    }

    /// The orders that were promised more, in the order in which it happened.
    Set<String> filled() {
        return filled;
    }

    // What is told

    void announce(String orderId, Function<Promise, Announcement> telling) {
        Promise promise = promise(orderId).announced();
        put(promise);
        announcements.add(telling.apply(promise));
        announcers.add(place);
    }

    void report(Oversell oversell) {
        oversells.add(oversell);
    }

    void report(Discrepancy discrepancy) {
        discrepancies.add(discrepancy);
    }
}
