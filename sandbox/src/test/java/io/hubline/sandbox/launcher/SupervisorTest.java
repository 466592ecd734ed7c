package io.hubline.sandbox.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubline.embedded.Infrastructure;
import io.hubline.embedded.PortCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    @TempDir
    Path root;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Progress progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8));
    private Hub hub = new Hub(Path.of("."), 7100);

    @BeforeEach
    void layOutRepository() throws IOException {
        hub = new Hub(root, freePortBase());
        Files.createDirectories(root.resolve("platform/embedded"));
        Files.createSymbolicLink(
                root.resolve("platform/embedded/target"),
                Infrastructure.repositoryRoot().resolve("platform/embedded/target"));
        for (Service service : Service.values()) {
            writeStandIn(root.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar"));
        }
    }

    @AfterEach
    void leaveNothingBehind() {
        Leftovers.end(hub);
        try (Stream<Path> homes = Files.list(root.resolve(".hub/data"))) {
            homes.forEach(Infrastructure::discard);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void parts_start_are_killed_restart_and_stop_without_a_trace() throws Exception {
        Supervisor supervisor = Supervisor.overFreshData(hub, progress, 1);
        supervisor.start();
        assertThat(supervisor.startupSeconds()).isPositive();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("infrastructure", "connector", "simulator");
        assertThat(Files.getPosixFilePermissions(root.resolve(".hub/config/order.properties")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (Connection connection = supervisor.jdbc("orders");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select current_user")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("hubline");
        }
        assertThatThrownBy(() -> Supervisor.overKeptData(hub, progress).start())
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("running already");

        URI order = supervisor.urlOf("order");
        long killed = supervisor.pidOf("order");
        supervisor.kill9("order");
        assertThat(ProcessHandle.of(killed)).isEmpty();
        assertThat(PortCheck.isFree(order.getPort())).isTrue();
        supervisor.restart("order");
        assertThat(supervisor.pidOf("order")).isNotEqualTo(killed);
        assertThat(supervisor.death()).isEmpty();

        supervisor.stop();

        assertThat(hub.ports().keySet()).allMatch(PortCheck::isFree);
        try (Stream<Path> files = Files.list(root.resolve(".hub/run"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("lock");
        }
    }

    @Test
    void a_part_that_dies_is_named_with_its_last_words_and_the_others_are_stopped() {
        Supervisor supervisor = Supervisor.overKeptData(hub, progress);
        writeFile(root.resolve(".hub/config/broken"));

        assertThatThrownBy(supervisor::start)
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("has ended by itself")
                .hasMessageContaining("this stand-in is broken")
                .hasMessageContaining(".hub/logs/");
        assertThat(hub.ports().keySet()).allMatch(PortCheck::isFree);
    }

    @Test
    void a_stalled_part_answers_nobody_lives_and_goes_on() throws Exception {
        try (Supervisor supervisor = Supervisor.overKeptData(hub, progress);
                ExecutorService staller = Executors.newVirtualThreadPerTaskExecutor()) {
            supervisor.start();
            URI order = supervisor.urlOf("order");
            long pid = supervisor.pidOf("order");

            Future<?> stall = staller.submit(() -> {
                supervisor.stall("order", Duration.ofSeconds(3));
                return null;
            });

            await().until(() -> !answers(order));
            assertThat(supervisor.death()).isEmpty();
            stall.get();
            assertThat(answers(order)).isTrue();
            assertThat(supervisor.pidOf("order")).isEqualTo(pid);
        }
    }

    private static boolean answers(URI service) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(service)
                    .timeout(Duration.ofMillis(500))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void a_part_that_dies_later_is_noticed() throws Exception {
        try (Supervisor supervisor = Supervisor.overKeptData(hub, progress)) {
            supervisor.start();

            ProcessHandle.of(supervisor.pidOf("routing")).orElseThrow().destroyForcibly();

            await().until(() -> supervisor.death().isPresent());
            assertThat(supervisor.death().orElseThrow()).startsWith("routing has ended by itself");
        }
    }

    @Test
    void a_taken_port_is_named_with_who_wants_it_who_has_it_and_the_way_out() throws IOException {
        int port = hub.portBase() + 3;
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(other.isBound()).isTrue();

            assertThatThrownBy(() -> Supervisor.overKeptData(hub, progress).start())
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("Port %d, wanted by inventory, is taken by process %d"
                            .formatted(port, ProcessHandle.current().pid()))
                    .hasMessageContaining("--port-base");
        }
    }

    private static int freePortBase() {
        Random random = new Random();
        return random.ints(20_000, 30_000)
                .filter(base ->
                        new Hub(Path.of("."), base).ports().keySet().stream().allMatch(PortCheck::isFree))
                .findFirst()
                .orElseThrow();
    }

    private static void writeStandIn(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, StandIn.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                StandIn.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString());
        Files.createDirectories(jar.getParent());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    private static void writeFile(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
