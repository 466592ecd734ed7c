package io.hubline.connector.adapter.amazon;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hubline.connector.spi.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Amazon over real HTTP, which answers what a test told it to and nothing else: a call without a good
/// token is refused, and one that nobody expected is not found.
final class StubAmazon implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private int tokens;
    private boolean ended;

    StubAmazon() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/auth/o2/token", this::token);
        server.createContext("/", this::api);
        server.start();
    }

    /// One call of the API.
    record Call(String method, String path, Map<String, String> query, String body) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// @param status 0 to carry the call out and lose the answer
    record Answer(int status, String body, Map<String, String> headers) {}

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    Account account() {
        return new Account(
                "amazon-t",
                "amazon",
                Map.of(
                        "base-url", address(),
                        "token-url", address() + "/auth/o2/token",
                        "client-id", "client",
                        "client-secret", "secret",
                        "refresh-token", "refresh & more",
                        "seller-id", "A1SELLER",
                        "marketplace-id", "ATVPDKIKX0DER"));
    }

    /// Answers calls so from now on, one answer after the other; the last stays.
    synchronized StubAmazon on(String method, String path, Answer... given) {
        answers.put(method + " " + path, new ArrayDeque<>(Arrays.asList(given)));
        return this;
    }

    static Answer ok(String body) {
        return new Answer(200, body, Map.of());
    }

    static Answer error(int status, String code) {
        return new Answer(
                status, "{\"errors\":[{\"code\":\"%s\",\"message\":\"as the test wants\"}]}".formatted(code), Map.of());
    }

    static Answer lost() {
        return new Answer(0, "", Map.of());
    }

    synchronized List<Call> calls(String method, String path) {
        return calls.stream()
                .filter(call -> call.method().equals(method) && call.path().equals(path))
                .toList();
    }

    synchronized int tokens() {
        return tokens;
    }

    /// The token that is in use is good no longer.
    synchronized void endToken() {
        ended = true;
    }

    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        synchronized (this) {
            if (!form.equals(
                    "grant_type=refresh_token&refresh_token=refresh%20%26%20more&client_id=client&client_secret=secret")) {
                send(exchange, new Answer(400, "{\"error\":\"invalid_grant\"}", Map.of()));
                return;
            }
            tokens++;
            ended = false;
            send(
                    exchange,
                    ok("{\"access_token\":\"token-%d\",\"token_type\":\"bearer\",\"expires_in\":3600}"
                            .formatted(tokens)));
        }
    }

    private void api(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String path = exchange.getRequestURI().getRawPath();
        boolean signed = path.startsWith("/upload");
        Answer answer;
        synchronized (this) {
            @Nullable String token = exchange.getRequestHeaders().getFirst("x-amz-access-token");
            if (!signed && (ended || !("token-" + tokens).equals(token))) {
                send(exchange, error(403, "Unauthorized"));
                return;
            }
            if (!signed
                    && (exchange.getRequestHeaders().getFirst("x-amz-date") == null
                            || exchange.getRequestHeaders().getFirst("User-Agent") == null)) {
                send(exchange, error(400, "InvalidInput"));
                return;
            }
            calls.add(new Call(
                    exchange.getRequestMethod(),
                    path,
                    query(exchange.getRequestURI().getRawQuery()),
                    body));
            @Nullable Deque<Answer> given = answers.get(exchange.getRequestMethod() + " " + path);
            answer = given == null ? error(404, "NotFound") : given.size() > 1 ? given.removeFirst() : given.getFirst();
        }
        if (answer.status() == 0) {
            exchange.close();
        } else {
            send(exchange, answer);
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String part : raw.split("&", -1)) {
                int equals = part.indexOf('=');
                query.put(part.substring(0, equals), java.net.URLDecoder.decode(part.substring(equals + 1), UTF_8));
            }
        }
        return query;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    ObjectMapper mapper() {
        return json;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
