package io.hubline.inventory.stock.domain;

import java.time.Instant;

/// What was written down so that asking again gets the first answer: commands under the ids of their
/// callers, and what plans were answered.
public interface Notes {

    /// Forgets what was counted between two moments and moved nothing, rows of files included.
    ///
    /// The note of whatever moved units stays, as its movements do: the ledger books a cause once, whenever
    /// it is asked for again.
    ///
    /// @return how many were forgotten; fewer than the limit where none is left
    int forgetCounts(Instant from, Instant to, int limit);

    /// Forgets what plans were answered before a moment. A plan that comes again later is ignored: its
    /// number is not higher than the last one of its order.
    ///
    /// @return how many were forgotten; fewer than the limit where none is left
    int forgetPlanAnswers(Instant before, int limit);
}
