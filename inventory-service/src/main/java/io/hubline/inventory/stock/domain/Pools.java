package io.hubline.inventory.stock.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which locations and accounts belong to which pool, as it is kept.
public interface Pools {

    /// As it is now; it may change at once.
    PoolLayout layout();

    /// As it is until the end of the caller's transaction. Any number of transactions may have this at a
    /// time.
    PoolLayout hold();

    /// The same for who is about to change it: nobody else has it then.
    PoolLayout holdAlone();

    /// The names of pools, in their order.
    List<String> page(@Nullable String after, int size);

    /// Whether somebody made this pool.
    boolean exists(String pool);

    /// Every position of these locations.
    Set<PositionKey> positionsAt(Collection<String> locations);

    /// Makes the pool, if it is new, and puts these locations into it, with all that lies there.
    ///
    /// @param locations by location the pool that each belongs to from now on
    void assignLocations(String pool, Map<String, String> locations);

    /// Lets the account draw on the pool from now on.
    void assignAccount(String account, String pool);
}
