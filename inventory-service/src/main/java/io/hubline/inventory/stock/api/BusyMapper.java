package io.hubline.inventory.stock.api;

import io.hubline.inventory.stock.BusyException;
import io.hubline.kit.web.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Sends away what the books cannot take in hand now.
class BusyMapper {

    @ServerExceptionMapper
    public Response busy(BusyException failure) {
        return Response.status(503)
                .type("application/problem+json")
                .header(HttpHeaders.RETRY_AFTER, 1)
                .entity(Problem.of(503, "try-again", "This cannot be done right now")
                        .detail("Too much waits for the books"))
                .build();
    }
}
