package io.hubline.sandbox.launcher;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A service of the hub, and what tells it from the others when it is started.
enum Service {
    CONNECTOR("connector", "connector-service", 1, "connector"),
    ORDER("order", "order-service", 2, "orders"),
    INVENTORY("inventory", "inventory-service", 3, "inventory"),
    CATALOG_PIM("catalog-pim", "catalog-pim-service", 4, "catalog"),
    ROUTING("routing", "routing-service", 5, "routing"),
    RETURNS("returns", "returns-service", 6, "returns");

    /// From a service's port to that of its health and metrics.
    private static final int MANAGEMENT_OFFSET = 20;

    private final String part;
    private final String module;
    private final int offset;
    private final String database;

    Service(String part, String module, int offset, String database) {
        this.part = part;
        this.module = module;
        this.offset = offset;
        this.database = database;
    }

    /// The name under which users know the part.
    String part() {
        return part;
    }

    String module() {
        return module;
    }

    /// What is run.
    Path jar(Hub hub) {
        return hub.root().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    String database() {
        return database;
    }

    int port(Hub hub) {
        return hub.portBase() + offset;
    }

    int managementPort(Hub hub) {
        return port(hub) + MANAGEMENT_OFFSET;
    }

    static Optional<Service> named(String part) {
        return Arrays.stream(values())
                .filter(service -> service.part.equals(part))
                .findFirst();
    }

    static List<String> databases() {
        return Arrays.stream(values()).map(Service::database).toList();
    }
}
