package io.hubline.inventory.stock.messaging;

import io.hubline.contracts.order.OrderEvent;
import io.hubline.inventory.stock.PromiseService;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Brings promises to what the order book says. Which event it was does not matter: each carries the whole
/// truth.
@ApplicationScoped
class OrderEventsConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final PromiseService promises;

    OrderEventsConsumer(EventReader events, Inbox inbox, PromiseService promises) {
        this.events = events;
        this.inbox = inbox;
        this.promises = promises;
    }

    @Incoming("orders")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, OrderEvent.class)
                .ifPresent(received -> inbox.once(
                        "stock.orders",
                        received.id(),
                        () -> promises.bringTo(List.of(received.event().facts()))));
    }
}
