package io.hubline.inventory.stock.domain;

import io.hubline.inventory.stock.domain.Decision.Discrepancy;
import io.hubline.inventory.stock.domain.Decision.NotOnHand;
import io.hubline.inventory.stock.domain.Decision.Oversell;
import io.hubline.inventory.stock.domain.OrderDemand.Parcel;
import io.hubline.inventory.stock.domain.Reservation.Place;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Decides a batch of requests against both books at once. It changes nothing outside itself: the caller
/// holds the
/// locks, loads the [Books], and writes the [Decision] in the same transaction.
///
/// Three rules hold after every request, whatever came before it:
///
/// - every unit of the demand is in exactly one place: held, backordered, allocated or shipped;
/// - no more is promised than lies there, except what was promised before a loss (invariant I2);
/// - nothing is free while somebody waits for it: whatever becomes free goes to the first in need at once.
///   So a new
///   order never overtakes one that already waits.
public final class Bookkeeper {

    private final Books before;
    private final Map<StockKey, PoolPosition> pools;
    private final Map<PositionKey, Position> positions;
    private final Map<String, Promise> promises;
    private final Map<String, PlanAnswer> answers;

    private final List<StockMovement> movements = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private final Map<String, Integer> bookings = new TreeMap<>();
    private final List<PlanAnswer> newAnswers = new ArrayList<>();
    private final List<Oversell> oversells = new ArrayList<>();
    private final List<Discrepancy> discrepancies = new ArrayList<>();
    private final List<NotOnHand> refusals = new ArrayList<>();

    // Of the request in hand: what became free, and whose promise changed by it.
    private final Set<StockKey> freed = new TreeSet<>();
    private final Set<String> filled = new LinkedHashSet<>();

    private Bookkeeper(Books before) {
        this.before = before;
        this.pools = new HashMap<>(before.pools());
        this.positions = new HashMap<>(before.positions());
        this.promises = new HashMap<>(before.promises());
        this.answers = new HashMap<>(before.answers());
    }

    /// What the requests change, decided one after the other in their order.
    ///
    /// @throws IllegalStateException when a request contradicts what was already booked, or names a pool
    ///     that the books
    ///     do not hold
    public static Decision decide(Books books, List<Request> requests) {
        Bookkeeper bookkeeper = new Bookkeeper(books);
        requests.forEach(bookkeeper::decide);
        return bookkeeper.decision();
    }

    /// Whether these facts leave both books as they are, so that noting their version is all there is to
    /// do. It reads
    /// only what no plan, receipt or filling changes: a promise read without a lock answers right, as long
    /// as its
    /// version still stands.
    public static boolean leavesAsItIs(Promise promise, OrderDemand demand) {
        boolean sameLines = demand.lines().stream().allMatch(wanted -> {
            @Nullable Reservation line = promise.lines().get(wanted.lineId());
            return line != null
                    && line.key().equals(StockKey.of(wanted.sku()))
                    && (wanted.offer() == null || wanted.offer().equals(line.offer()));
        });
        return promise.version() > 0
                && (demand.state() != Promise.State.CANCELLED || promise.state() == demand.state())
                && sameLines
                && promise.lines().values().stream().allMatch(line -> line.wanted() == wanted(demand, line))
                && unbooked(demand, promise).isEmpty();
    }

    private void decide(Request request) {
        freed.clear();
        filled.clear();
        switch (request) {
            case Request.Promised(OrderDemand demand) -> bringTo(demand);
            case Request.Planned planned -> carryOut(planned);
            case Request.Moved(PositionKey position, int delta, Reason reason, String cause) ->
                moveIfThere(position, delta, reason, cause);
            case Request.Counted(PositionKey position, int onHand, String cause) ->
                moveIfThere(position, onHand - position(position).onHand(), Reason.COUNT, cause);
            case Request.Settled(StockKey key) -> freed.add(key);
        }
        fill();
        filled.forEach(this::announceWhatIsMissing);
    }

    private Decision decision() {
        Books after = new Books(pools, positions, promises, answers);
        bookings.values().removeIf(units -> units == 0);
        return new Decision(
                before,
                after,
                changed(before.pools(), pools),
                changed(before.positions(), positions),
                changed(before.promises(), promises),
                movements,
                announcements,
                bookings,
                newAnswers,
                oversells,
                discrepancies,
                refusals);
    }

    private static <K extends Comparable<K>, V> List<V> changed(Map<K, V> before, Map<K, V> after) {
        return new TreeMap<>(after)
                .entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                        .map(Map.Entry::getValue)
                        .toList();
    }

    // Orders

    private void bringTo(OrderDemand demand) {
        Promise promise = promises.getOrDefault(demand.orderId(), Promise.none(demand.orderId()));
        if (demand.version() <= promise.version()) {
            return;
        }
        boolean first = promise.version() == 0;
        boolean cancelled = demand.state() == Promise.State.CANCELLED && (first || promise.state() != demand.state());
        List<Reservation> linesBefore = promise.reservations();
        promise = open(demand, promise.seen(demand));

        List<Parcel> parcels = unbooked(demand, promise);
        List<Parcel> uncovered = new ArrayList<>();
        for (Parcel parcel : parcels) {
            if (line(promise, parcel.lineId()).open() >= parcel.quantity()) {
                promise = ship(promise, parcel);
            } else {
                uncovered.add(parcel);
            }
        }
        int openBefore = unshipped(promise);
        for (Reservation line : promise.reservations()) {
            promise = promise.with(release(line, Math.max(0, line.wanted() - wanted(demand, line))));
        }
        boolean released = unshipped(promise) < openBefore || movedToAnotherSku(linesBefore, promise);

        // What became free belongs to whoever waits, before this order may want more of it.
        promises.put(promise.orderId(), promise);
        fill();
        promise = promise(demand.orderId());

        boolean granted = false;
        for (Reservation line : promise.reservations()) {
            int missing = wanted(demand, line) - line.wanted();
            if (missing > 0) {
                promise = promise.with(grant(demand, line, missing));
                granted = true;
            }
        }
        for (Parcel parcel : uncovered) {
            promise = ship(promise, parcel);
        }
        promises.put(promise.orderId(), promise);
        book(linesBefore, promise);

        if (released || cancelled) {
            announce(promise.orderId(), Announcement.Released::new);
        }
        boolean waiting = promise.state() == Promise.State.OPEN && promise.isWanted();
        if (waiting && (granted || released)) {
            filled.add(promise.orderId());
        }
    }

    /// Adds lines that are new, and moves lines whose SKU is another now: what the old one was promised is
    /// released.
    private Promise open(OrderDemand demand, Promise promise) {
        Promise opened = promise;
        for (OrderDemand.Line wanted : demand.lines()) {
            StockKey key = StockKey.of(wanted.sku());
            @Nullable Reservation line = opened.lines().get(wanted.lineId());
            if (line == null) {
                line = Reservation.empty(wanted.lineId(), key, wanted.offer());
            } else if (!line.key().equals(key)) {
                line = release(line, line.open()).withKey(key);
            }
            opened = opened.with(wanted.offer() == null ? line : line.withOffer(wanted.offer()));
        }
        return opened;
    }

    private static boolean movedToAnotherSku(List<Reservation> before, Promise promise) {
        return before.stream()
                .anyMatch(line ->
                        line.open() > 0 && !line(promise, line.lineId()).key().equals(line.key()));
    }

    private static int unshipped(Promise promise) {
        return promise.lines().values().stream().mapToInt(Reservation::open).sum();
    }

    /// Units of the line that the buyer wants or has got. Of a cancelled order, and of a line that is
    /// gone, nobody wants
    /// more than what had already left.
    private static int wanted(OrderDemand demand, Reservation line) {
        int shipped = demand.shipped(line.lineId());
        if (demand.state() == Promise.State.CANCELLED) {
            return shipped;
        }
        return demand.lines().stream()
                .filter(wanted -> wanted.lineId().equals(line.lineId()))
                .mapToInt(OrderDemand.Line::quantity)
                .reduce(shipped, Math::max);
    }

    /// The parcels, or their parts, that were not booked yet.
    private static List<Parcel> unbooked(OrderDemand demand, Promise promise) {
        record Spot(String lineId, String locationId) {}
        Map<Spot, Integer> booked = new HashMap<>();
        promise.lines()
                .values()
                .forEach(line -> line.places()
                        .forEach((location, place) -> booked.put(new Spot(line.lineId(), location), place.shipped())));
        List<Parcel> unbooked = new ArrayList<>();
        for (Parcel parcel : demand.parcels()) {
            Spot spot = new Spot(parcel.lineId(), parcel.locationId());
            int known = booked.getOrDefault(spot, 0);
            int covered = Math.min(known, parcel.quantity());
            booked.put(spot, known - covered);
            if (covered < parcel.quantity()) {
                unbooked.add(new Parcel(
                        parcel.shipmentId(), parcel.locationId(), parcel.lineId(), parcel.quantity() - covered));
            }
        }
        booked.forEach((spot, units) -> {
            if (units > 0) {
                throw new IllegalStateException("order %s version %d: line %s had shipped %d more units from %s"
                        .formatted(demand.orderId(), demand.version(), spot.lineId(), units, spot.locationId()));
            }
        });
        return unbooked;
    }

    private Reservation grant(OrderDemand demand, Reservation line, int units) {
        PoolPosition pool = pool(line.key());
        int promised = Math.min(units, pool.free());
        int missing = units - promised;
        pools.put(line.key(), pool.promised(promised).waiting(missing));
        if (missing > 0) {
            oversells.add(
                    new Oversell(demand.orderId(), line.lineId(), line.key().sku(), line.offer(), missing));
        }
        return line.withHeld(line.held() + promised).withBackordered(line.backordered() + missing);
    }

    /// Takes units back where it hurts least: what only waits, then what lies at no particular location,
    /// then the rest.
    private Reservation release(Reservation line, int units) {
        int waiting = Math.min(units, line.backordered());
        int held = Math.min(units - waiting, line.held());
        int allocated = units - waiting - held;
        Reservation released =
                line.withBackordered(line.backordered() - waiting).withHeld(line.held() - held);
        released = deallocate(released, allocated);
        free(line.key(), held + allocated, waiting);
        return released;
    }

    /// Takes units from the line's allocations, without a word to the pool.
    private Reservation deallocate(Reservation line, int units) {
        Reservation changed = line;
        int left = units;
        for (Map.Entry<String, Place> entry : line.places().entrySet()) {
            int here = Math.min(left, entry.getValue().allocated());
            if (here > 0) {
                changed = deallocate(changed, entry.getKey(), here);
                left -= here;
            }
        }
        if (left > 0) {
            throw new IllegalStateException(
                    "line %s has %d units less than are taken from it".formatted(line.lineId(), left));
        }
        return changed;
    }

    private Reservation deallocate(Reservation line, String location, int units) {
        Place place = line.at(location);
        PositionKey key = new PositionKey(line.key().sku(), location);
        positions.put(key, position(key).released(units));
        return line.with(location, new Place(place.allocated() - units, place.shipped()));
    }

    private void free(StockKey key, int promised, int waiting) {
        if (promised > 0 || waiting > 0) {
            pools.put(key, pool(key).released(promised).waiting(-waiting));
            freed.add(key);
        }
    }

    /// Books a parcel. It has left, whatever the books say: units the book does not know of are booked as
    /// found first,
    /// and taking units that were promised elsewhere is noted.
    private Promise ship(Promise promise, Parcel parcel) {
        Reservation line = line(promise, parcel.lineId());
        String location = parcel.locationId();
        PositionKey key = new PositionKey(line.key().sku(), location);
        String cause =
                "order %s shipment %s line %s".formatted(promise.orderId(), parcel.shipmentId(), parcel.lineId());

        int here = Math.min(parcel.quantity(), line.at(location).allocated());
        int left = parcel.quantity() - here;
        int held = Math.min(left, line.held());
        int elsewhere = Math.min(left - held, line.allocated() - here);
        int waiting = left - held - elsewhere;
        Reservation shipped = here > 0 ? deallocate(line, location, here) : line;
        shipped = deallocate(shipped, elsewhere)
                .withHeld(line.held() - held)
                .withBackordered(line.backordered() - waiting);
        free(line.key(), here + held + elsewhere, waiting);
        if (left > 0) {
            discrepancies.add(new Discrepancy(
                    Discrepancy.Kind.SHIPPED_ANOTHER_PROMISE,
                    key,
                    left,
                    cause,
                    "of %d shipped units %d were not allocated there".formatted(parcel.quantity(), left)));
        }
        int unknown = parcel.quantity() - position(key).onHand();
        if (unknown > 0) {
            discrepancies.add(new Discrepancy(
                    Discrepancy.Kind.SHIPPED_UNKNOWN_UNITS,
                    key,
                    unknown,
                    cause,
                    "%d units were shipped and %d lay there"
                            .formatted(parcel.quantity(), position(key).onHand())));
            move(key, unknown, Reason.FOUND, cause);
        }
        move(key, -parcel.quantity(), Reason.SHIPMENT, cause);
        Place place = shipped.at(location);
        return promise.with(shipped.with(location, new Place(place.allocated(), place.shipped() + parcel.quantity())));
    }

    private void book(List<Reservation> before, Promise after) {
        before.forEach(line -> book(line, -1));
        after.lines().values().forEach(line -> book(line, 1));
    }

    private void book(Reservation line, int sign) {
        if (line.offer() != null) {
            bookings.merge(line.offer(), sign * line.wanted(), Integer::sum);
        }
    }

    // Plans

    private void carryOut(Request.Planned planned) {
        Promise promise = promises.getOrDefault(planned.orderId(), Promise.none(planned.orderId()));
        if (promise.version() == 0) {
            throw new IllegalStateException("plan %s is for order %s, of which nothing is promised"
                    .formatted(planned.planId(), planned.orderId()));
        }
        @Nullable PlanAnswer earlier = answers.get(planned.planId());
        if (earlier != null) {
            announce(promise.orderId(), earlier::about);
        } else if (planned.sequence() > promise.routeSequence()) {
            promises.put(promise.orderId(), promise.routed(planned.sequence()));
            answer(planned, decideOn(planned, promise));
        }
    }

    private void answer(Request.Planned planned, PlanAnswer answer) {
        if (answer.refusal() == null) {
            planned.assignments().forEach(assignment -> allocate(planned.orderId(), assignment));
        }
        answers.put(answer.planId(), answer);
        newAnswers.add(answer);
        announce(planned.orderId(), answer::about);
    }

    private PlanAnswer decideOn(Request.Planned planned, Promise promise) {
        if (promise.state() != Promise.State.OPEN) {
            return refuse(planned, Announcement.Refusal.ORDER_CHANGED, "the order is " + promise.state());
        }
        Map<String, Integer> byLine = new TreeMap<>();
        Map<PositionKey, Integer> byPosition = new TreeMap<>();
        for (Request.Assignment assignment : planned.assignments()) {
            @Nullable Reservation line = promise.lines().get(assignment.lineId());
            if (line == null || !line.key().sku().equals(assignment.sku())) {
                return refuse(
                        planned,
                        Announcement.Refusal.ORDER_CHANGED,
                        "line %s does not want %s".formatted(assignment.lineId(), assignment.sku()));
            }
            byLine.merge(assignment.lineId(), assignment.quantity(), Math::addExact);
            byPosition.merge(
                    new PositionKey(assignment.sku(), assignment.locationId()), assignment.quantity(), Math::addExact);
        }
        for (Reservation line : promise.reservations()) {
            int planNeeds = byLine.getOrDefault(line.lineId(), 0);
            if (planNeeds != line.held()) {
                return refuse(
                        planned,
                        Announcement.Refusal.ORDER_CHANGED,
                        "line %s holds %d units, and the plan is for %d"
                                .formatted(line.lineId(), line.held(), planNeeds));
            }
        }
        for (Map.Entry<PositionKey, Integer> need : byPosition.entrySet()) {
            int free = position(need.getKey()).free();
            if (need.getValue() > free) {
                return refuse(
                        planned,
                        Announcement.Refusal.RAN_DRY,
                        "%s has %d free units of %s, and the plan takes %d"
                                .formatted(
                                        need.getKey().location(),
                                        free,
                                        need.getKey().sku(),
                                        need.getValue()));
            }
        }
        return new PlanAnswer(planned.planId(), planned.orderId(), null, null);
    }

    private static PlanAnswer refuse(Request.Planned planned, Announcement.Refusal refusal, String detail) {
        return new PlanAnswer(planned.planId(), planned.orderId(), refusal, detail);
    }

    private void allocate(String orderId, Request.Assignment assignment) {
        Promise promise = promise(orderId);
        Reservation line = line(promise, assignment.lineId());
        Place place = line.at(assignment.locationId());
        PositionKey key = new PositionKey(assignment.sku(), assignment.locationId());
        positions.put(key, position(key).allocated(assignment.quantity()));
        promises.put(
                orderId,
                promise.with(line.withHeld(line.held() - assignment.quantity())
                        .with(
                                assignment.locationId(),
                                new Place(place.allocated() + assignment.quantity(), place.shipped()))));
    }

    // Units

    private void moveIfThere(PositionKey key, int delta, Reason reason, String cause) {
        int onHand = position(key).onHand();
        if (onHand + (long) delta < 0) {
            refusals.add(new NotOnHand(key, onHand, delta, cause));
        } else if (delta != 0) {
            move(key, delta, reason, cause);
        }
    }

    private void move(PositionKey key, int delta, Reason reason, String cause) {
        Position position = position(key);
        PoolPosition pool = pool(key.pool());
        Position moved = position.moved(delta);
        PoolPosition movedPool = pool.moved(delta);
        positions.put(key, moved);
        pools.put(key.pool(), movedPool);
        movements.add(new StockMovement(key, moved.lastMovement(), delta, moved.onHand(), reason, cause));
        freed.add(key.pool());

        int lost = Math.max(movedPool.shortBy() - pool.shortBy(), moved.shortBy() - position.shortBy());
        if (lost > 0) {
            discrepancies.add(new Discrepancy(
                    Discrepancy.Kind.LOST_PROMISED_UNITS,
                    key,
                    lost,
                    cause,
                    "%d of the units that are gone were promised".formatted(lost)));
        }
    }

    /// Gives what became free to those who wait for it, the first in need first.
    private void fill() {
        for (StockKey key : freed) {
            if (pool(key).free() > 0 && pool(key).backordered() > 0) {
                promises.values().stream()
                        .filter(promise -> promise.lines().values().stream()
                                .anyMatch(line -> line.key().equals(key) && line.backordered() > 0))
                        .sorted(Promise.FIRST_IN_NEED)
                        .toList()
                        .forEach(promise -> fill(key, promise));
            }
        }
        freed.clear();
    }

    private void fill(StockKey key, Promise waiting) {
        Promise promise = waiting;
        for (Reservation line : waiting.reservations()) {
            int units = line.key().equals(key)
                    ? Math.min(line.backordered(), pool(key).free())
                    : 0;
            if (units > 0) {
                pools.put(key, pool(key).promised(units).waiting(-units));
                promise = promise.with(line.withHeld(line.held() + units).withBackordered(line.backordered() - units));
                filled.add(promise.orderId());
            }
        }
        promises.put(promise.orderId(), promise);
    }

    // Announcing

    private void announceWhatIsMissing(String orderId) {
        announce(
                orderId,
                promise -> promise.isMissingUnits()
                        ? new Announcement.Backordered(promise)
                        : new Announcement.Reserved(promise));
    }

    private void announce(String orderId, java.util.function.Function<Promise, Announcement> telling) {
        Promise promise = promise(orderId).announced();
        promises.put(orderId, promise);
        announcements.add(telling.apply(promise));
    }

    // The books in hand

    private PoolPosition pool(StockKey key) {
        @Nullable PoolPosition pool = pools.get(key);
        if (pool == null) {
            throw new IllegalStateException(key + " is not held");
        }
        return pool;
    }

    private Position position(PositionKey key) {
        return positions.getOrDefault(key, Position.empty(key));
    }

    private Promise promise(String orderId) {
        return Objects.requireNonNull(promises.get(orderId), orderId);
    }

    private static Reservation line(Promise promise, String lineId) {
        @Nullable Reservation line = promise.lines().get(lineId);
        if (line == null) {
            throw new IllegalStateException(
                    "order %s ships line %s, which it does not have".formatted(promise.orderId(), lineId));
        }
        return line;
    }

    /// The pools that a decision on these requests reads or writes, given what the orders are promised so
    /// far.
    public static Set<StockKey> poolsOf(Collection<? extends Request> requests) {
        Set<StockKey> keys = new TreeSet<>();
        for (Request request : requests) {
            switch (request) {
                case Request.Promised(OrderDemand demand) ->
                    demand.lines().forEach(line -> keys.add(StockKey.of(line.sku())));
                case Request.Planned planned ->
                    planned.assignments().forEach(assignment -> keys.add(StockKey.of(assignment.sku())));
                case Request.Moved moved -> keys.add(moved.position().pool());
                case Request.Counted counted -> keys.add(counted.position().pool());
                case Request.Settled(StockKey key) -> keys.add(key);
            }
        }
        return keys;
    }

    /// The orders that a decision on these requests is about.
    public static Set<String> ordersOf(Collection<? extends Request> requests) {
        Set<String> orders = new TreeSet<>();
        for (Request request : requests) {
            switch (request) {
                case Request.Promised(OrderDemand demand) -> orders.add(demand.orderId());
                case Request.Planned planned -> orders.add(planned.orderId());
                case Request.Moved _, Request.Counted _, Request.Settled _ -> {}
            }
        }
        return orders;
    }
}
