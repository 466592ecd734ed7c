package io.hubline.kit.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubline.kit.ServiceName;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// The one producer of a service: idempotent, acknowledged by all replicas, made when first needed.
@Singleton
class Broker {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final int LINGER_MS = 5;

    private final Map<String, Object> settings;
    private @Nullable Producer<String, String> producer;

    Broker(@Identifier("default-kafka-broker") Map<String, Object> brokers, OutboxConfig config, ServiceName service) {
        int acknowledgementMs = Math.toIntExact(config.acknowledgement().toMillis());
        Map<String, Object> all = new HashMap<>(brokers);
        all.put(ProducerConfig.CLIENT_ID_CONFIG, "hubline-outbox-" + service);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, acknowledgementMs);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, acknowledgementMs / 2);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, acknowledgementMs / 2);
        this.settings = Map.copyOf(all);
    }

    /// Sends one wave and waits until the fate of every row is known; null is an acknowledgement.
    ///
    /// A topic the broker does not know is waited for once, and not once per row.
    Map<OutboxRow, @Nullable Failure> send(Collection<OutboxRow> wave) {
        Producer<String, String> open = open();
        Map<OutboxRow, @Nullable Failure> fates = new LinkedHashMap<>();
        Map<OutboxRow, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        Map<String, Failure> silentTopics = new HashMap<>();
        for (OutboxRow row : wave) {
            @Nullable Failure silent = silentTopics.get(row.topic());
            if (silent != null) {
                fates.put(row, silent);
                continue;
            }
            try {
                sent.put(row, open.send(message(row)));
            } catch (TimeoutException e) {
                Failure failure = new Failure(describe(e), true);
                silentTopics.put(row.topic(), failure);
                fates.put(row, failure);
            } catch (KafkaException e) {
                fates.put(row, new Failure(describe(e), false));
            }
        }
        open.flush();
        sent.forEach((row, done) -> fates.put(row, fate(done)));
        return fates;
    }

    private static @Nullable Failure fate(Future<RecordMetadata> done) {
        return done.state() == Future.State.SUCCESS ? null : new Failure(describe(done.exceptionNow()), false);
    }

    private static String describe(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static ProducerRecord<String, String> message(OutboxRow row) {
        ProducerRecord<String, String> message = new ProducerRecord<>(row.topic(), row.key(), row.payload());
        row.headers().forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        return message;
    }

    private synchronized Producer<String, String> open() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        }
        return producer;
    }

    /// Fails whatever is under way; its rows stay.
    synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
            producer = null;
        }
    }

    /// Why a row was not acknowledged.
    ///
    /// @param wholeTopic no row of its topic could be sent at all, for the broker does not answer for that
    ///     topic
    record Failure(String reason, boolean wholeTopic) {}
}
