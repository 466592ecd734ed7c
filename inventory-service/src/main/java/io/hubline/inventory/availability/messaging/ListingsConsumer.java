package io.hubline.inventory.availability.messaging;

import io.hubline.contracts.catalog.ListingState;
import io.hubline.inventory.availability.domain.Listing;
import io.hubline.kit.inbox.EventReader;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Takes offers over, by sequence and without the inbox, so that the topic can be replayed from its start.
///
/// A catalogue announces offers by the hundred thousand, so what a poll brings is taken over in one
/// transaction. When that is refused, each is tried alone: one that cannot be taken over becomes a dead
/// letter, and the others do not.
@ApplicationScoped
class ListingsConsumer {

    private final EventReader events;
    private final ListingsIntake intake;

    ListingsConsumer(EventReader events, ListingsIntake intake) {
        this.events = events;
        this.intake = intake;
    }

    @Incoming("listings")
    @Blocking
    CompletionStage<Void> on(KafkaRecordBatch<String, String> batch) {
        Map<KafkaRecord<String, String>, RuntimeException> refused = new LinkedHashMap<>();
        Map<KafkaRecord<String, String>, Listing> read = new LinkedHashMap<>();
        for (KafkaRecord<String, String> message : batch) {
            try {
                events.read(recordOf(message), ListingState.class)
                        .ifPresent(received -> read.put(message, listing(received.event())));
            } catch (RuntimeException e) {
                refused.put(message, e);
            }
        }
        refused.putAll(takeOver(read));
        // Before the batch is acknowledged: a dead letter that could not be written brings the batch again.
        refused.forEach(
                (message, reason) -> message.nack(reason).toCompletableFuture().join());
        return batch.ack();
    }

    private Map<KafkaRecord<String, String>, RuntimeException> takeOver(
            Map<KafkaRecord<String, String>, Listing> read) {
        Map<KafkaRecord<String, String>, RuntimeException> refused = new LinkedHashMap<>();
        if (read.isEmpty()) {
            return refused;
        }
        try {
            intake.take(List.copyOf(read.values()));
        } catch (RuntimeException _) {
            read.forEach((message, listing) -> {
                try {
                    intake.take(List.of(listing));
                } catch (RuntimeException e) {
                    refused.put(message, e);
                }
            });
        }
        return refused;
    }

    private static ConsumerRecord<String, String> recordOf(KafkaRecord<String, String> message) {
        Optional<IncomingKafkaRecordMetadata<String, String>> metadata = metadata(message);
        return metadata.orElseThrow().getRecord();
    }

    @SuppressWarnings("unchecked") // the channel reads texts, keys and values alike
    private static Optional<IncomingKafkaRecordMetadata<String, String>> metadata(KafkaRecord<String, String> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(metadata -> (IncomingKafkaRecordMetadata<String, String>) metadata);
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
