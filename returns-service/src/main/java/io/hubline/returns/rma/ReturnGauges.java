package io.hubline.returns.rma;

import io.hubline.returns.rma.domain.MoneyState;
import io.hubline.returns.rma.domain.ReturnBook;
import io.hubline.returns.rma.domain.RmaState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/// Shows how returns stand. The numbers come from the tables, so they survive a restart and cannot count
/// what was rolled back.
@ApplicationScoped
class ReturnGauges {

    private final ReturnBook book;
    private final AtomicReference<ReturnBook.Totals> latest =
            new AtomicReference<>(new ReturnBook.Totals(Map.of(), Map.of(), 0));

    ReturnGauges(ReturnBook book, MeterRegistry meters) {
        this.book = book;
        for (RmaState state : RmaState.values()) {
            show(
                    meters,
                    "hubline_returns_count",
                    state.name(),
                    totals -> totals.returns().getOrDefault(state.name(), 0L));
        }
        for (MoneyState state : MoneyState.values()) {
            if (state != MoneyState.NONE) {
                show(
                        meters,
                        "hubline_returns_refunds",
                        state.name(),
                        totals -> totals.refunds().getOrDefault(state.name(), 0L));
            }
        }
        Gauge.builder(
                        "hubline_returns_need_person",
                        latest,
                        totals -> totals.get().needPerson())
                .register(meters);
    }

    private void show(MeterRegistry meters, String name, String state, ToDoubleFunction<ReturnBook.Totals> total) {
        Gauge.builder(name, latest, totals -> total.applyAsDouble(totals.get()))
                .tag("state", state)
                .register(meters);
    }

    // Delayed, because the scheduler is up before the database may be.
    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        latest.set(book.totals());
    }
}
