package io.hubline.inventory.stock.domain;

import io.hubline.inventory.stock.domain.Decision.Discrepancy;
import io.hubline.inventory.stock.domain.Outcome.Missing;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The physical book: units that come and go.
final class UnitBook {

    private static final long UNITS_MAX = Integer.MAX_VALUE;

    private final BooksInHand books;

    UnitBook(BooksInHand books) {
        this.books = books;
    }

    Outcome move(Request.Moved request) {
        PositionKey key = request.position();
        if (books.isBundle(key.sku())) {
            return request.reason() == Reason.RETURN ? returnParts(request) : new Outcome.IsBundle(key.sku());
        }
        return moveIfThere(key, request.delta(), request.reason(), request.cause());
    }

    Outcome receive(Request.Received request) {
        SortedMap<StockKey, Long> more = new TreeMap<>();
        for (Request.Moved line : request.lines()) {
            PositionKey key = line.position();
            if (books.isBundle(key.sku())) {
                return new Outcome.IsBundle(key.sku());
            }
            StockKey pool = books.keyOf(key);
            if (books.pool(pool).onHand() + more.merge(pool, (long) line.delta(), Long::sum) > UNITS_MAX) {
                return new Outcome.TooMany(key);
            }
        }
        request.lines().forEach(line -> move(line.position(), line.delta(), line.reason(), line.cause()));
        return new Outcome.Done();
    }

    /// What came and went since the moment of the count is not part of it: the difference to what lay there
    /// then is added to what lies there now.
    Outcome count(Request.Counted request) {
        PositionKey key = request.position();
        if (books.isBundle(key.sku())) {
            return new Outcome.IsBundle(key.sku());
        }
        Position position = books.position(key);
        @Nullable
        Integer then = request.moment() instanceof Moment.Now
                ? Integer.valueOf(position.onHand())
                : books.places().onHand(key, request.moment());
        if (then == null) {
            return new Outcome.NotBooked(unknown(request.moment(), position));
        }
        long onHand = position.onHand() + (long) request.onHand() - then;
        if (onHand >= 0) {
            return moveIfThere(key, onHand - position.onHand(), Reason.COUNT, request.cause());
        }
        books.report(new Discrepancy(
                Discrepancy.Kind.COUNTED_LESS_THAN_LEFT,
                key,
                Math.toIntExact(-onHand),
                request.cause(),
                "%d were counted when the book said %d, and %d lie there now by the book"
                        .formatted(request.onHand(), then, position.onHand())));
        moveIfThere(key, -position.onHand(), Reason.COUNT, request.cause());
        return new Outcome.CutAtZero(Math.toIntExact(-onHand));
    }

    private static String unknown(Moment moment, Position position) {
        return switch (moment) {
            case Moment.At(Instant instant) ->
                "the ledger of this position begins after %s; if nothing lay there, say asOf 0".formatted(instant);
            case Moment.Movement(long number) ->
                "movement %d is not there yet: the newest is %d".formatted(number, position.lastMovement());
            case Moment.Now _ -> throw new IllegalStateException("what lies there now is known");
        };
    }

    /// Locations go to other pools with all that lies there. What is allocated there is promised in the old
    /// pool, and of the rest only that may go which no order, checkout or channel may have taken.
    Outcome relocate(Request.Relocated request) {
        SortedMap<StockKey, Long> changes = new TreeMap<>();
        List<Missing> missing = new ArrayList<>();
        request.pools().forEach((key, pool) -> {
            Position position = books.position(key);
            if (position.allocated() > 0) {
                missing.add(new Missing(key.sku(), position.onHand(), 0));
            }
            changes.merge(books.keyOf(key), -(long) position.onHand(), Long::sum);
            changes.merge(new StockKey(pool, key.sku()), (long) position.onHand(), Long::sum);
        });
        changes.forEach((key, change) -> {
            int available = books.pool(key).grantable();
            if (-change > available) {
                missing.add(new Missing(key.sku(), Math.toIntExact(-change), available));
            }
        });
        if (!missing.isEmpty()) {
            return new Outcome.Refused(missing);
        }
        changes.forEach((key, change) -> {
            books.put(books.pool(key).moved(Math.toIntExact(change)));
            books.setFree(key);
        });
        return new Outcome.Done();
    }

    /// A bundle left as one and comes back as one; what goes on the shelf again is what it consists of.
    private Outcome returnParts(Request.Moved request) {
        PositionKey key = request.position();
        books.partsOf(books.keyOf(key)).forEach((part, per) -> {
            PositionKey there = new PositionKey(part.sku(), key.location());
            move(there, Math.multiplyExact(request.delta(), per), request.reason(), request.cause());
        });
        return new Outcome.Done();
    }

    private Outcome moveIfThere(PositionKey key, long delta, Reason reason, String cause) {
        int onHand = books.position(key).onHand();
        if (onHand + delta < 0) {
            return new Outcome.NotOnHand(key, onHand, Math.toIntExact(delta));
        }
        if (Math.max(onHand, books.pool(books.keyOf(key)).onHand()) + delta > UNITS_MAX) {
            return new Outcome.TooMany(key);
        }
        if (delta != 0) {
            move(key, Math.toIntExact(delta), reason, cause);
        }
        return new Outcome.Done();
    }

    void move(PositionKey key, int delta, Reason reason, String cause) {
        Position position = books.position(key);
        PoolPosition pool = books.pool(books.keyOf(key));
        Position moved = position.moved(delta);
        PoolPosition movedPool = pool.moved(delta);
        books.put(moved);
        books.put(movedPool);
        books.add(new StockMovement(key, moved.lastMovement(), delta, moved.onHand(), reason, cause));
        books.setFree(pool.key());

        int lost = Math.max(movedPool.shortBy() - pool.shortBy(), moved.shortBy() - position.shortBy());
        if (lost > 0) {
            books.report(new Discrepancy(
                    Discrepancy.Kind.LOST_PROMISED_UNITS,
                    key,
                    lost,
                    cause,
                    "%d of the units that are gone were promised".formatted(lost)));
        }
    }
}
