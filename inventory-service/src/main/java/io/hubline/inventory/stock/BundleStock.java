package io.hubline.inventory.stock;

import io.hubline.contracts.inventory.StockState;
import io.hubline.contracts.inventory.StockState.AtLocation;
import io.hubline.inventory.stock.domain.Bundle;
import io.hubline.inventory.stock.domain.Bundles;
import io.hubline.inventory.stock.domain.Parts;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.Position;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The stock of bundles. They have none of their own, so it is what could be made of what is free: the
/// others plan by it as by any other SKU's.
@ApplicationScoped
class BundleStock {

    private final Bundles bundles;
    private final StockLedger ledger;

    BundleStock(Bundles bundles, StockLedger ledger) {
        this.bundles = bundles;
        this.ledger = ledger;
    }

    /// The bundles whose stock may be another when that of these SKUs is.
    Map<String, Bundle> concernedBy(Set<String> skus) {
        return bundles.concernedBy(skus);
    }

    /// What can be made of each bundle, at each location and in all pools together.
    ///
    /// Asked after the bundles' sequences were drawn it is right, though other components are not locked:
    /// whoever changed one of them before has committed by then, and whoever changes one after draws a
    /// higher sequence.
    List<StockState> states(Collection<Bundle> made, Map<String, Long> sequences) {
        if (made.isEmpty()) {
            return List.of();
        }
        Set<String> components = new TreeSet<>();
        made.forEach(bundle -> components.addAll(bundle.components().keySet()));
        Map<StockKey, PoolPosition> pools = new HashMap<>();
        ledger.poolsOf(components).forEach(pool -> pools.put(pool.key(), pool));
        Map<PositionKey, Position> positions = new HashMap<>();
        ledger.positions(components).forEach(position -> positions.put(position.key(), position));
        return made.stream()
                .map(bundle -> state(bundle, sequences.getOrDefault(bundle.sku(), 0L), pools, positions))
                .toList();
    }

    private static StockState state(
            Bundle bundle, long sequence, Map<StockKey, PoolPosition> pools, Map<PositionKey, Position> positions) {
        int inAllPools = pools.keySet().stream()
                .map(StockKey::pool)
                .distinct()
                .mapToInt(pool -> Parts.whole(
                        bundle.in(pool),
                        key -> pools.containsKey(key) ? pools.get(key).free() : 0))
                .sum();
        return new StockState(
                bundle.sku(),
                sequence,
                inAllPools,
                0,
                0,
                positions.keySet().stream()
                        .map(PositionKey::location)
                        .distinct()
                        .sorted()
                        .map(location -> new AtLocation(location, at(location, bundle, positions), 0))
                        .filter(there -> there.onHand() > 0)
                        .toList());
    }

    private static int at(String location, Bundle bundle, Map<PositionKey, Position> positions) {
        return Parts.whole(bundle.in(StockKey.DEFAULT_POOL), part -> {
            PositionKey key = new PositionKey(part.sku(), location);
            return positions.getOrDefault(key, Position.empty(key)).free();
        });
    }
}
