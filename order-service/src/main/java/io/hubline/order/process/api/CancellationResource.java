package io.hubline.order.process.api;

import io.hubline.kit.security.Roles;
import io.hubline.order.process.OrderDesk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;

/// The seller's word that an order is off. Again and again it gets the same answer.
@Path("/orders/{orderId}/cancellation")
class CancellationResource {

    private final OrderDesk desk;

    CancellationResource(OrderDesk desk) {
        this.desk = desk;
    }

    /// Calls off what has not left; refused when all of it has.
    @POST
    @RolesAllowed(Roles.OPERATOR)
    public OrderStanding cancel(@RestPath String orderId, @NotNull @Valid Request request) {
        return OrderStanding.of(Answers.order(orderId, desk.cancel(orderId, request.reason())));
    }

    /// @param reason told to the channel; without personal data
    record Request(@NotBlank @Size(max = 200) String reason) {}
}
