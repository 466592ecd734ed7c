package io.hubline.inventory.stock;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import io.hubline.contracts.StateEvent;
import io.hubline.contracts.Topic;
import io.hubline.contracts.inventory.StockState;
import io.hubline.inventory.stock.domain.Announcement;
import io.hubline.inventory.stock.domain.Bookkeeper;
import io.hubline.inventory.stock.domain.Books;
import io.hubline.inventory.stock.domain.Bundle;
import io.hubline.inventory.stock.domain.Decision;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.PoolPosition;
import io.hubline.inventory.stock.domain.Position;
import io.hubline.inventory.stock.domain.Promise;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.inventory.stock.domain.StockKey;
import io.hubline.inventory.stock.domain.StockLedger;
import io.hubline.kit.audit.Actor;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.Origin;
import io.hubline.kit.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Takes asks through the books: notes, locks, decides, writes and announces, all in one transaction and
/// for one price in statements, however many they are.
///
/// The order of locks is one for all: events, notes, pools, orders, offers; each in the order of its keys.
@ApplicationScoped
class Bookkeeping {

    private final StockLedger ledger;
    private final Inbox inbox;
    private final Outbox outbox;
    private final BundleStock bundles;
    private final StockAlerts alerts;
    private final HoldAudit holdAudit;
    private final Event<PositionsChanged> positionsChanged;
    private final InstantSource clock;
    private final Actor actor;

    Bookkeeping(
            StockLedger ledger,
            Inbox inbox,
            Outbox outbox,
            BundleStock bundles,
            StockAlerts alerts,
            HoldAudit holdAudit,
            Event<PositionsChanged> positionsChanged,
            InstantSource clock,
            Actor actor) {
        this.ledger = ledger;
        this.inbox = inbox;
        this.outbox = outbox;
        this.bundles = bundles;
        this.alerts = alerts;
        this.holdAudit = holdAudit;
        this.positionsChanged = positionsChanged;
        this.clock = clock;
        this.actor = actor;
    }

    /// Decides asks in a transaction of its own, and answers each.
    ///
    /// An ask that the books cannot follow is answered so and leaves nothing behind, its notes included;
    /// the others do not notice. A failure of the database fails them all.
    List<Answer> answer(List<Ask> asks) {
        @Nullable Answer[] answers = new @Nullable Answer[asks.size()];
        List<Integer> open = IntStream.range(0, asks.size()).boxed().toList();
        for (boolean first = true; !open.isEmpty(); first = false) {
            Sitting sitting = new Sitting(open.stream().map(asks::get).toList(), first);
            QuarkusTransaction.requiringNew().run(() -> carryOut(sitting));
            List<Integer> left = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                @Nullable Answer answer = sitting.answer(i);
                if (answer == null) {
                    left.add(open.get(i));
                } else {
                    answers[open.get(i)] = answer;
                }
            }
            open = left;
        }
        return Arrays.stream(answers).map(Objects::requireNonNull).toList();
    }

    /// Decides in the caller's transaction; the first request that the books cannot follow fails it.
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

    private Decision decide(List<Request> requests, Set<StockKey> toAnnounce) {
        Map<String, Promise> seen = ledger.look(Bookkeeper.ordersOf(requests));
        Decision decision = Bookkeeper.decide(ledger.hold(requests, seen.values()), requests);
        for (Outcome outcome : decision.outcomes()) {
            if (outcome instanceof Outcome.Failed(RuntimeException why)) {
                throw why;
            }
        }
        Ask.Source here = Ask.Source.of(actor);
        write(decision, requests, Collections.nCopies(requests.size(), here), toAnnounce, here.origin());
        return decision;
    }

    private void carryOut(Sitting sitting) {
        Instant now = now();
        sitting.eventsByConsumer()
                .forEach((consumer, ids) -> sitting.seenBefore(consumer, inbox.firstSeen(consumer, ids)));
        sitting.notedBefore(ledger.noteAll(sitting.notes(), now));
        Set<String> toKnow = sitting.skusToKnow();
        if (!toKnow.isEmpty()) {
            sitting.know(ledger.known(toKnow));
        }
        Map<String, Promise> seen = ledger.look(sitting.orders());
        sitting.look(seen);
        List<Request> requests = sitting.requests();
        if (!requests.isEmpty()) {
            Books books = ledger.hold(requests, sitting.promisesToHold(seen));
            Decision decision = Bookkeeper.decide(books, requests);
            while (sitting.leavesOutHalfDone(decision)) {
                requests = sitting.requests();
                decision = Bookkeeper.decide(books, requests);
            }
            if (requests.isEmpty()) {
                ledger.takeBackPools(decision);
            } else {
                write(decision, requests, sitting.sources(), Set.of(), sitting.origin());
            }
            sitting.decided(decision);
        }
        // Last, for it waits for nobody: whoever it keeps waiting waits for this transaction alone.
        sitting.noted(ledger.noteVersions(sitting.versionsToNote()));
        ledger.forget(sitting.notesInVain());
        sitting.eventsInVain().forEach(inbox::forget);
    }

    /// Micros, because that is what the database keeps: what is announced now is what is read later.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// @param requests those of the decision
    /// @param sources who asked for each of them
    /// @param origin what the states come of, for they show what all of them did together
    private void write(
            Decision decision,
            List<Request> requests,
            List<Ask.Source> sources,
            Set<StockKey> toAnnounce,
            Origin origin) {
        Instant now = now();
        ledger.save(decision, now, sources.stream().map(Ask.Source::actor).toList());
        holdAudit.record(decision, requests, sources);
        List<Outbox.Attributed> told = new ArrayList<>();
        List<Announcement> announcements = decision.announcements();
        for (int i = 0; i < announcements.size(); i++) {
            Ask.Source source = sources.get(decision.announcers().get(i));
            told.add(new Outbox.Attributed(ReservationEvents.of(announcements.get(i), now), source.origin()));
        }
        outbox.publishEach(Topic.RESERVATIONS, told);
        origin.during(() -> {
            alerts.announce(decision, toAnnounce, now);
            announceStock(decision, toAnnounce, now);
        });
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
            Map<String, List<PoolPosition>> poolsBySku = pools.stream()
                    .collect(Collectors.groupingBy(pool -> pool.key().sku()));
            Map<String, List<Position>> positionsBySku = positions.stream()
                    .collect(Collectors.groupingBy(position -> position.key().sku()));
            List<StockState> states = new ArrayList<>(bundles.states(made.values(), sequences));
            skus.stream()
                    .filter(sku -> !made.containsKey(sku))
                    .forEach(sku -> states.add(StockEvents.state(
                            sku,
                            poolsBySku.getOrDefault(sku, List.of()),
                            positionsBySku.getOrDefault(sku, List.of()),
                            sequences.getOrDefault(sku, 0L))));
            outbox.publishAll(Topic.STOCK, states);
        }
        if (!skus.isEmpty() || !decision.sales().isEmpty()) {
            positionsChanged.fire(new PositionsChanged(skus, bookings(decision), decision.oversells()));
        }
    }

    private static Map<String, Integer> bookings(Decision decision) {
        return decision.sales().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, sales -> sales.getValue().booked()));
    }
}
