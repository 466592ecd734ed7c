package io.hubline.testkit;

import io.hubline.embedded.DaemonSettings;
import io.hubline.embedded.Endpoints;
import io.hubline.embedded.Infrastructure;
import io.hubline.embedded.InfrastructureException;
import io.hubline.embedded.LocalTokens;
import io.hubline.embedded.PortCheck;
import io.hubline.embedded.TopicSpec;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Real PostgreSQL, Kafka and Redis for a service under test.
///
/// ```java
/// @QuarkusTest @QuarkusTestResource(InfrastructureResource.class) class StockResourceTest { ... }
/// ```
///
/// The first module of a build starts one daemon, the others find it; it ends with the build. Each start of
/// a service gets a database of its own, topics without records, no consumer groups and an empty Redis. So
/// test classes that share a start share a world, as they share the service. Modules of one build must not
/// run at the same time, because topics have fixed names.
public final class InfrastructureResource implements QuarkusTestResourceLifecycleManager {

    /// Any 32 bytes: what is sealed with it lives as long as a test.
    private static final String PERSONAL_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private static final int ATTEMPTS = 3;

    @Override
    public Map<String, String> start() {
        Build build = Build.current();
        return alone(build.folder(), () -> {
            Endpoints endpoints = infrastructure(build).endpoints();
            World world = World.empty(endpoints, moduleName());
            return Map.ofEntries(
                    Map.entry("quarkus.datasource.jdbc.url", endpoints.jdbcUrl(world.database())),
                    Map.entry("quarkus.datasource.username", world.database()),
                    Map.entry("quarkus.datasource.password", world.password()),
                    Map.entry("kafka.bootstrap.servers", endpoints.bootstrapServers()),
                    Map.entry("quarkus.redis.hosts", endpoints.redisUrl()),
                    Map.entry("quarkus.oidc.public-key", Tokens.issuer().publicKey()),
                    Map.entry("quarkus.oidc.token.issuer", LocalTokens.ISSUER),
                    Map.entry("hubline.personal.key-id", "test-1"),
                    Map.entry("hubline.personal.key", PERSONAL_KEY),
                    // Several builds on one machine must not ask for the same ports.
                    Map.entry("quarkus.http.test-port", "0"),
                    Map.entry("quarkus.management.test-port", "0"));
        });
    }

    @Override
    public void stop() {
        // The infrastructure serves the modules that follow and ends with the build.
    }

    /// The daemon of this build, started if it is not running. What dead builds left behind goes first.
    private static Infrastructure infrastructure(Build build) {
        Optional<Infrastructure> running = Infrastructure.running(build.home());
        if (running.isPresent()) {
            return running.get();
        }
        discardDeadBuilds(build.folder());
        List<Path> classPath = Infrastructure.classPath(build.root());
        for (int attempt = 1; ; attempt++) {
            try {
                return Infrastructure.start(settings(build), classPath);
            } catch (InfrastructureException e) {
                // A port found free may be taken by another build before the daemon gets to it.
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("already taken")) {
                    throw e;
                }
            }
        }
    }

    private static DaemonSettings settings(Build build) {
        List<Integer> ports = PortCheck.free(4);
        return new DaemonSettings(
                build.home(),
                build.root().resolve(".hub/binaries"),
                new DaemonSettings.Ports(ports.get(0), ports.get(1), ports.get(2), ports.get(3)),
                List.of(),
                TopicSpec.ofHubline(),
                build.process(),
                null,
                true);
    }

    private static void discardDeadBuilds(Path folder) {
        try (Stream<Path> homes = Files.list(folder)) {
            homes.filter(home -> Build.ofHome(home)
                            .filter(process -> !process.isAlive())
                            .isPresent())
                    .forEach(InfrastructureResource::discardDeadBuild);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The daemon of a dead build may be on its way out and clearing up too: files then vanish, or appear,
    /// under our hands. What is left is for the next build.
    private static void discardDeadBuild(Path home) {
        try {
            if (Infrastructure.running(home).isEmpty()) {
                Infrastructure.discard(home);
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)
                    && !(e.getCause() instanceof DirectoryNotEmptyException)) {
                throw e;
            }
        }
    }

    /// Maven runs a module's tests in the module's folder.
    private static String moduleName() {
        return Path.of("").toAbsolutePath().getFileName().toString();
    }

    private static <T> T alone(Path folder, Supplier<T> work) {
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return work.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
