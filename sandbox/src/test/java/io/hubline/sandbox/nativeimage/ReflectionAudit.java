package io.hubline.sandbox.nativeimage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares what services looked up with what their native sources register.
public final class ReflectionAudit {

    private static final Pattern COMMAND =
            Pattern.compile(".*/([a-z-]+-service)/target/quarkus-app/quarkus-run\\.jar.*");

    private ReflectionAudit() {}

    /// By service, each look-up of the files in `folder` that a native image would answer with nothing:
    /// `members class caller`.
    ///
    /// @param root the repository, whose services have been packaged with their native sources
    public static Map<String, Set<String>> unregistered(Path folder, Path root) throws IOException {
        Map<String, Set<String>> missing = new TreeMap<>();
        for (Map.Entry<String, Set<String>> service : lookUps(folder).entrySet()) {
            NativeSources sources = NativeSources.of(root.resolve(service.getKey()));
            for (String line : service.getValue()) {
                String[] words = line.split(" ", 3);
                if (!sources.registered().getOrDefault(words[1], Set.of()).contains(words[0])) {
                    missing.computeIfAbsent(service.getKey(), _ -> new TreeSet<>())
                            .add(line);
                }
            }
        }
        return missing;
    }

    /// By service, what it looked up, over all its runs.
    public static Map<String, Set<String>> lookUps(Path folder) throws IOException {
        Map<String, Set<String>> lookUps = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.reflection")) {
            for (Path file : files) {
                List<String> lines = Files.readAllLines(file);
                Matcher command = COMMAND.matcher(lines.getFirst());
                if (command.matches()) {
                    lookUps.computeIfAbsent(command.group(1), _ -> new TreeSet<>())
                            .addAll(lines.subList(1, lines.size()));
                }
            }
        }
        return lookUps;
    }
}
