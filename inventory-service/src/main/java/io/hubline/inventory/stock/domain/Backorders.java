package io.hubline.inventory.stock.domain;

import java.util.Set;
import java.util.stream.Collectors;

/// Serves those who wait: what is free goes to the first in need.
///
/// A bundle waits until a whole one can be made, and keeps none of its parts from others meanwhile: two
/// bundles that each kept what the other needs would wait for ever.
final class Backorders {

    private final BooksInHand books;

    Backorders(BooksInHand books) {
        this.books = books;
    }

    /// Gives what became free to those who wait for it, the first in need first, whichever of it they wait
    /// for: a bundle competes for each of its parts with whoever waits for that part alone.
    void fill() {
        Set<StockKey> wanted = books.takeFreed().stream()
                .filter(key -> books.pool(key).free() > 0 && books.pool(key).backordered() > 0)
                .collect(Collectors.toSet());
        if (!wanted.isEmpty()) {
            books.promises().stream()
                    .filter(promise -> promise.lines().values().stream().anyMatch(line -> waitsFor(line, wanted)))
                    .sorted(Promise.FIRST_IN_NEED)
                    .toList()
                    .forEach(promise -> fill(wanted, promise));
        }
    }

    private void fill(Set<StockKey> wanted, Promise waiting) {
        Promise promise = waiting;
        for (Reservation line : waiting.reservations()) {
            if (waitsFor(line, wanted)) {
                promise = promise.with(serve(line));
            }
        }
        if (!promise.equals(waiting)) {
            books.put(promise);
            books.noteFilled(promise.orderId());
        }
    }

    private static boolean waitsFor(Reservation line, Set<StockKey> keys) {
        return line.backordered() > 0 && line.parts().keySet().stream().anyMatch(keys::contains);
    }

    /// Promises to a line that waits as much as there is.
    Reservation serve(Reservation line) {
        int units = Math.min(line.backordered(), books.free(line.parts()));
        books.change(line.parts(), units, (pool, n) -> pool.promised(n).waiting(-n));
        return line.withHeld(line.held() + units).withBackordered(line.backordered() - units);
    }
}
