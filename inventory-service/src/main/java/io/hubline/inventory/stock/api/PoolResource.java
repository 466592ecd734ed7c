package io.hubline.inventory.stock.api;

import io.hubline.inventory.stock.PoolService;
import io.hubline.inventory.stock.PoolService.Pool;
import io.hubline.inventory.stock.PoolService.PoolOutcome;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Pools: sets of locations whose units are promised together, and who draws on them.
@Path("/pools")
class PoolResource {

    private static final int TEXT_MAX = 200;
    private static final int LOCATIONS_MAX = 1_000;
    private static final int LISTED_MAX = 100;
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,99}";
    private static final String NAME_RULE = "must be 1 to 100 small letters, digits and dashes";

    private final PoolService pools;

    PoolResource(PoolService pools) {
        this.pools = pools;
    }

    /// Pools by name. `default` names nobody: it has every location and every account that no other names.
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public Page<Pool> page(@RestQuery @Nullable String after) {
        return Page.of(pools.page(Page.position(after), Page.SIZE + 1), Page.SIZE, Pool::pool);
    }

    /// One pool.
    @GET
    @Path("/{pool}")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public Pool find(@RestPath String pool) {
        return pools.find(pool).orElseThrow(PoolResource::unknown);
    }

    /// Makes these locations the pool, with all that lies there.
    @PUT
    @Path("/{pool}")
    @RolesAllowed(Roles.OPERATOR)
    public Pool setLocations(
            @RestPath @Pattern(regexp = NAME, message = NAME_RULE) String pool,
            @Valid @NotNull LocationsRequest request) {
        if (pool.equals(StockKey.DEFAULT_POOL)) {
            throw Wrong.field("pool", "default has every location that no other pool names");
        }
        return pool(pools.setLocations(pool, request.locations()));
    }

    /// Lets what an account sells draw on a pool.
    @PUT
    @Path("/accounts/{account}")
    @RolesAllowed(Roles.OPERATOR)
    public Pool setAccount(@RestPath @Size(max = TEXT_MAX) String account, @Valid @NotNull AccountRequest request) {
        return pool(pools.setAccount(account, request.pool()));
    }

    private static Pool pool(PoolOutcome outcome) {
        return switch (outcome) {
            case PoolOutcome.Done(Pool pool) -> pool;
            case PoolOutcome.Unknown _ -> throw unknown();
            case PoolOutcome.Refused(List<Outcome.Missing> missing) ->
                throw Problem.of(409, "pool-is-promised", "Units would leave their pool that are promised there")
                        .with("missing", missing.stream().limit(LISTED_MAX).toList())
                        .with("skus", missing.size())
                        .asException();
        };
    }

    private static ProblemException unknown() {
        return Problem.of(404, "unknown-pool", "There is no such pool").asException();
    }

    record LocationsRequest(
            @NotNull @Size(max = LOCATIONS_MAX) Set<@NotBlank @Size(max = TEXT_MAX) String> locations) {}

    record AccountRequest(@NotBlank @Size(max = TEXT_MAX) String pool) {}
}
