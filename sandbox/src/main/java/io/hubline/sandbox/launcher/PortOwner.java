package io.hubline.sandbox.launcher;

import io.hubline.embedded.PortCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who listens on a port, as far as this system tells and we may know.
final class PortOwner {

    private static final String LISTENING = "0A";

    private PortOwner() {}

    /// Fails with the first port that the hub needs and does not get.
    static void requireFree(Hub hub) {
        hub.ports().forEach((port, purpose) -> {
            if (!PortCheck.isFree(port)) {
                throw new LaunchException(
                        "Port %d, wanted by %s, is taken%s. End that process, or move every port with --port-base N."
                                .formatted(
                                        port,
                                        purpose,
                                        of(port).map(owner -> " by " + owner).orElse(" by a process we cannot see")));
            }
        });
    }

    /// Number and command of the process, or empty on another system or when the process is somebody
    /// else's.
    static Optional<String> of(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            sockets.addAll(listeners(Path.of(table), port));
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process, sockets))
                .findFirst()
                .map(process -> "process %d (%s)"
                        .formatted(process.pid(), process.info().command().orElse("command unknown")));
    }

    private static Set<String> listeners(Path table, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        Set<String> sockets = new HashSet<>();
        try (Stream<String> lines = Files.lines(table)) {
            lines.map(line -> line.strip().split("\\s+", -1))
                    .filter(words -> words.length > 9)
                    .filter(words -> words[1].endsWith(suffix) && words[3].equals(LISTENING))
                    .forEach(words -> sockets.add("socket:[" + words[9] + "]"));
        } catch (IOException _) {
            // Not Linux: then we do not know.
            return Set.of();
        }
        return sockets;
    }

    private static boolean holds(ProcessHandle process, Set<String> sockets) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return files.anyMatch(file -> sockets.contains(target(file)));
        } catch (IOException _) {
            // Gone, or not ours to look at.
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException _) {
            return "";
        }
    }
}
