package io.hubline.returns.rma;

import static java.time.temporal.ChronoUnit.MICROS;

import io.hubline.contracts.Topic;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.kit.audit.Audit;
import io.hubline.kit.outbox.Outbox;
import io.hubline.returns.rma.domain.Command;
import io.hubline.returns.rma.domain.Custody;
import io.hubline.returns.rma.domain.Decision;
import io.hubline.returns.rma.domain.Decision.Advanced;
import io.hubline.returns.rma.domain.Refund;
import io.hubline.returns.rma.domain.ReturnPolicy;
import io.hubline.returns.rma.domain.Returns;
import io.hubline.returns.rma.domain.Returns.HistoryEntry;
import io.hubline.returns.rma.domain.Rma;
import io.hubline.returns.rma.domain.RmaMachine;
import io.hubline.returns.rma.domain.SoldOrder;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes returns one step on: decides, writes, announces and audits, in the caller's transaction and under
/// the lock of the order that the caller holds.
@ApplicationScoped
class RmaAdvance {

    private final Returns returns;
    private final Outbox outbox;
    private final Audit audit;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final ReturnPolicy policy;

    RmaAdvance(
            Returns returns,
            Outbox outbox,
            Audit audit,
            InstantSource clock,
            MeterRegistry meters,
            ReturnsConfig config) {
        this.returns = returns;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.meters = meters;
        this.policy = config.policy();
    }

    /// What a decision on this return may look at, as it is now.
    RmaMachine.Context context(String account, String externalId) {
        @Nullable SoldOrder order = returns.order(account, externalId).orElse(null);
        return new RmaMachine.Context(order, policy, now());
    }

    /// Decides; nothing is written.
    Decision decide(Rma rma, Command command) {
        return RmaMachine.decide(
                rma, command, context(rma.identity().account(), rma.identity().externalId()));
    }

    /// Writes what was decided, and tells it. Returns that waited for units which are let go now go on.
    ///
    /// @param before null for a new return
    /// @param what a stable word for what led to it, such as `received`
    /// @param detail ids and numbers only
    void keep(@Nullable Rma before, Advanced advanced, String what, String detail) {
        Instant now = now();
        Rma after = advanced.rma();
        List<ReturnEvent> events = advanced.told().stream()
                .map(announcement -> ReturnEvents.event(after, announcement, now))
                .toList();
        returns.save(after, history(events, what, detail, now), now);
        outbox.publishAll(Topic.RETURNS, events);
        audit(before, after, what, detail);
        events.forEach(event -> meters.counter("hubline.returns.events", "type", ReturnEvents.name(event))
                .increment());
        if (before != null && letsUnitsGo(before, after)) {
            goOn(after.identity().account(), after.identity().externalId());
        }
    }

    /// Lets the order's stuck returns go on, as far as what is known now allows.
    void goOn(String account, String externalId) {
        for (Rma stuck : returns.stuck(account, externalId)) {
            if (decide(stuck, new Command.OrderLearnt()) instanceof Advanced advanced) {
                keep(stuck, advanced, "went-on", "the order book said more, or units were let go");
            }
        }
    }

    /// The time, as fine as the database keeps it.
    Instant now() {
        return clock.instant().truncatedTo(MICROS);
    }

    /// Counts a command that could not be followed.
    void refused(Decision.Refused refused) {
        meters.counter(
                        "hubline.returns.refusals",
                        "reason",
                        refused.refusal().getClass().getSimpleName())
                .increment();
    }

    private static boolean letsUnitsGo(Rma before, Rma after) {
        return before.state().holdsUnits()
                && (!after.state().holdsUnits()
                        || after.units().size() < before.units().size());
    }

    private static List<HistoryEntry> history(List<ReturnEvent> events, String what, String detail, Instant now) {
        if (events.isEmpty()) {
            return List.of(new HistoryEntry(now, what, null, detail));
        }
        List<HistoryEntry> entries = new ArrayList<>();
        events.forEach(event -> entries.add(
                new HistoryEntry(now, ReturnEvents.name(event), event.facts().version(), what + ": " + detail)));
        return entries;
    }

    private void audit(@Nullable Rma before, Rma after, String what, String detail) {
        Map<String, Object> was = before == null ? new LinkedHashMap<>() : values(before);
        Map<String, Object> is = values(after);
        was.entrySet().removeIf(entry -> is.remove(entry.getKey(), entry.getValue()));
        is.put("cause", detail);
        audit.record("return." + what, "return", after.identity().returnId(), was, is);
    }

    /// States and numbers: nothing of the buyer.
    private static Map<String, Object> values(Rma rma) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("version", rma.version());
        values.put("state", rma.state().name());
        Optional.ofNullable(rma.orderId()).ifPresent(order -> values.put("orderId", order));
        Optional.ofNullable(rma.identity().channelReturnId()).ifPresent(id -> values.put("channelReturnId", id));
        Optional.ofNullable(rma.waiting())
                .ifPresent(waiting -> values.put("waiting", waiting.reason().name()));
        Optional.ofNullable(rma.seen()).ifPresent(seen -> values.put("seen", seen.status() + "/" + seen.fetchNumber()));
        rma.lines().forEach(line -> {
            Map<Custody, Integer> units = new LinkedHashMap<>();
            rma.units(line.lineId()).forEach(unit -> units.merge(unit.custody(), 1, Integer::sum));
            values.put("line " + line.lineId(), units.toString());
        });
        for (Refund refund : rma.refunds()) {
            values.put("refund " + refund.refundId(), refund.state() + " " + refund.amountMinor());
        }
        return values;
    }
}
