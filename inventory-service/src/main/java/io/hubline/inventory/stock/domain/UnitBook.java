package io.hubline.inventory.stock.domain;

import io.hubline.inventory.stock.domain.Decision.Discrepancy;
import io.hubline.inventory.stock.domain.StockMovement.Reason;

/// The physical book: units that come and go.
final class UnitBook {

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

    Outcome count(Request.Counted request) {
        PositionKey key = request.position();
        return books.isBundle(key.sku())
                ? new Outcome.IsBundle(key.sku())
                : moveIfThere(key, request.onHand() - books.position(key).onHand(), Reason.COUNT, request.cause());
    }

    /// A bundle left as one and comes back as one; what goes on the shelf again is what it consists of.
    private Outcome returnParts(Request.Moved request) {
        PositionKey key = request.position();
        books.partsOf(key.pool()).forEach((part, per) -> {
            PositionKey there = new PositionKey(part.sku(), key.location());
            move(there, Math.multiplyExact(request.delta(), per), request.reason(), request.cause());
        });
        return new Outcome.Done();
    }

    private Outcome moveIfThere(PositionKey key, int delta, Reason reason, String cause) {
        int onHand = books.position(key).onHand();
        if (onHand + (long) delta < 0) {
            return new Outcome.NotOnHand(key, onHand, delta);
        }
        if (delta != 0) {
            move(key, delta, reason, cause);
        }
        return new Outcome.Done();
    }

    void move(PositionKey key, int delta, Reason reason, String cause) {
        Position position = books.position(key);
        PoolPosition pool = books.pool(key.pool());
        Position moved = position.moved(delta);
        PoolPosition movedPool = pool.moved(delta);
        books.put(moved);
        books.put(movedPool);
        books.add(new StockMovement(key, moved.lastMovement(), delta, moved.onHand(), reason, cause));
        books.setFree(key.pool());

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
