package io.hubline.embedded;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything a daemon must know to start: where its data lies, which ports it takes, what it creates, when
/// it ends.
///
/// @param home the folder of this daemon's data, logs and passwords; created when missing
/// @param binaries the folder of unpacked servers; may be shared by many daemons
/// @param databases one database and one role of the same name each
/// @param parent when this process is gone, the daemon ends by itself
/// @param reap a folder of `*.pid` files: when the parent is gone without having stopped them, those
///     processes are ended before the daemon ends itself
/// @param deleteAtEnd whether the home is deleted after a clean stop: for tests
public record DaemonSettings(
        Path home,
        Path binaries,
        Ports ports,
        List<String> databases,
        List<TopicSpec> topics,
        @Nullable TrackedProcess parent,
        @Nullable Path reap,
        boolean deleteAtEnd) {

    static final String FILE = "daemon.properties";

    /// The ports of one daemon, all on the loopback interface.
    public record Ports(int postgres, int redis, int kafka, int kafkaController) {}

    public DaemonSettings {
        home = home.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
        databases = List.copyOf(databases);
        topics = List.copyOf(topics);
        databases.forEach(DaemonSettings::requireName);
    }

    Path settingsFile() {
        return home.resolve(FILE);
    }

    Path readyFile() {
        return home.resolve("ready");
    }

    Path failureFile() {
        return home.resolve("failure");
    }

    /// Where the daemon and its children write what they have to say.
    public Path logs() {
        return home.resolve("logs");
    }

    void store() {
        Properties properties = new Properties();
        properties.setProperty("home", home.toString());
        properties.setProperty("binaries", binaries.toString());
        properties.setProperty("port.postgres", Integer.toString(ports.postgres()));
        properties.setProperty("port.redis", Integer.toString(ports.redis()));
        properties.setProperty("port.kafka", Integer.toString(ports.kafka()));
        properties.setProperty("port.kafka-controller", Integer.toString(ports.kafkaController()));
        properties.setProperty("databases", String.join(",", databases));
        properties.setProperty("topics", topics.stream().map(TopicSpec::line).collect(Collectors.joining("\n")));
        if (parent != null) {
            properties.setProperty("parent", parent.line());
        }
        if (reap != null) {
            properties.setProperty("reap", reap.toAbsolutePath().toString());
        }
        properties.setProperty("delete-at-end", Boolean.toString(deleteAtEnd));
        PrivateFiles.write(settingsFile(), properties);
    }

    static DaemonSettings load(Path file) {
        Properties properties = PrivateFiles.properties(file);
        return new DaemonSettings(
                Path.of(required(properties, "home")),
                Path.of(required(properties, "binaries")),
                new Ports(
                        port(properties, "port.postgres"),
                        port(properties, "port.redis"),
                        port(properties, "port.kafka"),
                        port(properties, "port.kafka-controller")),
                Arrays.stream(properties.getProperty("databases", "").split(",", -1))
                        .filter(name -> !name.isBlank())
                        .toList(),
                properties
                        .getProperty("topics", "")
                        .lines()
                        .filter(line -> !line.isBlank())
                        .map(TopicSpec::parse)
                        .toList(),
                Optional.ofNullable(properties.getProperty("parent"))
                        .flatMap(TrackedProcess::parse)
                        .orElse(null),
                Optional.ofNullable(properties.getProperty("reap"))
                        .map(Path::of)
                        .orElse(null),
                Boolean.parseBoolean(properties.getProperty("delete-at-end", "false")));
    }

    /// Names go into SQL where a parameter cannot stand, so they are limited to what needs no quoting.
    private static void requireName(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("Not a database name: '%s'".formatted(name));
        }
    }

    private static int port(Properties properties, String key) {
        return Integer.parseInt(required(properties, key));
    }

    private static String required(Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key))
                .orElseThrow(() -> new IllegalArgumentException("The daemon's settings lack '%s'".formatted(key)));
    }
}
