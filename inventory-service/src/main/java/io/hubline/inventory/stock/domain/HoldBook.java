package io.hubline.inventory.stock.domain;

import io.hubline.inventory.stock.domain.Hold.State;
import io.hubline.inventory.stock.domain.Outcome.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Checkout holds: granted whole or not at all, and over when they expire, unless the buyer has paid.
final class HoldBook {

    private final BooksInHand books;

    HoldBook(BooksInHand books) {
        this.books = books;
    }

    Outcome decide(Request.OfHold request) {
        @Nullable Hold hold = books.findHold(request.hold());
        if (hold == null) {
            return request instanceof Request.Held held ? grant(held) : new Outcome.NoSuchHold();
        }
        // Past its time it is over, whether somebody came to say so or not.
        Hold now = hold.isOverdue(request.at()) ? end(hold, State.EXPIRED) : hold;
        return switch (request) {
            case Request.Held held -> repeat(held, now);
            case Request.Extended extended -> extend(extended, now);
            case Request.Released released -> release(released, now);
            case Request.Expired _ -> new Outcome.Done();
            case Request.Converted converted -> convert(converted, now);
        };
    }

    /// Only from what no channel may have sold already, and nobody waits for.
    private Outcome grant(Request.Held held) {
        Map<StockKey, Integer> left = new TreeMap<>();
        List<Missing> missing = new ArrayList<>();
        SortedMap<StockKey, Integer> taken = new TreeMap<>();
        held.lines().forEach((sku, units) -> {
            SortedMap<StockKey, Integer> parts = books.partsOf(new StockKey(held.pool(), sku));
            parts.keySet()
                    .forEach(key ->
                            left.computeIfAbsent(key, part -> books.pool(part).grantable()));
            int available = Parts.whole(parts, key -> left.getOrDefault(key, 0));
            if (available < units) {
                missing.add(new Missing(sku, units, available));
            }
            int granted = Math.min(units, available);
            parts.forEach((key, per) -> {
                left.merge(key, -granted * per, Integer::sum);
                taken.merge(key, granted * per, Math::addExact);
            });
        });
        if (!missing.isEmpty()) {
            return new Outcome.Refused(missing);
        }
        books.change(taken, 1, PoolPosition::promised);
        Hold hold =
                new Hold(held.hold(), State.HELD, held.at(), held.expiresAt(), held.pool(), held.lines(), taken, null);
        books.put(hold);
        return new Outcome.Granted(hold);
    }

    private static Outcome repeat(Request.Held held, Hold hold) {
        if (!hold.pool().equals(held.pool()) || !hold.lines().equals(held.lines())) {
            return new Outcome.Conflict();
        }
        return hold.state() == State.RELEASED || hold.state() == State.EXPIRED
                ? new Outcome.Gone(hold.state())
                : new Outcome.Granted(hold);
    }

    private Outcome extend(Request.Extended extended, Hold hold) {
        if (hold.state() != State.HELD) {
            return new Outcome.Gone(hold.state());
        }
        Hold longer = hold.extended(extended.expiresAt());
        books.put(longer);
        return new Outcome.Granted(longer);
    }

    private Outcome release(Request.Released released, Hold hold) {
        return switch (hold.state()) {
            case HELD -> {
                end(hold, State.RELEASED);
                yield new Outcome.Done();
            }
            case CONVERTING -> {
                if (released.evenConverting()) {
                    end(hold, State.RELEASED);
                    yield new Outcome.Done();
                }
                yield new Outcome.Gone(State.CONVERTING);
            }
            case RELEASED -> new Outcome.Done();
            case CONVERTED, EXPIRED -> new Outcome.Gone(hold.state());
        };
    }

    private Hold end(Hold hold, State state) {
        Hold ended = hold.in(state);
        books.put(ended);
        books.release(hold.parts(), 1, 0);
        return ended;
    }

    private Outcome convert(Request.Converted converted, Hold hold) {
        if (hold.state() == State.RELEASED || hold.state() == State.EXPIRED) {
            return new Outcome.Gone(hold.state());
        }
        if (hold.channelOrder() != null && !hold.channelOrder().equals(converted.channelOrder())) {
            return new Outcome.Conflict();
        }
        if (hold.state() == State.CONVERTED) {
            return new Outcome.Granted(hold);
        }
        Hold converting = hold.convertingTo(converted.channelOrder());
        books.put(converting);
        Hold now = books.promises().stream()
                .filter(promise -> converted.channelOrder().equals(promise.channelOrder()))
                .filter(Promise::isKnown)
                .findFirst()
                .map(promise -> {
                    books.put(handOver(converting, promise));
                    return converting.in(State.CONVERTED);
                })
                .orElse(converting);
        return new Outcome.Granted(now);
    }

    /// Hands the units that were kept for an order over to its lines that wait, and ends those holds.
    ///
    /// An order of which no line is known yet takes nothing: its lines are still to come.
    Promise handOverTo(Promise promise) {
        Promise served = promise;
        if (promise.channelOrder() != null && promise.isKnown()) {
            for (Hold hold : books.holds()) {
                if (hold.state() == State.CONVERTING && promise.channelOrder().equals(hold.channelOrder())) {
                    served = handOver(hold, served);
                }
            }
        }
        return served;
    }

    /// What is handed over stays promised all the while: it only changes hands.
    private Promise handOver(Hold hold, Promise promise) {
        Map<String, Integer> lines = new TreeMap<>(hold.lines());
        SortedMap<StockKey, Integer> rest = new TreeMap<>(hold.parts());
        Promise served = promise;
        for (Reservation line : promise.reservations()) {
            int kept = lines.getOrDefault(line.key().sku(), 0);
            int units = Math.min(
                    Math.min(line.backordered(), kept), Parts.whole(line.parts(), key -> rest.getOrDefault(key, 0)));
            if (units > 0) {
                lines.put(line.key().sku(), kept - units);
                line.parts().forEach((key, per) -> rest.merge(key, -units * per, Integer::sum));
                books.change(line.parts(), -units, PoolPosition::waiting);
                served = served.with(line.withHeld(line.held() + units).withBackordered(line.backordered() - units));
                books.noteFilled(promise.orderId());
            }
        }
        rest.values().removeIf(units -> units == 0);
        books.release(rest, 1, 0);
        books.put(hold.in(State.CONVERTED));
        return served;
    }
}
