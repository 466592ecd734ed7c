package io.hubline.returns.rma.messaging;

import io.hubline.contracts.order.OrderEvent;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import io.hubline.returns.rma.ReturnIntake;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Learns what was sold and what has left. Which event it was does not matter: each carries the whole
/// truth.
@ApplicationScoped
class OrdersConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final ReturnIntake intake;

    OrdersConsumer(EventReader events, Inbox inbox, ReturnIntake intake) {
        this.events = events;
        this.inbox = inbox;
        this.intake = intake;
    }

    @Incoming("orders")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, OrderEvent.class)
                .ifPresent(received -> inbox.once(
                        "rma.orders",
                        received.id(),
                        () -> intake.learn(received.event().facts())));
    }
}
