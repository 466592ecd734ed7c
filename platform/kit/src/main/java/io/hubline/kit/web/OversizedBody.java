package io.hubline.kit.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Says in a problem document what the HTTP server would say with a bare 413: the declared length of a body
/// is more than is taken. The body is not read, so the connection is closed.
///
/// A body that does not declare its length is counted while it is read, and refused by the server itself.
@Singleton
class OversizedBody {

    /// Before the server's own look at the length, and before routes that would read the body.
    private static final int BEFORE_THE_SERVER = 1_000;

    private final long lengthMax;
    private final String problem;

    OversizedBody(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize lengthMax, ObjectMapper json)
            throws JsonProcessingException {
        this.lengthMax = lengthMax.asLongValue();
        this.problem = json.writeValueAsString(tooLarge().with("maxBytes", this.lengthMax));
    }

    static Problem tooLarge() {
        return Problem.of(413, "content-too-large", "The request is too large");
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuse, BEFORE_THE_SERVER);
    }

    private void refuse(RoutingContext context) {
        if (declaredLength(context) <= lengthMax) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(413)
                .putHeader(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .endHandler(_ -> context.request().connection().close())
                .end(problem);
    }

    /// Not a number is nothing to judge here; the server refuses such a request.
    private static long declaredLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    }
}
