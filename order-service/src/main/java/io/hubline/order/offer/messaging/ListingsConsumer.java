package io.hubline.order.offer.messaging;

import io.hubline.contracts.catalog.ListingState;
import io.hubline.kit.inbox.Cause;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.RetryTransient;
import io.hubline.order.offer.OfferService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Applies the states of `listings`, by sequence and not through the inbox, so that the topic can be
/// replayed.
@ApplicationScoped
class ListingsConsumer {

    private final EventReader events;
    private final OfferService offers;

    ListingsConsumer(EventReader events, OfferService offers) {
        this.events = events;
        this.offers = offers;
    }

    @Incoming("listings")
    @RetryTransient
    @Transactional
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ListingState.class)
                .ifPresent(
                        received -> Cause.during("order.listings", received.id(), () -> offers.take(received.event())));
    }
}
