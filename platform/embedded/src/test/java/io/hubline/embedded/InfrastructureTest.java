package io.hubline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfrastructureTest {

    /// Unpacked once for all tests, as it is once for all runs of the hub.
    private static final Path BINARIES = Path.of("target/binaries");

    private static final List<Path> CLASS_PATH = Infrastructure.classPath(Infrastructure.repositoryRoot());

    /// Made by root, it is closed to everybody else: the daemon must cope with that too.
    @TempDir
    Path home;

    private DaemonSettings.Ports ports = new DaemonSettings.Ports(1, 1, 1, 1);

    @BeforeEach
    void choosePorts() {
        List<Integer> free = PortCheck.free(4);
        ports = new DaemonSettings.Ports(free.get(0), free.get(1), free.get(2), free.get(3));
    }

    @AfterEach
    void leaveNothingBehind() {
        Infrastructure.running(home).ifPresent(Infrastructure::stop);
        Infrastructure.discard(home);
    }

    @Test
    void what_was_stored_survives_a_stop_and_a_kill_and_no_process_is_left() throws Exception {
        Infrastructure first = Infrastructure.start(settings(null, null), CLASS_PATH);
        assertThat(settingOf(first, "fsync")).isEqualTo("on");
        assertThat(settingOf(first, "synchronous_commit")).isEqualTo("on");
        assertThat(topics(first)).containsExactlyInAnyOrder("orders", "stock");
        assertThat(Files.getPosixFilePermissions(home.resolve("ready")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        execute(first, "create table kept (n int)");
        execute(first, "insert into kept values (1)");

        first.stop();

        assertThat(first.isAlive()).isFalse();
        assertPortsAreFree();

        Infrastructure second = Infrastructure.start(settings(null, null), CLASS_PATH);
        TrackedProcess postgres =
                TrackedProcess.read(home.resolve("run/postgres.pid")).orElseThrow();
        TrackedProcess redis =
                TrackedProcess.read(home.resolve("run/redis.pid")).orElseThrow();
        execute(second, "insert into kept values (2)");
        Signal.KILL.sendTo(second.endpoints().daemon().pid());
        await().until(() -> !second.isAlive());
        assertThat(postgres.isAlive()).isTrue();
        assertThat(redis.isAlive()).isTrue();

        Infrastructure third = Infrastructure.start(settings(null, null), CLASS_PATH);

        assertThat(postgres.isAlive()).isFalse();
        assertThat(redis.isAlive()).isFalse();
        assertThat(sum(third)).isEqualTo(3);

        third.restart(Infrastructure.Server.POSTGRES);
        third.restart(Infrastructure.Server.KAFKA);
        third.restart(Infrastructure.Server.REDIS);
        third.flushRedis();

        assertThat(sum(third)).isEqualTo(3);
        assertThat(topics(third)).contains("orders");
    }

    @Test
    void the_daemon_ends_with_its_parent_and_takes_along_what_the_parent_started() throws Exception {
        Process parent = new ProcessBuilder("sleep", "60").start();
        Process service = new ProcessBuilder("sleep", "60").start();
        Path run = Files.createDirectory(home.resolve("services"));
        TrackedProcess.of(service.toHandle()).orElseThrow().write(run.resolve("order.pid"));
        Infrastructure infrastructure = Infrastructure.start(
                settings(TrackedProcess.of(parent.toHandle()).orElseThrow(), run), CLASS_PATH);

        parent.destroyForcibly();

        await().atMost(Duration.ofSeconds(20)).until(() -> !infrastructure.isAlive());
        assertThat(service.isAlive()).isFalse();
        assertPortsAreFree();
    }

    @Test
    void a_taken_port_is_named() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(PortCheck.LOOPBACK, ports.redis()));

            assertThatThrownBy(() -> Infrastructure.start(settings(null, null), CLASS_PATH))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessage("Port %d, wanted by Redis, is already taken.", ports.redis());
        }
    }

    private DaemonSettings settings(@Nullable TrackedProcess parent, @Nullable Path reap) {
        return new DaemonSettings(
                home,
                BINARIES,
                ports,
                List.of("orders", "inventory"),
                List.of(
                        new TopicSpec("orders", 3, Map.of()),
                        new TopicSpec("stock", 3, Map.of("cleanup.policy", "compact"))),
                parent,
                reap,
                false);
    }

    private void assertPortsAreFree() {
        assertThat(List.of(ports.postgres(), ports.redis(), ports.kafka(), ports.kafkaController()))
                .allMatch(PortCheck::isFree);
    }

    private static Set<String> topics(Infrastructure infrastructure) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                infrastructure.endpoints().bootstrapServers()))) {
            return admin.listTopics().names().get(30, TimeUnit.SECONDS);
        }
    }

    private static String settingOf(Infrastructure infrastructure, String name) throws SQLException {
        return query(infrastructure, "show " + name);
    }

    private static int sum(Infrastructure infrastructure) throws SQLException {
        return Integer.parseInt(query(infrastructure, "select sum(n) from kept"));
    }

    private static String query(Infrastructure infrastructure, String sql) throws SQLException {
        try (Connection connection = connect(infrastructure);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Infrastructure infrastructure, String sql) throws SQLException {
        try (Connection connection = connect(infrastructure);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(Infrastructure infrastructure) throws SQLException {
        Endpoints endpoints = infrastructure.endpoints();
        return DriverManager.getConnection(endpoints.jdbcUrl("orders"), "orders", endpoints.password("orders"));
    }
}
