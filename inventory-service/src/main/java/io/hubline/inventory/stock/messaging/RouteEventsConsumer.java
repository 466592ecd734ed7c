package io.hubline.inventory.stock.messaging;

import io.hubline.contracts.routing.RouteEvent;
import io.hubline.contracts.routing.RouteEvent.OrderRouted;
import io.hubline.contracts.routing.RouteEvent.OrderUnroutable;
import io.hubline.inventory.stock.Answer;
import io.hubline.inventory.stock.PromiseService;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/// Carries plans out.
@ApplicationScoped
class RouteEventsConsumer {

    private final EventReader events;
    private final PromiseService promises;
    private final HandOver handOver = new HandOver();

    RouteEventsConsumer(EventReader events, PromiseService promises) {
        this.events = events;
        this.promises = promises;
    }

    @Incoming("routes")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> on(Message<ConsumerRecord<String, String>> message) {
        return handOver.take(
                message, record -> events.read(record, RouteEvent.class).flatMap(this::apply));
    }

    private Optional<CompletionStage<Answer>> apply(Received<RouteEvent> received) {
        return switch (received.event()) {
            case OrderRouted plan -> Optional.of(promises.carryOut(received.id(), plan));
            // The promise stands at no location, as before.
            case OrderUnroutable _ -> Optional.empty();
        };
    }
}
