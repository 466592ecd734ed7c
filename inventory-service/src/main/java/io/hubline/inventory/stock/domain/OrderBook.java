package io.hubline.inventory.stock.domain;

import io.hubline.inventory.stock.domain.Decision.Discrepancy;
import io.hubline.inventory.stock.domain.Decision.Oversell;
import io.hubline.inventory.stock.domain.Decision.Sales;
import io.hubline.inventory.stock.domain.OrderDemand.Parcel;
import io.hubline.inventory.stock.domain.Reservation.Place;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What orders are promised: it follows what they want and what of it has left.
final class OrderBook {

    private final BooksInHand books;
    private final UnitBook units;
    private final HoldBook holds;
    private final Backorders backorders;

    OrderBook(BooksInHand books, UnitBook units, HoldBook holds, Backorders backorders) {
        this.books = books;
        this.units = units;
        this.holds = holds;
        this.backorders = backorders;
    }

    void bringTo(OrderDemand demand) {
        Promise promise = Objects.requireNonNullElseGet(
                books.findPromise(demand.orderId()), () -> Promise.none(demand.orderId()));
        if (demand.version() <= promise.version()) {
            return;
        }
        boolean first = promise.version() == 0;
        boolean cancelled = demand.state() == Promise.State.CANCELLED && (first || promise.state() != demand.state());
        List<Reservation> linesBefore = promise.reservations();
        promise = open(demand, promise.seen(demand));

        List<Parcel> uncovered = new ArrayList<>();
        for (Parcel parcel : unbooked(demand, promise)) {
            if (promise.line(parcel.lineId()).open() >= parcel.quantity()) {
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
        books.put(promise);
        backorders.fill();
        boolean granted = grant(demand);

        promise = books.promise(demand.orderId());
        for (Parcel parcel : uncovered) {
            promise = ship(promise, parcel);
        }
        promise = withOrdered(demand, promise);
        books.put(promise);
        book(linesBefore, promise);

        if (released || cancelled) {
            books.announce(promise.orderId(), Announcement.Released::new);
        }
        boolean waiting = promise.state() == Promise.State.OPEN && promise.isWanted();
        if (waiting && (granted || released)) {
            books.noteFilled(promise.orderId());
        }
    }

    /// Adds lines that are new, and moves lines whose SKU is another now: what the old one was promised is
    /// released.
    private Promise open(OrderDemand demand, Promise promise) {
        Promise opened = promise;
        String pool = poolOf(demand, promise, books.places().pools());
        for (OrderDemand.Line wanted : demand.lines()) {
            StockKey key = new StockKey(pool, wanted.sku());
            @Nullable Reservation line = opened.lines().get(wanted.lineId());
            if (line == null) {
                line = Reservation.empty(wanted.lineId(), key, books.partsOf(key), wanted.offer());
            } else if (!line.key().sku().equals(wanted.sku())) {
                line = release(line, line.open()).withKey(key, books.partsOf(key));
            }
            opened = opened.with(wanted.offer() == null ? line : line.withOffer(wanted.offer()));
        }
        return opened;
    }

    /// An order draws on the pool in which its first unit was promised, whatever its account draws on
    /// later.
    static String poolOf(OrderDemand demand, Promise promise, PoolLayout layout) {
        return promise.lines().values().stream()
                .findFirst()
                .map(line -> line.key().pool())
                .orElseGet(() -> layout.ofAccount(demand.account()));
    }

    private static boolean movedToAnotherSku(List<Reservation> before, Promise promise) {
        return before.stream()
                .anyMatch(line ->
                        line.open() > 0 && !promise.line(line.lineId()).key().equals(line.key()));
    }

    private static int unshipped(Promise promise) {
        return promise.lines().values().stream().mapToInt(Reservation::open).sum();
    }

    /// Units of the line that the buyer wants or has got. Of a cancelled order, and of a line that is gone,
    /// nobody wants more than what had already left.
    static int wanted(OrderDemand demand, Reservation line) {
        int shipped = demand.shipped(line.lineId());
        if (demand.state() == Promise.State.CANCELLED) {
            return shipped;
        }
        return demand.lines().stream()
                .filter(wanted -> wanted.lineId().equals(line.lineId()))
                .mapToInt(OrderDemand.Line::quantity)
                .reduce(shipped, Math::max);
    }

    /// Whether what has left is what is booked, to the unit: then an order has nothing to ship here, and
    /// has forgotten nothing.
    static boolean isShippedAsBooked(OrderDemand demand, Promise promise) {
        Map<Spot, Integer> left = shipped(promise);
        demand.parcels().forEach(parcel -> left.merge(Spot.of(parcel), -parcel.quantity(), Integer::sum));
        return left.values().stream().allMatch(units -> units == 0);
    }

    private static Map<Spot, Integer> shipped(Promise promise) {
        Map<Spot, Integer> shipped = new HashMap<>();
        promise.lines()
                .values()
                .forEach(line -> line.places()
                        .forEach((location, place) -> shipped.put(new Spot(line.lineId(), location), place.shipped())));
        return shipped;
    }

    /// From where units of a line have left.
    private record Spot(String lineId, String locationId) {

        static Spot of(Parcel parcel) {
            return new Spot(parcel.lineId(), parcel.locationId());
        }
    }

    /// The parcels, or their parts, that were not booked yet.
    ///
    /// @throws IllegalStateException if the order has forgotten one that was booked
    private static List<Parcel> unbooked(OrderDemand demand, Promise promise) {
        Map<Spot, Integer> booked = shipped(promise);
        List<Parcel> unbooked = new ArrayList<>();
        for (Parcel parcel : demand.parcels()) {
            Spot spot = Spot.of(parcel);
            int known = booked.getOrDefault(spot, 0);
            int covered = Math.min(known, parcel.quantity());
            booked.put(spot, known - covered);
            if (covered < parcel.quantity()) {
                unbooked.add(new Parcel(
                        parcel.shipmentId(), parcel.locationId(), parcel.lineId(), parcel.quantity() - covered));
            }
        }
        booked.forEach((spot, left) -> {
            if (left > 0) {
                throw new IllegalStateException("order %s version %d: line %s had shipped %d more units from %s"
                        .formatted(demand.orderId(), demand.version(), spot.lineId(), left, spot.locationId()));
            }
        });
        return unbooked;
    }

    /// Promises what lines want more than before: what is held for this order first, then what is free. The
    /// rest is an oversell.
    ///
    /// @return whether any line wants more
    private boolean grant(OrderDemand demand) {
        Promise before = books.promise(demand.orderId());
        Promise promise = before;
        for (Reservation line : before.reservations()) {
            int missing = wanted(demand, line) - line.wanted();
            if (missing > 0) {
                books.change(line.parts(), missing, PoolPosition::waiting);
                promise = promise.with(line.withBackordered(line.backordered() + missing));
            }
        }
        books.put(holds.handOverTo(promise));
        backorders.fill();

        Promise served = books.promise(demand.orderId());
        for (Reservation line : served.reservations()) {
            served = served.with(backorders.serve(line));
        }
        books.put(served);
        for (Reservation line : served.reservations()) {
            int oversold = line.backordered() - before.line(line.lineId()).backordered();
            if (oversold > 0) {
                books.report(
                        new Oversell(demand.orderId(), line.lineId(), line.key().sku(), line.offer(), oversold));
            }
        }
        return !promise.equals(before);
    }

    /// Takes units back where it hurts least: what only waits, then what lies at no particular location,
    /// then the rest.
    private Reservation release(Reservation line, int quantity) {
        int waiting = Math.min(quantity, line.backordered());
        int held = Math.min(quantity - waiting, line.held());
        int allocated = quantity - waiting - held;
        Reservation released =
                line.withBackordered(line.backordered() - waiting).withHeld(line.held() - held);
        released = deallocate(released, allocated);
        books.release(line.parts(), held + allocated, waiting);
        return released;
    }

    /// Takes units from the line's allocations, without a word to the pool.
    private Reservation deallocate(Reservation line, int quantity) {
        Reservation changed = line;
        int left = quantity;
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

    private Reservation deallocate(Reservation line, String location, int quantity) {
        line.parts().forEach((part, per) -> {
            PositionKey key = new PositionKey(part.sku(), location);
            books.put(books.position(key).released(quantity * per));
        });
        Place place = line.at(location);
        return line.with(location, new Place(place.allocated() - quantity, place.shipped()));
    }

    /// Books a parcel. It has left, whatever the books say: units the book does not know of are booked as
    /// found first, and taking units that were promised elsewhere is noted.
    private Promise ship(Promise promise, Parcel parcel) {
        Reservation line = promise.line(parcel.lineId());
        String location = parcel.locationId();
        int here = Math.min(parcel.quantity(), line.at(location).allocated());
        int left = parcel.quantity() - here;
        int held = Math.min(left, line.held());
        int elsewhere = Math.min(left - held, line.allocated() - here);
        int waiting = left - held - elsewhere;
        Reservation shipped = here > 0 ? deallocate(line, location, here) : line;
        shipped = deallocate(shipped, elsewhere)
                .withHeld(line.held() - held)
                .withBackordered(line.backordered() - waiting);
        books.release(line.parts(), here + held + elsewhere, waiting);

        String cause =
                "order %s shipment %s line %s".formatted(promise.orderId(), parcel.shipmentId(), parcel.lineId());
        line.parts()
                .forEach((part, per) ->
                        leave(new PositionKey(part.sku(), location), parcel.quantity() * per, left * per, cause));
        Place place = shipped.at(location);
        return promise.with(shipped.with(location, new Place(place.allocated(), place.shipped() + parcel.quantity())));
    }

    private void leave(PositionKey key, int quantity, int unallocated, String cause) {
        if (unallocated > 0) {
            books.report(new Discrepancy(
                    Discrepancy.Kind.SHIPPED_ANOTHER_PROMISE,
                    key,
                    unallocated,
                    cause,
                    "of %d shipped units %d were not allocated there".formatted(quantity, unallocated)));
        }
        int onHand = books.position(key).onHand();
        int unknown = quantity - onHand;
        if (unknown > 0) {
            books.report(new Discrepancy(
                    Discrepancy.Kind.SHIPPED_UNKNOWN_UNITS,
                    key,
                    unknown,
                    cause,
                    "%d units were shipped and %d lay there".formatted(quantity, onHand)));
            units.move(key, unknown, Reason.FOUND, cause);
        }
        units.move(key, -quantity, Reason.SHIPMENT, cause);
    }

    private static Promise withOrdered(OrderDemand demand, Promise promise) {
        Map<String, Integer> ordered = new TreeMap<>();
        demand.lines().forEach(line -> ordered.put(line.lineId(), line.ordered()));
        Promise noted = promise;
        for (Reservation line : promise.reservations()) {
            noted = noted.with(line.withOrdered(Math.max(line.wanted(), ordered.getOrDefault(line.lineId(), 0))));
        }
        return noted;
    }

    private void book(List<Reservation> before, Promise after) {
        Map<String, Sales> byOffer = new TreeMap<>();
        before.forEach(line -> count(line, -1, byOffer));
        after.lines().values().forEach(line -> count(line, 1, byOffer));
        byOffer.values().removeIf(Sales.NONE::equals);
        byOffer.forEach(books::book);
    }

    private static void count(Reservation line, int sign, Map<String, Sales> byOffer) {
        if (line.offer() != null) {
            byOffer.merge(
                    line.offer(),
                    new Sales(sign * line.ordered(), sign * line.cancelled()),
                    (one, two) -> one.plus(two.sold(), two.cancelled()));
        }
    }
}
