package io.hubline.catalog.offer.messaging;

import io.hubline.catalog.offer.ChannelAnswers;
import io.hubline.catalog.offer.domain.ChannelIds;
import io.hubline.catalog.offer.domain.ChannelReport;
import io.hubline.catalog.offer.domain.ChannelReport.Issue;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.connector.ChannelSyncState.ListingAtChannel;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/// Reads how listings stand at their channels. A state topic: applied by sequence, so that it can be read
/// again from its start.
@ApplicationScoped
class ChannelSyncConsumer {

    private final EventReader events;
    private final ChannelAnswers answers;

    ChannelSyncConsumer(EventReader events, ChannelAnswers answers) {
        this.events = events;
        this.answers = answers;
    }

    @Incoming("channel-sync")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ChannelSyncState.class).ifPresent(received -> apply(received.event()));
    }

    private void apply(ChannelSyncState state) {
        @Nullable ListingAtChannel listing = state.listing();
        if (listing != null) {
            answers.apply(
                    state.offer(),
                    state.sequence(),
                    new ChannelIds(listing.variantId(), listing.inventoryItemId()),
                    new ChannelReport(
                            listing.listingSequence(),
                            listing.standing().name(),
                            listing.productId(),
                            listing.issues().stream()
                                    .map(issue -> new Issue(issue.code(), issue.message()))
                                    .toList(),
                            listing.at()));
        }
    }
}
