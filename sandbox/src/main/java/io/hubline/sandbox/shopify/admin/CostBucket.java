package io.hubline.sandbox.shopify.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The leaky bucket of one app at one shop. A query needs its requested cost before it runs and gets back
/// what it did not use.
public final class CostBucket {

    private final int size;
    private final int pointsPerSecond;
    private final InstantSource clock;
    private double available;
    private Instant filledAt;

    public CostBucket(Plan plan, InstantSource clock) {
        this.size = plan.bucketSize();
        this.pointsPerSecond = plan.pointsPerSecond();
        this.clock = clock;
        this.available = size;
        this.filledAt = clock.instant();
    }

    /// What an answer tells about the bucket.
    public record Status(int maximumAvailable, int currentlyAvailable, int restoreRate) {}

    /// Takes the points, or takes nothing and says no.
    public synchronized boolean take(int points) {
        refill();
        if (available < points) {
            return false;
        }
        available -= points;
        return true;
    }

    public synchronized void giveBack(int points) {
        refill();
        available = Math.min(size, available + points);
    }

    /// Empties the bucket: a throttling that was asked for must look like a real one.
    public synchronized void drain() {
        refill();
        available = 0;
    }

    public synchronized Status status() {
        refill();
        return new Status(size, (int) available, pointsPerSecond);
    }

    private void refill() {
        Instant now = clock.instant();
        double seconds = Duration.between(filledAt, now).toNanos() / 1e9;
        if (seconds > 0) {
            available = Math.min(size, available + seconds * pointsPerSecond);
            filledAt = now;
        }
    }
}
