package io.hubline.order.process.api;

import io.hubline.kit.web.Problem;
import io.hubline.kit.web.ProblemException;
import io.hubline.order.process.domain.Decision;
import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.Refusal;
import java.util.Optional;

/// Decisions of the process as HTTP answers.
final class Answers {

    private Answers() {}

    /// The order after the decision.
    ///
    /// @throws ProblemException when there is no such order, or it did not do what was asked
    static Order order(String orderId, Optional<Decision> decision) {
        return switch (decision.orElseThrow(() -> notFound(orderId))) {
            case Decision.Advanced advanced -> advanced.order();
            case Decision.Ignored ignored -> ignored.order();
            case Decision.Refused(Order order, Refusal refusal) ->
                throw problem(refusal)
                        .detail(refusal.text())
                        .with("orderId", orderId)
                        .with("stage", order.stage())
                        .asException();
        };
    }

    static ProblemException notFound(String orderId) {
        return Problem.of(404, "order-not-found", "There is no such order")
                .with("orderId", orderId)
                .asException();
    }

    private static Problem problem(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotAllocatedThere(String lineId, String locationId, int asked, int allocated) ->
                Problem.of(409, "shipment-not-allocated", "The units are not allocated at this location")
                        .with("lineId", lineId)
                        .with("locationId", locationId)
                        .with("asked", asked)
                        .with("allocated", allocated);
            case Refusal.UnknownLine(String lineId) ->
                Problem.of(409, "shipment-not-allocated", "The units are not allocated at this location")
                        .with("lineId", lineId);
            case Refusal.ShipmentDiffers(String shipmentId) ->
                Problem.of(409, "shipment-differs", "The shipment was reported with other content")
                        .with("shipmentId", shipmentId);
            case Refusal.OrderClosed _ -> Problem.of(409, "order-closed", "The order is over");
            case Refusal.NoSuchHold(var reason) ->
                Problem.of(404, "hold-not-found", "The order is not held for this reason")
                        .with("reason", reason);
            case Refusal.HoldLiftsItself(var reason) ->
                Problem.of(409, "hold-lifts-itself", "No release lifts this hold")
                        .with("reason", reason);
        };
    }
}
