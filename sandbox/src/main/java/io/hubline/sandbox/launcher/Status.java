package io.hubline.sandbox.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.embedded.LocalTokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Is everything in sync right now? Asks connector-service, which alone knows what the channels have been
/// told.
final class Status {

    private static final String COLUMNS = "%-14s %8s %8s %8s %10s %8s %8s %14s %8s %5s";

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

    int run() {
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

    /// The old client of the JDK: the new one prepares for TLS first, which takes longer than all the rest
    /// of us.
    private static JsonNode ask(Hub hub) throws IOException {
        String token = LocalTokens.in(hub.keys()).issue("local-status", Set.of("viewer"), TOKEN_LIFETIME);
        URL sync = URI.create("http://127.0.0.1:%d/sync".formatted(Service.CONNECTOR.port(hub)))
                .toURL();
        HttpURLConnection connection = (HttpURLConnection) sync.openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setRequestProperty("Authorization", "Bearer " + token);
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("status %d".formatted(status));
        }
        try (InputStream answer = connection.getInputStream()) {
            return new ObjectMapper().readTree(answer);
        }
    }

    private int show(JsonNode answer) {
        out.println(COLUMNS.formatted(
                "channel",
                "offers",
                "in sync",
                "to send",
                "in flight",
                "unknown",
                "drifted",
                "oldest unsent",
                "backlog",
                "acts"));
        for (JsonNode account : answer.path("accounts")) {
            out.println(COLUMNS.formatted(
                    account.path("account").asText(),
                    count(account, "offers"),
                    inSync(account),
                    count(account, "unsatisfied"),
                    count(account, "inFlight"),
                    count(account, "unknown"),
                    count(account, "drifted"),
                    count(account, "oldestUnsentSeconds") + " s",
                    count(account, "inboundBacklog"),
                    count(account, "actsPending") + count(account, "actsFailed")));
            account.path("reasons").forEach(reason -> out.println("    " + reason.asText()));
        }
        boolean inSync = answer.path("inSync").asBoolean(false);
        out.println(inSync ? "Everything is in sync." : "Not everything is in sync.");
        return inSync ? Launcher.DONE : Launcher.FAILED;
    }

    /// Offers about which hub and channel agree; one for which the hub has no number yet is not among them.
    private static long inSync(JsonNode account) {
        return Math.max(
                0,
                count(account, "offers")
                        - count(account, "waiting")
                        - count(account, "unsatisfied")
                        - count(account, "inFlight")
                        - count(account, "unknown")
                        - count(account, "accepted")
                        - count(account, "drifted")
                        - count(account, "awaitingPermit"));
    }

    private static long count(JsonNode account, String field) {
        return account.path(field).asLong();
    }
}
