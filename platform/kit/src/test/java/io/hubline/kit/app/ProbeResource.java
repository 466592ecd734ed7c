package io.hubline.kit.app;

import io.hubline.contracts.Topic;
import io.hubline.kit.audit.Audit;
import io.hubline.kit.outbox.Outbox;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/// Everything that can go wrong at an edge.
@Path("/probe")
class ProbeResource {

    private final Audit audit;
    private final Outbox outbox;

    ProbeResource(Audit audit, Outbox outbox) {
        this.audit = audit;
        this.outbox = outbox;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    public Map<String, Integer> post(@Valid @NotNull Request request) {
        return Map.of("lines", request.lines().size());
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public String get(@RestQuery @Max(10) int limit) {
        return "limit " + limit;
    }

    @POST
    @Path("/failures/{kind}")
    @PermitAll
    public String fail(@RestPath String kind) throws SQLException {
        return switch (kind) {
            case "refused" ->
                throw Problem.of(409, "out-of-stock", "Not enough stock")
                        .detail("3 are left")
                        .with("missing", 4)
                        .asException();
            case "broken" -> throw new IllegalStateException("the secret is 4711");
            case "away" -> throw new IllegalStateException(new SQLException("gone", "08006"));
            case "raced" -> throw new IllegalStateException(new SQLException("deadlock", "40P01"));
            default -> kind;
        };
    }

    @POST
    @Path("/told/{key}")
    @RolesAllowed(Roles.OPERATOR)
    @Transactional
    public void tell(@RestPath String key) {
        audit.record("thing.told", "thing", key, Map.of(), Map.of("text", "hello"));
        outbox.publish(Topic.ROUTES, new Told(key, "hello"));
    }

    @POST
    @Path("/hook/{key}")
    @PermitAll
    @Transactional
    public void hook(@RestPath String key) {
        audit.record("hook.refused", "thing", key, Map.of(), Map.of());
    }

    record Request(@NotBlank String name, @NotEmpty List<@Valid Line> lines) {}

    record Line(@NotBlank String sku, @Positive int quantity, Colour colour) {

        Line {
            if ("IMPOSSIBLE".equals(sku)) {
                throw new IllegalArgumentException("no such thing can be");
            }
        }
    }

    enum Colour {
        RED,
        BLUE
    }
}
