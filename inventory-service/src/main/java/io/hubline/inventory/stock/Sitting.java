package io.hubline.inventory.stock;

import io.hubline.inventory.stock.domain.Bookkeeper;
import io.hubline.inventory.stock.domain.CommandNote;
import io.hubline.inventory.stock.domain.Decision;
import io.hubline.inventory.stock.domain.OrderDemand;
import io.hubline.inventory.stock.domain.Outcome;
import io.hubline.inventory.stock.domain.Promise;
import io.hubline.inventory.stock.domain.Request;
import io.hubline.kit.inbox.Cause;
import io.hubline.kit.inbox.Origin;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the asks of one transaction stand: which are answered, which are open, and which have to wait for
/// the next transaction because they repeat one of this.
final class Sitting {

    private final List<Case> cases = new ArrayList<>();
    private final boolean mayNote;

    /// @param mayNote whether versions of orders that change nothing may be noted beside the books
    Sitting(List<Ask> asks, boolean mayNote) {
        this.mayNote = mayNote;
        Set<Object> taken = new HashSet<>();
        for (Ask ask : asks) {
            Case next = new Case(ask);
            cases.add(next);
            Set<Object> ids = new HashSet<>(ask.notes().map(CommandNote::key).toList());
            if (ask.source().event() != null) {
                ids.add(ask.source().event());
            }
            // The answer to a repetition is known when the first has its own.
            next.begun = ids.stream().noneMatch(taken::contains);
            next.waits = !next.begun;
            taken.addAll(ids);
        }
    }

    /// What the ask at this place is answered; null where it is for the next transaction.
    @Nullable
    Answer answer(int place) {
        return cases.get(place).answer;
    }

    // What was asked before

    SortedMap<String, List<UUID>> eventsByConsumer() {
        return byConsumer(open());
    }

    void seenBefore(String consumer, Set<UUID> first) {
        for (Case open : open()) {
            @Nullable Cause event = open.ask.source().event();
            if (event != null && event.consumer().equals(consumer) && !first.contains(event.eventId())) {
                open.repeated();
            }
        }
    }

    /// Who asks for what under which id.
    Map<CommandNote, String> notes() {
        Map<CommandNote, String> notes = new LinkedHashMap<>();
        open().forEach(open -> open.ask
                .notes()
                .forEach(note -> notes.put(note, open.ask.source().actor())));
        return notes;
    }

    void notedBefore(Map<CommandNote.Key, String> contents) {
        for (Case open : open()) {
            Map<CommandNote.Key, String> byStep = new HashMap<>();
            for (Ask.Step step : open.ask.steps()) {
                @Nullable CommandNote note = step.note();
                if (note == null) {
                    open.requests.addAll(step.requests());
                    continue;
                }
                @Nullable String earlier = contents.get(note.key());
                @Nullable String before = byStep.putIfAbsent(note.key(), note.content());
                if (earlier != null) {
                    open.stands.add(note.key());
                }
                if (isOther(earlier, note) || isOther(before, note)) {
                    open.is(new Outcome.Conflict());
                } else if (earlier == null && before == null) {
                    open.requests.addAll(step.requests());
                }
            }
            if (open.isOpen() && open.requests.isEmpty()) {
                open.repeated();
            }
        }
    }

    private static boolean isOther(@Nullable String content, CommandNote note) {
        return content != null && !content.equals(note.content());
    }

    // What can be told without the books

    Set<String> skusToKnow() {
        Set<String> skus = new TreeSet<>();
        open().stream()
                .filter(open -> open.ask.onlyKnownSkus())
                .forEach(open -> skus.addAll(Bookkeeper.skusOf(open.requests)));
        return skus;
    }

    void know(Set<String> known) {
        open().stream()
                .filter(open -> open.ask.onlyKnownSkus())
                .forEach(open -> Bookkeeper.skusOf(open.requests).stream()
                        .filter(sku -> !known.contains(sku))
                        .findFirst()
                        .ifPresent(sku -> open.is(new Outcome.UnknownSku(sku))));
    }

    Set<String> orders() {
        return Bookkeeper.ordersOf(allRequests());
    }

    /// Most versions of an order change nothing here: a hold, a release, a completion. They take no lock on
    /// any pool.
    void look(Map<String, Promise> seen) {
        Map<String, Integer> asksOfOrder = new HashMap<>();
        open().forEach(open ->
                Bookkeeper.ordersOf(open.requests).forEach(order -> asksOfOrder.merge(order, 1, Integer::sum)));
        for (Case open : open()) {
            if (mayNote
                    && open.requests.size() == 1
                    && open.requests.getFirst() instanceof Request.Promised(OrderDemand demand)
                    && asksOfOrder.getOrDefault(demand.orderId(), 0) == 1) {
                @Nullable Promise promise = seen.get(demand.orderId());
                if (promise != null && demand.version() <= promise.version()) {
                    open.is(new Outcome.Done());
                } else if (promise != null && Bookkeeper.leavesAsItIs(promise, demand)) {
                    open.toNote = promise;
                    open.demand = demand;
                }
            }
        }
    }

    /// The promises that say which pools to hold: those of the orders that are decided on.
    Collection<Promise> promisesToHold(Map<String, Promise> seen) {
        Map<String, Promise> held = new TreeMap<>(seen);
        held.keySet().retainAll(Bookkeeper.ordersOf(requests()));
        return held.values();
    }

    // The decision

    /// Every request to decide, in the order of the asks.
    List<Request> requests() {
        return deciding().stream().flatMap(open -> open.requests.stream()).toList();
    }

    /// Who asked for each of them.
    List<Ask.Source> sources() {
        return deciding().stream()
                .flatMap(open -> open.requests.stream().map(_ -> open.ask.source()))
                .toList();
    }

    /// What they come of together: the one event or the one trace that there is, or nothing in particular.
    Origin origin() {
        List<Origin> origins = deciding().stream()
                .map(open -> open.ask.source().origin())
                .distinct()
                .toList();
        return origins.size() == 1 ? origins.getFirst() : new Origin(null, Context.root());
    }

    /// Leaves out the asks of which a part would be carried out and another not.
    ///
    /// @return whether there were any, and all has to be decided again
    boolean leavesOutHalfDone(Decision decision) {
        boolean any = false;
        for (Judged judged : judged(decision)) {
            Outcome outcome = judged.outcome();
            if (judged.open.requests.size() > 1 && !isDone(outcome)) {
                judged.open.is(outcome);
                any = true;
            }
        }
        return any;
    }

    void decided(Decision decision) {
        judged(decision).forEach(judged -> judged.open.is(judged.outcome()));
    }

    private List<Judged> judged(Decision decision) {
        List<Judged> judged = new ArrayList<>();
        int next = 0;
        for (Case open : deciding()) {
            judged.add(new Judged(open, decision.outcomes().subList(next, next + open.requests.size())));
            next += open.requests.size();
        }
        return judged;
    }

    // What is left to write

    Map<Promise, OrderDemand> versionsToNote() {
        Map<Promise, OrderDemand> versions = new LinkedHashMap<>();
        for (Case open : open()) {
            if (open.toNote != null && open.demand != null) {
                versions.put(open.toNote, open.demand);
            }
        }
        return versions;
    }

    /// @param orders those of which the version was noted; the others are for the next transaction, with
    ///     the books in hand
    void noted(Set<String> orders) {
        for (Case open : open()) {
            if (open.toNote != null && orders.contains(open.toNote.orderId())) {
                open.is(new Outcome.Done());
            } else {
                open.waits = true;
            }
        }
    }

    /// Notes of this transaction on what was not carried out.
    Set<CommandNote.Key> notesInVain() {
        Set<CommandNote.Key> keys = new TreeSet<>();
        inVain().forEach(vain -> vain.ask
                .notes()
                .map(CommandNote::key)
                .filter(key -> !vain.stands.contains(key))
                .forEach(keys::add));
        return keys;
    }

    /// Events of this transaction that had no effect.
    SortedMap<String, List<UUID>> eventsInVain() {
        return byConsumer(inVain());
    }

    /// Noted in this transaction, and neither carried out nor repeated.
    private List<Case> inVain() {
        return cases.stream()
                .filter(one -> one.begun && (one.answer == null || !one.answer.isDone()))
                .toList();
    }

    private static SortedMap<String, List<UUID>> byConsumer(List<Case> of) {
        SortedMap<String, List<UUID>> byConsumer = new TreeMap<>();
        for (Case one : of) {
            @Nullable Cause event = one.ask.source().event();
            if (event != null) {
                byConsumer
                        .computeIfAbsent(event.consumer(), _ -> new ArrayList<>())
                        .add(event.eventId());
            }
        }
        return byConsumer;
    }

    private List<Request> allRequests() {
        return open().stream().flatMap(open -> open.requests.stream()).toList();
    }

    private List<Case> deciding() {
        return open().stream().filter(open -> open.toNote == null).toList();
    }

    private List<Case> open() {
        return cases.stream().filter(Case::isOpen).toList();
    }

    private static boolean isDone(Outcome outcome) {
        return Answer.of(outcome).isDone();
    }

    private record Judged(Case open, List<Outcome> outcomes) {

        /// The first that was not carried out, or the last.
        Outcome outcome() {
            return outcomes.stream()
                    .filter(outcome -> !isDone(outcome))
                    .findFirst()
                    .orElseGet(outcomes::getLast);
        }
    }

    private static final class Case {

        private final Ask ask;
        private final List<Request> requests = new ArrayList<>();
        // Notes that stood before, and so are not of this transaction.
        private final Set<CommandNote.Key> stands = new HashSet<>();
        private @Nullable Promise toNote;
        private @Nullable OrderDemand demand;
        private @Nullable Answer answer;
        private boolean waits;
        private boolean begun;

        private Case(Ask ask) {
            this.ask = ask;
        }

        private boolean isOpen() {
            return answer == null && !waits;
        }

        private void is(Outcome outcome) {
            answer = Answer.of(outcome);
        }

        private void repeated() {
            answer = new Answer(new Outcome.Done(), true);
        }
    }
}
