package io.hubline.connector.quota;

import io.hubline.connector.quota.domain.TokenBucket;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Quota;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Buckets in Redis, where a script takes and settles in one step, by the clock of Redis.
@Singleton
public class SharedQuota implements Quota {

    private static final Logger LOGGER = Logger.getLogger(SharedQuota.class);
    // After a failure Redis is left alone for this long, so that calls do not each wait for its timeout.
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private static final String FILL = """
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
            local rate = tonumber(ARGV[1])
            local capacity = tonumber(ARGV[2])
            local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
            local tokens = tonumber(kept[1]) or tonumber(ARGV[5])
            if not tokens then
              return -1
            end
            local at = tonumber(kept[2]) or now
            tokens = math.min(capacity, tokens + math.max(0, now - at) * rate / 1000)
            """;
    // Kept for a month: a bucket that nobody uses for an hour is full, and would begin empty if it were forgotten.
    private static final String KEEP = """
            redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(now))
            redis.call('PEXPIRE', KEYS[1], 2592000000)
            """;
    private static final String TAKE = FILL + """
            local wanted = math.min(capacity, tonumber(ARGV[3]))
            local wait = 0
            if tokens >= wanted then
              tokens = tokens - wanted
            else
              wait = math.ceil((wanted - tokens) * 1000 / rate)
            end
            """ + KEEP + "return wait";
    private static final String SETTLE = FILL + """
            tokens = math.min(math.min(capacity, tokens + tonumber(ARGV[3])), tonumber(ARGV[4]))
            """ + KEEP + "return 0";

    /// Of a bucket that Redis does not know: it is empty, for whoever lost it may have emptied it.
    private static final String EMPTY = "0";
    /// The same, where somebody remembers more: the script says that it does not know it.
    private static final String UNKNOWN = "?";
    private static final long NOT_KNOWN = -1;

    /// What comes back less often than every ten seconds is remembered.
    private static final double SLOW_PER_SECOND = 0.1;

    private final RedisDataSource redis;
    private final QuotaMemory memory;
    private final InstantSource clock;
    private final double localShare;
    private final Counter fallbacks;
    private final Map<String, TokenBucket> local = new ConcurrentHashMap<>();
    private volatile Instant leftAloneUntil = Instant.MIN;

    SharedQuota(
            RedisDataSource redis,
            QuotaMemory memory,
            InstantSource clock,
            MeterRegistry metrics,
            @ConfigProperty(name = "hubline.connector.quota.local-share", defaultValue = "0.5") double localShare) {
        this.redis = redis;
        this.memory = memory;
        this.clock = clock;
        this.localShare = localShare;
        this.fallbacks = metrics.counter("hubline_connector_quota_fallbacks");
    }

    @Override
    public Duration take(Account account, String operation, Rate rate, double cost) {
        String bucket = bucket(account, operation);
        boolean slow = rate.perSecond() < SLOW_PER_SECOND;
        @Nullable Long wait = run(TAKE, bucket, rate, cost, 0, slow ? UNKNOWN : EMPTY);
        if (wait != null && wait == NOT_KNOWN) {
            wait = run(TAKE, bucket, rate, cost, 0, Double.toString(memory.left(bucket, rate)));
        }
        if (wait != null) {
            if (slow && wait == 0) {
                memory.spent(bucket, rate, cost);
            }
            return Duration.ofMillis(wait);
        }
        TokenBucket own = local.computeIfAbsent(bucket, _ -> new TokenBucket(clock.instant()));
        synchronized (own) {
            return own.take(clock.instant(), rate.perSecond() * localShare, rate.capacity() * localShare, cost);
        }
    }

    @Override
    public void settle(Account account, String operation, Rate rate, double refund, double available) {
        String bucket = bucket(account, operation);
        if (run(SETTLE, bucket, rate, refund, available, EMPTY) == null) {
            TokenBucket own = local.computeIfAbsent(bucket, _ -> new TokenBucket(clock.instant()));
            synchronized (own) {
                own.settle(
                        clock.instant(),
                        rate.perSecond() * localShare,
                        rate.capacity() * localShare,
                        refund,
                        available * localShare);
            }
        }
    }

    private static String bucket(Account account, String operation) {
        return "hubline:connector:quota:{%s:%s}".formatted(account.id(), operation);
    }

    /// What the script answers; null while Redis is away.
    private @Nullable Long run(String script, String bucket, Rate rate, double third, double fourth, String lost) {
        if (clock.instant().isBefore(leftAloneUntil)) {
            return null;
        }
        try {
            Response answer = redis.execute(
                    "EVAL",
                    script,
                    "1",
                    bucket,
                    Double.toString(rate.perSecond()),
                    Double.toString(rate.capacity()),
                    Double.toString(third),
                    Double.toString(fourth),
                    lost);
            return answer.toLong();
        } catch (RuntimeException e) {
            // Whatever went wrong, the local bucket is right enough; and it is counted and said.
            leftAloneUntil = clock.instant().plus(LEFT_ALONE);
            fallbacks.increment();
            LOGGER.warnf("Redis is away, the quota is kept locally for %s: %s", LEFT_ALONE, e);
            return null;
        }
    }
}
