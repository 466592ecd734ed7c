package io.hubline.contracts.routing;

import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import io.hubline.contracts.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What routing says on `routes`, keyed by order id.
public sealed interface RouteEvent extends Event {

    String orderId();

    /// The version of the order that was planned for.
    long orderVersion();

    /// 1, 2, 3, ... per order, one per event, without gaps; a reader ignores what is not higher than it has
    /// seen.
    long sequence();

    /// When it was decided.
    Instant at();

    @Override
    default String key() {
        return orderId();
    }

    /// Locations were chosen.
    ///
    /// @param planId names this plan; the answer on `reservations` repeats it
    /// @param attempt 1 for the first plan of this demand; it rises when a location ran dry
    /// @param reasons why this plan, for a person
    /// @param rejected the plans that lost, and why
    @EventName("order.routed.v1")
    record OrderRouted(
            String orderId,
            long orderVersion,
            long sequence,
            Instant at,
            String planId,
            int attempt,
            List<Assignment> assignments,
            Money cost,
            List<String> reasons,
            List<RejectedOption> rejected)
            implements RouteEvent {

        public OrderRouted {
            assignments = List.copyOf(assignments);
            reasons = List.copyOf(reasons);
            rejected = List.copyOf(rejected);
        }
    }

    /// No plan is feasible; the order holds with this reason.
    @EventName("order.unroutable.v1")
    record OrderUnroutable(
            String orderId, long orderVersion, long sequence, Instant at, String reason, List<RejectedOption> rejected)
            implements RouteEvent {

        public OrderUnroutable {
            rejected = List.copyOf(rejected);
        }
    }

    /// Units of one line that one location ships.
    record Assignment(String lineId, String sku, String locationId, int quantity) {}

    /// A plan that lost.
    ///
    /// @param cost null where it could not be carried out at all
    record RejectedOption(List<String> locations, @Nullable Money cost, String reason) {

        public RejectedOption {
            locations = List.copyOf(locations);
        }
    }
}
