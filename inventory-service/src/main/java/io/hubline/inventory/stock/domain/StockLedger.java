package io.hubline.inventory.stock.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Both books, as they are kept. Every method belongs to the caller's transaction.
public interface StockLedger {

    /// Reads the promises of these orders without a lock. Those never seen are left out.
    Map<String, Promise> look(Collection<String> orders);

    /// Locks what the requests touch and reads it: first the pools, in the order of their keys, then the
    /// orders in the order of their ids. Whoever holds a pool may lock any order that has a line on it, so
    /// pools always come first.
    ///
    /// Who waits for the same SKUs is read as far as the requests can free units for them.
    ///
    /// @param seen the promises of the requests' orders, as they were looked at: they say which pools to
    ///     lock. A lost race shows once the locks are there, and is a failure that passes at the next try
    Books hold(List<Request> requests, Collection<Promise> seen);

    /// Writes what was decided on books that this transaction holds.
    ///
    /// @param actors who asked for each of the requests
    void save(Decision decision, Instant at, List<String> actors);

    /// Takes back pools that were made to hold them, and in which the decision changed nothing: who only
    /// asks for a SKU does not make it known. Saving does so too.
    void takeBackPools(Decision decision);

    /// Draws the next state sequence of each SKU, under its lock.
    ///
    /// @param clock the clock's part of the sequence, in microseconds
    Map<String, Long> nextSequences(Collection<String> skus, long clock);

    /// Notes what a caller asked for under ids of one kind, in one statement. It waits for a copy of the
    /// same request that is under way.
    ///
    /// @param contentById all that was asked, as text
    /// @return what was asked before under the ids that were there before
    Map<String, String> noteAll(String kind, Map<String, String> contentById, Instant at, String actor);

    /// Notes requests of several callers in one statement.
    ///
    /// @param actorOf who asked for what; no two of the notes have the same key
    /// @return what was asked before under the keys that were there before
    Map<CommandNote.Key, String> noteAll(Map<CommandNote, String> actorOf, Instant at);

    /// Forgets notes of this transaction, because what was asked was refused.
    void forget(Collection<CommandNote.Key> notes);

    /// Notes the versions of demands that change nothing, each unless a newer one was noted meanwhile or
    /// somebody has the order in hand. It waits for nobody.
    ///
    /// @param demandOf what each promise, as it was looked at, is asked to be brought to
    /// @return the orders whose version was noted
    Set<String> noteVersions(Map<Promise, OrderDemand> demandOf);

    /// Those of the SKUs that stock has had to do with, bundles included.
    Set<String> known(Collection<String> skus);

    /// Forgets a note of this transaction, because what was asked was refused.
    void forget(String kind, String id);

    /// The movements with one of these causes, in the order of the ledger.
    List<RecordedMovement> movementsCausedBy(Collection<String> causes);

    /// What lies and is promised now of these SKUs, in every pool that has anything to do with them.
    List<PoolPosition> poolsOf(Collection<String> skus);

    /// Locks the pools, in the order of their keys, made where they were missing.
    Map<StockKey, PoolPosition> holdPools(Set<StockKey> keys);

    /// Locks every pool of these SKUs without reading it, for a repair: what they say may be no pool
    /// position at all.
    Set<StockKey> lockPools(Collection<String> skus);

    /// Every order that is promised units of the pool, the last in need first.
    List<Shortage.Promised> promisedOf(StockKey key);

    /// Every position of these SKUs, by SKU and location.
    List<Position> positions(Collection<String> skus);
}
