package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.Bundle;
import io.hubline.inventory.stock.domain.Bundles;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import io.hubline.kit.audit.Audit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Defines what is sold as one and lies in stock as several. A new definition counts from the next promise
/// on: what was promised before stays promised as it was.
@ApplicationScoped
public class BundleService {

    private final Bundles bundles;
    private final StockLedger ledger;
    private final Bookkeeping books;
    private final Audit audit;

    BundleService(Bundles bundles, StockLedger ledger, Bookkeeping books, Audit audit) {
        this.bundles = bundles;
        this.ledger = ledger;
        this.books = books;
        this.audit = audit;
    }

    /// One bundle, as it is defined now.
    public Optional<Bundle> find(String sku) {
        return bundles.find(sku);
    }

    /// Bundles in the order of their SKUs.
    public List<Bundle> page(@Nullable String after, int size) {
        return bundles.page(after, size);
    }

    /// Defines a bundle, or defines it anew.
    ///
    /// @return why not; empty when it was done
    @Transactional
    public Optional<Refusal> define(Bundle bundle) {
        Set<String> skus = new TreeSet<>(bundle.components().keySet());
        skus.add(bundle.sku());
        hold(skus);
        Optional<Refusal> refusal = refusal(bundle);
        if (refusal.isPresent()) {
            // Nor is a SKU known from now on because it was locked.
            QuarkusTransaction.setRollbackOnly();
            return refusal;
        }
        @Nullable Bundle before = bundles.find(bundle.sku()).orElse(null);
        if (!bundle.equals(before)) {
            bundles.put(bundle);
            record("bundle.defined", bundle.sku(), before, bundle);
            books.settle(Set.of(StockKey.of(bundle.sku())));
        }
        return Optional.empty();
    }

    /// Ends a definition. What was promised of it stays promised, in its parts.
    ///
    /// @return whether there was one
    @Transactional
    public boolean remove(String sku) {
        hold(Set.of(sku));
        @Nullable Bundle before = bundles.find(sku).orElse(null);
        if (before != null) {
            bundles.remove(sku);
            record("bundle.removed", sku, before, null);
            books.settle(Set.of(StockKey.of(sku)));
        } else {
            QuarkusTransaction.setRollbackOnly();
        }
        return before != null;
    }

    /// Holds these SKUs in every pool, and what bundles among them consist of: who decides on any of them
    /// meanwhile has either finished, or will see what is defined here.
    private void hold(Set<String> named) {
        Set<String> skus = new TreeSet<>(named);
        bundles.of(named)
                .values()
                .forEach(bundle -> skus.addAll(bundle.components().keySet()));
        Set<StockKey> keys = new TreeSet<>();
        skus.forEach(sku -> keys.add(StockKey.of(sku)));
        ledger.poolsOf(skus).forEach(pool -> keys.add(pool.key()));
        ledger.holdPools(keys);
    }

    private Optional<Refusal> refusal(Bundle bundle) {
        if (bundles.wasInStock(bundle.sku())) {
            return Optional.of(new Refusal(Why.WAS_IN_STOCK, bundle.sku()));
        }
        if (bundles.isPromised(bundle.sku())) {
            return Optional.of(new Refusal(Why.IS_PROMISED, bundle.sku()));
        }
        return bundles.concernedBy(Set.of(bundle.sku())).values().stream()
                .map(Bundle::sku)
                .filter(sku -> !sku.equals(bundle.sku()))
                .findFirst()
                .map(of -> new Refusal(Why.IS_A_COMPONENT, of))
                .or(() -> bundles.of(bundle.components().keySet()).keySet().stream()
                        .findFirst()
                        .map(component -> new Refusal(Why.HAS_A_BUNDLE, component)));
    }

    private void record(String action, String sku, @Nullable Bundle before, @Nullable Bundle after) {
        audit.record(action, "bundle", sku, fields(before), fields(after));
    }

    private static Map<String, ?> fields(@Nullable Bundle bundle) {
        return bundle == null ? Map.of() : Map.of("components", bundle.components());
    }

    /// Why a SKU cannot be such a bundle.
    ///
    /// @param sku the one that stands in the way
    public record Refusal(Why why, String sku) {}

    /// What stands in the way.
    public enum Why {
        /// Units of the SKU itself came and went: it is a thing of its own.
        WAS_IN_STOCK,
        /// Units of the SKU itself are promised, kept or waited for.
        IS_PROMISED,
        /// The SKU is a component of another bundle.
        IS_A_COMPONENT,
        /// One of its components is a bundle.
        HAS_A_BUNDLE
    }
}
