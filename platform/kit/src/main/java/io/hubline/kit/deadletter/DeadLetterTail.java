package io.hubline.kit.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubline.kit.Ids;
import io.hubline.kit.ServiceName;
import io.hubline.kit.deadletter.DeadLetter.Status;
import io.hubline.kit.deadletter.DeadLetters.Arrival;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Copies the dead-letter topics of this service into its table, and counts what is open.
///
/// A letter is acknowledged after its row has committed. A crash in between brings it again, and the table
/// knows its place on the topic.
@Singleton
class DeadLetterTail {

    private static final Logger LOGGER = Logger.getLogger(DeadLetterTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(2);
    private static final int NEW_TOPICS_SEEN_WITHIN_MS = 5_000;

    private final Map<String, Object> settings;
    private final DeadLetterChannels channels;
    private final DeadLetters letters;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("dead-letter-tail").unstarted(this::run);

    private volatile long open;
    private Instant countedAt = Instant.EPOCH;

    DeadLetterTail(
            @Identifier("default-kafka-broker") Map<String, Object> brokers,
            DeadLetterChannels channels,
            DeadLetters letters,
            InstantSource clock,
            ServiceName service,
            MeterRegistry metrics) {
        Map<String, Object> all = new HashMap<>(brokers);
        all.put(ConsumerConfig.CLIENT_ID_CONFIG, "hubline-dead-letters-" + service);
        all.put(ConsumerConfig.GROUP_ID_CONFIG, service + ".dead-letters");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, NEW_TOPICS_SEEN_WITHIN_MS);
        this.settings = Map.copyOf(all);
        this.channels = channels;
        this.letters = letters;
        this.clock = clock;
        metrics.gauge("hubline.dead.letters", this, tail -> tail.open);
    }

    void start(@Observes StartupEvent started) {
        if (!channels.topics().isEmpty()) {
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent shutdown) throws InterruptedException {
        stopping.countDown();
        if (thread.isAlive()) {
            thread.join(STOP_TIMEOUT);
        }
    }

    private void run() {
        try {
            while (stopping.getCount() > 0) {
                try (Consumer<String, String> consumer =
                        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
                    consumer.subscribe(channels.topics());
                    tail(consumer);
                } catch (RuntimeException | Error e) {
                    // Without this thread dead letters would go unseen. A new consumer begins behind the last
                    // acknowledged letter.
                    LOGGER.warn("Tailing the dead letters failed and is tried again", e);
                    stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tail(Consumer<String, String> consumer) {
        while (stopping.getCount() > 0) {
            ConsumerRecords<String, String> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                List<Arrival> arrivals = StreamSupport.stream(records.spliterator(), false)
                        .map(this::arrival)
                        .toList();
                letters.add(arrivals);
                consumer.commitSync();
                arrivals.forEach(arrival -> LOGGER.errorf(
                        "Dead letter %s on %s: %s",
                        arrival.letter().id(),
                        arrival.letter().topic(),
                        arrival.letter().reason()));
            }
            if (Duration.between(countedAt, clock.instant()).compareTo(COUNT_EVERY) > 0) {
                open = letters.countOpen();
                countedAt = clock.instant();
            }
        }
    }

    private Arrival arrival(ConsumerRecord<String, String> message) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : message.headers()) {
            if (header.value() != null) {
                headers.put(storable(header.key()), storable(new String(header.value(), UTF_8)));
            }
        }
        DeadLetter letter = new DeadLetter(
                Ids.next(),
                message.topic(),
                headers.getOrDefault("dead-letter-topic", "unknown"),
                storableOrNull(message.key()),
                uuid(headers.get("ce_id")),
                headers.get("ce_type"),
                storableOrNull(message.value()),
                headers,
                reason(headers),
                uuid(headers.get(DeadLetterService.REPLAY_OF)),
                clock.instant(),
                Status.OPEN,
                null,
                null);
        return new Arrival(letter, message.partition(), message.offset(), Instant.ofEpochMilli(message.timestamp()));
    }

    /// PostgreSQL keeps no U+0000 in a text, and one such letter would stop all that come behind it. Whatever had
    /// one could not be applied and never will, so that it is shown with a sign in its place loses nothing.
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static @Nullable String storableOrNull(@Nullable String text) {
        return text == null ? null : storable(text);
    }

    private static String reason(Map<String, String> headers) {
        String thrown = headers.getOrDefault("dead-letter-exception-class-name", "unknown failure");
        String reason = thrown.substring(thrown.lastIndexOf('.') + 1) + ": "
                + headers.getOrDefault("dead-letter-reason", "no reason given");
        @Nullable String cause = headers.get("dead-letter-cause");
        return cause == null ? reason : reason + " (" + cause + ")";
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
