package io.hubline.returns.rma.messaging;

import io.hubline.contracts.connector.ChannelReturnEvent;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import io.hubline.returns.rma.ReturnIntake;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Follows what channels show of returns, and what became of refunds.
@ApplicationScoped
class ChannelReturnsConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final ReturnIntake intake;

    ChannelReturnsConsumer(EventReader events, Inbox inbox, ReturnIntake intake) {
        this.events = events;
        this.inbox = inbox;
        this.intake = intake;
    }

    @Incoming("channel-returns")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ChannelReturnEvent.class)
                .ifPresent(received ->
                        inbox.once("rma.channel-returns", received.id(), () -> intake.take(received.event())));
    }
}
