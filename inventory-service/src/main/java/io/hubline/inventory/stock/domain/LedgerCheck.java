package io.hubline.inventory.stock.domain;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Rebuilds running sums from what they are the sums of, and compares (invariant I1).
///
/// It goes through the books a slice at a time. Each slice is compared in one statement, which sees the
/// books at one moment and takes no lock, so trade goes on beside it.
public interface LedgerCheck {

    /// What there is to compare.
    Extent extent();

    /// The next SKUs that any book knows, in their order.
    ///
    /// @param after the SKU behind which to start; null for the first
    List<String> skus(@Nullable String after, int size);

    /// Sums of these SKUs that are not what they should be.
    List<Drift> drifts(Collection<String> skus);

    /// Sums of lines of orders that are not what they should be, over as many lines.
    ///
    /// @param after the line behind which to start; null for the first
    Lines lines(StockBooks.@Nullable LineKey after, int size);

    /// Sums of the lines of these SKUs that are not what they should be.
    List<Drift> linesOf(Collection<String> skus);

    /// These SKUs, and those that are promised together with them.
    SortedSet<String> promisedTogether(Collection<String> skus);

    /// Writes the true sums of these SKUs, whose pools the caller holds.
    void rebuild(Collection<String> skus);

    /// How much there is to compare.
    record Extent(long movements, long positions, long pools, long reservations, long transfers) {}

    /// What was found in a slice of lines.
    ///
    /// @param last the last line of the slice; null when there was none
    record Lines(List<Drift> drifts, StockBooks.@Nullable LineKey last) {

        public Lines {
            drifts = List.copyOf(drifts);
        }
    }

    /// A sum that drifted.
    ///
    /// @param sum what it is, such as `stock_position.on_hand`
    /// @param subject where: the location, the pool, the line of an order, the transfer
    /// @param book what the book says
    /// @param rebuilt what the ledger says
    record Drift(String sum, String sku, String subject, long book, long rebuilt) {}
}
