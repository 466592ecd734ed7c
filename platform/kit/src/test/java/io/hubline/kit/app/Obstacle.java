package io.hubline.kit.app;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Makes the consumer fail for one key, as often as a test wants.
@Singleton
public final class Obstacle {

    private final Map<String, Failing> failing = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();

    public void put(String key, int times, RuntimeException failure) {
        failing.put(key, new Failing(new AtomicInteger(times), failure));
    }

    public void put(String key, int times, SQLException failure) {
        put(key, times, new IllegalStateException("for the test", failure));
    }

    public void remove(String key) {
        failing.remove(key);
    }

    public int tries(String key) {
        return tries.getOrDefault(key, new AtomicInteger()).get();
    }

    void pass(String key) {
        tries.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
        @Nullable Failing here = failing.get(key);
        if (here != null && here.left.getAndDecrement() > 0) {
            throw here.failure;
        }
    }

    private record Failing(AtomicInteger left, RuntimeException failure) {}
}
