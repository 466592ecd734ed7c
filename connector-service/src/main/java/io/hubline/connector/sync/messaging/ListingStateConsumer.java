package io.hubline.connector.sync.messaging;

import io.hubline.connector.listing.ListingService;
import io.hubline.connector.sync.SyncService;
import io.hubline.connector.sync.domain.Placement;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Learns where offers stand and what they should say there. A state topic: applied by sequence, so that it
/// can be read again from its begin.
@ApplicationScoped
class ListingStateConsumer {

    private final EventReader events;
    private final SyncService sync;
    private final ListingService listings;

    ListingStateConsumer(EventReader events, SyncService sync, ListingService listings) {
        this.events = events;
        this.sync = sync;
        this.listings = listings;
    }

    @Incoming("listings")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ListingState.class).ifPresent(received -> {
            sync.place(placement(received.event()));
            listings.follow(received.event());
        });
    }

    private static Placement placement(ListingState listing) {
        return new Placement(
                listing.offer(),
                listing.account(),
                listing.sequence(),
                listing.status() == ListingState.Status.ACTIVE,
                listing.channelSku(),
                listing.variantId(),
                listing.inventoryItemId(),
                listing.channelLocation());
    }
}
