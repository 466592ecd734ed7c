package io.hubline.connector.quota.domain;

import java.time.Duration;
import java.time.Instant;

/// A bucket that fills at a steady rate. It is empty when it is new, for whoever lost the old one may have
/// emptied it.
///
/// Not safe for several threads at once.
public final class TokenBucket {

    private double tokens;
    private Instant at;

    public TokenBucket(Instant now) {
        this.at = now;
    }

    /// Takes the cost, or says how long until there will be enough; zero when it was taken. A cost above
    /// the capacity counts as the capacity, for otherwise it would wait for ever.
    public Duration take(Instant now, double perSecond, double capacity, double cost) {
        fill(now, perSecond, capacity);
        double wanted = Math.min(cost, capacity);
        if (tokens >= wanted) {
            tokens -= wanted;
            return Duration.ZERO;
        }
        return Duration.ofMillis((long) Math.ceil((wanted - tokens) * 1000 / perSecond));
    }

    /// Puts back what a call did not cost, and then believes the channel if it says that less is left.
    public void settle(Instant now, double perSecond, double capacity, double refund, double available) {
        fill(now, perSecond, capacity);
        tokens = Math.min(Math.min(capacity, tokens + refund), available);
    }

    /// What could be taken now.
    public double tokens(Instant now, double perSecond, double capacity) {
        fill(now, perSecond, capacity);
        return tokens;
    }

    private void fill(Instant now, double perSecond, double capacity) {
        if (now.isAfter(at)) {
            double seconds = Duration.between(at, now).toNanos() / 1e9;
            tokens = Math.min(capacity, tokens + seconds * perSecond);
            at = now;
        }
    }
}
