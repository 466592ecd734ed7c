package io.hubline.routing.plan.messaging;

import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.contracts.inventory.ReservationEvent.AllocatedUnits;
import io.hubline.contracts.inventory.ReservationEvent.AllocationRefused;
import io.hubline.contracts.inventory.ReservationEvent.OrderAllocated;
import io.hubline.contracts.inventory.ReservationEvent.OrderBackordered;
import io.hubline.contracts.inventory.ReservationEvent.OrderReserved;
import io.hubline.contracts.inventory.ReservationEvent.ReservationReleased;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import io.hubline.routing.plan.PlanService;
import io.hubline.routing.plan.domain.Answer;
import io.hubline.routing.plan.domain.Answer.Allocated;
import io.hubline.routing.plan.domain.Answer.OrderChanged;
import io.hubline.routing.plan.domain.Answer.RanDry;
import io.hubline.routing.plan.domain.Promise;
import io.hubline.routing.plan.domain.Promise.PromisedLine;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/// Hears what orders are promised and what became of plans.
@Singleton
@RetryTransient
class ReservationEventsConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final PlanService plans;

    ReservationEventsConsumer(EventReader events, Inbox inbox, PlanService plans) {
        this.events = events;
        this.inbox = inbox;
        this.plans = plans;
    }

    @Incoming("reservations")
    @Transactional
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ReservationEvent.class)
                .ifPresent(received -> inbox.once("plan.reservations", received.id(), () -> {
                    ReservationEvent event = received.event();
                    plans.promiseSeen(event.orderId(), promise(event), answer(event));
                }));
    }

    static Promise promise(ReservationEvent event) {
        return new Promise(
                event.sequence(),
                event.lines().stream()
                        .map(line -> new PromisedLine(
                                line.lineId(),
                                line.sku(),
                                line.held(),
                                line.backordered(),
                                line.shipped()
                                        + line.allocated().stream()
                                                .mapToInt(AllocatedUnits::quantity)
                                                .sum()))
                        .toList());
    }

    static @Nullable Answer answer(ReservationEvent event) {
        return switch (event) {
            case OrderReserved _, OrderBackordered _, ReservationReleased _ -> null;
            case OrderAllocated allocated -> new Allocated(allocated.planId(), allocated.at());
            case AllocationRefused refused ->
                switch (refused.reason()) {
                    case RAN_DRY -> new RanDry(refused.planId(), refused.detail());
                    case ORDER_CHANGED -> new OrderChanged(refused.planId(), refused.detail());
                };
        };
    }
}
