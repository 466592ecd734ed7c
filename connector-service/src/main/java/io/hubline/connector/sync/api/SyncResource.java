package io.hubline.connector.sync.api;

import io.hubline.connector.sync.AccountSync;
import io.hubline.connector.sync.SyncService;
import io.hubline.connector.sync.domain.TargetView;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Is everything in sync right now, and if not, why.
@Path("/sync")
class SyncResource {

    private final SyncService sync;

    SyncResource(SyncService sync) {
        this.sync = sync;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Summary summary() {
        List<AccountSync> accounts = sync.summary();
        return new Summary(accounts.stream().allMatch(AccountSync::inSync), accounts);
    }

    /// Targets by offer.
    ///
    /// @param state `in-sync`, `unsatisfied`, `in-flight`, `accepted`, `unknown`, `drifted`,
    ///     `awaiting-permit`, `waiting` or `inactive`
    @GET
    @Path("/targets")
    @RolesAllowed(Roles.VIEWER)
    public Page<TargetView> targets(
            @RestQuery @Nullable String account, @RestQuery @Nullable String state, @RestQuery @Nullable String after) {
        return Page.of(sync.list(account, state, Page.position(after), Page.SIZE + 1), Page.SIZE, TargetView::offer);
    }

    @POST
    @Path("/targets/{offer}/read-back")
    @RolesAllowed(Roles.OPERATOR)
    public Response readBack(@RestPath String offer) {
        if (!sync.readBack(offer)) {
            throw Problem.of(404, "not-found", "There is nothing here")
                    .detail("no offer " + offer)
                    .asException();
        }
        return Response.accepted().build();
    }

    record Summary(boolean inSync, List<AccountSync> accounts) {}
}
