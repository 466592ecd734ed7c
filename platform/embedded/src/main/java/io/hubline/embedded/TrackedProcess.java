package io.hubline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process remembered across restarts of whoever started it: its number and the moment it started.
///
/// The start time is what makes it safe to end a process found in a file: after a reboot or a long time the
/// number may belong to somebody else, and that one must never be touched.
public record TrackedProcess(long pid, Instant startedAt) {

    /// Start times come from a clock that the system may correct a little while a process lives.
    private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(2);

    /// The living process with this number.
    public static Optional<TrackedProcess> of(ProcessHandle handle) {
        return handle.info().startInstant().map(start -> new TrackedProcess(handle.pid(), start));
    }

    /// This very process.
    public static TrackedProcess current() {
        return of(ProcessHandle.current())
                .orElseGet(() -> new TrackedProcess(ProcessHandle.current().pid(), Instant.EPOCH));
    }

    /// What was written to the file, or empty when there is no such file or it was cut short by a crash.
    public static Optional<TrackedProcess> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads what [#line()] made; empty when the text is anything else.
    public static Optional<TrackedProcess> parse(String text) {
        String[] words = text.strip().split(" ", -1);
        if (words.length != 2 || !words[0].matches("\\d{1,18}") || !words[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(
                new TrackedProcess(Long.parseLong(words[0]), Instant.ofEpochMilli(Long.parseLong(words[1]))));
    }

    /// The process on one line: number and start in milliseconds since the epoch.
    public String line() {
        return pid + " " + startedAt.toEpochMilli();
    }

    public void write(Path file) {
        PrivateFiles.write(file, line() + "\n");
    }

    /// The process itself, unless it has ended or its number now belongs to another one.
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::startedWhenRemembered);
    }

    public boolean isAlive() {
        return handle().isPresent();
    }

    /// Asks the process to end, waits, then forces it. Returns when it is gone, or fails if even force did
    /// not help.
    public void end(Signal polite, Duration patience) {
        Optional<ProcessHandle> found = handle();
        if (found.isEmpty()) {
            return;
        }
        ProcessHandle process = found.get();
        polite.sendTo(pid);
        if (!ends(process, patience)) {
            Signal.KILL.sendTo(pid);
            if (!ends(process, Duration.ofSeconds(10))) {
                throw new InfrastructureException("Process %d does not end even when killed".formatted(pid));
            }
        }
    }

    private boolean startedWhenRemembered(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(startedAt, start).abs().compareTo(CLOCK_CORRECTION) <= 0)
                .orElse(false);
    }

    private static boolean ends(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
