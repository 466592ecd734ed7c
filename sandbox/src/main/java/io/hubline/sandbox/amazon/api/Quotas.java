package io.hubline.sandbox.amazon.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/// One app's token buckets at one account, a bucket per operation. A bucket starts full.
public final class Quotas {

    private static final double NANOS = 1e9;

    private record Level(double tokens, Instant at) {}

    private final InstantSource clock;
    private final Map<Operation, Level> levels = new EnumMap<>(Operation.class);

    public Quotas(InstantSource clock) {
        this.clock = clock;
    }

    /// Takes one token; `false` when there is none.
    public synchronized boolean take(Operation operation) {
        Instant now = clock.instant();
        Level level = levels.getOrDefault(operation, new Level(operation.burst(), now));
        double grown = Math.max(0, Duration.between(level.at(), now).toNanos() / NANOS) * operation.perSecond();
        double tokens = Math.min(operation.burst(), level.tokens() + grown);
        boolean enough = tokens >= 1;
        levels.put(operation, new Level(enough ? tokens - 1 : tokens, now));
        return enough;
    }
}
