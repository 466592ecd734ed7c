package io.hubline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/// The infrastructure as one process: Kafka inside, PostgreSQL and Redis as its children.
///
/// It is ready when the file `ready` appears in its home, and says in `failure` why it could not start. It
/// ends on SIGTERM, when its parent is gone, or when one of its parts ends by itself; and it always takes
/// its children along. Only a SIGKILL prevents that, and then the next daemon of the same home ends what
/// was left.
///
/// While it runs it takes orders from files in its home, one at a time (see [Infrastructure#restart]).
public final class Daemon {

    /// Held for the daemon's whole life: a logger nobody refers to loses its level.
    private static final List<Logger> LOGGERS = List.of(Logger.getLogger(""), Logger.getLogger("org.apache.kafka"));

    private static final Logger LOG = Logger.getLogger(Daemon.class.getName());
    private static final Duration PULSE = Duration.ofMillis(200);
    private static final long LEAST_DISK = 512L << 20;

    private final DaemonSettings settings;
    private final Postgres postgres;
    private final Kafka kafka;
    private final Redis redis;
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private Daemon(DaemonSettings settings) {
        this.settings = settings;
        Path home = settings.home();
        Place place = Place.of(settings);
        Binaries binaries = new Binaries(place.binaries());
        Path run = home.resolve("run");
        this.postgres = new Postgres(
                binaries.postgres(),
                place.postgresData(),
                settings.logs().resolve("postgres.log"),
                run.resolve("postgres.pid"),
                settings.ports().postgres(),
                Passwords.in(home, settings.databases()));
        this.redis = new Redis(
                binaries.redis(),
                home.resolve("redis"),
                settings.logs().resolve("redis.log"),
                run.resolve("redis.pid"),
                settings.ports().redis());
        this.kafka = new Kafka(home.resolve("kafka"), settings.ports());
    }

    /// Runs until told to end.
    ///
    /// @param arguments the settings file
    public static void main(String[] arguments) throws IOException {
        LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
        DaemonSettings settings = DaemonSettings.load(Path.of(arguments[0]));
        Files.deleteIfExists(settings.failureFile());
        try (FileChannel channel = FileChannel.open(
                settings.home().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new InfrastructureException(
                        "Another daemon already uses %s. Stop it first.".formatted(settings.home()));
            }
            requireDisk(settings.home());
            Daemon daemon = new Daemon(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(daemon::stopWhenStarted, "stop"));
            // A broker that gives up must not take this process down before its children are stopped.
            Exit.setExitProcedure((code, message) -> daemon.end.complete("Kafka gave up: " + message));
            Exit.setHaltProcedure((code, message) -> daemon.end.complete("Kafka gave up: " + message));
            try {
                daemon.start();
            } finally {
                daemon.started.complete(null);
            }
            daemon.runUntilEnd();
        } catch (InfrastructureException e) {
            PrivateFiles.write(settings.failureFile(), String.valueOf(e.getMessage()));
            LOG.severe(e.getMessage());
            System.exit(1);
        } catch (RuntimeException | Error e) {
            PrivateFiles.write(settings.failureFile(), "The daemon failed: " + e);
            LOG.log(Level.SEVERE, "The daemon failed", e);
            System.exit(1);
        }
        System.exit(0);
    }

    private void start() throws IOException {
        for (Part part : List.of(redis, postgres)) {
            part.reap();
        }
        Files.deleteIfExists(settings.readyFile());
        requirePort("PostgreSQL", settings.ports().postgres());
        requirePort("Redis", settings.ports().redis());
        requirePort("Kafka", settings.ports().kafka());
        requirePort("Kafka's controller", settings.ports().kafkaController());

        Passwords passwords = Passwords.in(settings.home(), settings.databases());
        Future<?> database = async(() -> {
            postgres.start();
            postgres.createDatabases(passwords.ofDatabases());
        });
        Future<?> cache = async(redis::start);
        Future<?> broker = async(() -> {
            kafka.start();
            kafka.createTopics(settings.topics());
        });
        join(List.of(database, cache, broker));
        new Endpoints(settings.ports(), passwords.superuser(), passwords.ofDatabases(), TrackedProcess.current())
                .store(settings.readyFile());
        LOG.info("ready");
    }

    private void runUntilEnd() {
        @Nullable String reason = null;
        while (reason == null && !stopping.get()) {
            try {
                reason = end.get(PULSE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                reason = reasonToEnd();
            } catch (InterruptedException | ExecutionException e) {
                reason = e.toString();
            }
        }
        stop(reason == null ? "told to" : reason);
    }

    /// A server that is just starting must be stopped too, so an early end waits for the start to be over.
    private void stopWhenStarted() {
        started.orTimeout(60, TimeUnit.SECONDS).exceptionally(_ -> null).join();
        stop("told to");
    }

    private @Nullable String reasonToEnd() {
        TrackedProcess parent = settings.parent();
        if (parent != null && !parent.isAlive()) {
            endWhatTheParentLeft();
            return "its parent is gone";
        }
        for (Part part : List.of(postgres, redis, kafka)) {
            if (!part.isAlive()) {
                PrivateFiles.write(settings.failureFile(), part.title() + " ended by itself");
                return part.title() + " ended by itself";
            }
        }
        obey();
        return null;
    }

    /// An order is a file `order` with one line; its answer is the file `order.done`.
    private void obey() {
        Path order = settings.home().resolve(Infrastructure.ORDER);
        if (!Files.exists(order)) {
            return;
        }
        try {
            String line = Files.readString(order).strip();
            Files.delete(order);
            PrivateFiles.write(settings.home().resolve(Infrastructure.ORDER_DONE), line + "\n" + carryOut(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String carryOut(String order) {
        try {
            switch (order) {
                case "restart postgres" -> restart(postgres);
                case "restart kafka" -> restart(kafka);
                case "restart redis" -> restart(redis);
                case "flush redis" -> redis.flush();
                default -> throw new InfrastructureException("Unknown order: " + order);
            }
            return "done";
        } catch (InfrastructureException e) {
            LOG.severe(e.getMessage());
            return String.valueOf(e.getMessage());
        }
    }

    private static void restart(Part part) {
        part.stop();
        part.start();
    }

    private void endWhatTheParentLeft() {
        Path folder = settings.reap();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Future<?>> ends = files.filter(file -> file.toString().endsWith(".pid"))
                    .flatMap(file -> TrackedProcess.read(file).stream())
                    .filter(tracked -> tracked.pid() != ProcessHandle.current().pid())
                    .<Future<?>>map(tracked -> async(() -> tracked.end(Signal.TERM, Duration.ofSeconds(8))))
                    .toList();
            join(ends);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop(String reason) {
        if (!stopping.compareAndSet(false, true)) {
            stopped.join();
            return;
        }
        LOG.warning(() -> "stopping: " + reason);
        try {
            join(Stream.of(kafka, redis, postgres)
                    .<Future<?>>map(part -> async(part::stop))
                    .toList());
            Files.deleteIfExists(settings.readyFile());
            if (settings.deleteAtEnd()) {
                Place.of(settings).delete();
                PrivateFiles.deleteTree(settings.home());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stopped.complete(null);
        }
    }

    private static void requireDisk(Path home) throws IOException {
        long free = Files.getFileStore(home).getUsableSpace();
        if (free < LEAST_DISK) {
            throw new InfrastructureException(
                    "The disk of %s has only %d MB left; PostgreSQL and Kafka need at least %d MB."
                            .formatted(home, free >> 20, LEAST_DISK >> 20));
        }
    }

    private static void requirePort(String title, int port) {
        if (!PortCheck.isFree(port)) {
            throw new InfrastructureException("Port %d, wanted by %s, is already taken.".formatted(port, title));
        }
    }

    private static Future<?> async(Runnable work) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        Thread.ofPlatform().name("daemon-work").start(() -> {
            try {
                work.run();
                future.complete(null);
            } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /// Waits for all of them, whatever becomes of the others, then fails with the first failure.
    private static void join(List<Future<?>> works) {
        @Nullable Throwable failure = null;
        for (Future<?> work : works) {
            try {
                work.get();
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = failure == null ? e : failure;
            }
        }
        switch (failure) {
            case null -> {}
            case InfrastructureException known -> throw known;
            default -> throw new IllegalStateException(failure);
        }
    }
}
