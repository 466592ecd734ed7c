package io.hubline.returns.rma.api;

import io.hubline.kit.security.Roles;
import io.hubline.returns.rma.ReturnDesk;
import io.hubline.returns.rma.ReturnLookup;
import io.hubline.returns.rma.domain.Command;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// The money of a return. It does not wait for the goods: channels pay back before those arrive.
@Path("/returns/{returnId}/refunds")
class RefundResource {

    private static final long SHIPPING_MAX = 1_000_000_000_000L;

    private final ReturnDesk desk;
    private final ReturnLookup lookup;

    RefundResource(ReturnDesk desk, ReturnLookup lookup) {
        this.desk = desk;
        this.lookup = lookup;
    }

    /// Pays the buyer back for units: each its own share of what was paid for its line. The caller names
    /// the refund, so a repeated request pays once.
    @POST
    @RolesAllowed(Roles.FINANCE)
    public ReturnView payBack(@RestPath String returnId, @NotNull @Valid RefundRequest request) {
        @Nullable Long shipping = request.shippingMinor();
        return Answers.view(
                returnId,
                desk.payBack(
                        returnId,
                        new Command.PayBack(
                                request.refundId(),
                                request.lines().stream()
                                        .map(line -> new Command.Units(line.lineId(), line.quantity()))
                                        .toList(),
                                shipping == null ? 0 : shipping,
                                request.reason())),
                lookup);
    }

    /// Lets a refund be tried again that the channel refused. It keeps its id, so the channel is looked at
    /// before anything is paid.
    @POST
    @Path("/{refundId}/retry")
    @RolesAllowed(Roles.FINANCE)
    public ReturnView retry(@RestPath String returnId, @RestPath String refundId) {
        return Answers.view(returnId, desk.retry(returnId, refundId), lookup);
    }

    /// @param shippingMinor what of the order's shipping goes back too, in minor units
    record RefundRequest(
            @NotNull @Pattern(regexp = Answers.ID) String refundId,
            @NotEmpty @Size(max = Answers.LINES_MAX) List<@NotNull @Valid RefundLineRequest> lines,
            @Nullable @PositiveOrZero @Max(SHIPPING_MAX) Long shippingMinor,
            @NotNull @Pattern(regexp = Answers.WORD) String reason) {}

    record RefundLineRequest(
            @NotBlank @Size(max = 100) String lineId,
            @Positive @Max(Answers.UNITS_MAX) int quantity) {}
}
