package io.hubline.sandbox.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Control calls over HTTP, for the typed client of a channel.
///
/// Every method throws `IllegalStateException` with the simulator's reason when it refuses, and when it
/// does not answer.
public final class ControlClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI simulator;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public ControlClient(URI simulator, String token) {
        this.simulator = simulator;
        this.token = token;
    }

    /// One object.
    public <T> T one(String method, String path, @Nullable Object body, Class<T> type) throws InterruptedException {
        return read(call(method, path, body), type);
    }

    /// A plain list.
    public <T> List<T> many(String method, String path, @Nullable Object body, Class<T> type)
            throws InterruptedException {
        List<T> all = new ArrayList<>();
        call(method, path, body).forEach(item -> all.add(read(item, type)));
        return all;
    }

    /// A list that comes in parts: `{items, next}`, asked for with `?after=`.
    public <T> List<T> all(String path, Class<T> type) throws InterruptedException {
        List<T> all = new ArrayList<>();
        String next = "0";
        while (next != null) {
            JsonNode part = call("GET", path + "?after=" + next, null);
            part.path("items").forEach(item -> all.add(read(item, type)));
            next = part.path("next").textValue();
        }
        return all;
    }

    private static <T> T read(JsonNode node, Class<T> type) {
        try {
            return Answers.JSON.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the simulator and its client disagree on " + type.getSimpleName(), e);
        }
    }

    private JsonNode call(String method, String path, @Nullable Object body) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(simulator.resolve(path))
                    .timeout(PATIENCE)
                    .header(Simulator.TOKEN_HEADER, token)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(Answers.JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException("the simulator answered %d to %s %s: %s"
                        .formatted(response.statusCode(), method, path, response.body()));
            }
            return Answers.JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("the simulator does not answer " + method + " " + path, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
