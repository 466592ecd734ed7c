package io.hubline.kit.deadletter;

import io.hubline.kit.deadletter.DeadLetter.Status;
import io.hubline.kit.deadletter.DeadLetterService.Settlement;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Events that a consumer of this service could not apply, oldest first.
@Path("/dead-letters")
class DeadLetterResource {

    private final DeadLetters letters;
    private final DeadLetterService service;

    DeadLetterResource(DeadLetters letters, DeadLetterService service) {
        this.letters = letters;
        this.service = service;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<DeadLetter> list(@RestQuery @Nullable Status status, @RestQuery @Nullable String after) {
        return Page.of(
                letters.find(status, position(after), Page.SIZE + 1),
                Page.SIZE,
                letter -> letter.id().toString());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    public DeadLetter get(@RestPath UUID id) {
        return letters.find(id).orElseThrow(() -> notFound(id));
    }

    @POST
    @Path("/{id}/replay")
    @RolesAllowed(Roles.OPERATOR)
    public DeadLetter replay(@RestPath UUID id) {
        return answer(id, service.replay(id));
    }

    @POST
    @Path("/{id}/dismissal")
    @RolesAllowed(Roles.OPERATOR)
    public DeadLetter dismiss(@RestPath UUID id, @Valid @NotNull Dismissal dismissal) {
        return answer(id, service.dismiss(id, dismissal.reason()));
    }

    private static DeadLetter answer(UUID id, Optional<Settlement> settlement) {
        Settlement settled = settlement.orElseThrow(() -> notFound(id));
        if (!settled.done()) {
            throw Problem.of(409, "dead-letter-settled", "The dead letter was settled before")
                    .with("settledAs", settled.letter().status())
                    .asException();
        }
        return settled.letter();
    }

    private static @Nullable UUID position(@Nullable String after) {
        @Nullable String position = Page.position(after);
        try {
            return position == null ? null : UUID.fromString(position);
        } catch (IllegalArgumentException e) {
            throw Page.invalidCursor();
        }
    }

    private static ProblemException notFound(UUID id) {
        return Problem.of(404, "not-found", "There is nothing here")
                .detail("no dead letter " + id)
                .asException();
    }

    /// @param reason why the event need not take effect; without personal data
    record Dismissal(@NotBlank @Size(max = 500) String reason) {}
}
