package io.hubline.sandbox.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// inventory-service alone with PostgreSQL, Kafka and Redis over data that is empty at first, from
/// whichever package and with whichever settings: what a benchmark measures.
public final class Alone implements AutoCloseable {

    private static final Service SERVICE = Service.INVENTORY;

    private final Hub hub;
    private final Supervisor supervisor;
    private @Nullable Part running;

    private Alone(Hub hub, Supervisor supervisor) {
        this.hub = hub;
        this.supervisor = supervisor;
    }

    /// Starts the infrastructure.
    public static Alone open(Hub hub, PrintStream out) {
        Supervisor supervisor = Supervisor.overFreshData(hub, new Progress(out), 1);
        supervisor.startInfrastructureAlone();
        return new Alone(hub, supervisor);
    }

    /// The package that is deployed.
    public Path jar() {
        return SERVICE.jar(hub);
    }

    /// Packages the service with something that is never deployed.
    ///
    /// @param profile the property that asks for it, which is also the folder below `target`
    public static Path packaged(Hub hub, String profile) throws InterruptedException, IOException {
        Path log = hub.logs().resolve("bench-package.log");
        Files.createDirectories(hub.logs());
        int exit = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-q",
                        "package",
                        "-Dquick",
                        "-Dmaven.test.skip=true",
                        "-D" + profile,
                        "-am",
                        "-pl",
                        SERVICE.module())
                .directory(hub.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new LaunchException("Packaging %s with %s failed; see %s.".formatted(SERVICE.module(), profile, log));
        }
        return hub.root()
                .resolve(SERVICE.module())
                .resolve("target")
                .resolve(profile)
                .resolve("quarkus-app")
                .resolve("quarkus-run.jar");
    }

    /// Starts the service, after stopping it where it runs, and returns when it is ready.
    ///
    /// @param options for its JVM, further to those of `HUB_SERVICE_OPTIONS`
    public void start(Path jar, List<String> options) throws InterruptedException {
        stop();
        List<String> all = new ArrayList<>(options);
        all.addAll(Supervisor.serviceOptions());
        Part part = supervisor.unusual(SERVICE, jar, all);
        part.start();
        part.awaitReady();
        running = part;
    }

    /// Stops the service.
    public void stop() {
        if (running != null) {
            running.stop();
            running = null;
        }
    }

    public URI api() {
        return URI.create("http://127.0.0.1:%d".formatted(SERVICE.port(hub)));
    }

    public String token(String... roles) {
        return supervisor.token(roles);
    }

    public Connection database() throws SQLException {
        return supervisor.jdbc(SERVICE.database());
    }

    public String bootstrapServers() {
        return supervisor.bootstrapServers();
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
