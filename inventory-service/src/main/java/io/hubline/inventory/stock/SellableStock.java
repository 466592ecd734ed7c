package io.hubline.inventory.stock;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What can be sold of each SKU.
@ApplicationScoped
public class SellableStock {

    private final StockLedger ledger;

    SellableStock(StockLedger ledger) {
        this.ledger = ledger;
    }

    /// As it stands now; it may change at once.
    public Map<String, Sellable> now(Collection<String> skus) {
        return bySku(ledger.pools(keys(skus)));
    }

    /// As it stands until the end of the caller's transaction.
    @Transactional(MANDATORY)
    public Map<String, Sellable> hold(Collection<String> skus) {
        return bySku(ledger.holdPools(keys(skus)));
    }

    private static Set<StockKey> keys(Collection<String> skus) {
        return skus.stream().map(StockKey::of).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Sellable> bySku(Map<StockKey, PoolPosition> pools) {
        return pools.values().stream()
                .collect(Collectors.toMap(pool -> pool.key().sku(), Sellable::of));
    }
}
