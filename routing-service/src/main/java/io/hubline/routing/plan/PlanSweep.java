package io.hubline.routing.plan;

import io.hubline.routing.plan.domain.RouteCases.Attention;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Plans again what has something new to look at. The orders wait as rows; nobody sleeps for them.
///
/// It has a thread of its own, because the scheduler goes no faster than once a second and an order that
/// waits for stock should be routed within two.
@Singleton
class PlanSweep {

    private static final Logger LOGGER = Logger.getLogger(PlanSweep.class);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final PlanService plans;
    private final PlanConfig config;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("plan-sweep").factory());

    private volatile @Nullable Attention attention;

    PlanSweep(PlanService plans, PlanConfig config, InstantSource clock, MeterRegistry metrics) {
        this.plans = plans;
        this.config = config;
        this.clock = clock;
        metrics.gauge("hubline.routing.orders.planned", this, sweep -> sweep.count(Attention::planned));
        metrics.gauge("hubline.routing.orders.retrying", this, sweep -> sweep.count(Attention::retrying));
        metrics.gauge("hubline.routing.orders.unroutable", this, sweep -> sweep.count(Attention::unroutable));
        metrics.gauge("hubline.routing.plan.outstanding.oldest.seconds", this, PlanSweep::oldestSeconds);
    }

    /// Starts with the application and not with the bean: before that neither database nor migrations are
    /// there.
    void start(@Observes StartupEvent started) {
        every(config.sweepInterval(), this::sweep);
        every(MEASURE_EVERY, () -> attention = plans.attention());
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOGGER.warn("The sweep did not end in time; what it was at is rolled back");
        }
    }

    private void every(Duration interval, Runnable round) {
        Future<?> _ = thread.scheduleWithFixedDelay(
                () -> guarded(round), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// A round that throws would be the last one.
    private static void guarded(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOGGER.error("A round of the sweep failed; the next one tries again", e);
        }
    }

    /// One round: every order that is due, each in a transaction of its own, so that one that fails does
    /// not hold the others.
    private void sweep() {
        for (String orderId : plans.due()) {
            try {
                plans.replan(orderId);
            } catch (RuntimeException e) {
                LOGGER.errorf(e, "Planning order %s again failed; it stays due", orderId);
            }
        }
    }

    private double count(ToLongFunction<Attention> what) {
        @Nullable Attention known = attention;
        return known == null ? 0 : what.applyAsLong(known);
    }

    private double oldestSeconds() {
        @Nullable Instant oldest = attention == null ? null : attention.oldestPlan();
        return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis() / 1_000.0;
    }
}
