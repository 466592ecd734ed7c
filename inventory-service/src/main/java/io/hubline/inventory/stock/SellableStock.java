package io.hubline.inventory.stock;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.inventory.stock.domain.Bundles;
import io.hubline.inventory.stock.domain.Pools;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// What decides how much of a SKU can be sold.
@ApplicationScoped
public class SellableStock {

    private final StockLedger ledger;
    private final Pools pools;
    private final Bundles bundles;

    SellableStock(StockLedger ledger, Pools pools, Bundles bundles) {
        this.ledger = ledger;
        this.pools = pools;
        this.bundles = bundles;
    }

    /// Holds it as it is until the end of the caller's transaction: the SKUs in every pool, and what
    /// bundles
    /// among them consist of.
    @Transactional(MANDATORY)
    public void hold(Collection<String> skus) {
        Set<String> all = new TreeSet<>(skus);
        bundles.of(skus)
                .values()
                .forEach(bundle -> all.addAll(bundle.components().keySet()));
        Set<StockKey> keys = new TreeSet<>();
        // The layout first, as everybody does. A pool position that somebody is just making is waited for, too.
        Set<String> names = pools.hold().pools();
        all.forEach(sku -> names.forEach(pool -> keys.add(new StockKey(pool, sku))));
        ledger.holdPools(keys);
    }
}
