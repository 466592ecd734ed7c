package io.hubline.connector.inbound;

import io.hubline.connector.engine.Transactions;
import io.hubline.connector.engine.Wakes;
import io.hubline.connector.inbound.domain.Arrival;
import io.hubline.connector.inbound.domain.InboundMessages;
import io.hubline.connector.inbound.domain.MessageStatus;
import io.hubline.connector.spi.Account;
import io.hubline.kit.audit.Audit;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Stores what arrives together in one transaction, and answers each once it has committed: a commit waits
/// for the disk, so a burst that committed one by one would take as many waits as it has messages.
@Singleton
class IntakeQueue {

    private static final Logger LOGGER = Logger.getLogger(IntakeQueue.class);
    private static final int BATCH_MAX = 200;
    private static final int WAITING_MAX = 5_000;
    // Channels give up after about five seconds.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);

    private final InboundMessages messages;
    private final Transactions transactions;
    private final Wakes wakes;
    private final Audit audit;
    private final DistributionSummary batchSizes;
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread writer;
    private volatile boolean stopping;

    IntakeQueue(InboundMessages messages, Transactions transactions, Wakes wakes, Audit audit, MeterRegistry metrics) {
        this.messages = messages;
        this.transactions = transactions;
        this.wakes = wakes;
        this.audit = audit;
        this.batchSizes = metrics.summary("hubline_connector_intake_batch_size");
        this.writer = Thread.ofVirtual().name("intake").unstarted(this::writeAll);
    }

    void start(@Observes StartupEvent started) {
        writer.start();
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        writer.interrupt();
        writer.join(ANSWER_TIMEOUT);
    }

    /// Returns once the message is durable.
    void store(Arrival arrival) throws InterruptedException {
        await(new Entry.Message(arrival, new CompletableFuture<>()));
    }

    /// Returns once the audit row of a delivery with a wrong signature is durable. Of the delivery nothing
    /// else is kept: anybody can send one.
    void forged(Account account, int bytes) throws InterruptedException {
        await(new Entry.Forgery(account, bytes, new CompletableFuture<>()));
    }

    private void await(Entry entry) throws InterruptedException {
        if (stopping || !waiting.offer(entry)) {
            throw new IntakeBusyException("more deliveries wait to be stored than can be kept waiting");
        }
        try {
            entry.stored().get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IntakeBusyException("the delivery was not stored in time", e);
        } catch (ExecutionException e) {
            throw new IntakeBusyException("the delivery could not be stored", e);
        }
    }

    private void writeAll() {
        List<Entry> batch = new ArrayList<>(BATCH_MAX);
        while (!stopping) {
            try {
                batch.add(waiting.take());
            } catch (InterruptedException _) {
                break;
            }
            waiting.drainTo(batch, BATCH_MAX - 1);
            write(batch);
            batch.clear();
        }
        IntakeBusyException stopped = new IntakeBusyException("the service stops");
        waiting.forEach(entry -> entry.stored().completeExceptionally(stopped));
    }

    private void write(List<Entry> batch) {
        batchSizes.record(batch.size());
        try {
            transactions.run(() -> insert(batch));
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                LOGGER.error("A delivery could not be stored, and is refused", e);
                batch.getFirst().stored().completeExceptionally(e);
            } else {
                // One of them may be the cause: the others must not suffer for it.
                LOGGER.warnf("A batch of %d deliveries is stored one by one: %s", batch.size(), e.getMessage());
                batch.forEach(entry -> write(List.of(entry)));
            }
            return;
        }
        for (Entry entry : batch) {
            entry.stored().complete(null);
            if (entry instanceof Entry.Message message && message.arrival().status() == MessageStatus.PENDING) {
                wakes.ring(message.arrival().account(), InboundWork.NAME);
            }
        }
    }

    private void insert(List<Entry> batch) {
        List<Arrival> arrivals = new ArrayList<>(batch.size());
        for (Entry entry : batch) {
            switch (entry) {
                case Entry.Message message -> arrivals.add(message.arrival());
                case Entry.Forgery forgery ->
                    audit.record(
                            "webhook.refused",
                            "account",
                            forgery.account().id(),
                            Map.of(),
                            Map.of(
                                    "adapter", forgery.account().adapter(),
                                    "why", "signature",
                                    "bytes", forgery.bytes()));
            }
        }
        if (!arrivals.isEmpty()) {
            messages.store(arrivals);
        }
    }

    private sealed interface Entry {

        CompletableFuture<Void> stored();

        record Message(Arrival arrival, CompletableFuture<Void> stored) implements Entry {}

        record Forgery(Account account, int bytes, CompletableFuture<Void> stored) implements Entry {}
    }
}
