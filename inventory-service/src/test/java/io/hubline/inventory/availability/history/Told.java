package io.hubline.inventory.availability.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.contracts.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/// What the channels were told, as it was read from the topic while it happened.
final class Told implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String accounts;
    private final Map<String, TreeMap<Long, Shown>> numbers = new HashMap<>();
    private final KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
            Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class)),
            new StringDeserializer(),
            new StringDeserializer());

    /// Hears what is told from now on of offers whose names begin so.
    Told(String accounts) {
        this.accounts = accounts;
        String topic = Topic.AVAILABILITY.topicName();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /// Reads what is there.
    ///
    /// @return how many numbers were told by now
    long hear() throws JsonProcessingException {
        ConsumerRecords<String, String> records;
        do {
            records = consumer.poll(Duration.ofMillis(50));
            for (ConsumerRecord<String, String> record : records) {
                if (record.key().startsWith(accounts)) {
                    JsonNode state = JSON.readTree(record.value());
                    numbers.computeIfAbsent(record.key(), _ -> new TreeMap<>())
                            .put(
                                    state.path("sequence").asLong(),
                                    new Shown(
                                            state.path("quantity").asInt(),
                                            state.path("mode").asText(),
                                            terms(state.path("terms")).toString()));
                }
            }
        } while (!records.isEmpty());
        return numbers.values().stream().mapToLong(Map::size).sum();
    }

    /// What was told under this sequence; null when nothing was.
    @Nullable
    Shown of(String offer, long sequence) {
        return numbers.getOrDefault(offer, new TreeMap<>()).get(sequence);
    }

    /// The newest sequence; zero before the first.
    long newest(String offer) {
        TreeMap<Long, Shown> ofOffer = numbers.getOrDefault(offer, new TreeMap<>());
        return ofOffer.isEmpty() ? 0 : ofOffer.lastKey();
    }

    /// Terms by name, in their order.
    static Map<String, Integer> terms(JsonNode list) {
        Map<String, Integer> terms = new LinkedHashMap<>();
        list.forEach(
                term -> terms.put(term.path("name").asText(), term.path("units").asInt()));
        return terms;
    }

    @Override
    public void close() {
        consumer.close();
    }

    /// @param terms by name, as text
    record Shown(int quantity, String mode, String terms) {}
}
