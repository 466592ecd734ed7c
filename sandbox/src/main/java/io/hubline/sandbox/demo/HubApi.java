package io.hubline.sandbox.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/// The hub's APIs as an integration engineer calls them: JSON over HTTP with a bearer token.
///
/// Every call here may be repeated, since the hub's mutations are named by their caller; so a call that
/// finds a service killed or starting is tried again for a while.
final class HubApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Supplier<String> token;

    HubApi(Supplier<String> token) {
        this.token = token;
    }

    JsonNode get(URI uri) throws InterruptedException {
        return call("GET", uri, "");
    }

    JsonNode put(URI uri, Object body) throws InterruptedException {
        return call("PUT", uri, write(body));
    }

    JsonNode post(URI uri, Object body) throws InterruptedException {
        return call("POST", uri, write(body));
    }

    private JsonNode call(String method, URI uri, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token.get())
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String trouble;
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() < 300) {
                    return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
                }
                trouble = "%s %s answered %d: %s".formatted(method, uri, answer.statusCode(), answer.body());
                if (answer.statusCode() < 500) {
                    throw new IllegalStateException(trouble);
                }
            } catch (IOException e) {
                trouble = "%s %s is not answered: %s".formatted(method, uri, e.getMessage());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(trouble);
            }
            Thread.sleep(PAUSE);
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON can be made of " + body.getClass(), e);
        }
    }
}
