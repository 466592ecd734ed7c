package io.hubline.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// Where a running daemon listens, and the passwords it made. Kept in the `ready` file, which only its
/// owner can read.
///
/// @param passwords password per database; the role has the database's name
public record Endpoints(
        DaemonSettings.Ports ports, String superuserPassword, Map<String, String> passwords, TrackedProcess daemon) {

    /// The PostgreSQL role that may do everything.
    public static final String SUPERUSER = "hubline";

    private static final String HOST = "127.0.0.1";

    public Endpoints {
        passwords = Map.copyOf(passwords);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(HOST, ports.postgres(), database);
    }

    /// The password of the database's own role.
    public String password(String database) {
        return Optional.ofNullable(passwords.get(database))
                .orElseThrow(() -> new IllegalArgumentException("The daemon has no database '%s'".formatted(database)));
    }

    public String bootstrapServers() {
        return HOST + ":" + ports.kafka();
    }

    public String redisUrl() {
        return "redis://%s:%d".formatted(HOST, ports.redis());
    }

    @Override
    public String toString() {
        return "Endpoints[%s, passwords hidden]".formatted(ports);
    }

    void store(Path file) {
        Properties properties = new Properties();
        properties.setProperty("postgres.port", Integer.toString(ports.postgres()));
        properties.setProperty("redis.port", Integer.toString(ports.redis()));
        properties.setProperty("kafka.port", Integer.toString(ports.kafka()));
        properties.setProperty("kafka-controller.port", Integer.toString(ports.kafkaController()));
        properties.setProperty("superuser", SUPERUSER);
        properties.setProperty("superuser.password", superuserPassword);
        properties.setProperty("kafka.bootstrap.servers", bootstrapServers());
        properties.setProperty("redis.url", redisUrl());
        passwords.forEach((database, password) -> {
            properties.setProperty("database." + database + ".url", jdbcUrl(database));
            properties.setProperty("database." + database + ".password", password);
        });
        properties.setProperty("daemon", daemon.line());
        PrivateFiles.write(file, properties);
    }

    /// Reads the `ready` file of a daemon.
    public static Endpoints load(Path file) {
        Properties properties = PrivateFiles.properties(file);
        Map<String, String> passwords = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith("database.") && key.endsWith(".password")) {
                passwords.put(
                        key.substring("database.".length(), key.length() - ".password".length()),
                        properties.getProperty(key));
            }
        }
        return new Endpoints(
                new DaemonSettings.Ports(
                        Integer.parseInt(properties.getProperty("postgres.port")),
                        Integer.parseInt(properties.getProperty("redis.port")),
                        Integer.parseInt(properties.getProperty("kafka.port")),
                        Integer.parseInt(properties.getProperty("kafka-controller.port"))),
                properties.getProperty("superuser.password"),
                passwords,
                TrackedProcess.parse(properties.getProperty("daemon"))
                        .orElseThrow(() -> new InfrastructureException("Unreadable file " + file)));
    }
}
