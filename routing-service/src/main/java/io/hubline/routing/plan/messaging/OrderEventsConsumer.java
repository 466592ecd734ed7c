package io.hubline.routing.plan.messaging;

import io.hubline.contracts.Destination;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import io.hubline.routing.plan.PlanService;
import io.hubline.routing.plan.domain.DemandLine;
import io.hubline.routing.plan.domain.Facts;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/// Hears of orders. Which event it was does not matter, for each carries the whole truth of its order.
@Singleton
@RetryTransient
class OrderEventsConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final PlanService plans;

    OrderEventsConsumer(EventReader events, Inbox inbox, PlanService plans) {
        this.events = events;
        this.inbox = inbox;
        this.plans = plans;
    }

    @Incoming("orders")
    @Transactional
    void on(ConsumerRecord<String, String> message) {
        events.read(message, OrderEvent.class)
                .ifPresent(received -> inbox.once("plan.orders", received.id(), () -> {
                    OrderFacts facts = received.event().facts();
                    plans.orderSeen(facts.orderId(), facts(facts));
                }));
    }

    static Facts facts(OrderFacts order) {
        @Nullable Destination destination = order.destination();
        return new Facts(
                order.version(),
                switch (order.state()) {
                    case OPEN -> false;
                    case CANCELLED, COMPLETED -> true;
                },
                order.holds().stream().map(OrderFacts.Hold::reason).toList(),
                order.shipBy(),
                destination == null ? null : destination.country().toUpperCase(Locale.ROOT),
                destination == null || destination.region() == null
                        ? null
                        : destination.region().toUpperCase(Locale.ROOT),
                order.lines().stream()
                        .map(line -> new DemandLine(line.lineId(), line.sku(), line.quantity()))
                        .toList());
    }
}
