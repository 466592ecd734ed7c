package io.hubline.inventory.availability.messaging;

import io.hubline.contracts.catalog.ListingState;
import io.hubline.inventory.availability.AvailabilityService;
import io.hubline.inventory.availability.domain.Listing;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Takes offers over, by sequence and without the inbox, so that the topic can be replayed from its start.
@ApplicationScoped
class ListingsConsumer {

    private final EventReader events;
    private final AvailabilityService availability;

    ListingsConsumer(EventReader events, AvailabilityService availability) {
        this.events = events;
        this.availability = availability;
    }

    @Incoming("listings")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ListingState.class).ifPresent(received -> availability.apply(listing(received.event())));
    }

    private static Listing listing(ListingState state) {
        return new Listing(
                state.offer(),
                state.sequence(),
                state.account(),
                state.channel(),
                state.sku(),
                state.status() == ListingState.Status.ACTIVE);
    }
}
