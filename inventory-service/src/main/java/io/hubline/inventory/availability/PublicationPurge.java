package io.hubline.inventory.availability;

import io.hubline.inventory.availability.domain.Publications;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Makes room for the publications of the days to come, and forgets those that are too old. The newest of
/// each offer is kept however old it is.
@ApplicationScoped
class PublicationPurge {

    private static final Logger LOGGER = Logger.getLogger(PublicationPurge.class);
    private static final int DAYS_AHEAD = 8;

    private final Publications publications;
    private final InstantSource clock;
    private final Duration retention;

    PublicationPurge(
            Publications publications,
            InstantSource clock,
            @ConfigProperty(name = "hubline.inventory.publications.retention", defaultValue = "30d")
                    Duration retention) {
        this.publications = publications;
        this.clock = clock;
        this.retention = retention;
    }

    @Scheduled(
            cron = "{hubline.inventory.publications.purge-cron}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        Instant now = clock.instant();
        publications.makeRoom(now, DAYS_AHEAD);
        int days = publications.forget(now.minus(retention));
        LOGGER.infof("Forgot %d days of publications", days);
    }
}
