package io.hubline.order.process.domain;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that became known about an order.
public sealed interface OrderInput {

    /// A stable word for the history.
    default String name() {
        return switch (this) {
            case SnapshotObserved _ -> "snapshot";
            case MappingArrived _ -> "mapping";
            case PromiseChanged _ -> "promise";
            case RoutePlanned _ -> "route";
            case RouteImpossible _ -> "unroutable";
            case ShipmentReported _ -> "shipment";
            case CancellationRequested _ -> "cancellation";
            case HoldPlaced _ -> "hold-placed";
            case HoldReleased _ -> "hold-released";
        };
    }

    /// The channel showed the order.
    record SnapshotObserved(Snapshot snapshot) implements OrderInput {}

    /// The catalogue came to know lines that were waiting.
    ///
    /// @param found by line id
    record MappingArrived(Map<String, Mapping> found) implements OrderInput {

        public MappingArrived {
            found = Map.copyOf(found);
        }
    }

    /// Inventory said what is promised.
    ///
    /// @param refusedPlan the plan this answer refuses; null where it refuses none
    record PromiseChanged(Promise promise, @Nullable String refusedPlan) implements OrderInput {}

    /// Routing chose locations.
    record RoutePlanned(long sequence, long orderVersion, Instant at, String planId, int attempt)
            implements OrderInput {}

    /// Routing found no plan.
    record RouteImpossible(long sequence, long orderVersion, Instant at, String reason) implements OrderInput {}

    /// A warehouse reported a parcel.
    record ShipmentReported(Shipment shipment) implements OrderInput {}

    /// The seller calls the order off.
    record CancellationRequested(String reason) implements OrderInput {}

    /// A person stops the order.
    record HoldPlaced(String detail) implements OrderInput {}

    /// A person decided a hold.
    record HoldReleased(HoldReason reason) implements OrderInput {}
}
