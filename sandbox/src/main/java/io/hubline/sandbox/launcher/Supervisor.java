package io.hubline.sandbox.launcher;

import io.hubline.embedded.DaemonSettings;
import io.hubline.embedded.Endpoints;
import io.hubline.embedded.Infrastructure;
import io.hubline.embedded.InfrastructureException;
import io.hubline.embedded.PrivateFiles;
import io.hubline.embedded.TopicSpec;
import io.hubline.embedded.TrackedProcess;
import io.hubline.sandbox.console.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Starts every part of the hub, watches them, and stops them in reverse order.
///
/// From [#start] on, the end of this process by whatever signal it can hear stops all parts. If it is
/// killed so that it hears nothing, the infrastructure notices and ends the services and itself.
///
/// Calls of one supervisor may come from several threads.
public final class Supervisor implements AutoCloseable {

    /// The folder below `.hub/` with one home of data each.
    static final String DATA = "data";

    private static final Duration STOP_START = Duration.ofSeconds(30);
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    private final Hub hub;
    private final Progress progress;
    private final Path home;
    private final boolean fresh;
    private final long seed;
    private final Configuration configuration;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final InstallationLock lock;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final CompletableFuture<String> death = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile @Nullable Infrastructure infrastructure;
    private @Nullable Console console;
    private final CompletableFuture<Void> startOver = new CompletableFuture<>();
    private @Nullable Thread starter;
    private boolean stopping;
    private volatile Duration startup = Duration.ZERO;

    private Supervisor(Hub hub, Progress progress, String name, boolean fresh, long seed) {
        this.hub = hub;
        this.progress = progress;
        this.home = hub.folder().resolve(DATA).resolve(name);
        this.fresh = fresh;
        this.seed = seed;
        prepareFolders();
        this.lock = new InstallationLock(hub);
        this.configuration = new Configuration(hub);
    }

    /// Over the data that stays from start to start.
    public static Supervisor overKeptData(Hub hub, Progress progress) {
        return new Supervisor(hub, progress, "kept", false, 1);
    }

    /// Over data of its own that is empty at the start, so that what is found afterwards is what was done
    /// since.
    ///
    /// @param seed what the simulated shops draw from: who buys there, and which webhooks go astray
    public static Supervisor overFreshData(Hub hub, Progress progress, long seed) {
        return new Supervisor(hub, progress, "fresh", true, seed);
    }

    /// Starts everything and returns when every part is ready. Fails with everything stopped again.
    ///
    /// @throws LaunchException with a message for the user
    public void start() {
        start(true);
    }

    /// Starts nothing but PostgreSQL, Kafka and Redis.
    public void startInfrastructureAlone() {
        start(false);
    }

    /// Starts one more service on the running infrastructure, and returns when it is ready.
    public void startAlone(String service) throws InterruptedException {
        Service named = Service.named(service).orElseThrow(() -> unknown(service));
        Part part = part(named, configuration.write(named, endpoints()));
        rotate(part.log());
        synchronized (parts) {
            parts.put(part.name(), part);
        }
        startUnlessStopping(part);
        part.awaitReady();
    }

    /// A service that stands on the running infrastructure, not started yet, from another jar or with other
    /// options than usual.
    Part unusual(Service service, Path jar, List<String> options) {
        Part part = part(service, jar, options, configuration.write(service, endpoints()));
        synchronized (parts) {
            parts.put(part.name(), part);
        }
        return part;
    }

    private void start(boolean everything) {
        long begun = System.nanoTime();
        lock.take();
        progress.say("Starting Hubline on ports from %d:".formatted(hub.portBase()));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stopStarting));
        synchronized (this) {
            starter = Thread.currentThread();
        }
        try {
            new RunFile(TrackedProcess.current(), hub.portBase(), home).write(hub.root());
            int leftovers = Leftovers.end(hub);
            if (leftovers > 0) {
                progress.say("Ended %d processes that an earlier run had left.".formatted(leftovers));
            }
            PortOwner.requireFree(hub);
            openConsole();
            if (fresh) {
                Infrastructure.discard(home);
            }
            Infrastructure started = startInfrastructure();
            progress.ready(Hub.INFRASTRUCTURE, since(begun));
            if (everything) {
                startParts(started.endpoints(), begun);
            }
            startup = since(begun);
        } catch (InfrastructureException e) {
            stop();
            throw new LaunchException(String.valueOf(e.getMessage()), e);
        } catch (LaunchException e) {
            stop();
            throw e;
        } catch (UncheckedIOException e) {
            stop();
            throw new LaunchException("Cannot write below %s: %s".formatted(hub.folder(), e.getMessage()), e);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new LaunchException("Interrupted while starting.", e);
        } finally {
            synchronized (this) {
                starter = null;
            }
            startOver.complete(null);
        }
    }

    /// Stops everything and returns when no process is left. A second call waits for the first.
    public void stop() {
        boolean first;
        synchronized (this) {
            first = !stopping;
            stopping = true;
        }
        if (!first) {
            stopped.join();
            return;
        }
        try {
            closeConsole();
            AtOnce.run(all().stream()
                    .filter(Part::isAlive)
                    .<Runnable>map(part -> () -> {
                        part.stop();
                        progress.stopped(part.name());
                    })
                    .toList());
            Infrastructure running = infrastructure;
            if (running != null) {
                running.stop();
                progress.stopped(Hub.INFRASTRUCTURE);
            }
            RunFile.delete(hub.root());
        } finally {
            lock.release();
            stopped.complete(null);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /// Kills a part as a crash would: no signal it could hear. Returns when it is gone.
    public void kill9(String part) throws InterruptedException {
        part(part).kill();
    }

    /// Starts a part again, after a polite stop if it is running, and returns when it is ready.
    public void restart(String name) throws InterruptedException {
        Part part = part(name);
        part.stop();
        startUnlessStopping(part);
        part.awaitReady();
    }

    /// Makes a part stand still for that long, as a long pause of its machine would: it answers nobody, and
    /// nobody is told that it is gone. Returns when it is ready again.
    public void stall(String name, Duration length) throws InterruptedException {
        Part part = part(name);
        part.stall();
        try {
            Thread.sleep(length);
        } finally {
            part.goOn();
        }
        part.awaitReady();
    }

    /// Returns when every part says it is ready.
    public void awaitReady() throws InterruptedException {
        for (Part part : all()) {
            part.awaitReady();
        }
    }

    /// Where a service or the simulator answers.
    public URI urlOf(String part) {
        int port = part.equals(Hub.SIMULATOR)
                ? hub.simulatorPort()
                : Service.named(part).orElseThrow(() -> unknown(part)).port(hub);
        return URI.create("http://localhost:" + port);
    }

    /// A connection to a database with every right, past the service that owns it.
    public Connection jdbc(String database) throws SQLException {
        Endpoints endpoints = endpoints();
        return DriverManager.getConnection(
                endpoints.jdbcUrl(database), Endpoints.SUPERUSER, endpoints.superuserPassword());
    }

    public String bootstrapServers() {
        return endpoints().bootstrapServers();
    }

    /// The infrastructure, to restart one of its servers or to flush Redis.
    public Infrastructure infrastructure() {
        Infrastructure running = infrastructure;
        if (running == null) {
            throw new LaunchException("The infrastructure is not running.");
        }
        return running;
    }

    /// A token for somebody with these roles, valid for twelve hours.
    public String token(String... roles) {
        return configuration.tokens().issue("local-" + String.join("-", roles), Set.of(roles), TOKEN_LIFETIME);
    }

    /// What the simulator's control API wants to hear, to set shops up and to read what they counted.
    public String controlToken() {
        return configuration.controlToken();
    }

    /// What every part has written to its log so far, by part.
    public Map<String, List<String>> logs() throws IOException {
        Map<String, List<String>> logs = new LinkedHashMap<>();
        for (Part part : all()) {
            logs.put(part.name(), Files.readAllLines(part.log()));
        }
        return logs;
    }

    /// From the call of [#start] to the last part being ready; zero before.
    public double startupSeconds() {
        return startup.toMillis() / 1_000.0;
    }

    public long pidOf(String part) {
        return part.equals(Hub.INFRASTRUCTURE)
                ? endpoints().daemon().pid()
                : part(part).pid();
    }

    /// What is to be said about a part that ended although nobody asked it to; empty while all are well.
    public Optional<String> death() {
        return Optional.ofNullable(death.getNow(null));
    }

    /// Returns when a part has ended by itself, with what is to be said about it, or when everything has
    /// been stopped.
    public Optional<String> awaitEnd() throws InterruptedException {
        try {
            CompletableFuture.anyOf(death, stopped).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return death();
    }

    /// The addresses of all parts, as a table for people.
    public String addresses() {
        List<String> lines = new ArrayList<>();
        lines.add("  %-14s http://localhost:%d/   (health, sync and links to everything)"
                .formatted("index page", hub.portBase()));
        for (Service service : Service.values()) {
            lines.add("  %-14s http://localhost:%d   (API console /q/swagger-ui, health http://localhost:%d/q/health)"
                    .formatted(service.part(), service.port(hub), service.managementPort(hub)));
        }
        lines.add("  %-14s http://localhost:%d/shops/shop-a, /shops/shop-b".formatted("shops", hub.simulatorPort()));
        lines.add("  %-14s localhost:%d"
                .formatted("PostgreSQL", hub.infrastructurePorts().postgres()));
        lines.add("  %-14s localhost:%d"
                .formatted("Kafka", hub.infrastructurePorts().kafka()));
        lines.add("  %-14s localhost:%d"
                .formatted("Redis", hub.infrastructurePorts().redis()));
        return String.join("\n", lines);
    }

    /// First of all, so that the start itself can be watched.
    private void openConsole() {
        try {
            Console opened = Console.open(
                    hub.portBase(), hub.portBase(), new WatchedHub(hub, this::runningPart, configuration.tokens()));
            synchronized (this) {
                console = opened;
            }
            progress.say("  index page       http://localhost:%d/".formatted(opened.port()));
        } catch (IOException e) {
            throw new LaunchException(
                    "The index page cannot be shown on port %d: %s".formatted(hub.portBase(), e.getMessage()), e);
        }
    }

    private void closeConsole() {
        Console opened;
        synchronized (this) {
            opened = console;
            console = null;
        }
        if (opened != null) {
            opened.close();
        }
    }

    /// A part's process as it is now; empty while it has not been started.
    private Optional<WatchedHub.Running> runningPart(String name) {
        if (name.equals(Hub.INFRASTRUCTURE)) {
            return Optional.ofNullable(infrastructure)
                    .map(Infrastructure::endpoints)
                    .map(Endpoints::daemon)
                    .map(daemon -> new WatchedHub.Running(daemon.isAlive(), daemon.startedAt()));
        }
        synchronized (parts) {
            return Optional.ofNullable(parts.get(name))
                    .flatMap(part -> part.since().map(since -> new WatchedHub.Running(part.isAlive(), since)));
        }
    }

    private Infrastructure startInfrastructure() {
        Infrastructure started = Infrastructure.start(
                new DaemonSettings(
                        home,
                        hub.binaries(),
                        hub.infrastructurePorts(),
                        Service.databases(),
                        TopicSpec.ofHubline(),
                        TrackedProcess.current(),
                        hub.run(),
                        false),
                Infrastructure.classPath(hub.root()));
        infrastructure = started;
        Thread.ofVirtual().name("watch-infrastructure").start(() -> watch(started));
        return started;
    }

    private void startParts(Endpoints endpoints, long begun) throws InterruptedException {
        List<Part> starting = new ArrayList<>();
        for (Service service : Service.values()) {
            starting.add(part(service, configuration.write(service, endpoints)));
        }
        starting.add(simulator(configuration.writeSimulator(seed)));
        for (Part part : starting) {
            rotate(part.log());
            synchronized (parts) {
                parts.put(part.name(), part);
            }
            startUnlessStopping(part);
        }
        BlockingQueue<Optional<LaunchException>> results = new LinkedBlockingQueue<>();
        for (Part part : starting) {
            Thread.ofVirtual().name("await-" + part.name()).start(() -> results.add(failure(part, begun)));
        }
        for (int i = 0; i < starting.size(); i++) {
            Optional<LaunchException> failure = results.take();
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    private Optional<LaunchException> failure(Part part, long begun) {
        try {
            part.awaitReady();
            progress.ready(part.name(), since(begun));
            return Optional.empty();
        } catch (LaunchException e) {
            return Optional.of(e);
        } catch (InterruptedException e) {
            return Optional.of(new LaunchException("Interrupted while starting.", e));
        }
    }

    private Part part(Service service, Path configurationFile) {
        return part(service, service.jar(hub), serviceOptions(), configurationFile);
    }

    /// Further options for the JVM of every service, separated by spaces, such as a profiler's agent:
    /// `HUB_SERVICE_OPTIONS`, or `hub.service-options` as a property of this process.
    static List<String> serviceOptions() {
        String options = System.getProperty("hub.service-options", System.getenv("HUB_SERVICE_OPTIONS"));
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.trim().split("\\s+"));
    }

    private Part part(Service service, Path jar, List<String> options, Path configurationFile) {
        if (!Files.exists(jar)) {
            throw new LaunchException("%s is not built: %s is missing.".formatted(service.part(), jar));
        }
        List<String> arguments = new ArrayList<>(JVM);
        arguments.add("-Xmx192m");
        arguments.addAll(options);
        arguments.add("-Dquarkus.config.locations=" + configurationFile.toUri());
        arguments.add("-jar");
        arguments.add(jar.toString());
        return new Part(
                hub,
                service.part(),
                arguments,
                URI.create("http://127.0.0.1:%d/q/health/ready".formatted(service.managementPort(hub))),
                status -> status == 200,
                http,
                this::died);
    }

    private Part simulator(Path configurationFile) {
        List<String> arguments = new ArrayList<>(JVM);
        arguments.add("-Xmx256m");
        arguments.add("-cp");
        arguments.add(System.getProperty("java.class.path"));
        arguments.add("io.hubline.sandbox.simulator.process.SimulatorMain");
        arguments.addAll(
                List.of("--port", Integer.toString(hub.simulatorPort()), "--config", configurationFile.toString()));
        return new Part(
                hub,
                Hub.SIMULATOR,
                arguments,
                URI.create("http://127.0.0.1:%d/".formatted(hub.simulatorPort())),
                _ -> true, // it listens when its shops stand
                http,
                this::died);
    }

    private void startUnlessStopping(Part part) {
        synchronized (this) {
            if (stopping) {
                throw new LaunchException("The hub is stopping.");
            }
            part.start();
        }
    }

    /// What a signal calls: a start under way is given up first, so that it starts nothing behind our back.
    private void stopStarting() {
        Thread waiting;
        synchronized (this) {
            waiting = starter;
        }
        if (waiting != null) {
            waiting.interrupt();
            startOver
                    .completeOnTimeout(null, STOP_START.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
        stop();
    }

    private void died(Part part) {
        death.complete(part.obituary());
    }

    private void watch(Infrastructure watched) {
        watched.endpoints()
                .daemon()
                .handle()
                .ifPresent(process -> process.onExit().join());
        synchronized (this) {
            if (stopping) {
                return;
            }
        }
        death.complete("The infrastructure has ended by itself. See the logs in " + home.resolve("logs"));
    }

    private List<Part> all() {
        synchronized (parts) {
            return List.copyOf(parts.values());
        }
    }

    private Part part(String name) {
        synchronized (parts) {
            return Optional.ofNullable(parts.get(name)).orElseThrow(() -> unknown(name));
        }
    }

    private static LaunchException unknown(String part) {
        return new LaunchException("There is no part called '%s'.".formatted(part));
    }

    private Endpoints endpoints() {
        return infrastructure().endpoints();
    }

    private void prepareFolders() {
        try {
            // PostgreSQL may run as another user and must be able to pass through to its own folder.
            PrivateFiles.passage(hub.folder());
            PrivateFiles.passage(hub.folder().resolve(DATA));
            PrivateFiles.folder(hub.run());
            PrivateFiles.folder(hub.logs());
            PrivateFiles.folder(hub.config());
        } catch (UncheckedIOException e) {
            throw new LaunchException("Cannot write below %s: %s".formatted(hub.folder(), e.getMessage()), e);
        }
    }

    /// The log of the run before is kept once, under `.1`.
    private static void rotate(Path log) {
        try {
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new LaunchException("Cannot write the log %s: %s".formatted(log, e.getMessage()), e);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
