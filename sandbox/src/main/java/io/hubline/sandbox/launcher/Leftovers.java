package io.hubline.sandbox.launcher;

import io.hubline.embedded.Infrastructure;
import io.hubline.embedded.PrivateFiles;
import io.hubline.embedded.Signal;
import io.hubline.embedded.TrackedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Processes whose launcher is gone.
final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private Leftovers() {}

    /// Ends them all, the services before what they store in. Returns how many there were.
    ///
    /// Only the holder of the installation's lock may call it, or it ends what another one has just
    /// started.
    static int end(Hub hub) {
        List<Path> pidFiles = pidFiles(hub);
        List<TrackedProcess> alive = pidFiles.stream()
                .flatMap(file -> TrackedProcess.read(file).stream())
                .filter(TrackedProcess::isAlive)
                .toList();
        AtOnce.run(alive.stream()
                .<Runnable>map(process -> () -> process.end(Signal.TERM, PATIENCE))
                .toList());
        pidFiles.forEach(PrivateFiles::deleteTree);
        int count = alive.size();
        for (Path home : homes(hub)) {
            var running = Infrastructure.running(home);
            running.ifPresent(Infrastructure::stop);
            count += running.isPresent() ? 1 : 0;
            Infrastructure.reap(home);
        }
        return count;
    }

    private static List<Path> pidFiles(Hub hub) {
        if (!Files.isDirectory(hub.run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(hub.run())) {
            return files.filter(file -> file.toString().endsWith(".pid")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> homes(Hub hub) {
        Path data = hub.folder().resolve(Supervisor.DATA);
        if (!Files.isDirectory(data)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(data)) {
            return homes.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
