package io.hubline.connector.engine;

import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tells a loop that there is something to do.
@Singleton
public class Wakes {

    private final Map<String, Semaphore> bells = new ConcurrentHashMap<>();
    private final TransactionSynchronizationRegistry transactions;

    Wakes(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    /// Rings at once. Ringing twice before the loop looks is ringing once.
    public void ring(String account, String work) {
        Semaphore bell = bell(account, work);
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /// Rings once the running transaction has committed: earlier, the loop would look and not see it.
    public void ringAfterCommit(String account, String work) {
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    ring(account, work);
                }
            }
        });
    }

    void await(String account, String work, Duration longest) throws InterruptedException {
        Semaphore bell = bell(account, work);
        if (bell.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }

    private Semaphore bell(String account, String work) {
        return bells.computeIfAbsent(account + "/" + work, _ -> new Semaphore(0));
    }
}
