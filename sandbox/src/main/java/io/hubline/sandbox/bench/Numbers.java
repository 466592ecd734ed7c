package io.hubline.sandbox.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.contracts.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads what offers should show from the topic, as connector-service would.
final class Numbers implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNTOLD = -1;

    private final KafkaConsumer<String, String> consumer;
    private final int accounts;
    private final int[] shown;

    Numbers(String bootstrapServers, int skus, int accounts) {
        this.accounts = accounts;
        this.shown = new int[skus * accounts];
        Arrays.fill(shown, UNTOLD);
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new StringDeserializer());
        String topic = Topic.AVAILABILITY.topicName();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(part -> new TopicPartition(topic, part.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// Returns when every offer of these SKUs was last told to show so much or more.
    void await(int atLeast, int fromSku, int toSku, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        int wanted = (toSku - fromSku) * accounts;
        int have = count(atLeast, fromSku, toSku);
        while (have < wanted) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%d of %d numbers are on the topic".formatted(have, wanted));
            }
            for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(100))) {
                int at = place(message.key());
                boolean before = shown[at] >= atLeast;
                shown[at] = quantity(message.value());
                if (isWithin(at, fromSku, toSku)) {
                    have += (shown[at] >= atLeast ? 1 : 0) - (before ? 1 : 0);
                }
            }
        }
    }

    private int count(int atLeast, int fromSku, int toSku) {
        return (int) Arrays.stream(shown, fromSku * accounts, toSku * accounts)
                .filter(quantity -> quantity >= atLeast)
                .count();
    }

    private boolean isWithin(int at, int fromSku, int toSku) {
        return at >= fromSku * accounts && at < toSku * accounts;
    }

    /// An offer is named `account-N:SKU-N`; see [Listings#offer].
    private int place(String offer) {
        int middle = offer.indexOf(':');
        int account = Integer.parseInt(offer.substring("account-".length(), middle));
        int sku = Integer.parseInt(offer.substring(middle + ":SKU-".length()));
        return sku * accounts + account;
    }

    private static int quantity(String state) throws IOException {
        JsonNode quantity = JSON.readTree(state).path("quantity");
        if (!quantity.isInt()) {
            throw new IllegalStateException("an availability without a quantity: " + state);
        }
        return quantity.asInt();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
