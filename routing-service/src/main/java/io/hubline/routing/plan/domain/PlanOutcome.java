package io.hubline.routing.plan.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the planner answers.
public sealed interface PlanOutcome {

    /// The options that lost, at most as many as the policy keeps.
    List<Rejected> rejected();

    /// The best plan.
    ///
    /// @param costMinor all parcels and the penalty for splitting, in minor units of the rates' currency
    /// @param lateParcels parcels that leave after the ship-by time, because no plan has fewer
    /// @param proven false where the search met its limit, so that a cheaper plan may exist
    record Planned(
            List<Assignment> assignments,
            List<Parcel> parcels,
            long costMinor,
            int lateParcels,
            boolean proven,
            List<String> reasons,
            List<Rejected> rejected)
            implements PlanOutcome {

        public Planned {
            assignments = List.copyOf(assignments);
            parcels = List.copyOf(parcels);
            reasons = List.copyOf(reasons);
            rejected = List.copyOf(rejected);
        }
    }

    /// There is no plan.
    record NoPlan(Cause cause, String detail, List<Rejected> rejected) implements PlanOutcome {

        public NoPlan {
            rejected = List.copyOf(rejected);
        }
    }

    /// Why there is no plan. The names are published, so they are never changed.
    enum Cause {
        /// No location is there, or none is enabled.
        NO_LOCATION,
        /// Where the units lie, no rate to the destination is.
        NO_RATE,
        /// The units do not lie anywhere that may ship.
        NO_STOCK
    }

    /// Units of one line that one location ships.
    record Assignment(String lineId, String sku, String locationId, int units) {}

    /// What leaves one location.
    record Parcel(String locationId, String rateId, int units, long costMinor) {}

    /// An option that lost.
    ///
    /// @param costMinor null where it could not be carried out
    record Rejected(List<String> locations, @Nullable Long costMinor, String reason) {

        public Rejected {
            locations = List.copyOf(locations);
        }
    }
}
