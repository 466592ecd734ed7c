package io.hubline.routing.plan.messaging;

import io.hubline.contracts.inventory.StockState;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.RetryTransient;
import io.hubline.routing.plan.PlanService;
import io.hubline.routing.plan.domain.StockLevel;
import io.hubline.routing.plan.domain.StockLevel.AtLocation;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Hears what lies where. Applied by sequence, so the topic can be replayed from its start.
@Singleton
@RetryTransient
class StockStatesConsumer {

    private final EventReader events;
    private final PlanService plans;

    StockStatesConsumer(EventReader events, PlanService plans) {
        this.events = events;
        this.plans = plans;
    }

    @Incoming("stock")
    @Transactional
    void on(ConsumerRecord<String, String> message) {
        events.read(message, StockState.class).ifPresent(received -> {
            StockState stock = received.event();
            plans.stockSeen(new StockLevel(
                    stock.sku(),
                    stock.sequence(),
                    stock.locations().stream()
                            .map(at -> new AtLocation(at.locationId(), Math.max(0, at.onHand() - at.allocated())))
                            .toList()));
        });
    }
}
