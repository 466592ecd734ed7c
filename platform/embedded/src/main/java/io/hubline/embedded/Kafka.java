package io.hubline.embedded;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/// One Kafka broker that is its own controller, inside this process.
final class Kafka implements Part {

    /// Any 16 bytes would do: it tells clusters apart, and a home has only one.
    private static final String CLUSTER_ID = "SHVibGluZUxvY2FsS2Fma2";

    private static final Duration ADMIN_PATIENCE = Duration.ofMinutes(1);

    private final Path folder;
    private final DaemonSettings.Ports ports;
    private @Nullable KafkaRaftServer server;

    Kafka(Path folder, DaemonSettings.Ports ports) {
        this.folder = folder;
        this.ports = ports;
    }

    @Override
    public String title() {
        return "Kafka";
    }

    @Override
    public void reap() {
        // It lives in this process, so it cannot outlive it.
    }

    @Override
    public void start() {
        PrivateFiles.folder(folder);
        Properties settings = settings();
        Path file = folder.resolveSibling("kafka.properties");
        PrivateFiles.write(file, settings);
        format(file);
        KafkaRaftServer starting = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server = starting;
        starting.startup();
    }

    @Override
    public void stop() {
        @Nullable KafkaRaftServer running = server;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
            server = null;
        }
    }

    @Override
    public boolean isAlive() {
        return server != null;
    }

    /// Creates the topics that do not exist yet. Existing ones are left as they are.
    void createTopics(List<TopicSpec> topics) {
        try (Admin admin = Admin.create(
                Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + ports.kafka()))) {
            Set<String> existing = admin.listTopics().names().get(ADMIN_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            List<NewTopic> missing = topics.stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.config()))
                    .toList();
            admin.createTopics(missing).all().get(ADMIN_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new InfrastructureException("Cannot create the topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException("Interrupted while creating topics", e);
        }
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(ports.kafka(), ports.kafkaController()));
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + ports.kafka());
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + ports.kafkaController());
        settings.setProperty("log.dirs", folder.toString());
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "4");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("transaction.state.log.num.partitions", "1");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("controlled.shutdown.enable", "true");
        // After a kill the broker is let in again only when its last session has run out: 9 s by default.
        settings.setProperty("broker.session.timeout.ms", "3000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
        // Sized for one machine: the defaults reserve 10 MB of index per partition and 128 MB for compaction.
        settings.setProperty("log.index.size.max.bytes", "1048576");
        settings.setProperty("log.cleaner.dedupe.buffer.size", "16777216");
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("background.threads", "2");
        return settings;
    }

    private static void format(Path settings) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code;
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            code = StorageTool.execute(
                    new String[] {
                        "format", "--cluster-id", CLUSTER_ID, "--config", settings.toString(), "--ignore-formatted"
                    },
                    out);
        }
        if (code != 0) {
            throw new InfrastructureException(
                    "Kafka's storage cannot be prepared: " + said.toString(StandardCharsets.UTF_8));
        }
    }
}
