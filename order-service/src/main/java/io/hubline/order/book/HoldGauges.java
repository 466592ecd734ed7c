package io.hubline.order.book;

import io.hubline.order.book.domain.OrderBook;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.List;

/// Shows how many orders wait for a decision, by reason: what an alert watches, so that nothing waits
/// unseen.
@Singleton
class HoldGauges {

    private final OrderBook book;
    private final MultiGauge holds;

    HoldGauges(OrderBook book, MeterRegistry meters) {
        this.book = book;
        this.holds = MultiGauge.builder("hubline.order.holds")
                .description("Holds that stand")
                .register(meters);
    }

    /// Delayed, for a timer fires before the database is up.
    @Scheduled(every = "15s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void count() {
        List<MultiGauge.Row<?>> rows = book.holdsByReason().entrySet().stream()
                .<MultiGauge.Row<?>>map(entry -> MultiGauge.Row.of(Tags.of("reason", entry.getKey()), entry.getValue()))
                .toList();
        holds.register(rows, true);
    }
}
