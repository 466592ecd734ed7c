package io.hubline.inventory.stock.domain;

import java.util.Collection;
import java.util.Map;

/// What offers in escrow can still sell without our knowing, as it is kept. Whoever changes one holds the
/// pools of all its parts.
public interface Exposures {

    /// The exposures of these offers, by offer. Offers that are not in escrow are left out.
    Map<String, Exposure> of(Collection<String> offers);

    /// Writes these exposures and counts them in the pools of their parts, in place of what was counted of
    /// the offers before.
    void save(Collection<Exposure> exposures);

    /// Ends the exposure of offers that are in escrow no longer, or never were.
    void end(Collection<String> offers);
}
