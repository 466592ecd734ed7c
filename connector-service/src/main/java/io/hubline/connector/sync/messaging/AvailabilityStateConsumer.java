package io.hubline.connector.sync.messaging;

import io.hubline.connector.sync.SyncService;
import io.hubline.connector.sync.domain.DesiredQuantity;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/// Learns what offers should show. A state topic: applied by sequence, so that it can be read again from
/// its begin.
@ApplicationScoped
class AvailabilityStateConsumer {

    private final EventReader events;
    private final SyncService sync;

    AvailabilityStateConsumer(EventReader events, SyncService sync) {
        this.events = events;
        this.sync = sync;
    }

    @Incoming("availability")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, AvailabilityState.class).ifPresent(received -> sync.desire(desired(received.event())));
    }

    private static DesiredQuantity desired(AvailabilityState availability) {
        @Nullable Long permit = availability.permit();
        return new DesiredQuantity(
                availability.offer(),
                availability.account(),
                availability.sequence(),
                availability.quantity(),
                availability.bookedUnits(),
                availability.mode() == AvailabilityState.Mode.ESCROW,
                // Before permits were told, every availability was one.
                permit == null ? availability.sequence() : permit,
                availability.soldUnits(),
                availability.at());
    }
}
