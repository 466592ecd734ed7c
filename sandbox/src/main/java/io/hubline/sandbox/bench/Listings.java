package io.hubline.sandbox.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.contracts.EventName;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// A catalogue that announces offers, as catalog-pim-service would.
final class Listings implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINGER_MS = 20;

    private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    private final KafkaProducer<String, String> producer;

    Listings(String bootstrapServers) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MS),
                new StringSerializer(),
                new StringSerializer());
    }

    static String sku(int number) {
        return "SKU-" + number;
    }

    static String account(int number) {
        return "account-" + number;
    }

    /// As [Numbers] reads it back.
    static String offer(int account, int sku) {
        return account(account) + ":" + sku(sku);
    }

    /// Announces every SKU on every account, and returns when the broker has them all.
    void announce(int skus, int accounts) {
        for (int sku = 0; sku < skus; sku++) {
            for (int account = 0; account < accounts; account++) {
                announce(new ListingState(
                        offer(account, sku),
                        1,
                        account(account),
                        "shopify",
                        sku(sku),
                        null,
                        null,
                        null,
                        sku(sku),
                        ListingState.Status.ACTIVE,
                        null));
            }
        }
        producer.flush();
        @Nullable Exception failure = failed.get();
        if (failure != null) {
            throw new IllegalStateException("the broker does not take listings", failure);
        }
    }

    private void announce(ListingState listing) {
        ProducerRecord<String, String> message =
                new ProducerRecord<>(Topic.LISTINGS.topicName(), listing.key(), write(listing));
        header(message, "ce_specversion", "1.0");
        header(message, "ce_id", UUID.randomUUID().toString());
        header(
                message,
                "ce_type",
                Objects.requireNonNull(ListingState.class.getAnnotation(EventName.class))
                        .value());
        header(message, "ce_source", "/" + Topic.LISTINGS.owner());
        header(message, "ce_subject", listing.key());
        header(message, "ce_time", Instant.now().toString());
        // What is not sent is told by the callback, after the flush.
        Future<RecordMetadata> _ = producer.send(message, (_, e) -> {
            if (e != null) {
                failed.compareAndSet(null, e);
            }
        });
    }

    private static void header(ProducerRecord<String, String> message, String name, String value) {
        message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String write(ListingState listing) {
        try {
            return JSON.writeValueAsString(listing);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
