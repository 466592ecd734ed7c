package io.hubline.kit.inbox;

import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Measures how many records of each topic this service has not acknowledged yet,
/// `hubline_consumer_lag_records`, and whether it acknowledges any,
/// `hubline_consumer_acknowledged_records`, both by topic and group.
///
/// The consumer's own figures will not do: they count from what was fetched. A consumer that stands still,
/// because its database is away, has fetched what it holds and says 0. What is acknowledged is what the
/// broker knows, so the broker is asked. All replicas of a service show the same numbers; while the broker
/// does not answer, none.
@Singleton
class ConsumerLag {

    private static final Logger LOGGER = Logger.getLogger(ConsumerLag.class);
    private static final Pattern TOPICS = Pattern.compile("mp\\.messaging\\.incoming\\.(?<channel>.+)\\.topics");
    private static final int ANSWER_MS_MAX = 5_000;

    private final Map<String, Object> settings;
    private final Map<String, Set<String>> topicsByGroup = new TreeMap<>();
    private final Map<Reading, Standing> standings = new ConcurrentHashMap<>();
    private @Nullable Admin admin;
    private boolean known = true;

    ConsumerLag(@Identifier("default-kafka-broker") Map<String, Object> brokers, Config config, MeterRegistry metrics) {
        Map<String, Object> all = new HashMap<>(brokers);
        all.put(AdminClientConfig.CLIENT_ID_CONFIG, "hubline-consumer-lag");
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MS_MAX);
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MS_MAX);
        this.settings = Map.copyOf(all);
        for (String property : config.getPropertyNames()) {
            Matcher match = TOPICS.matcher(property);
            if (match.matches()) {
                // Unnamed, a group is called after the application: so the connector does it.
                String group = config.getOptionalValue(
                                "mp.messaging.incoming." + match.group("channel") + ".group.id", String.class)
                        .orElseGet(() -> config.getValue("quarkus.application.name", String.class));
                Arrays.stream(config.getValue(property, String.class).split(",", -1))
                        .map(String::strip)
                        .forEach(topic -> watch(new Reading(group, topic), metrics));
            }
        }
    }

    private void watch(Reading reading, MeterRegistry metrics) {
        topicsByGroup.computeIfAbsent(reading.group(), _ -> new TreeSet<>()).add(reading.topic());
        Tags tags = Tags.of("group", reading.group(), "topic", reading.topic());
        metrics.gauge("hubline.consumer.lag.records", tags, this, lag -> lag.of(reading, Standing::waiting));
        metrics.gauge(
                "hubline.consumer.acknowledged.records", tags, this, lag -> lag.of(reading, Standing::acknowledged));
    }

    private double of(Reading reading, ToLongFunction<Standing> figure) {
        @Nullable Standing standing = standings.get(reading);
        return standing == null ? Double.NaN : figure.applyAsLong(standing);
    }

    @Scheduled(every = "10s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void measure() {
        try {
            for (Map.Entry<String, Set<String>> group : topicsByGroup.entrySet()) {
                standings.putAll(measured(admin(), group.getKey(), group.getValue()));
            }
            known = true;
        } catch (ExecutionException | KafkaException e) {
            standings.clear();
            if (known) {
                LOGGER.warn("The lag of the consumers cannot be measured; said once until it can be again", e);
            }
            known = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<Reading, Standing> measured(Admin admin, String group, Set<String> topics)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Map<TopicPartition, OffsetAndMetadata> acknowledged = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        // The end last: a record that arrives in between then counts as waiting, and none counts as less than nothing.
        Map<TopicPartition, Long> begins = offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
        return ends.entrySet().stream()
                .collect(toMap(
                        end -> new Reading(group, end.getKey().topic()),
                        end -> Standing.of(
                                begins.getOrDefault(end.getKey(), 0L), end.getValue(), acknowledged.get(end.getKey())),
                        Standing::plus));
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(partitions.stream().collect(toMap(Function.identity(), _ -> which)))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private Admin admin() {
        @Nullable Admin present = admin;
        if (present == null) {
            present = Admin.create(settings);
            admin = present;
        }
        return present;
    }

    void stop(@Observes ShutdownEvent shutdown) {
        @Nullable Admin present = admin;
        if (present != null) {
            present.close();
        }
    }

    /// One topic as one group of consumers reads it.
    private record Reading(String group, String topic) {}

    /// How far that is: how many records wait, and the sum of the acknowledged offsets, which moves with
    /// every record.
    private record Standing(long waiting, long acknowledged) {

        /// What was never acknowledged is read from the begin, and what has aged out is not waiting any
        /// more.
        static Standing of(long begin, long end, @Nullable OffsetAndMetadata acknowledged) {
            long next = acknowledged == null ? begin : Math.max(begin, acknowledged.offset());
            return new Standing(Math.max(0, end - next), next);
        }

        Standing plus(Standing other) {
            return new Standing(waiting + other.waiting, acknowledged + other.acknowledged);
        }
    }
}
