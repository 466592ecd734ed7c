package io.hubline.inventory.stock.messaging;

import io.hubline.contracts.order.OrderEvent;
import io.hubline.inventory.stock.PromiseService;
import io.hubline.kit.inbox.EventReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/// Brings promises to what the order book says. Which event it was does not matter: each carries the whole
/// truth.
@ApplicationScoped
class OrderEventsConsumer {

    private final EventReader events;
    private final PromiseService promises;
    private final HandOver handOver = new HandOver();

    OrderEventsConsumer(EventReader events, PromiseService promises) {
        this.events = events;
        this.promises = promises;
    }

    @Incoming("orders")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> on(Message<ConsumerRecord<String, String>> message) {
        return handOver.take(
                message,
                record -> events.read(record, OrderEvent.class)
                        .map(received ->
                                promises.bringTo(received.id(), received.event().facts())));
    }
}
