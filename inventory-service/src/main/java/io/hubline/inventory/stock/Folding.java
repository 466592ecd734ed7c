package io.hubline.inventory.stock;

import io.hubline.kit.inbox.Retries;
import io.hubline.kit.sql.FailureKind;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/// Decides together what arrives together: many asks, one transaction, one answer each.
///
/// A row lock on a hot SKU gets slower the more wait for it. Here nobody waits for a lock: while one batch
/// commits, the next one gathers. A few workers take what touches nothing that another has in hand (see
/// [Lanes]), so a hot SKU holds up nobody else, and asks with a common pool, order, hold or id are decided
/// in the order of their coming.
///
/// - An ask that the books cannot follow is answered so, and the others of its batch do not notice.
/// - A batch that fails in the database for a reason that passes is tried again. The asks of events wait
///   for as long as the database is away; whoever waits for an answer is told to come again.
/// - A batch that fails for good is split until the ask that is to blame stands alone.
/// - Whatever is asked is answered, also at the end of the service.
@ApplicationScoped
public class Folding {

    private static final Logger LOGGER = Logger.getLogger(Folding.class);

    private final Bookkeeping books;
    private final FoldingConfig config;
    private final Retries retries;
    private final DistributionSummary sizes;
    private final Timer times;
    private final Timer waits;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Lanes<Waiting> lanes = new Lanes<>();
    private final List<Thread> threads;
    private int callersWaiting;
    private boolean stopping;

    Folding(Bookkeeping books, FoldingConfig config, Retries retries, MeterRegistry metrics) {
        this.books = books;
        this.config = config;
        this.retries = retries;
        this.sizes = DistributionSummary.builder("hubline.inventory.fold.size")
                .description("Asks decided in one transaction")
                .register(metrics);
        this.times = Timer.builder("hubline.inventory.fold")
                .description("How long one transaction takes")
                .register(metrics);
        this.waits = Timer.builder("hubline.inventory.fold.wait")
                .description("How long an ask waits before it is taken in hand")
                .register(metrics);
        metrics.gauge("hubline.inventory.fold.queue", this, Folding::waiting);
        this.threads = IntStream.rangeClosed(1, config.workers())
                .mapToObj(number ->
                        Thread.ofPlatform().daemon().name("fold-" + number).unstarted(this::work))
                .toList();
    }

    /// Asks the books. Asks with a common key are decided in the order in which this is called.
    ///
    /// The answer may come on any thread. It fails with a [BusyException] when nothing was decided, and
    /// with the failure of the database when that cannot be told or would not change.
    public CompletionStage<Answer> ask(Ask ask) {
        Waiting waiting = new Waiting(ask, new CompletableFuture<>(), System.nanoTime());
        boolean taken = locked(() -> admit(waiting));
        if (!taken) {
            waiting.answer.completeExceptionally(new BusyException("too much waits for the books"));
        }
        return waiting.answer;
    }

    /// Asks the books and waits for the answer.
    Answer askAndWait(Ask ask) {
        return await(ask(ask));
    }

    static Answer await(CompletionStage<Answer> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private boolean admit(Waiting waiting) {
        if (stopping || (waiting.isCaller() && callersWaiting >= config.queueMax())) {
            return false;
        }
        lanes.add(waiting, waiting.ask.keys(), waiting.ask.weight());
        callersWaiting += waiting.isCaller() ? 1 : 0;
        if (lanes.hasReady()) {
            changed.signal();
        }
        return true;
    }

    private int waiting() {
        return locked(lanes::size);
    }

    void start(@Observes StartupEvent started) {
        threads.forEach(Thread::start);
    }

    /// Decides what waits, as far as there is time, and sends the rest away.
    void stop(@Observes ShutdownEvent shutdown) throws InterruptedException {
        locked(() -> {
            stopping = true;
            changed.signalAll();
            return true;
        });
        long deadline = System.nanoTime() + config.stopMax().toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            thread.interrupt();
        }
        sendAway(_ -> true, new BusyException("the service ends"));
    }

    private void work() {
        try {
            while (true) {
                Lanes.Batch<Waiting> batch = next();
                if (batch.items().isEmpty()) {
                    return;
                }
                List<Runnable> answers = new ArrayList<>();
                try {
                    decide(batch.items(), answers);
                } catch (RuntimeException | Error e) {
                    // Whatever it was: without this thread nothing would be decided any more.
                    LOGGER.error("A batch broke", e);
                    batch.items().forEach(waiting -> fail(waiting, new IllegalStateException(e), answers));
                } finally {
                    // First the keys, so that the next batch is under way while the answers leave.
                    locked(() -> {
                        lanes.done(batch);
                        changed.signalAll();
                        return true;
                    });
                    answers.forEach(Runnable::run);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The next batch; empty at the end of the service, when nothing waits any more.
    private Lanes.Batch<Waiting> next() throws InterruptedException {
        while (true) {
            sendAway(this::isOverdue, new BusyException("the books did not come to it in time"));
            lock.lockInterruptibly();
            try {
                if (lanes.hasReady() || (stopping && lanes.size() == 0)) {
                    Lanes.Batch<Waiting> batch = lanes.take(config.batchMax());
                    batch.items().forEach(waiting -> callersWaiting -= waiting.isCaller() ? 1 : 0);
                    return batch;
                }
                changed.awaitNanos(config.waitMax().toNanos() / 2);
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isOverdue(Waiting waiting) {
        return waiting.isCaller()
                && System.nanoTime() - waiting.since > config.waitMax().toNanos();
    }

    private void sendAway(Predicate<Waiting> whom, RuntimeException why) {
        List<Waiting> sent = locked(() -> {
            List<Waiting> withdrawn = lanes.withdraw(whom);
            withdrawn.forEach(waiting -> callersWaiting -= waiting.isCaller() ? 1 : 0);
            return withdrawn;
        });
        sent.forEach(waiting -> waiting.answer.completeExceptionally(why));
    }

    private void decide(List<Waiting> batch, List<Runnable> answers) throws InterruptedException {
        List<Waiting> left = batch;
        long now = System.nanoTime();
        batch.forEach(waiting -> waits.record(now - waiting.since, TimeUnit.NANOSECONDS));
        for (int tries = 1; !left.isEmpty(); tries++) {
            try {
                decideOnce(left, answers);
                return;
            } catch (RuntimeException e) {
                if (FailureKind.of(e) == FailureKind.UNREACHABLE) {
                    left = withoutCallers(left, e);
                } else if (!retries.mayPass(e, tries)) {
                    split(left, e, answers);
                    return;
                }
                if (!left.isEmpty()) {
                    LOGGER.warnf(
                            "%d asks failed at try %d and are tried again: %s", left.size(), tries, e.getMessage());
                    pause(left, tries, e, answers);
                }
            }
        }
    }

    private void decideOnce(List<Waiting> batch, List<Runnable> answers) {
        long begun = System.nanoTime();
        List<Answer> decided = books.answer(batch.stream().map(Waiting::ask).toList());
        times.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        sizes.record(batch.size());
        for (int i = 0; i < decided.size(); i++) {
            Waiting waiting = batch.get(i);
            Answer answer = decided.get(i);
            answers.add(() -> waiting.answer.complete(answer));
        }
    }

    /// Whoever waits for an answer gets it now, whether he was taken in hand or not: the database is away,
    /// and this thread may be busy with the events until it is back. Events wait.
    private List<Waiting> withoutCallers(List<Waiting> batch, RuntimeException failure) {
        batch.stream().filter(Waiting::isCaller).forEach(waiting -> waiting.answer.completeExceptionally(failure));
        sendAway(Waiting::isCaller, failure);
        return batch.stream().filter(waiting -> !waiting.isCaller()).toList();
    }

    private void split(List<Waiting> batch, RuntimeException failure, List<Runnable> answers)
            throws InterruptedException {
        if (batch.size() == 1) {
            if (FailureKind.isUnstorableText(failure)) {
                LOGGER.debug("An ask has a text that cannot be kept", failure);
            } else {
                LOGGER.error("An ask fails for good", failure);
            }
            fail(batch.getFirst(), failure, answers);
        } else {
            LOGGER.warnf(
                    "%d asks failed together and are split to find the one to blame: %s",
                    batch.size(), failure.getMessage());
            int middle = batch.size() / 2;
            decide(batch.subList(0, middle), answers);
            decide(batch.subList(middle, batch.size()), answers);
        }
    }

    private void pause(List<Waiting> batch, int tries, RuntimeException failure, List<Runnable> answers)
            throws InterruptedException {
        try {
            retries.pause(tries);
        } catch (InterruptedException e) {
            batch.forEach(waiting -> fail(waiting, new BusyException("the service ends"), answers));
            failure.addSuppressed(e);
            throw e;
        }
    }

    private static void fail(Waiting waiting, RuntimeException failure, List<Runnable> answers) {
        answers.add(() -> waiting.answer.completeExceptionally(failure));
    }

    private <T> T locked(java.util.function.Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /// An ask and who waits for its answer.
    private record Waiting(Ask ask, CompletableFuture<Answer> answer, long since) {

        /// Whether somebody waits who can come again, and not an event that cannot.
        boolean isCaller() {
            return ask.source().event() == null;
        }
    }
}
