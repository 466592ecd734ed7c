package io.hubline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A PostgreSQL server with durable commits: what it has acknowledged survives the loss of every process.
final class Postgres implements Part {

    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Path program;
    private final Path data;
    private final Path log;
    private final int port;
    private final Passwords passwords;
    private final Child child;
    private final Account account = Account.forServers();

    Postgres(Path program, Path data, Path log, Path pidFile, int port, Passwords passwords) {
        this.program = program;
        this.data = data;
        this.log = log;
        this.port = port;
        this.passwords = passwords;
        this.child = new Child("PostgreSQL", pidFile, log, Signal.INT, STOP);
    }

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public void reap() {
        child.reap();
    }

    @Override
    public void start() {
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise();
        }
        account.own(data);
        child.start(account.command(List.of(
                program.resolve("bin/postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=on",
                "-c",
                "synchronous_commit=on",
                "-c",
                "full_page_writes=on",
                "-c",
                "max_connections=200",
                "-c",
                "shared_buffers=128MB",
                "-c",
                "max_wal_size=1GB",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC",
                "-c",
                "log_line_prefix=%m [%p] %d ")));
        Await.until("PostgreSQL", START, child::requireAlive, this::answers);
    }

    @Override
    public void stop() {
        child.stop();
    }

    @Override
    public boolean isAlive() {
        return child.isAlive();
    }

    /// Creates what is missing: a role with its password, and a database it owns, for each name.
    void createDatabases(Map<String, String> passwordOf) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> entry : passwordOf.entrySet()) {
                String name = entry.getKey();
                boolean exists = exists(statement, "select 1 from pg_roles where rolname = '" + name + "'");
                statement.execute(
                        (exists ? "alter" : "create") + " role " + name + " login password '" + entry.getValue() + "'");
                if (!exists(statement, "select 1 from pg_database where datname = '" + name + "'")) {
                    statement.execute("create database " + name + " owner " + name);
                }
            }
        } catch (SQLException e) {
            throw new InfrastructureException("Cannot create the databases: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Statement statement, String question) throws SQLException {
        try (ResultSet rows = statement.executeQuery(question)) {
            return rows.next();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", Endpoints.SUPERUSER, passwords.superuser());
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            // 57P03 and connection refused mean "not yet"; a wrong password or a foreign server never gets better.
            if ("28P01".equals(e.getSQLState()) || "28000".equals(e.getSQLState())) {
                throw new InfrastructureException(
                        "PostgreSQL on port %d does not accept our password: %s".formatted(port, e.getMessage()), e);
            }
            return false;
        }
    }

    private void initialise() {
        Path passwordFile = data.resolveSibling(data.getFileName() + ".pw");
        try {
            PrivateFiles.deleteTree(data);
            PrivateFiles.folder(data);
            PrivateFiles.write(passwordFile, passwords.superuser());
            account.own(data);
            account.own(passwordFile);
            Process initdb = new ProcessBuilder(account.command(List.of(
                            program.resolve("bin/initdb").toString(),
                            "-D",
                            data.toString(),
                            "-U",
                            Endpoints.SUPERUSER,
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--no-sync")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            int code = initdb.waitFor();
            if (code != 0) {
                throw new InfrastructureException(
                        "PostgreSQL's initdb failed with %d.%n%s".formatted(code, LastLines.of(log)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException("Interrupted while PostgreSQL was being prepared", e);
        } finally {
            delete(passwordFile);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
