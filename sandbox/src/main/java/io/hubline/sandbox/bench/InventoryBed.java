package io.hubline.sandbox.bench;

import io.hubline.sandbox.launcher.Hub;
import io.hubline.sandbox.launcher.LaunchException;
import io.hubline.sandbox.launcher.Progress;
import io.hubline.sandbox.launcher.Supervisor;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// inventory-service alone with PostgreSQL, Kafka and Redis, over fresh data.
final class InventoryBed implements AutoCloseable {

    private static final String INVENTORY = "inventory";
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Supervisor hub;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private InventoryBed(Supervisor hub) {
        this.hub = hub;
        this.token = hub.token("operator", "viewer");
    }

    static InventoryBed start(Hub installation, PrintStream out) throws InterruptedException {
        Supervisor hub = Supervisor.overFreshData(installation, new Progress(out), 1);
        try {
            hub.startInfrastructureAlone();
            hub.startAlone(INVENTORY);
            return new InventoryBed(hub);
        } catch (LaunchException e) {
            hub.stop();
            throw e;
        }
    }

    String bootstrapServers() {
        return hub.bootstrapServers();
    }

    /// The most memory that the service has held so far, in MB; not a number where the system does not
    /// tell.
    double peakMb() throws IOException {
        Path status = Path.of("/proc", Long.toString(hub.pidOf(INVENTORY)), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    /// Sends counts as a file; answers what the service made of it.
    String count(String rows) throws IOException, InterruptedException {
        return answered(request("/stock/import", "text/csv", BodyPublishers.ofString(rows)));
    }

    /// Sends counts as a file that lies somewhere.
    String count(Path file) throws IOException, InterruptedException {
        return answered(request("/stock/import", "text/csv", BodyPublishers.ofFile(file)));
    }

    String get(String path) throws IOException, InterruptedException {
        return answered(to(path).GET().build());
    }

    /// Keeps a unit of a SKU for a checkout, for an hour.
    void hold(String id, String sku) throws IOException, InterruptedException {
        String body = "{\"lines\":[{\"sku\":\"%s\",\"quantity\":1}],\"expiresInSeconds\":3600}".formatted(sku);
        HttpResponse<String> answer = http.send(
                to("/holds/" + id)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(
                    "hold %s was answered %d: %s".formatted(id, answer.statusCode(), answer.body()));
        }
    }

    /// Compares the ledger with the positions, and fails where they differ.
    void check() throws IOException, InterruptedException {
        String report = answered(request("/stock/check", "application/json", BodyPublishers.noBody()));
        if (!report.contains("\"clean\":true")) {
            throw new IllegalStateException("the ledger does not equal the positions: " + report);
        }
    }

    private HttpRequest request(String path, String type, BodyPublisher body) {
        return to(path).header("Content-Type", type).POST(body).build();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(hub.urlOf(INVENTORY) + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private String answered(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    "%s answered %d: %s".formatted(request.uri(), answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
        hub.close();
    }
}
