package io.hubline.connector.act.api;

import io.hubline.connector.act.ActService;
import io.hubline.connector.act.domain.ActStatus;
import io.hubline.connector.act.domain.ActView;
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

/// What the channels are told about orders.
@Path("/acts")
class ActsResource {

    private final ActService acts;

    ActsResource(ActService acts) {
        this.acts = acts;
    }

    /// Newest first.
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<ActView> list(
            @RestQuery @Nullable String account,
            @RestQuery @Nullable String status,
            @RestQuery @Nullable String after) {
        return Page.of(
                acts.list(account, status(status), position(after), Page.SIZE + 1),
                Page.SIZE,
                act -> act.id().toString());
    }

    @POST
    @Path("/{id}/retry")
    @RolesAllowed(Roles.OPERATOR)
    public ActView retry(@RestPath UUID id) {
        try {
            return acts.retry(id)
                    .orElseThrow(() -> Problem.of(404, "not-found", "There is nothing here")
                            .detail("no act " + id)
                            .asException());
        } catch (IllegalStateException e) {
            throw Problem.of(409, "not-retryable", "The act cannot be tried again")
                    .detail(String.valueOf(e.getMessage()))
                    .asException();
        }
    }

    private static @Nullable ActStatus status(@Nullable String word) {
        try {
            return word == null || word.isBlank() ? null : ActStatus.of(word);
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
