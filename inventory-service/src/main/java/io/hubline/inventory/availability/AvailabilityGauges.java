package io.hubline.inventory.availability;

import io.hubline.inventory.availability.domain.LowStocks;
import io.hubline.inventory.availability.domain.Modes;
import io.hubline.inventory.availability.domain.Offers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/// Shows how escrow stands, what is low, and what waits to be decided. The numbers come from the tables, so
/// they survive a restart.
@ApplicationScoped
class AvailabilityGauges {

    private final Modes modes;
    private final LowStocks lowStocks;
    private final Offers offers;
    private final AtomicLong divided;
    private final AtomicLong atRisk;
    private final AtomicLong unproven;
    private final AtomicLong low;
    private final AtomicLong due;

    AvailabilityGauges(Modes modes, LowStocks lowStocks, Offers offers, MeterRegistry metrics) {
        this.modes = modes;
        this.lowStocks = lowStocks;
        this.offers = offers;
        this.divided = metrics.gauge("hubline_inventory_escrow_skus", new AtomicLong());
        this.atRisk = metrics.gauge("hubline_inventory_at_risk_units", new AtomicLong());
        this.unproven = metrics.gauge("hubline_inventory_unproven_offers", new AtomicLong());
        this.low = metrics.gauge("hubline_inventory_low_stock_skus", new AtomicLong());
        this.due = metrics.gauge("hubline_inventory_availability_due_skus", new AtomicLong());
    }

    // Delayed, because the scheduler is up before the database may be.
    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        Modes.Totals totals = modes.totals();
        divided.set(totals.divided());
        atRisk.set(totals.unitsAtRisk());
        unproven.set(totals.unproven());
        low.set(lowStocks.count());
        due.set(offers.dueCount());
    }
}
