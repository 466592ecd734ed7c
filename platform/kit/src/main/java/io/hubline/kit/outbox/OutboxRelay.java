package io.hubline.kit.outbox;

import io.hubline.kit.outbox.Broker.Failure;
import io.hubline.kit.outbox.OutboxRow.Lane;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Moves committed events to Kafka, oldest first, in waves.
///
/// A wave holds at most one row of each key, and the next row of a key is sent only after the one before it
/// was acknowledged. So no event is acknowledged before an earlier one of its key, even when a send fails:
/// that key waits, and the others go on.
///
/// Rows are deleted after their acknowledgement, so a crash in between sends them again and never loses
/// one. One relay works at a time across all replicas, held apart by an advisory lock. It has a thread of
/// its own, so no request waits for it, and keeps one database connection while it works: size the pool for
/// it.
@Singleton
class OutboxRelay {

    private static final Logger LOGGER = Logger.getLogger(OutboxRelay.class);
    private static final Duration STANDBY = Duration.ofMillis(200);
    private static final Duration PAUSE_FIRST = Duration.ofMillis(100);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final int DOUBLINGS_MAX = 10;

    private final Backlog backlog;
    private final Broker broker;
    private final OutboxConfig config;
    private final InstantSource clock;
    private final Semaphore wakes = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<String> silentTopics = new HashSet<>();
    private final Thread thread;

    private volatile Backlog.Size size = Backlog.Size.EMPTY;
    private Instant measuredAt = Instant.EPOCH;
    private long passedOver;
    private Instant passStartedAt = Instant.EPOCH;
    private int stuck;

    OutboxRelay(Backlog backlog, Broker broker, OutboxConfig config, InstantSource clock, MeterRegistry metrics) {
        this.backlog = backlog;
        this.broker = broker;
        this.config = config;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("outbox-relay").unstarted(this::run);
        metrics.gauge("hubline.outbox.oldest.row.age.seconds", this, OutboxRelay::oldestAgeSeconds);
        metrics.gauge("hubline.outbox.rows", this, relay -> relay.size.rows());
    }

    /// Starts with the application and not with the bean: before that neither database nor migrations are
    /// there.
    void start(@Observes StartupEvent started) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent shutdown) throws InterruptedException {
        stopping.countDown();
        wake();
        thread.join(STOP_TIMEOUT);
        broker.close();
    }

    /// Says that rows were committed. Cheap, and never waits.
    void wake() {
        wakes.release();
    }

    private void run() {
        try {
            while (stopping.getCount() > 0) {
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One batch, and the wait before the next.
    private void turn() throws InterruptedException {
        Outcome outcome;
        try {
            outcome = relayBatch();
            measure(outcome);
        } catch (SQLException | RuntimeException | Error e) {
            // Whatever it was: without this thread no event would leave any more, and nobody would be told.
            LOGGER.warn("The outbox relay failed and tries again", e);
            startPass();
            outcome = Outcome.STUCK;
        }
        switch (outcome) {
            case MOVED -> stuck = 0;
            case IDLE -> {
                stuck = 0;
                awaitWake(config.pollInterval());
            }
            case STANDBY -> awaitWake(STANDBY);
            case STUCK -> {
                stuck = Math.min(stuck + 1, DOUBLINGS_MAX);
                Duration pause = PAUSE_FIRST.multipliedBy(1L << stuck);
                awaitStop(pause.compareTo(config.pauseMax()) < 0 ? pause : config.pauseMax());
            }
        }
    }

    private void awaitWake(Duration atMost) throws InterruptedException {
        if (wakes.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            wakes.drainPermits();
        }
    }

    /// The pause after a failure; a wake does not shorten it, or a busy service would hammer a sick broker.
    private void awaitStop(Duration atMost) throws InterruptedException {
        stopping.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Outcome relayBatch() throws SQLException {
        try (Connection connection = backlog.begin()) {
            try {
                Outcome outcome = backlog.leads(connection) ? relayBatch(connection) : Outcome.STANDBY;
                connection.commit();
                return outcome;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    /// Asked for, because a connection that goes back to the pool with a transaction open would commit it.
    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private Outcome relayBatch(Connection connection) throws SQLException {
        if (passedOver > 0 && Duration.between(passStartedAt, clock.instant()).compareTo(config.pauseMax()) > 0) {
            startPass();
        }
        List<OutboxRow> rows = backlog.oldest(connection, passedOver, silentTopics, config.batch());
        if (rows.isEmpty()) {
            boolean nothingWaits = passedOver == 0 && silentTopics.isEmpty();
            startPass();
            return nothingWaits ? Outcome.IDLE : Outcome.STUCK;
        }
        List<Long> acknowledged = new ArrayList<>();
        Map<OutboxRow, Failure> failed = new LinkedHashMap<>();
        sendInWaves(rows, acknowledged, failed);
        backlog.delete(connection, acknowledged);
        if (!failed.isEmpty()) {
            backlog.recordFailures(connection, failed);
            passOver(rows.getLast(), failed);
        }
        return acknowledged.isEmpty() ? Outcome.STUCK : Outcome.MOVED;
    }

    /// Goes on behind a batch with failures, so that what cannot leave does not hold up what can. The pass
    /// ends at the end of the table or after the longest pause, and the next begins with the oldest row
    /// again.
    private void passOver(OutboxRow last, Map<OutboxRow, Failure> failed) {
        passedOver = last.seq();
        failed.forEach((row, failure) -> {
            if (failure.wholeTopic()) {
                silentTopics.add(row.topic());
            }
        });
        LOGGER.warnf(
                "The broker did not take %d events, which wait; the first: %s",
                failed.size(), failed.values().iterator().next().reason());
    }

    private void startPass() {
        passedOver = 0;
        silentTopics.clear();
        passStartedAt = clock.instant();
    }

    private void sendInWaves(List<OutboxRow> rows, List<Long> acknowledged, Map<OutboxRow, Failure> failed) {
        Map<Lane, Deque<OutboxRow>> lanes = new LinkedHashMap<>();
        rows.forEach(row ->
                lanes.computeIfAbsent(row.lane(), _ -> new ArrayDeque<>()).add(row));
        while (!lanes.isEmpty() && stopping.getCount() > 0) {
            List<OutboxRow> wave = lanes.values().stream().map(Deque::getFirst).toList();
            broker.send(wave).forEach((row, failure) -> {
                if (failure == null) {
                    acknowledged.add(row.seq());
                    lanes.computeIfPresent(row.lane(), (_, waiting) -> withoutFirst(waiting));
                } else {
                    failed.put(row, failure);
                    lanes.remove(row.lane());
                }
            });
        }
    }

    private static @Nullable Deque<OutboxRow> withoutFirst(Deque<OutboxRow> waiting) {
        waiting.removeFirst();
        return waiting.isEmpty() ? null : waiting;
    }

    private void measure(Outcome outcome) throws SQLException {
        Instant now = clock.instant();
        if (outcome == Outcome.IDLE) {
            size = Backlog.Size.EMPTY;
        } else if (Duration.between(measuredAt, now).compareTo(MEASURE_EVERY) > 0) {
            size = backlog.size();
            measuredAt = now;
        }
    }

    private double oldestAgeSeconds() {
        @Nullable Instant oldest = size.oldest();
        return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis() / 1000.0;
    }

    private enum Outcome {
        /// Another replica leads.
        STANDBY,
        /// Nothing waits.
        IDLE,
        /// Something was acknowledged.
        MOVED,
        /// Something waits, and nothing was acknowledged.
        STUCK
    }
}
