package io.hubline.inventory.stock;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.contracts.StateEvent;
import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.StockState;
import io.hubline.inventory.stock.domain.Bookkeeper;
import io.hubline.inventory.stock.domain.Bundle;
import io.hubline.inventory.stock.domain.Decision;
import io.hubline.inventory.stock.domain.OrderDemand;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.Position;
import io.hubline.inventory.stock.domain.Promise;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import io.hubline.kit.audit.Actor;
import io.hubline.kit.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes requests through the books: locks, decides, writes and announces, in the caller's transaction.
///
/// It takes any number of requests at once, for one price in statements. Whoever wants to fold what
/// arrives together
/// has only to hand it over together.
@ApplicationScoped
class Bookkeeping {

    private final StockLedger ledger;
    private final Outbox outbox;
    private final BundleStock bundles;
    private final StockAlerts alerts;
    private final Event<PositionsChanged> positionsChanged;
    private final InstantSource clock;
    private final Actor actor;

    Bookkeeping(
            StockLedger ledger,
            Outbox outbox,
            BundleStock bundles,
            StockAlerts alerts,
            Event<PositionsChanged> positionsChanged,
            InstantSource clock,
            Actor actor) {
        this.ledger = ledger;
        this.outbox = outbox;
        this.bundles = bundles;
        this.alerts = alerts;
        this.positionsChanged = positionsChanged;
        this.clock = clock;
        this.actor = actor;
    }

    @Transactional(MANDATORY)
    Decision decide(List<Request> requests) {
        return decide(requests, Set.of());
    }

    /// Gives what is free to whoever waits for it, and announces these pools anew, changed or not.
    @Transactional(MANDATORY)
    void settle(Collection<StockKey> keys) {
        Set<StockKey> sorted = new TreeSet<>(keys);
        decide(sorted.stream().<Request>map(Request.Settled::new).toList(), sorted);
    }

    /// Whether nothing was ever booked or promised of a SKU.
    boolean isUnknown(String sku) {
        return ledger.poolsOf(List.of(sku)).isEmpty();
    }

    private Decision decide(List<Request> requests, Set<StockKey> toAnnounce) {
        Map<String, Promise> seen = ledger.look(Bookkeeper.ordersOf(requests));
        List<Request> open = requests.stream()
                .filter(request -> !isSettledByNoting(request, seen))
                .toList();
        Decision decision = Bookkeeper.decide(ledger.hold(open, seen.values()), open);
        failWithTheFirst(decision);
        // Micros, because that is what the database keeps: what is announced now is what is read later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ledger.save(decision, now, actor.name());
        outbox.publishAll(Topic.RESERVATIONS, ReservationEvents.of(decision.announcements(), now));
        alerts.announce(decision, toAnnounce, now);
        announceStock(decision, toAnnounce, now);
        return decision;
    }

    private static void failWithTheFirst(Decision decision) {
        for (Outcome outcome : decision.outcomes()) {
            if (outcome instanceof Outcome.Failed(RuntimeException why)) {
                throw why;
            }
        }
    }

    /// Most versions of an order change nothing here: a hold, a release, a completion. They take no lock
    /// on any pool.
    private boolean isSettledByNoting(Request request, Map<String, Promise> seen) {
        if (!(request instanceof Request.Promised(OrderDemand demand))) {
            return false;
        }
        @Nullable Promise promise = seen.get(demand.orderId());
        return promise != null
                && (demand.version() <= promise.version()
                        || (Bookkeeper.leavesAsItIs(promise, demand) && ledger.note(promise, demand)));
    }

    private void announceStock(Decision decision, Set<StockKey> toAnnounce, Instant now) {
        Set<String> skus = new TreeSet<>();
        toAnnounce.forEach(key -> skus.add(key.sku()));
        decision.pools().forEach(pool -> skus.add(pool.key().sku()));
        decision.positions().forEach(position -> skus.add(position.key().sku()));
        Map<String, Bundle> made = bundles.concernedBy(skus);
        skus.addAll(made.keySet());
        if (!skus.isEmpty()) {
            Map<String, Long> sequences = ledger.nextSequences(skus, StateEvent.next(0, now));
            // The decision holds all there is of a SKU, unless it lies in other pools as well. Those are read once the
            // sequence is drawn: whoever changed them before has committed, and whoever does later draws a higher one.
            boolean all = decision.before().places().pools().isOnePool();
            Collection<PoolPosition> pools = all ? decision.after().pools().values() : ledger.poolsOf(skus);
            Collection<Position> positions = all ? decision.after().positions().values() : ledger.positions(skus);
            List<StockState> states = new ArrayList<>(bundles.states(made.values(), sequences));
            skus.stream()
                    .filter(sku -> !made.containsKey(sku))
                    .forEach(sku -> states.add(state(sku, sequences.getOrDefault(sku, 0L), pools, positions)));
            outbox.publishAll(Topic.STOCK, states);
        }
        if (!skus.isEmpty() || !decision.sales().isEmpty()) {
            positionsChanged.fire(new PositionsChanged(skus, bookings(decision)));
        }
    }

    private static Map<String, Integer> bookings(Decision decision) {
        return decision.sales().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, sales -> sales.getValue().booked()));
    }

    private static StockState state(
            String sku, long sequence, Collection<PoolPosition> pools, Collection<Position> positions) {
        return StockEvents.state(
                sku,
                pools.stream().filter(pool -> pool.key().sku().equals(sku)).toList(),
                positions.stream()
                        .filter(position -> position.key().sku().equals(sku))
                        .toList(),
                sequence);
    }
}
