package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.Notes;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Forgets, every night, counts that moved nothing and the answers to plans, when nobody will ask for them
/// again: a file of all SKUs leaves a note for each of them every time.
@ApplicationScoped
class NotePurge {

    private static final Logger LOGGER = Logger.getLogger(NotePurge.class);
    private static final int CHUNK = 10_000;
    // The notes of what moved units stay. They are looked at so many nights, and not for ever.
    private static final Duration LOOKED_AT = Duration.ofDays(30);

    private final Notes notes;
    private final InstantSource clock;
    private final Duration retention;

    NotePurge(
            Notes notes,
            InstantSource clock,
            @ConfigProperty(name = "hubline.inventory.notes.retention", defaultValue = "30d") Duration retention) {
        this.notes = notes;
        this.clock = clock;
        this.retention = retention;
    }

    @Scheduled(cron = "{hubline.inventory.notes.purge-cron}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        Instant before = clock.instant().minus(retention);
        long counts = inChunks(() -> notes.forgetCounts(before.minus(LOOKED_AT), before, CHUNK));
        long answers = inChunks(() -> notes.forgetPlanAnswers(before, CHUNK));
        LOGGER.infof("Forgot %d counts that moved nothing and %d answers to plans", counts, answers);
    }

    /// Each a transaction of its own, so that nobody waits long.
    private static long inChunks(IntSupplier forget) {
        long forgotten = 0;
        int chunk;
        do {
            chunk = forget.getAsInt();
            forgotten += chunk;
        } while (chunk == CHUNK);
        return forgotten;
    }
}
