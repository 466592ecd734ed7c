package io.hubline.sandbox.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.embedded.LocalTokens;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Is everything in sync right now? Asks connector-service, which alone knows what the channels have been
/// told.
final class Status {

    /// Column titles beside the fields of an account in connector's answer.
    private static final List<String> COUNTS = List.of("inSync", "inFlight", "drifted", "unknown", "unsatisfied");

    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(1);

    private final Hub hub;
    private final PrintStream out;
    private final PrintStream err;

    Status(Hub hub, PrintStream out, PrintStream err) {
        this.hub = hub;
        this.out = out;
        this.err = err;
    }

    int run() throws InterruptedException {
        Optional<RunFile> running = RunFile.running(hub.root());
        if (running.isEmpty()) {
            err.println("Hubline is not running. './hub up' starts it.");
            return Launcher.NOT_RUNNING;
        }
        Hub asked = new Hub(hub.root(), running.get().portBase());
        try {
            return show(ask(asked));
        } catch (IOException e) {
            err.println("Hubline is running, but connector-service does not answer on port %d: %s"
                    .formatted(Service.CONNECTOR.port(asked), e.getMessage()));
            return Launcher.FAILED;
        }
    }

    private static JsonNode ask(Hub hub) throws IOException, InterruptedException {
        String token = LocalTokens.in(hub.keys()).issue("local-status", Set.of("viewer"), TOKEN_LIFETIME);
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:%d/sync".formatted(Service.CONNECTOR.port(hub))))
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("status %d".formatted(answer.statusCode()));
            }
            return new ObjectMapper().readTree(answer.body());
        }
    }

    private int show(JsonNode answer) {
        JsonNode accounts = answer.isArray() ? answer : answer.path("items");
        out.println("%-14s %9s %9s %9s %9s %12s %14s %9s %12s %11s"
                .formatted(
                        "channel",
                        "in sync",
                        "in flight",
                        "drifted",
                        "unknown",
                        "unsatisfied",
                        "oldest unsent",
                        "backlog",
                        "acts pending",
                        "acts failed"));
        boolean inSync = true;
        for (JsonNode account : accounts) {
            out.println("%-14s %9d %9d %9d %9d %12d %13ds %9d %12d %11d"
                    .formatted(
                            account.path("account").asText(),
                            account.path("inSync").asLong(),
                            account.path("inFlight").asLong(),
                            account.path("drifted").asLong(),
                            account.path("unknown").asLong(),
                            account.path("unsatisfied").asLong(),
                            account.path("oldestUnsentSeconds").asLong(),
                            account.path("inboundBacklog").asLong(),
                            account.path("actsPending").asLong(),
                            account.path("actsFailed").asLong()));
            inSync &= COUNTS.subList(1, COUNTS.size()).stream()
                            .allMatch(count -> account.path(count).asLong() == 0)
                    && account.path("inboundBacklog").asLong() == 0
                    && account.path("actsPending").asLong() == 0
                    && account.path("actsFailed").asLong() == 0;
        }
        out.println(inSync ? "Everything is in sync." : "Not everything is in sync.");
        return inSync ? Launcher.DONE : Launcher.FAILED;
    }
}
