package io.hubline.connector.inbound.api;

import io.hubline.connector.inbound.InboundService;
import io.hubline.connector.inbound.NotReplayableException;
import io.hubline.connector.inbound.domain.MessageStatus;
import io.hubline.connector.inbound.domain.StoredMessage;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What the channels told us, without the bodies.
@Path("/inbound-messages")
class InboundMessagesResource {

    private final InboundService inbound;

    InboundMessagesResource(InboundService inbound) {
        this.inbound = inbound;
    }

    /// Newest first.
    @GET
    @RolesAllowed(Roles.OPERATOR)
    public Page<StoredMessage> list(
            @RestQuery @Nullable String account,
            @RestQuery @Nullable String status,
            @RestQuery @Nullable String after) {
        return Page.of(
                inbound.list(account, status(status), position(after), Page.SIZE + 1),
                Page.SIZE,
                message -> message.id().toString());
    }

    @POST
    @Path("/{id}/replay")
    @RolesAllowed(Roles.OPERATOR)
    public StoredMessage replay(@RestPath UUID id) {
        try {
            return inbound.replay(id)
                    .orElseThrow(() -> Problem.of(404, "not-found", "There is nothing here")
                            .detail("no inbound message " + id)
                            .asException());
        } catch (NotReplayableException e) {
            throw Problem.of(409, "not-replayable", "The message cannot be worked again")
                    .detail(String.valueOf(e.getMessage()))
                    .asException();
        }
    }

    private static @Nullable MessageStatus status(@Nullable String word) {
        try {
            return word == null || word.isBlank() ? null : MessageStatus.of(word);
        } catch (IllegalArgumentException e) {
            throw Problem.of(400, "invalid-request", "The request breaks a rule")
                    .detail("there is no status '%s'".formatted(word))
                    .asException();
        }
    }

    private static @Nullable UUID position(@Nullable String after) {
        @Nullable String position = Page.position(after);
        try {
            return position == null ? null : UUID.fromString(position);
        } catch (IllegalArgumentException e) {
            throw Page.invalidCursor();
        }
    }
}
