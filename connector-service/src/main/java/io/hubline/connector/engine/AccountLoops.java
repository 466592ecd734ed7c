package io.hubline.connector.engine;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.spi.Account;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/// Runs every kind of work for every account, each in a virtual thread of its own: they mostly wait.
@Singleton
class AccountLoops {

    private static final Logger LOGGER = Logger.getLogger(AccountLoops.class);
    private static final Duration FAILED_PAUSE_FIRST = Duration.ofMillis(250);
    private static final Duration FAILED_PAUSE_MAX = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Accounts accounts;
    private final List<AccountWork> works;
    private final Wakes wakes;
    private final MeterRegistry metrics;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    AccountLoops(Accounts accounts, @All List<AccountWork> works, Wakes wakes, MeterRegistry metrics) {
        this.accounts = accounts;
        this.works = works;
        this.wakes = wakes;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started) {
        for (Account account : accounts.all()) {
            for (AccountWork work : works) {
                if (work.serves(account)) {
                    threads.add(Thread.ofVirtual()
                            .name(account.id() + "/" + work.name())
                            .start(() -> run(account, work)));
                }
            }
        }
        LOGGER.infof(
                "%d loops run for %d accounts", threads.size(), accounts.all().size());
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            if (!thread.join(STOP_TIMEOUT)) {
                LOGGER.warnf("Loop %s did not end in time", thread.getName());
            }
        }
    }

    private void run(Account account, AccountWork work) {
        int failures = 0;
        while (!stopping) {
            try {
                Duration pause = attempt(account, work);
                failures = 0;
                if (pause.isPositive()) {
                    wakes.await(account.id(), work.name(), pause);
                }
            } catch (InterruptedException _) {
                return;
            } catch (FailedStep failed) {
                if (stopping) {
                    return;
                }
                failures++;
                metrics.counter("hubline_connector_loop_failures", "account", account.id(), "work", work.name())
                        .increment();
                // The stack once; while the same outage lasts, a line each time.
                if (failures == 1) {
                    LOGGER.errorf(failed.getCause(), "Work %s of account %s failed", work.name(), account.id());
                } else {
                    LOGGER.warnf(
                            "Work %s of account %s failed %d times: %s",
                            work.name(), account.id(), failures, failed.getMessage());
                }
                try {
                    Thread.sleep(pause(failures));
                } catch (InterruptedException _) {
                    return;
                }
            }
        }
    }

    /// Whatever a step throws ends the step and never the loop: an account whose loop had died would stand
    /// still unseen.
    private static Duration attempt(Account account, AccountWork work) throws InterruptedException, FailedStep {
        try {
            return work.step(account);
        } catch (RuntimeException e) {
            throw new FailedStep(e);
        }
    }

    private static Duration pause(int failures) {
        Duration pause = FAILED_PAUSE_FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        return pause.compareTo(FAILED_PAUSE_MAX) > 0 ? FAILED_PAUSE_MAX : pause;
    }

    private static final class FailedStep extends Exception {
        FailedStep(RuntimeException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }
}
