package io.hubline.sandbox.launcher;

import io.hubline.embedded.Detached;
import io.hubline.embedded.LastLines;
import io.hubline.embedded.PrivateFiles;
import io.hubline.embedded.Signal;
import io.hubline.embedded.TrackedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// A Java process that answers over HTTP when it is ready.
final class Part {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Hub hub;
    private final String name;
    private final List<String> arguments;
    private final URI readiness;
    private final IntPredicate ready;
    private final HttpClient http;
    private final Consumer<Part> died;
    private final InstantSource clock = InstantSource.system();
    private @Nullable Process process;
    private @Nullable Instant since;
    private boolean wanted;
    private boolean stalled;

    /// @param arguments what follows `java`
    /// @param readiness the address asked
    /// @param ready which status means ready
    /// @param died called when the process ends although nobody asked it to
    Part(
            Hub hub,
            String name,
            List<String> arguments,
            URI readiness,
            IntPredicate ready,
            HttpClient http,
            Consumer<Part> died) {
        this.hub = hub;
        this.name = name;
        this.arguments = List.copyOf(arguments);
        this.readiness = readiness;
        this.ready = ready;
        this.http = http;
        this.died = died;
    }

    String name() {
        return name;
    }

    Path log() {
        return hub.log(name);
    }

    synchronized long pid() {
        Process running = process;
        if (running == null) {
            throw new LaunchException(name + " is not running.");
        }
        return running.pid();
    }

    /// Starts the process and returns at once.
    synchronized void start() {
        List<String> command = new ArrayList<>(Detached.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        try {
            Process started = new ProcessBuilder(command)
                    .directory(hub.root().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            process = started;
            since = clock.instant();
            wanted = true;
            TrackedProcess.of(started.toHandle()).ifPresent(tracked -> tracked.write(hub.pidFile(name)));
            Thread.ofVirtual().name("watch-" + name).start(() -> {
                started.onExit().join();
                ended(started);
            });
        } catch (IOException e) {
            throw new LaunchException("Cannot start %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /// Returns when the part says it is ready; fails when it ends first or takes too long.
    void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!isReady()) {
            if (!isAlive()) {
                throw new LaunchException(obituary());
            }
            if (System.nanoTime() > deadline) {
                throw new LaunchException("%s was not ready within %d seconds. Its last lines (log %s):%n%s"
                        .formatted(name, START.toSeconds(), log(), LastLines.of(log())));
            }
            Thread.sleep(PAUSE);
        }
    }

    /// Asks the process to end and returns when it has, by force if need be. Nothing to do when it is not
    /// running.
    void stop() {
        Process running;
        synchronized (this) {
            running = process;
            wanted = false;
        }
        goOn();
        if (running != null) {
            TrackedProcess.of(running.toHandle()).ifPresent(tracked -> tracked.end(Signal.TERM, STOP));
            forget();
        }
    }

    /// Ends the process at once, as a crash would, and returns when it is gone.
    void kill() throws InterruptedException {
        Process running;
        synchronized (this) {
            running = process;
            wanted = false;
        }
        if (running == null) {
            throw new LaunchException(name + " is not running.");
        }
        Signal.KILL.sendTo(running.pid());
        running.waitFor();
        forget();
    }

    /// Makes the process stand still until [#goOn].
    synchronized void stall() {
        Signal.STOP.sendTo(pid());
        stalled = true;
    }

    /// Lets a process that stands still go on. Nothing to do for any other.
    synchronized void goOn() {
        Process running = process;
        if (stalled && running != null) {
            Signal.CONT.sendTo(running.pid());
        }
        stalled = false;
    }

    synchronized boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /// When the process was started or ended last; empty before its first start.
    synchronized Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    /// What to say when the part has ended by itself.
    String obituary() {
        return "%s has ended by itself. Its last lines (log %s):%n%s".formatted(name, log(), LastLines.of(log()));
    }

    private void ended(Process ended) {
        boolean unexpected;
        synchronized (this) {
            if (process == ended) {
                since = clock.instant();
            }
            unexpected = wanted && process == ended;
        }
        if (unexpected) {
            died.accept(this);
        }
    }

    private synchronized void forget() {
        process = null;
        since = clock.instant();
        PrivateFiles.deleteTree(hub.pidFile(name));
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(readiness)
                    .timeout(Duration.ofSeconds(3))
                    .build();
            return ready.test(http.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException _) {
            // Not listening yet.
            return false;
        }
    }
}
