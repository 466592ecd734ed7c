import io.hubline.embedded.DaemonSettings;
import io.hubline.embedded.Endpoints;
import io.hubline.embedded.Infrastructure;
import io.hubline.embedded.TopicSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Makes the AOT cache of a service while its image is built: `TrainingRun FOLDER`, where the folder holds
/// `quarkus-run.jar` and
/// gets `app.aot`.
///
/// The run is a rehearsal of the deployment on real parts (PostgreSQL, Kafka and Redis from `platform/embedded`): the
/// migration
/// first, as its Job does it, then the service with the variables and files of deploy/kustomize, until it is ready and
/// was
/// told to stop. So the cache knows the classes that a real start loads, and an image whose migration or start fails is
/// never made. The cache is good for exactly this JVM, this folder and these jars; a JVM that finds anything else
/// ignores it.
final class TrainingRun {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofMinutes(2);
    private static final String DATABASE = "training";

    private final Path application;
    private final Path home;
    private final int managementPort = freePort();

    private TrainingRun(Path application, Path home) {
        this.application = application;
        this.home = home;
    }

    public static void main(String[] arguments) throws Exception {
        Path application = Path.of(arguments[0]).toAbsolutePath();
        Path home = Files.createTempDirectory("training");
        List<Path> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            classPath.add(Path.of(entry));
        }
        DaemonSettings settings = new DaemonSettings(
                home.resolve("parts"),
                home.resolve("binaries"),
                new DaemonSettings.Ports(freePort(), freePort(), freePort(), freePort()),
                List.of(DATABASE),
                TopicSpec.ofHubline(),
                null,
                null,
                true);
        Infrastructure parts = Infrastructure.start(settings, classPath);
        try {
            new TrainingRun(application, home).run(parts.endpoints());
        } finally {
            parts.stop();
        }
    }

    private void run(Endpoints parts) throws Exception {
        Map<String, String> environment = configure(parts);
        Process migration = start(
                environment,
                Map.of("QUARKUS_INIT_AND_EXIT", "true", "QUARKUS_FLYWAY_MIGRATE_AT_START", "true"),
                List.of());
        require(migration.waitFor(START.toSeconds(), TimeUnit.SECONDS), "the migration did not end");
        require(migration.exitValue() == 0, "the migration failed");

        Path cache = application.resolve("app.aot");
        Process service = start(environment, Map.of(), List.of("-XX:AOTCacheOutput=" + cache));
        try {
            awaitReady(service);
            service.destroy();
            require(service.waitFor(STOP.toSeconds(), TimeUnit.SECONDS), "the service did not stop");
        } finally {
            service.destroyForcibly();
        }
        require(Files.exists(cache), "the JVM wrote no cache");
        System.out.printf("%s: %d MB%n", cache, Files.size(cache) >> 20);
    }

    /// What deploy/kustomize/base tells a service, with the addresses of the parts.
    private Map<String, String> configure(Endpoints parts) throws Exception {
        Path folder = Files.createDirectory(home.resolve("config"));
        Files.writeString(
                folder.resolve("secrets.properties"), "quarkus.datasource.password=" + parts.password(DATABASE) + "\n");
        Files.writeString(
                folder.resolve("personal.properties"),
                "hubline.personal.key-id=training\nhubline.personal.key="
                        + Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        String jdbc = parts.jdbcUrl(DATABASE);
        return Map.ofEntries(
                Map.entry("QUARKUS_CONFIG_LOCATIONS", folder.toString()),
                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(freePort())),
                Map.entry("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort)),
                Map.entry(
                        "DATABASE_ADDRESS",
                        URI.create(jdbc.substring("jdbc:".length())).getAuthority()),
                Map.entry(
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "jdbc:postgresql://${DATABASE_ADDRESS}/" + DATABASE + "${DATABASE_OPTIONS:}"),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", DATABASE),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", parts.bootstrapServers()),
                Map.entry("REDIS_ADDRESS", parts.redisUrl()),
                Map.entry("QUARKUS_REDIS_HOSTS", "${REDIS_ADDRESS}"),
                Map.entry(
                        "QUARKUS_OIDC_PUBLIC_KEY",
                        Base64.getEncoder()
                                .encodeToString(
                                        keys.generateKeyPair().getPublic().getEncoded())));
    }

    private Process start(Map<String, String> environment, Map<String, String> more, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", application.resolve("quarkus-run.jar").toString()));
        // The very same working folder and path of the jar as in the image: the cache remembers both.
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(application.toFile()).inheritIO();
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        return builder.start();
    }

    private void awaitReady(Process service) throws Exception {
        HttpRequest ready = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/q/health/ready".formatted(managementPort)))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!answers(http, ready)) {
                require(service.isAlive(), "the service ended while starting");
                require(System.nanoTime() < deadline, "the service did not become ready");
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private static boolean answers(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // it does not listen yet, and is asked again until the deadline
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("Training failed: " + otherwise);
        }
    }
}
