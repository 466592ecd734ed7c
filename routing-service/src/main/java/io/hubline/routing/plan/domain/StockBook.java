package io.hubline.routing.plan.domain;

import io.hubline.routing.plan.domain.PlanOutcome.Assignment;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The copy of stock that plans are made from, and what outstanding plans claim of it.
///
/// A claim is soft: it keeps two plans made at once from taking the same last unit, most of the time. What
/// it misses, the stock ledger refuses.
public interface StockBook {

    /// Applies a position, unless it is not newer than the one applied.
    void apply(StockLevel level);

    /// What is free of these SKUs, held against other planners until the transaction ends.
    List<Shelf> hold(Collection<String> skus, Instant now);

    /// Claims a plan's units until [#allocated] or [#release]. The SKUs must be held.
    void claim(String planId, Collection<Assignment> assignments);

    /// The ledger carried the plan out. Its claims end with the stock record that shows it, which may have
    /// come before or may come later, and at the latest at `until`.
    ///
    /// @param decidedAt by the ledger's clock, of which a stock record's sequence is made as well
    void allocated(String planId, Instant decidedAt, Instant until);

    /// The plan is dropped: its units are free again at once.
    void release(String planId);

    /// One SKU.
    ///
    /// @param change rises with every change of what follows; zero where nothing is known
    /// @param free per location, claims left out of account
    /// @param claimed per location, by outstanding plans
    record Shelf(String sku, long change, Map<String, Integer> free, Map<String, Integer> claimed) {

        public Shelf {
            free = Map.copyOf(free);
            claimed = Map.copyOf(claimed);
        }
    }
}
