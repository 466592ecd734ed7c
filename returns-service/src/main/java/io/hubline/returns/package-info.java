/// Returns: what comes back, in which state, and what the buyer is owed for it. The room is empty so far.
///
/// Here will live two state machines per returned unit, because a channel refunds before the goods arrive:
/// **custody** (expected, received, inspected, restocked or scrapped) and **money** (none, approved, sent,
/// confirmed). Held here will be invariant I7: refunded is never more than paid, and restocked never more than
/// sold, per order line.
@NullMarked
package io.hubline.returns;

import org.jspecify.annotations.NullMarked;
