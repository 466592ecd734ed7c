package io.hubline.inventory.availability.api;

import io.hubline.inventory.availability.ModeService;
import io.hubline.inventory.availability.domain.Mode;
import io.hubline.inventory.availability.domain.Modes;
import io.hubline.inventory.availability.domain.Source;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// How the units of SKUs are divided over their offers, and where channels show more than there is.
@Path("/availability")
class ModeResource {

    private static final int TEXT_MAX = 200;
    // No id holds it: it separates the two parts of a cursor.
    private static final char SEPARATOR = '\u0000';

    private final ModeService modes;

    ModeResource(ModeService modes) {
        this.modes = modes;
    }

    /// What is in escrow, and what somebody decided, by pool and SKU. Every other SKU is shared.
    @GET
    @Path("/modes")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Page<SkuMode> page(@RestQuery @Nullable String after) {
        return Page.of(
                modes.page(source(after), Page.SIZE + 1).stream()
                        .map(SkuMode::of)
                        .toList(),
                Page.SIZE,
                mode -> mode.pool() + SEPARATOR + mode.sku());
    }

    /// Decides for a SKU in a pool, or lets it be chosen by itself again. It is carried out within a
    /// second.
    @PUT
    @Path("/modes/{pool}/{sku}")
    @RolesAllowed(Roles.OPERATOR)
    public SkuMode decide(
            @RestPath @NotBlank @Size(max = TEXT_MAX) String pool,
            @RestPath @NotBlank @Size(max = TEXT_MAX) String sku,
            @Valid @NotNull ModeRequest request) {
        Mode manual = switch (request.mode()) {
            case SHARED -> Mode.SHARED;
            case ESCROW -> Mode.ESCROW;
            case AUTOMATIC -> null;
        };
        return SkuMode.of(modes.decide(new Source(pool, sku), manual));
    }

    /// Units that channels can still sell although they cannot be promised any longer, by pool and SKU.
    /// They are being pushed down, and count apart from oversells.
    @GET
    @Path("/at-risk")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public Page<AtRisk> atRisk(@RestQuery @Nullable String after) {
        return Page.of(
                modes.atRisk(source(after), Page.SIZE + 1).stream()
                        .map(AtRisk::of)
                        .toList(),
                Page.SIZE,
                risk -> risk.pool() + SEPARATOR + risk.sku());
    }

    private static @Nullable Source source(@Nullable String after) {
        @Nullable String position = Page.position(after);
        if (position == null) {
            return null;
        }
        int middle = position.indexOf(SEPARATOR);
        if (middle < 0) {
            throw Page.invalidCursor();
        }
        return new Source(position.substring(0, middle), position.substring(middle + 1));
    }

    record ModeRequest(@NotNull Wanted mode) {}

    /// What a person can want.
    enum Wanted {
        /// Every offer shows what is left.
        SHARED,
        /// The units are divided.
        ESCROW,
        /// By lag, velocity and depth.
        AUTOMATIC
    }

    /// @param mode as it is
    /// @param manual what somebody decided; absent where it is chosen by itself
    /// @param since when it came into this mode; absent where it never was in another
    record SkuMode(
            String pool,
            String sku,
            Mode mode,
            @Nullable Mode manual,
            @Nullable Instant since) {

        static SkuMode of(Modes.Chosen chosen) {
            return new SkuMode(
                    chosen.key().pool(),
                    chosen.key().sku(),
                    chosen.mode(),
                    chosen.manual(),
                    chosen.since().equals(Instant.EPOCH) ? null : chosen.since());
        }
    }

    /// @param units beyond what can be promised
    record AtRisk(String pool, String sku, int units, Instant since) {

        static AtRisk of(Modes.AtRisk risk) {
            return new AtRisk(risk.key().pool(), risk.key().sku(), risk.units(), risk.since());
        }
    }
}
