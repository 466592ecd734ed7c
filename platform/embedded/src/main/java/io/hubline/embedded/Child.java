package io.hubline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server process that is remembered in a pid file from before it does anything until after it has ended.
final class Child {

    private final String title;
    private final Path pidFile;
    private final Path log;
    private final Signal politeEnd;
    private final Duration patience;
    private @Nullable Process process;

    Child(String title, Path pidFile, Path log, Signal politeEnd, Duration patience) {
        this.title = title;
        this.pidFile = pidFile;
        this.log = log;
        this.politeEnd = politeEnd;
        this.patience = patience;
    }

    void reap() {
        TrackedProcess.read(pidFile).ifPresent(leftover -> leftover.end(politeEnd, patience));
        forget();
    }

    void start(List<String> command) {
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            process = started;
            TrackedProcess.of(started.toHandle()).ifPresent(tracked -> tracked.write(pidFile));
        } catch (IOException e) {
            throw new InfrastructureException("Cannot start %s: %s".formatted(title, e.getMessage()), e);
        }
    }

    void stop() {
        @Nullable Process running = process;
        if (running != null) {
            TrackedProcess.of(running.toHandle()).ifPresent(tracked -> tracked.end(politeEnd, patience));
            process = null;
            forget();
        }
    }

    boolean isAlive() {
        @Nullable Process running = process;
        return running != null && running.isAlive();
    }

    void requireAlive() {
        if (!isAlive()) {
            throw new InfrastructureException(
                    "%s ended while starting. Its last lines:%n%s".formatted(title, LastLines.of(log)));
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
