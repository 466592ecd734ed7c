package io.hubline.order.process;

import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.time.temporal.ChronoUnit.MICROS;

import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.contracts.inventory.ReservationEvent.AllocatedUnits;
import io.hubline.contracts.inventory.ReservationEvent.AllocationRefused;
import io.hubline.contracts.inventory.ReservationEvent.PromisedLine;
import io.hubline.contracts.routing.RouteEvent;
import io.hubline.contracts.routing.RouteEvent.OrderRouted;
import io.hubline.contracts.routing.RouteEvent.OrderUnroutable;
import io.hubline.order.process.domain.Decision;
import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.OrderInput;
import io.hubline.order.process.domain.OrderInput.PromiseChanged;
import io.hubline.order.process.domain.OrderInput.RouteImpossible;
import io.hubline.order.process.domain.OrderInput.RoutePlanned;
import io.hubline.order.process.domain.OrderInput.ShipmentReported;
import io.hubline.order.process.domain.OrderStore;
import io.hubline.order.process.domain.Promise;
import io.hubline.order.process.domain.Refusal;
import io.hubline.order.process.domain.Shipment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes in what inventory, routing and the warehouses say about orders.
@ApplicationScoped
public class OrderFulfilment {

    private final OrderStore orders;
    private final OrderAdvance advance;

    OrderFulfilment(OrderStore orders, OrderAdvance advance) {
        this.orders = orders;
        this.advance = advance;
    }

    /// Takes over what inventory promises, unless something newer is known.
    ///
    /// @throws IllegalStateException when the order is not in the book: the event becomes a dead letter
    @Transactional(MANDATORY)
    public void promised(ReservationEvent event) {
        @Nullable
        String refusedPlan = switch (event) {
            case AllocationRefused refused -> refused.planId();
            case ReservationEvent.OrderReserved _,
                    ReservationEvent.OrderBackordered _,
                    ReservationEvent.ReservationReleased _,
                    ReservationEvent.OrderAllocated _ -> null;
        };
        List<Promise.PromisedLine> lines =
                event.lines().stream().map(OrderFulfilment::line).toList();
        apply(event.orderId(), new PromiseChanged(new Promise(event.sequence(), lines, refusedPlan), refusedPlan));
    }

    /// Takes over what routing planned, unless something newer is known.
    ///
    /// @throws IllegalStateException when the order is not in the book: the event becomes a dead letter
    @Transactional(MANDATORY)
    public void routed(RouteEvent event) {
        OrderInput input = switch (event) {
            case OrderRouted routed ->
                new RoutePlanned(
                        routed.sequence(),
                        routed.orderVersion(),
                        routed.at().truncatedTo(MICROS),
                        routed.planId(),
                        routed.attempt());
            case OrderUnroutable unroutable ->
                new RouteImpossible(
                        unroutable.sequence(),
                        unroutable.orderVersion(),
                        unroutable.at().truncatedTo(MICROS),
                        unroutable.reason());
        };
        apply(event.orderId(), input);
    }

    /// Takes in a parcel that left. The warehouse names it; the same report again gets the same answer.
    ///
    /// @return empty when there is no such order
    @Transactional
    public Optional<Decision> ship(String orderId, Parcel parcel) {
        return orders.hold(orderId).map(order -> {
            Instant now = advance.now();
            Shipment shipment = new Shipment(
                    parcel.shipmentId(),
                    parcel.locationId(),
                    parcel.carrier(),
                    parcel.trackingNumber(),
                    parcel.trackingUrl(),
                    now,
                    parcel.lines());
            return isAnothers(orderId, shipment.shipmentId())
                    ? new Decision.Refused(order, new Refusal.ShipmentDiffers(shipment.shipmentId()))
                    : advance.apply(order, new ShipmentReported(shipment));
        });
    }

    private boolean isAnothers(String orderId, String shipmentId) {
        return orders.ownerOf(shipmentId)
                .filter(owner -> !owner.equals(orderId))
                .isPresent();
    }

    private void apply(String orderId, OrderInput input) {
        Order order = orders.hold(orderId)
                .orElseThrow(() -> new IllegalStateException("order %s is not in the book".formatted(orderId)));
        advance.apply(order, input);
    }

    private static Promise.PromisedLine line(PromisedLine line) {
        return new Promise.PromisedLine(
                line.lineId(),
                line.held(),
                line.backordered(),
                line.allocated().stream()
                        .collect(
                                Collectors.toMap(AllocatedUnits::locationId, AllocatedUnits::quantity, Math::addExact)),
                line.shipped());
    }

    /// A parcel as a warehouse reports it.
    public record Parcel(
            String shipmentId,
            String locationId,
            String carrier,
            String trackingNumber,
            @Nullable String trackingUrl,
            List<Shipment.ShippedLine> lines) {

        public Parcel {
            lines = List.copyOf(lines);
        }
    }
}
