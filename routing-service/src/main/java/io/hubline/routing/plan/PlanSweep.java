package io.hubline.routing.plan;

import io.hubline.routing.plan.domain.RouteCases.Attention;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Plans again what has something new to look at. The orders wait as rows; nobody sleeps for them.
@Singleton
class PlanSweep {

    private static final Logger LOGGER = Logger.getLogger(PlanSweep.class);

    private final PlanService plans;
    private final InstantSource clock;
    private volatile @Nullable Attention attention;

    PlanSweep(PlanService plans, InstantSource clock, MeterRegistry metrics) {
        this.plans = plans;
        this.clock = clock;
        metrics.gauge("hubline.routing.orders.planned", this, sweep -> sweep.count(Attention::planned));
        metrics.gauge("hubline.routing.orders.retrying", this, sweep -> sweep.count(Attention::retrying));
        metrics.gauge("hubline.routing.orders.unroutable", this, sweep -> sweep.count(Attention::unroutable));
        metrics.gauge("hubline.routing.plan.outstanding.oldest.seconds", this, PlanSweep::oldestSeconds);
    }

    /// One round: every order that is due, each in a transaction of its own, so that one that fails does
    /// not hold
    /// the others.
    @Scheduled(
            every = "{hubline.routing.sweep-interval}",
            delayed = "{hubline.routing.sweep-delay}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        List<String> due = plans.due();
        for (String orderId : due) {
            try {
                plans.replan(orderId);
            } catch (RuntimeException e) {
                // It stays due, so the next round tries again; the others go on.
                LOGGER.errorf(e, "Planning order %s again failed", orderId);
            }
        }
    }

    @Scheduled(
            every = "5s",
            delayed = "{hubline.routing.sweep-delay}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measure() {
        attention = plans.attention();
    }

    private double count(java.util.function.ToLongFunction<Attention> what) {
        @Nullable Attention known = attention;
        return known == null ? 0 : what.applyAsLong(known);
    }

    private double oldestSeconds() {
        @Nullable Attention known = attention;
        return known == null || known.oldestPlan() == null
                ? 0
                : Duration.between(known.oldestPlan(), clock.instant()).toMillis() / 1_000.0;
    }
}
