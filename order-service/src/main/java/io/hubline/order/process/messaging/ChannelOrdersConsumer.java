package io.hubline.order.process.messaging;

import io.hubline.contracts.connector.ChannelOrderEvent;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import io.hubline.order.process.OrderIntake;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Takes in what the channels show on `channel-orders`.
@ApplicationScoped
class ChannelOrdersConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final OrderIntake intake;

    ChannelOrdersConsumer(EventReader events, Inbox inbox, OrderIntake intake) {
        this.events = events;
        this.inbox = inbox;
        this.intake = intake;
    }

    @Incoming("channel-orders")
    @RetryTransient
    @Transactional
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ChannelOrderEvent.class)
                .ifPresent(received ->
                        inbox.once("order.channel-orders", received.id(), () -> intake.take(received.event())));
    }
}
