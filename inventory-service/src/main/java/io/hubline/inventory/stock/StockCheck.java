package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.LedgerCheck;
import io.hubline.inventory.stock.domain.LedgerCheck.Drift;
import io.hubline.inventory.stock.domain.LedgerCheck.Extent;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import io.hubline.kit.audit.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Proves that the books are the sum of their entries, and mends them where somebody went around them.
@ApplicationScoped
public class StockCheck {

    /// More than that are not reported in one answer; the check says when there may be more.
    public static final int DRIFTS_MAX = 1_000;

    private final LedgerCheck check;
    private final StockLedger ledger;
    private final Bookkeeping books;
    private final Audit audit;

    StockCheck(LedgerCheck check, StockLedger ledger, Bookkeeping books, Audit audit) {
        this.check = check;
        this.ledger = ledger;
        this.books = books;
        this.audit = audit;
    }

    /// Compares, and changes nothing.
    @Transactional
    public Report compare() {
        List<Drift> drifts = check.drifts(DRIFTS_MAX);
        return new Report(check.extent(), drifts, 0);
    }

    /// Compares and writes the true sums where they differ, each with an audit row; then gives what came
    /// free to those
    /// who wait, and announces the mended SKUs anew.
    @Transactional
    public Report repair() {
        Set<StockKey> keys = drifted(check.drifts(DRIFTS_MAX));
        if (keys.isEmpty()) {
            return compare();
        }
        ledger.lockPools(keys);
        // Once more, now that nothing moves: what was on its way at the first look may have arrived.
        List<Drift> drifts = check.drifts(DRIFTS_MAX).stream()
                .filter(drift -> keys.contains(StockKey.of(drift.sku())))
                .toList();
        check.rebuild(keys.stream().map(StockKey::sku).toList());
        for (Drift drift : drifts) {
            audit.record(
                    "stock.repaired",
                    "stock",
                    drift.sku(),
                    fields(drift, drift.book()),
                    fields(drift, drift.rebuilt()));
        }
        books.settle(keys);
        return new Report(check.extent(), drifts, drifts.size());
    }

    private static Set<StockKey> drifted(List<Drift> drifts) {
        return drifts.stream().map(drift -> StockKey.of(drift.sku())).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, @Nullable Object> fields(Drift drift, long value) {
        return Map.of("sum", drift.sum(), "subject", Objects.requireNonNullElse(drift.subject(), ""), "value", value);
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
