package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.PoolLayout;
import io.hubline.inventory.stock.domain.Pools;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.kit.audit.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Says which locations make up a pool, and which pool an account draws on.
@ApplicationScoped
public class PoolService {

    private final Pools pools;
    private final Bookkeeping books;
    private final Audit audit;
    private final Event<AccountPoolChanged> accountPoolChanged;

    PoolService(Pools pools, Bookkeeping books, Audit audit, Event<AccountPoolChanged> accountPoolChanged) {
        this.pools = pools;
        this.books = books;
        this.audit = audit;
        this.accountPoolChanged = accountPoolChanged;
    }

    /// Makes these locations the pool, with all that lies there. Those that were in it and are not named go
    /// to the default pool. All of it happens, or nothing does.
    ///
    /// Nobody decides anything about stock meanwhile.
    @Transactional
    public PoolOutcome setLocations(String pool, Set<String> locations) {
        PoolLayout before = pools.holdAlone();
        SortedSet<String> had = namesOf(before.locations(), pool);
        SortedMap<String, String> moved = new TreeMap<>();
        had.forEach(location -> moved.put(location, StockKey.DEFAULT_POOL));
        locations.forEach(location -> moved.put(location, pool));
        moved.entrySet().removeIf(entry -> entry.getValue().equals(before.ofLocation(entry.getKey())));

        SortedMap<PositionKey, String> positions = new TreeMap<>();
        for (PositionKey position : pools.positionsAt(moved.keySet())) {
            positions.put(position, moved.getOrDefault(position.location(), pool));
        }
        if (!positions.isEmpty()) {
            List<Outcome> outcomes =
                    books.decide(List.of(new Request.Relocated(positions))).outcomes();
            if (outcomes.getFirst() instanceof Outcome.Refused(List<Outcome.Missing> missing)) {
                return new PoolOutcome.Refused(missing);
            }
        }
        boolean made = !pools.exists(pool);
        pools.assignLocations(pool, moved);
        if (made || !moved.isEmpty()) {
            audit.record(
                    "pool.locations-changed",
                    "pool",
                    pool,
                    Map.of("locations", List.copyOf(had)),
                    Map.of("locations", List.copyOf(new TreeSet<>(locations))));
        }
        return new PoolOutcome.Done(pool(pool, pools.layout()));
    }

    /// Lets the sales of an account draw on the pool. What was promised before keeps the pool it was
    /// promised in.
    @Transactional
    public PoolOutcome setAccount(String account, String pool) {
        PoolLayout before = pools.holdAlone();
        if (!pools.exists(pool)) {
            return new PoolOutcome.Unknown();
        }
        String had = before.ofAccount(account);
        if (!had.equals(pool)) {
            pools.assignAccount(account, pool);
            audit.record("account.pool-changed", "account", account, Map.of("pool", had), Map.of("pool", pool));
            accountPoolChanged.fire(new AccountPoolChanged(account));
        }
        return new PoolOutcome.Done(pool(pool, pools.layout()));
    }

    /// One pool; empty where nobody made it.
    public Optional<Pool> find(String pool) {
        return pools.exists(pool) ? Optional.of(pool(pool, pools.layout())) : Optional.empty();
    }

    /// Pools by name.
    public List<Pool> page(@Nullable String after, int size) {
        PoolLayout layout = pools.layout();
        List<Pool> found = new ArrayList<>();
        pools.page(after, size).forEach(pool -> found.add(pool(pool, layout)));
        return found;
    }

    private static Pool pool(String name, PoolLayout layout) {
        return new Pool(
                name, List.copyOf(namesOf(layout.locations(), name)), List.copyOf(namesOf(layout.accounts(), name)));
    }

    private static SortedSet<String> namesOf(Map<String, String> belonging, String pool) {
        SortedSet<String> names = new TreeSet<>();
        belonging.forEach((name, to) -> {
            if (to.equals(pool)) {
                names.add(name);
            }
        });
        return names;
    }

    /// A pool and who belongs to it by name. All others belong to the default pool, which names nobody.
    public record Pool(String pool, List<String> locations, List<String> accounts) {}

    /// What became of a change of a pool.
    public sealed interface PoolOutcome {

        /// This is the pool now.
        record Done(Pool pool) implements PoolOutcome {}

        /// Nobody made this pool.
        record Unknown() implements PoolOutcome {}

        /// Units would leave a pool that are promised there, or that a channel may have sold.
        record Refused(List<Outcome.Missing> missing) implements PoolOutcome {

            public Refused {
                missing = List.copyOf(missing);
            }
        }
    }
}
