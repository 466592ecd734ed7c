package io.hubline.kit.inbox;

import io.hubline.kit.sql.FailureKind;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Goes around the transaction interceptor, whose priority is `PLATFORM_BEFORE + 200`.
@RetryTransient
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class RetryTransientInterceptor {

    private static final Logger LOGGER = Logger.getLogger(RetryTransientInterceptor.class);
    private static final int CONTENDED_TRIES_MAX = 8;
    private static final Duration PAUSE_FIRST = Duration.ofMillis(40);

    private final Duration pauseMax;

    RetryTransientInterceptor(
            @ConfigProperty(name = "hubline.retry.pause-max", defaultValue = "2s") Duration pauseMax) {
        this.pauseMax = pauseMax;
    }

    @AroundInvoke
    @Nullable
    Object tryUntilItPasses(InvocationContext call) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return call.proceed();
            } catch (Exception e) {
                FailureKind kind = FailureKind.of(e);
                if (kind == FailureKind.PERMANENT || (kind == FailureKind.CONTENDED && tries >= CONTENDED_TRIES_MAX)) {
                    throw e;
                }
                LOGGER.warnf(
                        "%s failed at try %d and is tried again: %s: %s",
                        call.getMethod(), tries, kind, e.getMessage());
                pause(tries, e);
            }
        }
    }

    /// Doubles with every try, and is drawn at random from its upper half, so that two that collided part.
    private void pause(int tries, Exception failure) throws Exception {
        long longest = Math.min(pauseMax.toMillis(), PAUSE_FIRST.toMillis() << Math.min(tries, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
        } catch (InterruptedException e) {
            // The service stops. Unacknowledged as it is, the event comes again after the start.
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw failure;
        }
    }
}
