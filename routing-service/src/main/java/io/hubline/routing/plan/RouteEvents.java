package io.hubline.routing.plan;

import io.hubline.contracts.Money;
import io.hubline.contracts.routing.RouteEvent;
import io.hubline.contracts.routing.RouteEvent.Assignment;
import io.hubline.contracts.routing.RouteEvent.OrderRouted;
import io.hubline.contracts.routing.RouteEvent.OrderUnroutable;
import io.hubline.contracts.routing.RouteEvent.RejectedOption;
import io.hubline.routing.plan.domain.Announced;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Our decisions said in the published language.
final class RouteEvents {

    private RouteEvents() {}

    static RouteEvent routed(Announced plan, String currency) {
        return new OrderRouted(
                plan.orderId(),
                plan.orderVersion(),
                plan.sequence(),
                plan.at(),
                Objects.requireNonNull(plan.planId()),
                plan.attempt(),
                plan.assignments().stream()
                        .map(each -> new Assignment(each.lineId(), each.sku(), each.locationId(), each.units()))
                        .toList(),
                new Money(Objects.requireNonNull(plan.costMinor()), currency),
                plan.reasons(),
                rejected(plan, currency));
    }

    static RouteEvent unroutable(Announced failure, @Nullable String currency) {
        return new OrderUnroutable(
                failure.orderId(),
                failure.orderVersion(),
                failure.sequence(),
                failure.at(),
                Objects.requireNonNull(failure.reason()),
                rejected(failure, currency));
    }

    private static List<RejectedOption> rejected(Announced decision, @Nullable String currency) {
        return decision.rejected().stream()
                .map(option -> new RejectedOption(
                        option.locations(),
                        option.costMinor() == null || currency == null ? null : new Money(option.costMinor(), currency),
                        option.reason()))
                .toList();
    }
}
