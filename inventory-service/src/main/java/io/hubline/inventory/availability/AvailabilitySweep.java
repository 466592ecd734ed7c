package io.hubline.inventory.availability;

import io.hubline.inventory.availability.domain.Source;
import io.hubline.kit.sql.FailureKind;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Decides anew what is due, in steps that each are a transaction of their own.
@ApplicationScoped
class AvailabilitySweep {

    private static final Logger LOGGER = Logger.getLogger(AvailabilitySweep.class);

    private final AvailabilityService availability;
    private @Nullable Source reconsidered;

    AvailabilitySweep(AvailabilityService availability) {
        this.availability = availability;
    }

    // Delayed, because the scheduler is up before the database may be.
    @Scheduled(every = "1s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void catchUp() {
        try {
            boolean more = true;
            while (more) {
                more = availability.catchUp();
            }
        } catch (RuntimeException e) {
            if (FailureKind.of(e) == FailureKind.PERMANENT) {
                throw e;
            }
            LOGGER.debug("What is due waits for the next run", e);
        }
    }

    /// Looks at a step of the SKUs in escrow each time, round and round: what is asked for changes without
    /// a sale too.
    @Scheduled(
            every = "{hubline.inventory.escrow.reconsider-every}",
            delayed = "30s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void reconsider() {
        reconsidered = availability.reconsider(reconsidered);
    }
}
