package io.hubline.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A topic read from its first record to its last.
final class TopicLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Held here, since a logger that nobody holds forgets its level. The client tells its whole
    /// configuration otherwise.
    private static final Logger CLIENT = Logger.getLogger("org.apache.kafka");

    static {
        CLIENT.setLevel(Level.WARNING);
    }

    private TopicLog() {}

    /// Everything on the topic now, in order per partition.
    ///
    /// @throws IllegalStateException when the broker does not deliver what it says it has within a minute
    static List<Entry> read(String bootstrapServers, String topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(part -> new TopicPartition(topic, part.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Entry> entries = new ArrayList<>();
            long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (partitions.stream().anyMatch(part -> consumer.position(part) < ends.getOrDefault(part, 0L))) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the broker does not deliver all of " + topic);
                }
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
                    entries.add(Entry.of(message));
                }
            }
            return entries;
        }
    }

    /// One record.
    ///
    /// @param id the event's id (`ce_id`): equal for two copies of one event
    record Entry(String id, String type, String key, String text) {

        static Entry of(ConsumerRecord<String, String> message) {
            return new Entry(header(message, "ce_id"), header(message, "ce_type"), message.key(), message.value());
        }

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new IllegalStateException("an event that is no JSON is on a topic: " + type, e);
            }
        }

        private static String header(ConsumerRecord<String, String> message, String name) {
            Header header = message.headers().lastHeader(name);
            return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
