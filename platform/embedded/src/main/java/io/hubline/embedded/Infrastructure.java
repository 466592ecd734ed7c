package io.hubline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A running daemon, seen from the process that started it or from another one.
public final class Infrastructure {

    static final String ORDER = "order";
    static final String ORDER_DONE = "order.done";

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Path home;
    private final Endpoints endpoints;

    private Infrastructure(Path home, Endpoints endpoints) {
        this.home = home;
        this.endpoints = endpoints;
    }

    /// A server the daemon can restart alone.
    public enum Server {
        POSTGRES,
        KAFKA,
        REDIS
    }

    /// Starts a daemon and returns when it is ready: PostgreSQL with its databases, Kafka with its topics,
    /// Redis.
    ///
    /// The daemon outlives this process unless the settings name a parent.
    ///
    /// @param classPath see [#classPath]
    public static Infrastructure start(DaemonSettings settings, List<Path> classPath) {
        Path home = settings.home();
        Path log;
        Process process;
        try {
            PrivateFiles.passage(home);
            PrivateFiles.folder(settings.logs());
            Files.deleteIfExists(settings.readyFile());
            Files.deleteIfExists(settings.failureFile());
            settings.store();
            log = settings.logs().resolve("daemon.log");
            process = new ProcessBuilder(command(settings, classPath))
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException | UncheckedIOException e) {
            throw new InfrastructureException("Cannot prepare %s: %s".formatted(home, e.getMessage()), e);
        }
        try {
            Await.until(
                    "The infrastructure",
                    START,
                    () -> requireAlive(process, settings, log),
                    () -> Files.exists(settings.readyFile()));
        } catch (InfrastructureException e) {
            TrackedProcess.of(process.toHandle()).ifPresent(daemon -> daemon.end(Signal.TERM, STOP));
            throw e;
        }
        return new Infrastructure(home, Endpoints.load(settings.readyFile()));
    }

    /// The daemon that is running in this home, if one is.
    public static Optional<Infrastructure> running(Path home) {
        Path ready = home.resolve("ready");
        if (!Files.exists(ready)) {
            return Optional.empty();
        }
        Endpoints endpoints = Endpoints.load(ready);
        return endpoints.daemon().isAlive() ? Optional.of(new Infrastructure(home, endpoints)) : Optional.empty();
    }

    /// Ends what a daemon left behind that was killed, without starting a new one. Does nothing while a
    /// daemon lives.
    public static void reap(Path home) {
        if (running(home).isPresent()) {
            return;
        }
        for (String name : List.of("postgres", "redis")) {
            Path pidFile = home.resolve("run").resolve(name + ".pid");
            TrackedProcess.read(pidFile).ifPresent(leftover -> leftover.end(Signal.INT, Duration.ofSeconds(10)));
            PrivateFiles.deleteTree(pidFile);
        }
    }

    /// Ends what a killed daemon left and deletes its home with all data. Does nothing while a daemon
    /// lives.
    public static void discard(Path home) {
        if (running(home).isPresent()) {
            return;
        }
        reap(home);
        Path settings = home.resolve(DaemonSettings.FILE);
        if (Files.exists(settings)) {
            Place.of(DaemonSettings.load(settings)).delete();
        }
        PrivateFiles.deleteTree(home);
    }

    /// The jars of the daemon, as the build has laid them out below the repository's root.
    public static List<Path> classPath(Path root) {
        Path target = root.resolve("platform/embedded/target");
        List<Path> classPath = new ArrayList<>();
        classPath.add(target.resolve("classes"));
        try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
            jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(classPath::add);
        } catch (IOException e) {
            throw new InfrastructureException(
                    "The embedded infrastructure is not built: %s is missing. './hub up' and 'mvn package' build it."
                            .formatted(target.resolve("lib")),
                    e);
        }
        return classPath;
    }

    /// The root of the repository, looked for from the current folder upwards.
    public static Path repositoryRoot() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("platform/embedded/src"))) {
                return folder;
            }
        }
        throw new InfrastructureException("%s is not inside the Hubline repository".formatted(start));
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public boolean isAlive() {
        return endpoints.daemon().isAlive();
    }

    /// Stops everything cleanly and returns when no process is left.
    public void stop() {
        endpoints.daemon().end(Signal.TERM, STOP);
        reap(home);
    }

    /// Stops one server cleanly and starts it again on the same port with the same data. Returns when it
    /// answers.
    public void restart(Server server) {
        tell("restart " + server.name().toLowerCase(Locale.ROOT));
    }

    /// Makes Redis forget everything.
    public void flushRedis() {
        tell("flush redis");
    }

    private void tell(String order) {
        Path done = home.resolve(ORDER_DONE);
        PrivateFiles.deleteTree(done);
        PrivateFiles.write(home.resolve(ORDER), order);
        Await.until("'" + order + "'", START, this::requireAlive, () -> Files.exists(done));
        try {
            String answer = Files.readString(done).strip();
            if (!answer.equals(order + "\ndone")) {
                throw new InfrastructureException("'%s' failed: %s".formatted(order, answer));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireAlive() {
        if (!isAlive()) {
            throw new InfrastructureException("The infrastructure has ended. See the logs in " + home.resolve("logs"));
        }
    }

    private static void requireAlive(Process process, DaemonSettings settings, Path log) {
        if (process.isAlive()) {
            return;
        }
        try {
            throw new InfrastructureException(
                    Files.exists(settings.failureFile())
                            ? Files.readString(settings.failureFile())
                            : "The infrastructure ended while starting (log %s):%n%s"
                                    .formatted(log, LastLines.of(log)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(DaemonSettings settings, List<Path> classPath) {
        List<String> command = new ArrayList<>(Detached.prefix());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n",
                "-cp",
                String.join(":", classPath.stream().map(Path::toString).toList()),
                "io.hubline.embedded.Daemon",
                settings.settingsFile().toString()));
        return command;
    }
}
