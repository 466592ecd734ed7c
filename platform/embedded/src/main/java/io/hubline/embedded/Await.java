package io.hubline.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting for another process, which can only be asked again and again.
final class Await {

    private static final Duration PAUSE = Duration.ofMillis(25);

    private Await() {}

    /// Asks until the answer is yes. Between questions the check may fail with a better reason than "too
    /// slow".
    static void until(String what, Duration patience, Runnable check, BooleanSupplier question) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!question.getAsBoolean()) {
            check.run();
            if (System.nanoTime() > deadline) {
                throw new InfrastructureException(
                        "%s was not ready within %d seconds".formatted(what, patience.toSeconds()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw new InfrastructureException("Interrupted while waiting for " + what);
            }
        }
    }
}
