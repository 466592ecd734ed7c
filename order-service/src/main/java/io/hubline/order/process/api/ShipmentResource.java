package io.hubline.order.process.api;

import io.hubline.kit.security.Roles;
import io.hubline.order.process.OrderFulfilment;
import io.hubline.order.process.OrderFulfilment.Parcel;
import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.Shipment;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Parcels that left. The warehouse names each one, so a repeated report counts once and gets the same
/// answer.
@Path("/orders/{orderId}/shipments")
class ShipmentResource {

    private final OrderFulfilment fulfilment;

    ShipmentResource(OrderFulfilment fulfilment) {
        this.fulfilment = fulfilment;
    }

    /// Takes in a parcel; refused when its units are not allocated at its location, or its id names another
    /// parcel.
    @POST
    @RolesAllowed(Roles.OPERATOR)
    public Reported report(@RestPath String orderId, @NotNull @Valid Request request) {
        Order order = Answers.order(orderId, fulfilment.ship(orderId, request.parcel()));
        return order.shipments().stream()
                .filter(parcel -> parcel.shipmentId().equals(request.shipmentId()))
                .map(parcel -> Reported.of(orderId, parcel))
                .findFirst()
                .orElseThrow();
    }

    record Request(
            @NotBlank @Size(max = 100) String shipmentId,
            @NotBlank @Size(max = 100) String locationId,
            @NotBlank @Size(max = 100) String carrier,
            @NotBlank @Size(max = 100) String trackingNumber,
            @Nullable @Size(max = 500) String trackingUrl,
            @NotEmpty @Size(max = 1000) List<@NotNull @Valid Units> lines) {

        Parcel parcel() {
            return new Parcel(
                    shipmentId,
                    locationId,
                    carrier,
                    trackingNumber,
                    trackingUrl,
                    lines.stream()
                            .map(line -> new Shipment.ShippedLine(line.lineId(), line.quantity()))
                            .toList());
        }
    }

    record Units(@NotBlank String lineId, @Positive int quantity) {}

    /// The parcel as the book has it.
    record Reported(
            String orderId,
            String shipmentId,
            String locationId,
            String carrier,
            String trackingNumber,
            @Nullable String trackingUrl,
            Instant shippedAt,
            List<Units> lines) {

        static Reported of(String orderId, Shipment parcel) {
            return new Reported(
                    orderId,
                    parcel.shipmentId(),
                    parcel.locationId(),
                    parcel.carrier(),
                    parcel.trackingNumber(),
                    parcel.trackingUrl(),
                    parcel.shippedAt(),
                    parcel.lines().stream()
                            .map(line -> new Units(line.lineId(), line.quantity()))
                            .toList());
        }
    }
}
