package io.hubline.routing.plan.domain;

import io.hubline.routing.plan.domain.PlanOutcome.Assignment;
import io.hubline.routing.plan.domain.PlanOutcome.Parcel;
import io.hubline.routing.plan.domain.PlanOutcome.Rejected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One announcement about an order, kept to explain it.
///
/// @param planId null where it says that there is no plan
/// @param reason why there is no plan; null where there is one
/// @param answer what the stock ledger said; null while it has said nothing
public record Announced(
        String orderId,
        long sequence,
        long orderVersion,
        int attempt,
        Instant at,
        @Nullable String planId,
        @Nullable String reason,
        @Nullable Long costMinor,
        @Nullable String currency,
        List<Assignment> assignments,
        List<Parcel> parcels,
        List<String> reasons,
        List<Rejected> rejected,
        @Nullable String answer,
        @Nullable String answerDetail,
        @Nullable Instant answeredAt) {

    public Announced {
        assignments = List.copyOf(assignments);
        parcels = List.copyOf(parcels);
        reasons = List.copyOf(reasons);
        rejected = List.copyOf(rejected);
    }
}
