package io.hubline.connector.inbound.api;

import io.hubline.connector.inbound.Intake;
import io.hubline.connector.inbound.IntakeBusyException;
import io.hubline.connector.spi.Delivery;
import io.hubline.kit.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestPath;

/// What channels send. The signature is the credential, so no token is asked for.
@Path("/webhooks/{adapter}/{account}")
class WebhookResource {

    private final Intake intake;

    WebhookResource(Intake intake) {
        this.intake = intake;
    }

    /// Answers 200 once the delivery is durable. On a virtual thread, for it only waits: the database is
    /// reached by one writer.
    @POST
    @PermitAll
    @Consumes(MediaType.WILDCARD)
    @RunOnVirtualThread
    public Response receive(
            @RestPath String adapter, @RestPath String account, @Context HttpHeaders headers, byte[] body)
            throws InterruptedException {
        Map<String, String> plain = new TreeMap<>();
        headers.getRequestHeaders().forEach((name, values) -> plain.put(name, values.getFirst()));
        try {
            return switch (intake.accept(adapter, account, new Delivery(plain, body))) {
                case STORED -> Response.ok().build();
                case FORGED ->
                    throw Problem.of(401, "invalid-signature", "The signature does not hold")
                            .asException();
                case UNKNOWN_ACCOUNT ->
                    throw Problem.of(404, "unknown-account", "There is no such account")
                            .asException();
            };
        } catch (IntakeBusyException e) {
            throw Problem.of(503, "try-again", "This cannot be done right now")
                    .detail("the delivery was not stored; send it again")
                    .asException();
        }
    }
}
