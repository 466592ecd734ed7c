package io.hubline.inventory.stock.messaging;

import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.inventory.stock.Answer;
import io.hubline.inventory.stock.StockService;
import io.hubline.inventory.stock.StockService.Restock;
import io.hubline.inventory.stock.domain.PositionKey;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/// Takes back into stock what returns say is fit to be sold again. Which event it was does not matter: each
/// carries every restock of its return, and a restock is booked once, so events may come late or out of
/// order.
@ApplicationScoped
class ReturnEventsConsumer {

    private final EventReader events;
    private final StockService stock;
    private final HandOver handOver = new HandOver();

    ReturnEventsConsumer(EventReader events, StockService stock) {
        this.events = events;
        this.stock = stock;
    }

    @Incoming("returns")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> on(Message<ConsumerRecord<String, String>> message) {
        return handOver.take(
                message, record -> events.read(record, ReturnEvent.class).map(this::apply));
    }

    /// Asks for what is to be shelved, also where that is nothing: the inbox notes every event of a return.
    private CompletionStage<Answer> apply(Received<ReturnEvent> received) {
        List<Restock> restocks = received.event().facts().restocks().stream()
                .map(restock -> new Restock(
                        restock.restockId(), new PositionKey(restock.sku(), restock.locationId()), restock.quantity()))
                .toList();
        return stock.restock(received.id(), restocks);
    }
}
