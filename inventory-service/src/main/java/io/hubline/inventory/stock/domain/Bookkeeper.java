package io.hubline.inventory.stock.domain;

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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Decides a batch of requests against both books at once. It changes nothing outside itself: the caller
/// holds the locks, loads the [Books], and writes the [Decision] in the same transaction.
///
/// Four rules hold after every request, whatever came before it:
///
/// - every unit of the demand is in exactly one place: held, backordered, allocated or shipped;
/// - no more is promised than lies there, except what was promised before a loss (invariant I2);
/// - nothing is free while somebody waits for it: whatever becomes free goes to the first in need at once.
///   So a new order never overtakes one that already waits;
/// - a request that contradicts the books fails alone: those beside it are decided as if it had not been
///   there.
public final class Bookkeeper {

    private final BooksInHand books;
    private final Backorders backorders;
    private final UnitBook units;
    private final TransferBook transfers;
    private final HoldBook holds;
    private final PlanBook plans;
    private final OrderBook orders;

    private Bookkeeper(Books before) {
        this.books = new BooksInHand(before);
        this.backorders = new Backorders(books);
        this.units = new UnitBook(books);
        this.transfers = new TransferBook(books, units);
        this.holds = new HoldBook(books);
        this.plans = new PlanBook(books);
        this.orders = new OrderBook(books, units, holds, backorders);
    }

    /// What the requests change, decided one after the other in their order.
    public static Decision decide(Books books, List<Request> requests) {
        Map<Integer, Outcome.Failed> failed = new HashMap<>();
        Optional<Decision> decision = Optional.empty();
        while (decision.isEmpty()) {
            decision = new Bookkeeper(books).decide(requests, failed);
        }
        return decision.get();
    }

    /// Decides all but those that failed. If another one fails, what was decided so far may rest on half of
    /// it: it is noted with them, and all is decided again.
    private Optional<Decision> decide(List<Request> requests, Map<Integer, Outcome.Failed> failed) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            try {
                Outcome.@Nullable Failed failure = failed.get(i);
                outcomes.add(failure == null ? decide(requests.get(i), i) : failure);
            } catch (RuntimeException e) {
                failed.put(i, new Outcome.Failed(e));
                return Optional.empty();
            }
        }
        return Optional.of(books.decision(outcomes));
    }

    private Outcome decide(Request request, int place) {
        books.next(place);
        Outcome outcome = switch (request) {
            case Request.Promised(OrderDemand demand) -> {
                orders.bringTo(demand);
                yield new Outcome.Done();
            }
            case Request.Planned planned -> {
                plans.carryOut(planned);
                yield new Outcome.Done();
            }
            case Request.Moved moved -> units.move(moved);
            case Request.Received received -> units.receive(received);
            case Request.Counted counted -> units.count(counted);
            case Request.OfHold ofHold -> holds.decide(ofHold);
            case Request.OfTransfer ofTransfer -> transfers.decide(ofTransfer);
            case Request.Relocated relocated -> units.relocate(relocated);
            case Request.Settled(StockKey key) -> {
                books.setFree(key);
                yield new Outcome.Done();
            }
        };
        backorders.fill();
        books.filled().forEach(this::announceWhatIsMissing);
        return outcome;
    }

    private void announceWhatIsMissing(String orderId) {
        books.announce(
                orderId,
                promise -> promise.isMissingUnits()
                        ? new Announcement.Backordered(promise)
                        : new Announcement.Reserved(promise));
    }

    /// Whether these facts leave both books as they are, so that noting their version is all there is to
    /// do. It reads only what no plan, receipt or filling changes: a promise read without a lock answers
    /// right, as long as its version still stands.
    public static boolean leavesAsItIs(Promise promise, OrderDemand demand) {
        boolean sameLines = demand.lines().stream().allMatch(wanted -> {
            @Nullable Reservation line = promise.lines().get(wanted.lineId());
            return line != null
                    && line.key().sku().equals(wanted.sku())
                    && wanted.ordered() <= line.ordered()
                    && (wanted.offer() == null || wanted.offer().equals(line.offer()));
        });
        return promise.version() > 0
                && (demand.state() != Promise.State.CANCELLED || promise.state() == demand.state())
                && Objects.equals(demand.channelOrder(), promise.channelOrder())
                && sameLines
                && promise.lines().values().stream().allMatch(line -> line.wanted() == OrderBook.wanted(demand, line))
                && OrderBook.isShippedAsBooked(demand, promise);
    }

    /// The pools that a decision on these requests reads or writes, but for those that holds are granted
    /// of, and but for the components of bundles.
    ///
    /// @param seen what the orders of the requests are promised so far
    public static Set<StockKey> poolsOf(
            Collection<? extends Request> requests, Collection<Promise> seen, PoolLayout layout) {
        Map<String, Promise> promises = new HashMap<>();
        Set<StockKey> keys = new TreeSet<>();
        for (Promise promise : seen) {
            promises.put(promise.orderId(), promise);
            promise.lines().values().forEach(line -> keys.addAll(line.parts().keySet()));
        }
        for (Request request : requests) {
            switch (request) {
                case Request.Promised(OrderDemand demand) -> {
                    Promise promise = promises.getOrDefault(demand.orderId(), Promise.none(demand.orderId()));
                    String pool = OrderBook.poolOf(demand, promise, layout);
                    demand.lines().forEach(line -> keys.add(new StockKey(pool, line.sku())));
                    if (!layout.isOnePool()) {
                        keys.addAll(whereParcelsLeft(demand, promise, layout));
                    }
                }
                case Request.Planned planned ->
                    planned.assignments()
                            .forEach(assignment ->
                                    keys.add(layout.keyOf(new PositionKey(assignment.sku(), assignment.locationId()))));
                case Request.Moved moved -> keys.add(layout.keyOf(moved.position()));
                case Request.Received(List<Request.Moved> lines) ->
                    lines.forEach(line -> keys.add(layout.keyOf(line.position())));
                case Request.Counted counted -> keys.add(layout.keyOf(counted.position()));
                case Request.Held held ->
                    held.lines().keySet().forEach(sku -> keys.add(new StockKey(held.pool(), sku)));
                case Request.Extended _, Request.Released _, Request.Expired _, Request.Converted _ -> {}
                case Request.OfTransfer transfer ->
                    transfer.units()
                            .keySet()
                            .forEach(sku -> keys.add(layout.keyOf(new PositionKey(sku, transfer.location()))));
                case Request.Relocated(SortedMap<PositionKey, String> moved) ->
                    moved.forEach((position, pool) -> {
                        keys.add(layout.keyOf(position));
                        keys.add(new StockKey(pool, position.sku()));
                    });
                case Request.Settled(StockKey key) -> keys.add(key);
            }
        }
        return keys;
    }

    /// A parcel may leave from a location of any pool, whichever the order draws on.
    private static Set<StockKey> whereParcelsLeft(OrderDemand demand, Promise promise, PoolLayout layout) {
        Set<StockKey> keys = new TreeSet<>();
        for (OrderDemand.Parcel parcel : demand.parcels()) {
            String pool = layout.ofLocation(parcel.locationId());
            demand.lines().forEach(line -> keys.add(new StockKey(pool, line.sku())));
            promise.lines().values().stream()
                    .flatMap(line -> line.parts().keySet().stream())
                    .forEach(part -> keys.add(new StockKey(pool, part.sku())));
        }
        return keys;
    }

    /// The SKUs that these requests name. It needs no book to tell them, so it tells what may go together
    /// before any is looked at.
    public static Set<String> skusOf(Collection<? extends Request> requests) {
        Set<String> skus = new TreeSet<>();
        for (Request request : requests) {
            switch (request) {
                case Request.Promised(OrderDemand demand) -> demand.lines().forEach(line -> skus.add(line.sku()));
                case Request.Planned planned -> planned.assignments().forEach(assignment -> skus.add(assignment.sku()));
                case Request.Moved moved -> skus.add(moved.position().sku());
                case Request.Received received ->
                    received.lines().forEach(moved -> skus.add(moved.position().sku()));
                case Request.Counted counted -> skus.add(counted.position().sku());
                case Request.OfTransfer transfer -> skus.addAll(transfer.units().keySet());
                case Request.Relocated(SortedMap<PositionKey, String> moved) ->
                    moved.keySet().forEach(position -> skus.add(position.sku()));
                case Request.Held held -> skus.addAll(held.lines().keySet());
                case Request.Extended _, Request.Released _, Request.Expired _, Request.Converted _ -> {}
                case Request.Settled(StockKey key) -> skus.add(key.sku());
            }
        }
        return skus;
    }

    /// The orders that a decision on these requests is about, by the hub's id.
    public static Set<String> ordersOf(Collection<? extends Request> requests) {
        Set<String> orders = new TreeSet<>();
        for (Request request : requests) {
            switch (request) {
                case Request.Promised(OrderDemand demand) -> orders.add(demand.orderId());
                case Request.Planned planned -> orders.add(planned.orderId());
                case Request.Moved _,
                        Request.Received _,
                        Request.Counted _,
                        Request.OfHold _,
                        Request.OfTransfer _,
                        Request.Relocated _,
                        Request.Settled _ -> {}
            }
        }
        return orders;
    }

    /// The transfers that these requests name.
    public static Set<String> transfersOf(Collection<? extends Request> requests) {
        Set<String> transfers = new TreeSet<>();
        for (Request request : requests) {
            if (request instanceof Request.OfTransfer ofTransfer) {
                transfers.add(ofTransfer.transfer());
            }
        }
        return transfers;
    }

    /// The moments of the past whose stock these requests ask for.
    public static Set<Places.Then> momentsOf(Collection<? extends Request> requests) {
        Set<Places.Then> moments = new HashSet<>();
        for (Request request : requests) {
            if (request instanceof Request.Counted counted && !(counted.moment() instanceof Moment.Now)) {
                moments.add(new Places.Then(counted.position(), counted.moment()));
            }
        }
        return moments;
    }

    /// The holds that these requests name.
    public static Set<String> holdsOf(Collection<? extends Request> requests) {
        Set<String> holds = new TreeSet<>();
        for (Request request : requests) {
            if (request instanceof Request.OfHold ofHold) {
                holds.add(ofHold.hold());
            }
        }
        return holds;
    }

    /// The orders that these requests name as their channel does: holds and orders find each other by it.
    public static Set<String> channelOrdersOf(Collection<? extends Request> requests) {
        Set<String> orders = new TreeSet<>();
        for (Request request : requests) {
            if (request instanceof Request.Converted converted) {
                orders.add(converted.channelOrder());
            } else if (request instanceof Request.Promised(OrderDemand demand) && demand.channelOrder() != null) {
                orders.add(demand.channelOrder());
            }
        }
        return orders;
    }
}
