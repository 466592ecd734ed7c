package io.hubline.sandbox.launcher;

import java.util.ArrayList;
import java.util.List;

/// Several pieces of waiting done side by side, each in a virtual thread.
final class AtOnce {

    private AtOnce() {}

    /// Returns when all are done; fails with the first failure after the others have been given their
    /// chance.
    static void run(List<Runnable> works) {
        List<RuntimeException> failures = new ArrayList<>();
        List<Thread> threads = works.stream()
                .map(work -> Thread.ofVirtual().start(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            join(thread);
        }
        synchronized (failures) {
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
        }
    }

    /// Waits even when interrupted: what stops processes must not leave half of them.
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
