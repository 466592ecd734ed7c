package io.hubline.inventory.stock;

import static io.hubline.kit.sql.Sql.numbers;
import static io.hubline.kit.sql.Sql.texts;

import io.hubline.contracts.StateEvent;
import io.hubline.contracts.Topic;
import io.hubline.inventory.stock.domain.Hold;
import io.hubline.inventory.stock.domain.Holds;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import io.hubline.kit.inbox.Retries;
import io.hubline.kit.outbox.Outbox;
import io.hubline.kit.sql.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Alternative;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The obvious way, to compare with: a transaction per hold, one conditional update per line and one
/// insert, and the state of each SKU announced with it.
@Alternative
@Priority(1)
@Singleton
class NaiveHolds extends HoldService {

    private final Sql sql;
    private final StockLedger ledger;
    private final Outbox outbox;
    private final Event<PositionsChanged> positionsChanged;
    private final Retries retries;
    private final ExecutorService threads;

    NaiveHolds(
            Folding books,
            Holds holds,
            InstantSource clock,
            Sql sql,
            StockLedger ledger,
            Outbox outbox,
            Event<PositionsChanged> positionsChanged,
            Retries retries,
            @ConfigProperty(name = "hubline.bench.threads", defaultValue = "8") int threads) {
        super(books, holds, clock);
        this.sql = sql;
        this.ledger = ledger;
        this.outbox = outbox;
        this.positionsChanged = positionsChanged;
        this.retries = retries;
        this.threads = Executors.newFixedThreadPool(threads);
    }

    @Override
    public CompletionStage<Answer> grant(
            Ask.Source source,
            String id,
            String pool,
            SortedMap<String, Integer> lines,
            Instant at,
            Instant expiresAt) {
        return CompletableFuture.supplyAsync(() -> grantOnce(id, pool, lines, at, expiresAt), threads);
    }

    private Answer grantOnce(
            String id, String pool, SortedMap<String, Integer> lines, Instant at, Instant expiresAt) {
        for (int tries = 1; ; tries++) {
            try {
                return QuarkusTransaction.requiringNew().call(() -> carryOut(id, pool, lines, at, expiresAt));
            } catch (RuntimeException e) {
                if (!retries.mayPass(e, tries)) {
                    throw e;
                }
            }
        }
    }

    private Answer carryOut(String id, String pool, SortedMap<String, Integer> lines, Instant at, Instant expiresAt) {
        SortedMap<StockKey, Integer> parts = new TreeMap<>();
        for (Map.Entry<String, Integer> line : lines.entrySet()) {
            int changed = sql.update(
                    """
                    update pool_position set reserved = reserved + ?
                    where pool = ? and sku = ? and on_hand - reserved - backordered - exposed >= ?
                    """,
                    line.getValue(),
                    pool,
                    line.getKey(),
                    line.getValue());
            if (changed == 0) {
                QuarkusTransaction.setRollbackOnly();
                return Answer.of(new Outcome.Refused(List.of(new Outcome.Missing(line.getKey(), line.getValue(), 0))));
            }
            parts.put(new StockKey(pool, line.getKey()), line.getValue());
        }
        sql.update(
                """
                insert into checkout_hold
                  (id, state, granted_at, expires_at, pool, skus, quantities, part_skus, part_quantities)
                values (?, 'HELD', ?, ?, ?, ?, ?::int[], ?, ?::int[])
                """,
                id,
                at,
                expiresAt,
                pool,
                texts(lines.keySet(), sku -> sku),
                numbers(lines.values(), units -> units),
                texts(lines.keySet(), sku -> sku),
                numbers(lines.values(), units -> units));
        announce(lines.keySet(), at);
        return Answer.of(new Outcome.Granted(
                new Hold(id, Hold.State.HELD, at, expiresAt, pool, lines, parts, null)));
    }

    private void announce(Set<String> skus, Instant now) {
        Map<String, Long> sequences = ledger.nextSequences(skus, StateEvent.next(0, now));
        var pools = ledger.poolsOf(skus);
        var positions = ledger.positions(skus);
        List<io.hubline.contracts.inventory.StockState> states = new ArrayList<>();
        for (String sku : skus) {
            states.add(StockEvents.state(
                    sku,
                    pools.stream().filter(one -> one.key().sku().equals(sku)).toList(),
                    positions.stream().filter(one -> one.key().sku().equals(sku)).toList(),
                    sequences.getOrDefault(sku, 0L)));
        }
        outbox.publishAll(Topic.STOCK, states);
        positionsChanged.fire(new PositionsChanged(skus, Map.of(), List.of()));
    }
}
