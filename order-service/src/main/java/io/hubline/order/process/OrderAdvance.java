package io.hubline.order.process;

import static java.time.temporal.ChronoUnit.MICROS;

import io.hubline.contracts.Topic;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.kit.outbox.Outbox;
import io.hubline.order.process.domain.Announcement;
import io.hubline.order.process.domain.Decision;
import io.hubline.order.process.domain.Decision.Advanced;
import io.hubline.order.process.domain.Decision.Ignored;
import io.hubline.order.process.domain.Decision.Refused;
import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.OrderInput;
import io.hubline.order.process.domain.OrderMachine;
import io.hubline.order.process.domain.OrderStore;
import io.hubline.order.process.domain.OrderStore.HistoryEntry;
import io.hubline.order.process.domain.Snapshot;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Lets one input take effect on one order: decides, keeps, announces, counts and writes the audit row.
///
/// The caller's transaction holds the order already, so that versions leave in their order.
@ApplicationScoped
class OrderAdvance {

    private final OrderStore orders;
    private final Outbox outbox;
    private final OrderAuditTrail audit;
    private final InstantSource clock;
    private final MeterRegistry meters;

    OrderAdvance(OrderStore orders, Outbox outbox, OrderAuditTrail audit, InstantSource clock, MeterRegistry meters) {
        this.orders = orders;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
        this.meters = meters;
    }

    /// Adds an order at its first sight.
    ///
    /// @return false, and nothing happened, when another transaction has just added it
    boolean accept(Order.Identity identity, Snapshot snapshot) {
        Instant now = now();
        Advanced first = OrderMachine.accept(identity, snapshot, now);
        List<OrderEvent> events = events(first, now);
        if (!orders.add(first.order(), history(events, "snapshot " + snapshot.fetchNumber()))) {
            return false;
        }
        outbox.publishAll(Topic.ORDERS, events);
        audit.accepted(first.order());
        count(events);
        meters.timer("hubline.order.intake").record(Duration.between(snapshot.observedAt(), now));
        return true;
    }

    /// Lets an input take effect on a known order.
    Decision apply(Order order, OrderInput input) {
        Instant now = now();
        Decision decision = OrderMachine.decide(order, input, now);
        switch (decision) {
            case Advanced advanced -> keep(order, advanced, input, now);
            case Ignored _ -> count("hubline.order.inputs.ignored", "input", input.name());
            case Refused refused ->
                count(
                        "hubline.order.refusals",
                        "reason",
                        refused.refusal().getClass().getSimpleName());
        }
        return decision;
    }

    /// The time, as fine as the database keeps it.
    Instant now() {
        return clock.instant().truncatedTo(MICROS);
    }

    private void keep(Order before, Advanced advanced, OrderInput input, Instant now) {
        List<OrderEvent> events = events(advanced, now);
        orders.save(before, advanced.order(), history(events, cause(input)));
        outbox.publishAll(Topic.ORDERS, events);
        audit.advanced(before, advanced.order(), input.name());
        count(events);
        if (input instanceof OrderInput.RoutePlanned planned && before.route().planId() == null) {
            meters.timer("hubline.order.routed")
                    .record(Duration.between(before.header().observedAt(), planned.at()));
        }
    }

    private static List<OrderEvent> events(Advanced advanced, Instant now) {
        return advanced.announcements().stream()
                .map((Announcement announcement) -> OrderEvents.event(advanced.order(), announcement, now))
                .toList();
    }

    private static List<HistoryEntry> history(List<OrderEvent> events, String cause) {
        return events.stream()
                .map(event -> new HistoryEntry(event.facts().version(), OrderEvents.name(event), cause, event.at()))
                .toList();
    }

    /// What led to a version, for the history: ids and numbers only.
    private static String cause(OrderInput input) {
        return switch (input) {
            case OrderInput.SnapshotObserved(Snapshot snapshot) -> "snapshot " + snapshot.fetchNumber();
            case OrderInput.MappingArrived _ -> "mapping";
            case OrderInput.PromiseChanged changed ->
                "promise " + changed.promise().sequence();
            case OrderInput.RoutePlanned planned -> "route " + planned.sequence();
            case OrderInput.RouteImpossible impossible -> "route " + impossible.sequence();
            case OrderInput.ShipmentReported(var shipment) -> "shipment " + shipment.shipmentId();
            case OrderInput.CancellationRequested _ -> "cancellation by the seller";
            case OrderInput.HoldPlaced _ -> "hold placed by a person";
            case OrderInput.HoldReleased(var reason) -> "hold " + reason + " released by a person";
        };
    }

    private void count(List<OrderEvent> events) {
        events.forEach(event -> count("hubline.order.events", "type", OrderEvents.name(event)));
    }

    private void count(String name, String tag, String value) {
        meters.counter(name, tag, value).increment();
    }
}
