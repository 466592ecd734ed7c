package io.hubline.testkit;

import io.hubline.embedded.Endpoints;
import io.hubline.embedded.TopicSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/// What one start of a service finds: a new database, topics without records, no consumer groups, an empty
/// Redis.
///
/// @param database the database, and the role that owns it
record World(String database, String password) {

    private static final int PATIENCE_SECONDS = 60;

    static World empty(Endpoints endpoints, String module) {
        emptyTopics(endpoints);
        emptyRedis(endpoints);
        return newDatabase(endpoints, module);
    }

    private static World newDatabase(Endpoints endpoints, String module) {
        String prefix = module.replaceAll("[^a-z0-9]+", "_");
        String password = UUID.randomUUID().toString();
        try (Connection connection = DriverManager.getConnection(
                        endpoints.jdbcUrl("postgres"), Endpoints.SUPERUSER, endpoints.superuserPassword());
                Statement statement = connection.createStatement()) {
            String name = prefix + "_" + (1 + count(statement, prefix));
            statement.execute("create role " + name + " login password '" + password + "'");
            statement.execute("create database " + name + " owner " + name);
            return new World(name, password);
        } catch (SQLException e) {
            throw new IllegalStateException("No database for " + module, e);
        }
    }

    private static int count(Statement statement, String prefix) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("select count(*) from pg_database where datname like '" + prefix + "\\_%'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void emptyTopics(Endpoints endpoints) {
        try (Admin admin = Admin.create(
                Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, endpoints.bootstrapServers()))) {
            Set<String> groups = get(admin.listGroups().all()).stream()
                    .map(GroupListing::groupId)
                    .collect(Collectors.toSet());
            if (!groups.isEmpty()) {
                get(admin.deleteConsumerGroups(groups).all());
            }
            Set<String> used = used(admin);
            if (!used.isEmpty()) {
                get(admin.deleteTopics(used).all());
            }
            Set<String> present = get(admin.listTopics().names());
            List<NewTopic> missing = TopicSpec.ofHubline().stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.config()))
                    .toList();
            get(admin.createTopics(missing).all());
        }
    }

    /// Topics that hold or held a record. The others are left alone, which saves most of the time.
    private static Set<String> used(Admin admin) {
        Map<String, TopicDescription> topics =
                get(admin.describeTopics(get(admin.listTopics().names())).allTopicNames());
        Map<TopicPartition, OffsetSpec> ends = topics.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return get(admin.listOffsets(ends).all()).entrySet().stream()
                .filter(end -> end.getValue().offset() > 0)
                .map(end -> end.getKey().topic())
                .collect(Collectors.toSet());
    }

    private static void emptyRedis(Endpoints endpoints) {
        try (Socket socket =
                new Socket(InetAddress.ofLiteral("127.0.0.1"), endpoints.ports().redis())) {
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream answers = socket.getInputStream();
            String answer = new String(answers.readNBytes(3), StandardCharsets.US_ASCII);
            if (!answer.equals("+OK")) {
                throw new IllegalStateException("Redis did not forget: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
