package io.hubline.sandbox.launcher;

import io.hubline.embedded.PortCheck;
import io.hubline.embedded.Signal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/// Stops the hub from another terminal, and whatever a crash has left.
final class Down {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PORTS = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Hub hub;
    private final Progress progress;

    Down(Hub hub, Progress progress) {
        this.hub = hub;
        this.progress = progress;
    }

    /// Returns when no process and no port is left.
    int run() throws InterruptedException {
        if (!Files.isDirectory(hub.run())) {
            progress.say("Nothing was running.");
            return Launcher.DONE;
        }
        Optional<RunFile> run = RunFile.read(hub.root());
        Optional<RunFile> running = RunFile.running(hub.root());
        if (running.isPresent()) {
            progress.say("Stopping Hubline (process %d)."
                    .formatted(running.get().launcher().pid()));
            running.get().launcher().end(Signal.TERM, PATIENCE);
        }
        int leftovers;
        InstallationLock lock = new InstallationLock(hub);
        lock.take();
        try {
            leftovers = Leftovers.end(hub);
            if (leftovers > 0) {
                progress.say("Ended %d processes that an earlier run had left.".formatted(leftovers));
            }
            if (run.isPresent()) {
                awaitFreePorts(new Hub(hub.root(), run.get().portBase()));
            }
            RunFile.delete(hub.root());
        } finally {
            lock.release();
        }
        progress.say(running.isPresent() || leftovers > 0 ? "Stopped." : "Nothing was running.");
        return Launcher.DONE;
    }

    private static void awaitFreePorts(Hub stopped) throws InterruptedException {
        long deadline = System.nanoTime() + PORTS.toNanos();
        for (int port : stopped.ports().keySet()) {
            while (!PortCheck.isFree(port)) {
                if (System.nanoTime() > deadline) {
                    throw new LaunchException("Everything is stopped, but port %d is still in use%s."
                            .formatted(
                                    port,
                                    PortOwner.of(port)
                                            .map(owner -> ", now by " + owner)
                                            .orElse("")));
                }
                Thread.sleep(PAUSE);
            }
        }
    }
}
