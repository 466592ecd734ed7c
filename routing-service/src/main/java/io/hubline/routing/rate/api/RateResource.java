package io.hubline.routing.rate.api;

import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Page;
import io.hubline.kit.web.Problem;
import io.hubline.routing.rate.PutOutcome.OtherCurrency;
import io.hubline.routing.rate.PutOutcome.Stands;
import io.hubline.routing.rate.Rate;
import io.hubline.routing.rate.RateService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.Currency;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What a parcel costs.
@Path("/rates")
class RateResource {

    // Far above any parcel, and low enough that no sum over an order overflows.
    private static final long AMOUNT_MAX = 100_000_000;

    private final RateService rates;

    RateResource(RateService rates) {
        this.rates = rates;
    }

    /// Makes a rate, or changes it. The same body again changes nothing.
    @PUT
    @Path("/{rateId}")
    @RolesAllowed(Roles.OPERATOR)
    public Rate put(
            @RestPath @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._:-]{0,127}") String rateId,
            @NotNull @Valid Request request) {
        if (!isCurrency(request.currency())) {
            throw Problem.of(400, "unknown-currency", "There is no such currency")
                    .with("currency", request.currency())
                    .asException();
        }
        return switch (rates.put(request.named(rateId))) {
            case Stands(Rate rate) -> rate;
            case OtherCurrency(String currency) ->
                throw Problem.of(409, "rate-currency", "The other rates are in another currency")
                        .with("currency", currency)
                        .asException();
        };
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }

    /// Takes a rate away. Plans that stand keep their cost.
    @DELETE
    @Path("/{rateId}")
    @RolesAllowed(Roles.OPERATOR)
    public void remove(@RestPath String rateId) {
        rates.remove(rateId);
    }

    /// Rates in the order of their ids.
    @GET
    @RolesAllowed(Roles.VIEWER)
    public Page<Rate> list(@RestQuery @Nullable String after) {
        return Page.of(rates.page(Page.position(after), Page.SIZE + 1), Page.SIZE, Rate::rateId);
    }

    /// What a rate should be.
    record Request(
            @NotBlank @Size(max = 64) String locationId,
            @NotNull @Pattern(regexp = "[A-Z]{2}") String country,
            @Nullable @Pattern(regexp = "[A-Z0-9]{1,8}") String region,
            @NotBlank @Size(max = 64) String carrier,
            @NotBlank @Size(max = 64) String service,
            @Min(0) @Max(AMOUNT_MAX) long baseMinor,
            @Min(0) @Max(AMOUNT_MAX) long perUnitMinor,
            @NotBlank String currency,
            @Min(0) @Max(365) int transitDays) {

        Rate named(String rateId) {
            return new Rate(
                    rateId,
                    locationId,
                    country,
                    region,
                    carrier,
                    service,
                    baseMinor,
                    perUnitMinor,
                    currency,
                    transitDays);
        }
    }
}
