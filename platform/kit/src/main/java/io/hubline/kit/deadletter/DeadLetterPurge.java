package io.hubline.kit.deadletter;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Forgets, every night, dead letters that were settled long ago. Who settled them, and why, stays in the
/// audit; open ones stay until somebody has decided.
///
/// The retention must be longer than that of the dead-letter topics (90 days). Otherwise a tail that has to
/// read a topic from its beginning would find a forgotten letter again and open it anew.
@Singleton
class DeadLetterPurge {

    private static final Logger LOGGER = Logger.getLogger(DeadLetterPurge.class);
    private static final int CHUNK = 1_000;

    private final DeadLetters letters;
    private final InstantSource clock;
    private final Duration retention;

    DeadLetterPurge(
            DeadLetters letters,
            InstantSource clock,
            @ConfigProperty(name = "hubline.dead-letters.retention", defaultValue = "120d") Duration retention) {
        this.letters = letters;
        this.clock = clock;
        this.retention = retention;
    }

    /// Deletes in chunks, each a transaction of its own.
    @Scheduled(cron = "{hubline.dead-letters.purge-cron}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        Instant before = clock.instant().minus(retention);
        long purged = 0;
        int chunk;
        do {
            chunk = letters.forget(before, CHUNK);
            purged += chunk;
        } while (chunk > 0);
        LOGGER.infof("Purged %d settled dead letters", purged);
    }
}
