package io.hubline.sandbox.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Held while the hub runs, so that an installation runs once. The system gives it back when its holder
/// dies.
final class InstallationLock {

    private final Hub hub;
    private @Nullable FileChannel held;

    InstallationLock(Hub hub) {
        this.hub = hub;
    }

    /// Takes the lock, or fails saying who has it.
    synchronized void take() {
        try {
            FileChannel channel =
                    FileChannel.open(hub.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!takes(channel)) {
                channel.close();
                throw new LaunchException(RunFile.read(hub.root())
                        .map(run -> ("Hubline is running already: process %d, ports from %d."
                                        + " See './hub status', or stop it with './hub down'.")
                                .formatted(run.launcher().pid(), run.portBase()))
                        .orElse("Another ./hub is just starting or stopping."));
            }
            held = channel;
        } catch (IOException e) {
            throw new LaunchException("Cannot lock %s: %s".formatted(hub.run(), e.getMessage()), e);
        }
    }

    synchronized void release() {
        FileChannel channel = held;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new LaunchException("Cannot release the lock: " + e.getMessage(), e);
            }
        }
    }

    private static boolean takes(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            // Another supervisor of this very process has it.
            return false;
        }
    }
}
