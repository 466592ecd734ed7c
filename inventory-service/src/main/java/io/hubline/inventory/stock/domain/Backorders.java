package io.hubline.inventory.stock.domain;

/// Serves those who wait: what is free goes to the first in need.
///
/// A bundle waits until a whole one can be made, and keeps none of its parts from others meanwhile: two
/// bundles that each kept what the other needs would wait for ever.
final class Backorders {

    private final BooksInHand books;

    Backorders(BooksInHand books) {
        this.books = books;
    }

    /// Gives what became free to those who wait for it.
    void fill() {
        for (StockKey key : books.takeFreed()) {
            PoolPosition pool = books.pool(key);
            if (pool.free() > 0 && pool.backordered() > 0) {
                books.promises().stream()
                        .filter(promise -> promise.lines().values().stream().anyMatch(line -> waitsFor(line, key)))
                        .sorted(Promise.FIRST_IN_NEED)
                        .toList()
                        .forEach(promise -> fill(key, promise));
            }
        }
    }

    private void fill(StockKey key, Promise waiting) {
        Promise promise = waiting;
        for (Reservation line : waiting.reservations()) {
            if (waitsFor(line, key)) {
                promise = promise.with(serve(line));
            }
        }
        if (!promise.equals(waiting)) {
            books.put(promise);
            books.noteFilled(promise.orderId());
        }
    }

    private static boolean waitsFor(Reservation line, StockKey key) {
        return line.backordered() > 0 && line.parts().containsKey(key);
    }

    /// Promises to a line that waits as much as there is.
    Reservation serve(Reservation line) {
        int units = Math.min(line.backordered(), books.free(line.parts()));
        books.change(line.parts(), units, (pool, n) -> pool.promised(n).waiting(-n));
        return line.withHeld(line.held() + units).withBackordered(line.backordered() - units);
    }
}
