package io.hubline.sandbox.launcher;

import io.hubline.embedded.DaemonSettings;
import io.hubline.embedded.Infrastructure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One installation of the hub on this machine: where its files lie and which ports it takes.
///
/// @param root the repository
/// @param portBase every port is this plus a fixed number, so that two installations can stand side by side
public record Hub(Path root, int portBase) {

    /// The name of the part that holds PostgreSQL, Kafka and Redis.
    public static final String INFRASTRUCTURE = "infrastructure";

    /// The name of the part that plays the marketplaces.
    public static final String SIMULATOR = "simulator";

    private static final int DEFAULT_PORT_BASE = 7100;
    private static final int HIGHEST_OFFSET = 93;

    public Hub {
        if (portBase < 1024 || portBase + HIGHEST_OFFSET > 65_535) {
            throw new LaunchException("The port base must lie between 1024 and %d, but is %d."
                    .formatted(65_535 - HIGHEST_OFFSET, portBase));
        }
    }

    /// The installation around the current folder, on the ports of `HUB_PORT_BASE` (7100 unless set).
    public static Hub ofEnvironment() {
        String base = Optional.ofNullable(System.getenv("HUB_PORT_BASE"))
                .filter(text -> !text.isBlank())
                .orElse(Integer.toString(DEFAULT_PORT_BASE));
        if (!base.matches("\\d{1,5}")) {
            throw new LaunchException("The port base must be a number, but is '%s'.".formatted(base));
        }
        Path root =
                Optional.ofNullable(System.getenv("HUB_ROOT")).map(Path::of).orElseGet(Infrastructure::repositoryRoot);
        return new Hub(root, Integer.parseInt(base));
    }

    Path folder() {
        return root.resolve(".hub");
    }

    Path binaries() {
        return folder().resolve("binaries");
    }

    Path keys() {
        return folder().resolve("keys");
    }

    Path config() {
        return folder().resolve("config");
    }

    Path logs() {
        return folder().resolve("logs");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path run() {
        return folder().resolve("run");
    }

    Path pidFile(String part) {
        return run().resolve(part + ".pid");
    }

    int simulatorPort() {
        return portBase + 10;
    }

    DaemonSettings.Ports infrastructurePorts() {
        return new DaemonSettings.Ports(portBase + 32, portBase + 79, portBase + 92, portBase + 93);
    }

    /// Every port the hub takes, and for what.
    Map<Integer, String> ports() {
        Map<Integer, String> ports = new LinkedHashMap<>();
        ports.put(portBase, "the index page");
        for (Service service : Service.values()) {
            ports.put(service.port(this), service.part());
            ports.put(service.managementPort(this), service.part() + " (health)");
        }
        ports.put(simulatorPort(), SIMULATOR);
        ports.put(infrastructurePorts().postgres(), "PostgreSQL");
        ports.put(infrastructurePorts().redis(), "Redis");
        ports.put(infrastructurePorts().kafka(), "Kafka");
        ports.put(infrastructurePorts().kafkaController(), "Kafka's controller");
        return ports;
    }
}
