package io.hubline.order.process.api;

import io.hubline.kit.security.Roles;
import io.hubline.kit.web.Problem;
import io.hubline.order.process.OrderDesk;
import io.hubline.order.process.domain.HoldReason;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import org.jboss.resteasy.reactive.RestPath;

/// What a person decides about the holds of one order.
@Path("/orders/{orderId}/holds")
class HoldResource {

    private final OrderDesk desk;

    HoldResource(OrderDesk desk) {
        this.desk = desk;
    }

    /// Stops the order until somebody releases it. Placed again, the newer detail stands.
    @POST
    @RolesAllowed(Roles.OPERATOR)
    public OrderStanding place(@RestPath String orderId, @NotNull @Valid Request request) {
        return OrderStanding.of(Answers.order(orderId, desk.placeHold(orderId, request.detail())));
    }

    /// Decides a hold. Refused for a hold that stands for something missing, which no release brings.
    @POST
    @Path("/{reason}/release")
    @RolesAllowed(Roles.OPERATOR)
    public OrderStanding release(@RestPath String orderId, @RestPath String reason) {
        return OrderStanding.of(Answers.order(orderId, desk.releaseHold(orderId, reason(orderId, reason))));
    }

    private static HoldReason reason(String orderId, String text) {
        return Arrays.stream(HoldReason.values())
                .filter(reason -> reason.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.of(404, "hold-not-found", "The order is not held for this reason")
                        .with("orderId", orderId)
                        .with("reason", text)
                        .asException());
    }

    /// @param detail for a person; announced, so without personal data
    record Request(@NotBlank @Size(max = 200) String detail) {}
}
