package io.hubline.inventory.availability.api;

import io.hubline.inventory.availability.AvailabilityService;
import io.hubline.inventory.availability.AvailabilityService.Shown;
import io.hubline.inventory.availability.domain.Availability;
import io.hubline.inventory.availability.domain.Limits;
import io.hubline.inventory.availability.domain.Offer;
import io.hubline.inventory.availability.domain.Offers;
import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.PositiveOrZero;
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

    /// Every limit that is set.
    @GET
    @Path("/settings")
    @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
    public List<Setting> settings() {
        return availability.settings().stream().map(Setting::of).toList();
    }

    /// Sets the limits of an account and a SKU, each of which may be `*`.
    @PUT
    @Path("/settings/{account}/{sku}")
    @RolesAllowed(Roles.OPERATOR)
    public Settings set(@RestPath String account, @RestPath String sku, @Valid Settings settings) {
        int maximum = settings.maximum() == null ? Integer.MAX_VALUE : settings.maximum();
        availability.set(
                new Offers.Setting(account, sku, new Limits(settings.safetyStock(), settings.minimum(), maximum)));
        return settings;
    }

    /// @param maximum absent for no maximum
    record Settings(
            @PositiveOrZero int safetyStock,
            @PositiveOrZero int minimum,
            @PositiveOrZero @Nullable Integer maximum) {}

    /// @param maximum absent for no maximum
    record Setting(
            String account,
            String sku,
            int safetyStock,
            int minimum,
            @Nullable Integer maximum) {

        static Setting of(Offers.Setting setting) {
            Limits limits = setting.limits();
            return new Setting(
                    setting.account(),
                    setting.sku(),
                    limits.safetyStock(),
                    limits.minimum(),
                    limits.maximum() == Integer.MAX_VALUE ? null : limits.maximum());
        }
    }

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
