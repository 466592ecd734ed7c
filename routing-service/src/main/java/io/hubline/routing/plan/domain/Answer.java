package io.hubline.routing.plan.domain;

import java.time.Instant;

/// What the stock ledger says to a plan.
public sealed interface Answer {

    String planId();

    /// The units now stand at the plan's locations.
    ///
    /// @param at when it was decided, by the ledger's clock
    record Allocated(String planId, Instant at) implements Answer {}

    /// A location no longer has the units.
    record RanDry(String planId, String detail) implements Answer {}

    /// The order was changed or cancelled since.
    record OrderChanged(String planId, String detail) implements Answer {}
}
