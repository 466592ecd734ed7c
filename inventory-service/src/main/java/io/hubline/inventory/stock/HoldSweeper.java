package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.Holds;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.kit.audit.Actor;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Ends the holds whose time is over, and forgets those that ended long ago. Several replicas may find the
/// same hold: it ends once.
///
/// Until it is forgotten a repeated request gets the first answer; after that its id is as good as new.
@ApplicationScoped
class HoldSweeper {

    private static final Logger LOGGER = Logger.getLogger(HoldSweeper.class);
    private static final int CHUNK = 500;
    // So that forgetting, which is never urgent, keeps nobody waiting whose hold is over.
    private static final int CHUNKS_FORGOTTEN_MAX = 20;

    private final Folding books;
    private final HoldService service;
    private final Holds holds;
    private final Actor actor;
    private final Duration retention;

    HoldSweeper(
            Folding books,
            HoldService service,
            Holds holds,
            Actor actor,
            @ConfigProperty(name = "hubline.inventory.holds.retention", defaultValue = "30d") Duration retention) {
        this.books = books;
        this.service = service;
        this.holds = holds;
        this.actor = actor;
        this.retention = retention;
    }

    // Delayed, because the scheduler is up before the database may be.
    @Scheduled(every = "1s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        Ask.Source source = Ask.Source.of(actor);
        List<Request> due;
        do {
            due = holds.due(service.now(), CHUNK);
            CompletableFuture<?>[] answers = due.stream()
                    .map(request -> books.ask(Ask.of(source, request)).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new);
            try {
                CompletableFuture.allOf(answers).join();
            } catch (CompletionException e) {
                // They are due at the next turn as well.
                LOGGER.warn("Some holds whose time is over could not be ended", e);
                return;
            }
        } while (due.size() == CHUNK);
        forget();
    }

    /// A chunk is a transaction of its own.
    private void forget() {
        Instant endedBefore = service.now().minus(retention);
        int chunks = 0;
        while (chunks < CHUNKS_FORGOTTEN_MAX && holds.forget(endedBefore, CHUNK) == CHUNK) {
            chunks++;
        }
    }
}
