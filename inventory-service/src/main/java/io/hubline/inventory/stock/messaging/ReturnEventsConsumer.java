package io.hubline.inventory.stock.messaging;

import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.inventory.stock.StockService;
import io.hubline.inventory.stock.StockService.Restock;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Inbox;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Takes back into stock what returns say is fit to be sold again. Which event it was does not matter: each
/// carries every restock of its return, and a restock is booked once, so events may come late or out of
/// order.
@ApplicationScoped
class ReturnEventsConsumer {

    private final EventReader events;
    private final Inbox inbox;
    private final StockService stock;

    ReturnEventsConsumer(EventReader events, Inbox inbox, StockService stock) {
        this.events = events;
        this.inbox = inbox;
        this.stock = stock;
    }

    @Incoming("returns")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ReturnEvent.class)
                .ifPresent(received -> inbox.once("stock.returns", received.id(), () -> apply(received.event())));
    }

    private void apply(ReturnEvent event) {
        stock.restock(event.facts().restocks().stream()
                .map(restock -> new Restock(
                        restock.restockId(), new PositionKey(restock.sku(), restock.locationId()), restock.quantity()))
                .toList());
    }
}
