package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.LedgerCheck;
import io.hubline.inventory.stock.domain.LedgerCheck.Drift;
import io.hubline.inventory.stock.domain.Pools;
import io.hubline.inventory.stock.domain.StockLedger;
import io.hubline.kit.audit.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Mends a few SKUs at a time.
@ApplicationScoped
class StockRepair {

    private final LedgerCheck check;
    private final StockLedger ledger;
    private final Pools pools;
    private final Bookkeeping books;
    private final Audit audit;

    StockRepair(LedgerCheck check, StockLedger ledger, Pools pools, Bookkeeping books, Audit audit) {
        this.check = check;
        this.ledger = ledger;
        this.pools = pools;
        this.books = books;
        this.audit = audit;
    }

    /// Looks at these SKUs once more, now that nothing moves: what was on its way at the first look may
    /// have arrived. Writes the true sums where they still differ.
    ///
    /// @return what was mended
    @Transactional
    List<Drift> mend(Set<String> skus) {
        if (skus.isEmpty()) {
            return List.of();
        }
        pools.hold();
        SortedSet<String> together = check.promisedTogether(skus);
        ledger.lockPools(together);
        List<Drift> drifts = new ArrayList<>(check.linesOf(together));
        drifts.addAll(check.drifts(together));
        if (drifts.isEmpty()) {
            return drifts;
        }
        check.rebuild(together);
        for (Drift drift : drifts) {
            audit.record(
                    "stock.repaired",
                    "stock",
                    drift.sku(),
                    fields(drift, drift.book()),
                    fields(drift, drift.rebuilt()));
        }
        books.settle(ledger.lockPools(together));
        return drifts;
    }

    private static Map<String, @Nullable Object> fields(Drift drift, long value) {
        return Map.of("sum", drift.sum(), "subject", drift.subject(), "value", value);
    }
}
