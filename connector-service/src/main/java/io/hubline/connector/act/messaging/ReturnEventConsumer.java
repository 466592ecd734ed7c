package io.hubline.connector.act.messaging;

import io.hubline.connector.act.ActService;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Learns what the channels are to be told about returns.
@ApplicationScoped
class ReturnEventConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final ActService acts;

    ReturnEventConsumer(EventReader events, Inbox inbox, ActService acts) {
        this.events = events;
        this.inbox = inbox;
        this.acts = acts;
    }

    @Incoming("returns")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ReturnEvent.class)
                .ifPresent(received -> inbox.once("act.returns", received.id(), () -> acts.follow(received.event())));
    }
}
