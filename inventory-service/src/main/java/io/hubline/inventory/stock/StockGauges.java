package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.StockBooks;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/// Shows how the books stand. The numbers come from the books, not from counters, so they survive a restart
/// and cannot count what was rolled back.
@ApplicationScoped
class StockGauges {

    private final StockBooks books;
    private final AtomicReference<StockBooks.Totals> latest =
            new AtomicReference<>(new StockBooks.Totals(0, 0, 0, 0, 0, 0, 0));

    StockGauges(StockBooks books, MeterRegistry metrics) {
        this.books = books;
        show(metrics, "hubline_inventory_on_hand_units", StockBooks.Totals::onHand);
        show(metrics, "hubline_inventory_in_transit_units", StockBooks.Totals::inTransit);
        show(metrics, "hubline_inventory_reserved_units", StockBooks.Totals::reserved);
        show(metrics, "hubline_inventory_short_units", StockBooks.Totals::shortBy);
        show(metrics, "hubline_inventory_backordered_units", StockBooks.Totals::backordered);
        show(metrics, "hubline_inventory_oversold_units", StockBooks.Totals::oversold);
        show(metrics, "hubline_inventory_discrepancies", StockBooks.Totals::discrepancies);
    }

    private void show(MeterRegistry metrics, String name, ToDoubleFunction<StockBooks.Totals> total) {
        metrics.gauge(name, latest, totals -> total.applyAsDouble(totals.get()));
    }

    // Delayed, because the scheduler is up before the database may be.
    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        latest.set(books.totals());
    }
}
