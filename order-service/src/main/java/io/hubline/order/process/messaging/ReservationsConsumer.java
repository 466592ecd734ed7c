package io.hubline.order.process.messaging;

import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import io.hubline.order.process.OrderFulfilment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Takes in what inventory says on `reservations`.
@ApplicationScoped
class ReservationsConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final OrderFulfilment fulfilment;

    ReservationsConsumer(EventReader events, Inbox inbox, OrderFulfilment fulfilment) {
        this.events = events;
        this.inbox = inbox;
        this.fulfilment = fulfilment;
    }

    @Incoming("reservations")
    @RetryTransient
    @Transactional
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ReservationEvent.class)
                .ifPresent(received ->
                        inbox.once("order.reservations", received.id(), () -> fulfilment.promised(received.event())));
    }
}
