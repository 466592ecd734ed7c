package io.hubline.connector.act.messaging;

import io.hubline.connector.act.ActService;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Learns what the channels are to be told about orders.
@ApplicationScoped
class OrderEventConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final ActService acts;

    OrderEventConsumer(EventReader events, Inbox inbox, ActService acts) {
        this.events = events;
        this.inbox = inbox;
        this.acts = acts;
    }

    @Incoming("orders")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, OrderEvent.class)
                .ifPresent(received -> inbox.once("act.orders", received.id(), () -> acts.follow(received.event())));
    }
}
