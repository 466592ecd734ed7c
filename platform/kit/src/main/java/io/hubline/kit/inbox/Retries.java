package io.hubline.kit.inbox;

import io.hubline.kit.sql.FailureKind;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// When work that failed is tried again, and after which pause: the rule of [RetryTransient], for those who
/// run their tries themselves.
@Singleton
public final class Retries {

    private static final int CONTENDED_TRIES_MAX = 8;
    private static final Duration PAUSE_FIRST = Duration.ofMillis(40);

    private final Duration pauseMax;

    Retries(@ConfigProperty(name = "hubline.retry.pause-max", defaultValue = "2s") Duration pauseMax) {
        this.pauseMax = pauseMax;
    }

    /// Whether the work may succeed at another try.
    ///
    /// @param tries how often it was tried
    public boolean mayPass(Throwable failure, int tries) {
        return switch (FailureKind.of(failure)) {
            case UNREACHABLE -> true;
            case CONTENDED -> tries < CONTENDED_TRIES_MAX;
            case PERMANENT -> false;
        };
    }

    /// Waits before the next try. The pause doubles with every try, and is drawn at random from its upper
    /// half, so that two that collided part.
    ///
    /// @param tries how often it was tried
    public void pause(int tries) throws InterruptedException {
        long longest = Math.min(pauseMax.toMillis(), PAUSE_FIRST.toMillis() << Math.min(tries, 10));
        Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}
