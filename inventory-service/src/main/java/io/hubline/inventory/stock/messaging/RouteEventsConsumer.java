package io.hubline.inventory.stock.messaging;

import io.hubline.contracts.routing.RouteEvent;
import io.hubline.contracts.routing.RouteEvent.OrderRouted;
import io.hubline.contracts.routing.RouteEvent.OrderUnroutable;
import io.hubline.inventory.stock.PromiseService;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Carries plans out.
@ApplicationScoped
class RouteEventsConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final PromiseService promises;

    RouteEventsConsumer(EventReader events, Inbox inbox, PromiseService promises) {
        this.events = events;
        this.inbox = inbox;
        this.promises = promises;
    }

    @Incoming("routes")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, RouteEvent.class)
                .ifPresent(received -> inbox.once("stock.routes", received.id(), () -> apply(received.event())));
    }

    private void apply(RouteEvent event) {
        switch (event) {
            case OrderRouted plan -> promises.carryOut(plan);
            // The promise stands at no location, as before.
            case OrderUnroutable _ -> {}
        }
    }
}
