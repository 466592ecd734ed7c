/// The rules of routing: when an order may be planned, which plan is the cheapest, and what follows from an
/// answer.
@NullMarked
package io.hubline.routing.plan.domain;

import org.jspecify.annotations.NullMarked;
