package io.hubline.testkit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hubline.contracts.Event;
import io.hubline.contracts.EventName;
import io.hubline.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/// Puts records on topics as another service would, and reads what the service under test has put there.
///
/// One probe serves one thread. Reading always starts at the beginning of a topic, so a test asks for its
/// own keys.
public final class KafkaProbe implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final KafkaProducer<String, @Nullable String> producer;
    private final KafkaConsumer<String, String> consumer;

    /// A probe at a broker.
    public KafkaProbe(String bootstrapServers) {
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.ACKS_CONFIG, "all"),
                new StringSerializer(),
                new StringSerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    /// A probe at the broker of the service under test.
    public static KafkaProbe open() {
        return new KafkaProbe(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    }

    /// Announces an event under a new id and returns the id when the broker has it.
    public UUID send(Topic topic, Event event) {
        UUID id = UUID.randomUUID();
        send(topic, event, id);
        return id;
    }

    /// Announces an event under a given id: the same id again is a redelivery.
    public void send(Topic topic, Event event, UUID id) {
        @Nullable EventName name = event.getClass().getAnnotation(EventName.class);
        if (name == null) {
            throw new IllegalArgumentException(event.getClass() + " has no event name");
        }
        try {
            send(
                    topic.topicName(),
                    event.key(),
                    json.writeValueAsString(event),
                    Map.of(
                            "ce_specversion", "1.0",
                            "ce_id", id.toString(),
                            "ce_type", name.value(),
                            "ce_source", "/" + topic.owner(),
                            "ce_subject", event.key(),
                            "ce_time", Instant.now().toString(),
                            "content-type", "application/json"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Puts any record on any topic, however wrong, and returns when the broker has it.
    public void send(String topic, String key, @Nullable String value, Map<String, String> headers) {
        ProducerRecord<String, @Nullable String> record = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Every record the topic holds at this moment, by partition and offset.
    public List<ConsumerRecord<String, String>> records(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    /// As [#records(String)].
    public List<ConsumerRecord<String, String>> records(Topic topic) {
        return records(topic.topicName());
    }

    /// The events of one type that the topic holds for one key, oldest first.
    public <E extends Event> List<E> events(Topic topic, String key, Class<E> type) {
        @Nullable EventName name = type.getAnnotation(EventName.class);
        if (name == null) {
            throw new IllegalArgumentException(type + " has no event name");
        }
        return records(topic).stream()
                .filter(record -> key.equals(record.key()))
                .filter(record ->
                        header(record, "ce_type").filter(name.value()::equals).isPresent())
                .map(record -> read(record, type))
                .toList();
    }

    /// The text of a record's header.
    public static Optional<String> header(ConsumerRecord<String, String> record, String name) {
        @Nullable Header header = record.headers().lastHeader(name);
        return Optional.ofNullable(header).map(found -> new String(found.value(), StandardCharsets.UTF_8));
    }

    /// The record's value as an event.
    public <E extends Event> E read(ConsumerRecord<String, String> record, Class<E> type) {
        try {
            return json.readValue(record.value(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(record.value(), e);
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
