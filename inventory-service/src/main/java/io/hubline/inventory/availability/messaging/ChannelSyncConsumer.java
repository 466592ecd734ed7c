package io.hubline.inventory.availability.messaging;

import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.inventory.availability.AvailabilityService;
import io.hubline.inventory.availability.ChannelService;
import io.hubline.inventory.availability.domain.ChannelState;
import io.hubline.kit.inbox.EventReader;
import io.hubline.kit.inbox.RetryTransient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/// Hears how numbers stand at the channels, by sequence and without the inbox, so that the topic can be
/// replayed from its start.
@ApplicationScoped
class ChannelSyncConsumer {

    private final EventReader events;
    private final ChannelService channels;

    ChannelSyncConsumer(EventReader events, ChannelService channels) {
        this.events = events;
        this.channels = channels;
    }

    @Incoming("channel-sync")
    @Transactional
    @RetryTransient
    void on(ConsumerRecord<String, String> message) {
        events.read(message, ChannelSyncState.class)
                .ifPresent(received -> channels.apply(
                        state(received.event()), settled(received.event().settled())));
    }

    private static ChannelState state(ChannelSyncState state) {
        ChannelSyncState.@Nullable Ways ways = state.ways();
        ChannelSyncState.@Nullable ReadBack read = state.readBack();
        return new ChannelState(
                state.offer(),
                state.sequence(),
                state.account(),
                ways == null ? null : new ChannelState.Ways(ways.comparesBeforeSetting(), ways.restocksCancelled()),
                written(state.acknowledged()),
                written(state.outstanding()),
                read == null ? null : new ChannelState.ReadBack(read.quantity(), read.at()));
    }

    private static AvailabilityService.@Nullable Settled settled(ChannelSyncState.@Nullable Settled settled) {
        return settled == null
                ? null
                : new AvailabilityService.Settled(
                        settled.throughSequence(), settled.quantity(), settled.soldUnits(), settled.cancelledUnits());
    }

    private static ChannelState.@Nullable Written written(ChannelSyncState.@Nullable Write write) {
        return write == null
                ? null
                : new ChannelState.Written(write.availabilitySequence(), write.quantity(), write.at());
    }
}
