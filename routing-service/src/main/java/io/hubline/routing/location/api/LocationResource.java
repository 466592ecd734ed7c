package io.hubline.routing.location.api;

import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.routing.location.Location;
import io.hubline.routing.location.LocationService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.LocalTime;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Where parcels leave.
@Path("/locations")
class LocationResource {

    private final LocationService locations;

    LocationResource(LocationService locations) {
        this.locations = locations;
    }

    /// Makes a location, or changes it. The same body again changes nothing.
    @PUT
    @Path("/{locationId}")
    @RolesAllowed(Roles.OPERATOR)
    public Location put(
            @RestPath @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._:-]{0,63}") String locationId,
            @NotNull @Valid Request request) {
        Location location = new Location(
                locationId,
                request.name(),
                request.country(),
                request.region(),
                request.enabled() == null || request.enabled(),
                request.cutOff());
        locations.put(location);
        return location;
    }

    /// Every location. There are as many as the seller has buildings, so it is one page.
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<Location> list() {
        return new Page<>(locations.all(), null);
    }

    /// What a location should be.
    ///
    /// @param enabled true where it is left out
    /// @param cutOff as `HH:mm`, UTC
    record Request(
            @NotBlank @Size(max = 200) String name,
            @NotNull @Pattern(regexp = "[A-Z]{2}") String country,
            @Nullable @Pattern(regexp = "[A-Z0-9]{1,8}") String region,
            @Nullable Boolean enabled,
            @Nullable LocalTime cutOff) {}
}
