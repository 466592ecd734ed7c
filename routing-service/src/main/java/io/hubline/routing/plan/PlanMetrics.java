package io.hubline.routing.plan;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;

/// What routing counts.
@ApplicationScoped
class PlanMetrics {

    private final MeterRegistry registry;
    private final Timer timer;

    PlanMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.timer = Timer.builder("hubline.routing.plan")
                .description("From a ready order to its announced plan, reads and writes included")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    void time(Runnable planning) {
        timer.record(planning);
    }

    void planned(String outcome) {
        registry.counter("hubline.routing.plans", "outcome", outcome).increment();
    }

    void answered(String answer) {
        registry.counter("hubline.routing.answers", "answer", answer).increment();
    }
}
