package io.hubline.inventory.stock.domain;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rebuilds every running sum from what it is the sum of, and compares (invariant I1).
public interface LedgerCheck {

    /// What was compared.
    Extent extent();

    /// Sums that are not what they should be, up to a number of them.
    List<Drift> drifts(int max);

    /// Writes the true sums of these SKUs, whose pools the caller holds.
    void rebuild(Collection<String> skus);

    /// How much was compared.
    record Extent(long movements, long positions, long pools, long reservations) {}

    /// A sum that drifted.
    ///
    /// @param sum what it is, such as `stock_position.on_hand`
    /// @param subject where: the location, or the line of an order; null where the SKU says it all
    /// @param book what the book says
    /// @param rebuilt what the ledger says
    record Drift(String sum, String sku, @Nullable String subject, long book, long rebuilt) {}
}
