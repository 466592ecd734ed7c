package io.hubline.kit.inbox;

import io.hubline.kit.sql.FailureKind;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Goes around the transaction interceptor, whose priority is `PLATFORM_BEFORE + 200`.
@RetryTransient
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class RetryTransientInterceptor {

    private static final Logger LOGGER = Logger.getLogger(RetryTransientInterceptor.class);

    private final Retries retries;

    RetryTransientInterceptor(Retries retries) {
        this.retries = retries;
    }

    @AroundInvoke
    @Nullable
    Object tryUntilItPasses(InvocationContext call) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return call.proceed();
            } catch (Exception e) {
                if (!retries.mayPass(e, tries)) {
                    throw e;
                }
                LOGGER.warnf(
                        "%s failed at try %d and is tried again: %s: %s",
                        call.getMethod(), tries, FailureKind.of(e), e.getMessage());
                pause(tries, e);
            }
        }
    }

    private void pause(int tries, Exception failure) throws Exception {
        try {
            retries.pause(tries);
        } catch (InterruptedException e) {
            // The service stops. Unacknowledged as it is, the event comes again after the start.
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw failure;
        }
    }
}
