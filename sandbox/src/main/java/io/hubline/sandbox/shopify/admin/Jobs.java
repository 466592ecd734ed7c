package io.hubline.sandbox.shopify.admin;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// Work the API promises and does a little later. A job is done whether or not its work found something to
/// do.
final class Jobs {

    private static final String PREFIX = "gid://shopify/Job/";

    private final Duration delay;
    private final Executor threads;
    private final Map<String, Boolean> done = new ConcurrentHashMap<>();

    Jobs(Duration delay, Executor threads) {
        this.delay = delay;
        this.threads = threads;
    }

    record Job(String id, boolean done) {}

    Job start(Runnable work) {
        String id = PREFIX + UUID.randomUUID();
        done.put(id, false);
        threads.execute(() -> {
            try {
                Thread.sleep(delay);
                work.run();
                done.put(id, true);
            } catch (InterruptedException shuttingDown) {
                Thread.currentThread().interrupt();
            }
        });
        return new Job(id, false);
    }

    Optional<Job> find(String id) {
        return Optional.ofNullable(done.get(id)).map(state -> new Job(id, state));
    }
}
