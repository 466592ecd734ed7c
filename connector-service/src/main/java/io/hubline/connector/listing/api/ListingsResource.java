package io.hubline.connector.listing.api;

import io.hubline.connector.listing.ListingService;
import io.hubline.connector.listing.domain.ListingView;
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

/// What the channels should say, and what they say to it.
@Path("/listings")
class ListingsResource {

    private static final List<String> STATES = List.of("pending", "in-flight", "accepted", "live", "rejected");

    private final ListingService listings;

    ListingsResource(ListingService listings) {
        this.listings = listings;
    }

    /// Listings by offer.
    ///
    /// @param state `pending`, `in-flight`, `accepted`, `live` or `rejected`
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<ListingView> list(
            @RestQuery @Nullable String account, @RestQuery @Nullable String state, @RestQuery @Nullable String after) {
        if (state != null && !state.isBlank() && !STATES.contains(state)) {
            throw Problem.of(400, "invalid-request", "The request breaks a rule")
                    .detail("there is no state '%s': one of %s".formatted(state, STATES))
                    .asException();
        }
        return Page.of(
                listings.list(
                        account, state == null || state.isBlank() ? null : state, Page.position(after), Page.SIZE + 1),
                Page.SIZE,
                ListingView::offer);
    }

    @POST
    @Path("/{offer}/retry")
    @RolesAllowed(Roles.OPERATOR)
    public Response retry(@RestPath String offer) {
        if (!listings.retry(offer)) {
            throw Problem.of(404, "not-found", "There is nothing here")
                    .detail("the hub writes no listing for the offer " + offer)
                    .asException();
        }
        return Response.accepted().build();
    }
}
