package io.hubline.kit.web;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Tells a body that broke off from an input or output that failed in our own work. Both are an
/// `IOException`; only the first is thrown by the stream of the request.
final class UnreadBody {

    private static final String REQUEST_STREAM = "org.jboss.resteasy.reactive.server.vertx.VertxInputStream";
    private static final int CAUSES_MAX = 20;

    private UnreadBody() {}

    static boolean isCauseOf(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof IOException && comesFromTheRequest(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean comesFromTheRequest(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .limit(1)
                .anyMatch(frame -> frame.getClassName().startsWith(REQUEST_STREAM));
    }
}
