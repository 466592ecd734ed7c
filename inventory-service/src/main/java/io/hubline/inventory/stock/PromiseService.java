package io.hubline.inventory.stock;

import io.hubline.contracts.order.OrderFacts;
import io.hubline.contracts.routing.RouteEvent;
import io.hubline.inventory.stock.domain.OrderDemand;
import io.hubline.inventory.stock.domain.Promise;
import io.hubline.inventory.stock.domain.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Keeps what orders are promised.
@ApplicationScoped
public class PromiseService {

    private final Folding books;

    PromiseService(Folding books) {
        this.books = books;
    }

    /// Brings the promise to the facts of its order: promises what exists, backorders the rest, gives back
    /// what nobody wants any longer, and ships what has left. Facts not newer than those seen change
    /// nothing.
    ///
    /// @param event of which it is the effect
    public CompletionStage<Answer> bringTo(UUID event, OrderFacts facts) {
        return books.ask(Ask.of(Ask.Source.ofEvent("stock.orders", event), new Request.Promised(demand(facts))));
    }

    /// Turns what is held into allocations at the plan's locations, all or nothing, and answers the plan.
    ///
    /// @param event of which it is the effect
    public CompletionStage<Answer> carryOut(UUID event, RouteEvent.OrderRouted plan) {
        return books.ask(Ask.of(
                Ask.Source.ofEvent("stock.routes", event),
                new Request.Planned(
                        plan.orderId(),
                        plan.sequence(),
                        plan.planId(),
                        plan.assignments().stream()
                                .map(assignment -> new Request.Assignment(
                                        assignment.lineId(),
                                        assignment.sku(),
                                        assignment.locationId(),
                                        assignment.quantity()))
                                .toList())));
    }

    static OrderDemand demand(OrderFacts facts) {
        return new OrderDemand(
                facts.orderId(),
                facts.version(),
                switch (facts.state()) {
                    case OPEN -> Promise.State.OPEN;
                    case CANCELLED -> Promise.State.CANCELLED;
                    case COMPLETED -> Promise.State.COMPLETED;
                },
                facts.placedAt(),
                facts.shipBy(),
                facts.account(),
                facts.account() + ":" + facts.externalId(),
                facts.lines().stream().map(PromiseService::line).toList(),
                facts.shipments().stream()
                        .flatMap(shipment -> parcels(shipment).stream())
                        .toList());
    }

    private static OrderDemand.Line line(OrderFacts.DemandLine line) {
        int ordered = line.sale() == null ? 0 : line.sale().ordered();
        return new OrderDemand.Line(
                line.lineId(), line.sku(), line.offer(), line.quantity(), Math.max(ordered, line.quantity()));
    }

    /// One parcel per line, though a shipment may name a line twice.
    private static List<OrderDemand.Parcel> parcels(OrderFacts.Shipment shipment) {
        Map<String, Integer> byLine = new TreeMap<>();
        shipment.lines().forEach(line -> byLine.merge(line.lineId(), line.quantity(), Math::addExact));
        return byLine.entrySet().stream()
                .map(line -> new OrderDemand.Parcel(
                        shipment.shipmentId(), shipment.locationId(), line.getKey(), line.getValue()))
                .toList();
    }
}
