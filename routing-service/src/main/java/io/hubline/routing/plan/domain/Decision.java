package io.hubline.routing.plan.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The last time an order was planned.
///
/// @param planId names the plan; null where there was none
/// @param orderVersion the version of the order that was planned for
public record Decision(@Nullable String planId, long orderVersion, Demand demand, Instant at) {}
