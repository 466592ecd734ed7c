/// Returns: what comes back, in which state, and what the buyer is owed for it.
///
/// Two state machines per returned unit, because a channel refunds before the goods arrive: **custody**
/// (expected, received, inspected, restocked or scrapped, or given up) and **money** (none, approved, sent,
/// confirmed). Held here is invariant I7: refunded is never more than paid, and restocked never more than
/// sold, per order line.
@NullMarked
package io.hubline.returns;

import org.jspecify.annotations.NullMarked;
