package io.hubline.sandbox.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hubline.contracts.Topic;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.sandbox.launcher.Alone;
import io.hubline.sandbox.launcher.Hub;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Orders per second through the topic, all for one SKU, from the first record sent until every order's
/// reservation can be read. The baseline decides each order in a transaction of its own.
public final class OrdersBench implements Bench {

    private static final int ORDERS = 20_000;
    private static final int WARM_UP = 4_000;
    private static final int ROUNDS = 2;
    private static final int UNITS = 50_000_000;
    private static final String SKU = "ORDERED";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> ONE_BY_ONE = List.of("-Dhubline.inventory.folding.batch-max=1");
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private final Hub hub;

    public OrdersBench(Hub hub) {
        this.hub = hub;
    }

    @Override
    public String name() {
        return "reservations-kafka";
    }

    @Override
    public String about() {
        return "orders per second for one SKU through the topic; --size: orders per measurement";
    }

    @Override
    public Result run(Wish wish, PrintStream out) throws IOException, InterruptedException {
        int orders = wish.size().orElse(ORDERS);
        List<Double> folded = new ArrayList<>();
        List<Double> single = new ArrayList<>();
        try (Alone alone = Alone.open(hub, out)) {
            alone.start(alone.jar(), ReservationsBench.JVM);
            ReservationsBench.send(
                    alone,
                    "/stock/import",
                    "text/csv",
                    "sku,locationId,quantity,key%n%s,berlin,%d,orders%n".formatted(SKU, UNITS));
            for (int round = 0; round < ROUNDS; round++) {
                List<String> options = new ArrayList<>(ReservationsBench.JVM);
                options.addAll(ONE_BY_ONE);
                alone.start(alone.jar(), options);
                single.add(turn(alone, orders));
                out.printf(Locale.ROOT, "one by one: %8.1f/s%n", single.getLast());
                alone.start(alone.jar(), ReservationsBench.JVM);
                folded.add(turn(alone, orders));
                out.printf(Locale.ROOT, "folded:     %8.1f/s%n", folded.getLast());
            }
            ReservationsBench.checkBooks(alone);
        }
        double best = folded.stream().max(Comparator.naturalOrder()).orElseThrow();
        double baseline = single.stream().max(Comparator.naturalOrder()).orElseThrow();
        return new Result(
                name(),
                Map.of("perSecond", best),
                Map.of("name", "one transaction per order", "perSecond", baseline),
                best / baseline,
                List.of(
                        "%d orders of one line each for one SKU, sent to the topic at once".formatted(orders),
                        "until every order's reservation was read from its topic; the better of %d turns each, turn by turn"
                                .formatted(ROUNDS),
                        "the ledger equals the positions"),
                Map.of("turns", Map.of("folded", folded, "oneByOne", single)));
    }

    private static double turn(Alone alone, int orders) throws IOException, InterruptedException {
        sell(alone.bootstrapServers(), SKU, WARM_UP);
        return orders / sell(alone.bootstrapServers(), SKU, orders);
    }

    /// Sells a unit with each of so many orders, and returns when each of them has its answer.
    ///
    /// @return seconds
    static double sell(String bootstrapServers, String sku, int orders) throws IOException {
        Set<String> waiting = new HashSet<>();
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int number = 0; number < orders; number++) {
            String id = UUID.randomUUID().toString();
            waiting.add(id);
            records.add(accepted(id, sku));
        }
        try (KafkaConsumer<String, String> answers = new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false),
                        new StringDeserializer(),
                        new StringDeserializer());
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.LINGER_MS_CONFIG,
                                5),
                        new StringSerializer(),
                        new StringSerializer())) {
            List<TopicPartition> partitions = answers.partitionsFor(Topic.RESERVATIONS.topicName()).stream()
                    .map(part -> new TopicPartition(part.topic(), part.partition()))
                    .toList();
            answers.assign(partitions);
            answers.seekToEnd(partitions);
            partitions.forEach(answers::position);
            long begun = System.nanoTime();
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            producer.flush();
            sent.stream()
                    .filter(one -> one.state() != Future.State.SUCCESS)
                    .findFirst()
                    .ifPresent(failed -> {
                        throw new IllegalStateException("an order could not be sent", failed.exceptionNow());
                    });
            while (!waiting.isEmpty()) {
                for (ConsumerRecord<String, String> answer : answers.poll(Duration.ofMillis(200))) {
                    waiting.remove(answer.key());
                }
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            "%d of %d orders were never answered".formatted(waiting.size(), orders));
                }
            }
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    private static ProducerRecord<String, String> accepted(String id, String sku) throws IOException {
        Instant now = Instant.ofEpochSecond(1_795_000_000);
        OrderFacts facts = new OrderFacts(
                id,
                1,
                "shop-a",
                "shopify",
                "#" + id,
                OrderFacts.State.OPEN,
                now,
                null,
                null,
                List.of(),
                List.of(new OrderFacts.DemandLine("1", sku, null, 1, null)),
                List.of());
        ProducerRecord<String, String> record = new ProducerRecord<>(
                Topic.ORDERS.topicName(), id, JSON.writeValueAsString(new OrderEvent.OrderAccepted(facts, now)));
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", UUID.randomUUID().toString(),
                        "ce_type", "order.accepted.v1",
                        "ce_source", "/hubline/bench",
                        "ce_time", now.toString(),
                        "ce_subject", id,
                        "content-type", "application/json")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }
}
