package io.hubline.inventory.stock.domain;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which pool a location's units lie in, and which one an account's demand draws on. Who is not named
/// belongs to the default pool.
///
/// A promise keeps the pool of its first unit, whatever its account draws on later.
///
/// @param locations pools by location
/// @param accounts pools by account
public record PoolLayout(Map<String, String> locations, Map<String, String> accounts) {

    /// Everything is in the default pool.
    public static final PoolLayout ONE_POOL = new PoolLayout(Map.of(), Map.of());

    public PoolLayout {
        locations = Map.copyOf(locations);
        accounts = Map.copyOf(accounts);
    }

    /// Whether all units of a SKU lie in the default pool.
    public boolean isOnePool() {
        return locations.isEmpty() && accounts.isEmpty();
    }

    /// Every pool that anybody belongs to.
    public Set<String> pools() {
        Set<String> pools = new TreeSet<>(Set.of(StockKey.DEFAULT_POOL));
        pools.addAll(locations.values());
        pools.addAll(accounts.values());
        return pools;
    }

    /// The pool in which the units at a location lie.
    public String ofLocation(String location) {
        return locations.getOrDefault(location, StockKey.DEFAULT_POOL);
    }

    /// The pool that sales of an account draw on; of no account, the default pool.
    public String ofAccount(@Nullable String account) {
        return account == null ? StockKey.DEFAULT_POOL : accounts.getOrDefault(account, StockKey.DEFAULT_POOL);
    }

    /// Where the units of a position can be promised.
    public StockKey keyOf(PositionKey position) {
        return new StockKey(ofLocation(position.location()), position.sku());
    }
}
