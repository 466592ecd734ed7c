package io.hubline.kit.app;

import io.hubline.contracts.Topic;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import io.hubline.kit.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Notes what it is told, and tells it on.
@ApplicationScoped
@RetryTransient
class ToldConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final Effects effects;
    private final Outbox outbox;
    private final Obstacle obstacle;

    ToldConsumer(EventReader events, Inbox inbox, Effects effects, Outbox outbox, Obstacle obstacle) {
        this.events = events;
        this.inbox = inbox;
        this.effects = effects;
        this.outbox = outbox;
        this.obstacle = obstacle;
    }

    @Incoming("orders")
    @Transactional
    void on(ConsumerRecord<String, String> message) {
        events.read(message, Told.class)
                .ifPresent(received -> inbox.once("told", received.id(), () -> apply(received.event())));
    }

    private void apply(Told told) {
        effects.add(told.key(), told.text());
        outbox.publish(Topic.RESERVATIONS, told);
        obstacle.pass(told.key());
    }
}
