package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.LedgerCheck;
import io.hubline.inventory.stock.domain.LedgerCheck.Drift;
import io.hubline.inventory.stock.domain.LedgerCheck.Extent;
import io.hubline.inventory.stock.domain.StockBooks.LineKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Proves that the books are the sum of their entries, and mends them where somebody went around them.
///
/// It runs beside trade: a slice is compared without a lock, and only SKUs that differ are locked, looked
/// at again, and mended, in a transaction per slice.
@ApplicationScoped
public class StockCheck {

    /// More than that are not reported in one answer; the check says when there may be more.
    public static final int DRIFTS_MAX = 1_000;

    private static final int SKUS_PER_SLICE = 1_000;
    private static final int LINES_PER_SLICE = 5_000;

    private final LedgerCheck check;
    private final StockRepair repair;

    StockCheck(LedgerCheck check, StockRepair repair) {
        this.check = check;
        this.repair = repair;
    }

    /// Compares, and changes nothing.
    public Report compare() {
        List<Drift> drifts = new ArrayList<>();
        go(drifts::addAll);
        return report(drifts, 0);
    }

    /// Compares and writes the true sums where they differ, each with an audit row; then gives what came
    /// free to those who wait, and announces the mended SKUs anew.
    public Report repair() {
        List<Drift> drifts = new ArrayList<>();
        go(found -> drifts.addAll(repair.mend(skusOf(found))));
        return report(drifts, drifts.size());
    }

    /// Lines first: what is promised of a SKU is the sum of its lines.
    private void go(Found found) {
        @Nullable LineKey line = null;
        do {
            LedgerCheck.Lines slice = check.lines(line, LINES_PER_SLICE);
            found.take(slice.drifts());
            line = slice.last();
        } while (line != null);
        List<String> skus = check.skus(null, SKUS_PER_SLICE);
        while (!skus.isEmpty()) {
            found.take(check.drifts(skus));
            skus = check.skus(skus.getLast(), SKUS_PER_SLICE);
        }
    }

    private Report report(Collection<Drift> drifts, int repaired) {
        return new Report(check.extent(), drifts.stream().limit(DRIFTS_MAX).toList(), repaired);
    }

    private static Set<String> skusOf(List<Drift> drifts) {
        return drifts.stream().map(Drift::sku).collect(Collectors.toCollection(TreeSet::new));
    }

    private interface Found {
        void take(List<Drift> drifts);
    }

    /// What a check found.
    ///
    /// @param repaired how many of the drifts were mended
    public record Report(Extent compared, List<Drift> drifts, int repaired) {

        public Report {
            drifts = List.copyOf(drifts);
        }
    }
}
