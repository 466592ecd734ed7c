package io.hubline.inventory.availability.api;

import io.hubline.inventory.availability.AvailabilityService;
import io.hubline.inventory.availability.AvailabilityService.Shown;
import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.Offer;
import io.hubline.inventory.availability.domain.Setting;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What each offer should show at its channel, with the terms that add up to it.
@Path("/availability")
class AvailabilityResource {

    private static final int TEXT_MAX = 200;

    private final AvailabilityService availability;

    AvailabilityResource(AvailabilityService availability) {
        this.availability = availability;
    }

    /// Every offer, or those of one account, in the order of their ids.
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public Page<OfferAvailability> page(@RestQuery @Nullable String account, @RestQuery @Nullable String after) {
        List<OfferAvailability> found = availability.page(account, Page.position(after), Page.SIZE + 1).stream()
                .map(OfferAvailability::of)
                .toList();
        return Page.of(found, Page.SIZE, OfferAvailability::offer);
    }

    /// One offer.
    @GET
    @Path("/{offer}")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.SERVICE})
    public OfferAvailability find(@RestPath String offer) {
        return availability
                .find(offer)
                .map(OfferAvailability::of)
                .orElseThrow(() -> Problem.of(404, "unknown-offer", "The catalogue never announced this offer")
                        .asException());
    }

    /// Every row of settings.
    @GET
    @Path("/settings")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public List<OneSetting> settings() {
        return availability.settings().stream().map(OneSetting::of).toList();
    }

    /// Sets what is said of an account and a SKU, each of which may be `*`, in place of what was said
    /// before. A field that is absent says nothing: the next less particular row is asked.
    @PUT
    @Path("/settings/{account}/{sku}")
    @RolesAllowed(Roles.OPERATOR)
    public OneSetting set(
            @RestPath @NotBlank @Size(max = TEXT_MAX) String account,
            @RestPath @NotBlank @Size(max = TEXT_MAX) String sku,
            @Valid @NotNull SettingsRequest request) {
        refuse(request.contradictions(account));
        Setting setting = new Setting(account, sku, request.settings());
        availability.set(setting);
        return OneSetting.of(setting);
    }

    private static void refuse(List<Wrong> errors) {
        if (!errors.isEmpty()) {
            throw Problem.of(400, "invalid-request", "The request breaks a rule")
                    .with("errors", errors)
                    .asException();
        }
    }

    /// A field that contradicts another, or where it stands.
    record Wrong(String field, String reason) {}

    /// @param quantity what it should show now
    /// @param terms what adds up to the quantity
    /// @param sequence of what was announced last; zero before the first time
    /// @param announcedQuantity absent when the channel is to be told again, whatever it was told
    record OfferAvailability(
            String offer,
            String account,
            String channel,
            String sku,
            boolean active,
            int quantity,
            List<Availability.Term> terms,
            long bookedUnits,
            long sequence,
            @Nullable Integer announcedQuantity) {

        static OfferAvailability of(Shown shown) {
            Offer offer = shown.offer();
            Offer.@Nullable Announced announced = offer.announced();
            return new OfferAvailability(
                    offer.id(),
                    offer.account(),
                    offer.channel(),
                    offer.sku(),
                    offer.active(),
                    shown.availability().quantity(),
                    shown.availability().terms(),
                    offer.booked(),
                    offer.lastSequence(),
                    announced == null ? null : announced.quantity());
        }
    }
}
