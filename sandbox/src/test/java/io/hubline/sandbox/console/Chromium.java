package io.hubline.sandbox.console;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// A headless browser with one page, driven over its DevTools protocol: its window is then as narrow as a
/// phone, which the command-line options do not bring about.
final class Chromium implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> OPTIONS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-port=0",
            "about:blank");

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /// @param profile an empty folder
    Chromium(Path binary, Path profile) throws IOException, InterruptedException {
        List<String> command = Stream.of(Stream.of(binary.toString(), "--user-data-dir=" + profile), OPTIONS.stream())
                .flatMap(words -> words)
                .toList();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(
                        profile.resolve("chromium.log").toFile()))
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        await().atMost(PATIENCE).until(() -> !process.isAlive() || portIn(port).isPresent());
        int debugging = portIn(port).orElseThrow(() -> new IllegalStateException("Chromium does not start"));
        HttpClient http = HttpClient.newHttpClient();
        JsonNode page = JSON.readTree(http.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:%d/json/new?about:blank".formatted(debugging)))
                                .PUT(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body());
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page.path("webSocketDebuggerUrl").asText()), new Listener())
                .join();
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
    }

    /// The browser of this machine, if it has one.
    static Optional<Path> find() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":", -1)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Shows an address in a window of this size and returns when it has loaded.
    void show(URI address, int width, int height, String colourScheme, boolean scripts) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colourScheme))));
        call("Emulation.setScrollbarsHidden", Map.of("hidden", true));
        call("Emulation.setScriptExecutionDisabled", Map.of("value", !scripts));
        call("Page.navigate", Map.of("url", address.toString()));
        await().atMost(PATIENCE)
                .until(() -> evaluate("location.href + ' ' + document.readyState")
                        .asText()
                        .equals(address + " complete"));
    }

    /// The value of an expression on the page.
    JsonNode evaluate(String expression) {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.at("/result/value");
    }

    /// What the page shows as text, element by element.
    List<String> texts(String selector) {
        JsonNode found =
                evaluate("[...document.querySelectorAll(%s)].map(e => e.innerText.replace(/\\s+/g, ' ').trim())"
                        .formatted(JSON.valueToTree(selector)));
        return Stream.iterate(0, index -> index < found.size(), index -> index + 1)
                .map(index -> found.path(index).asText())
                .toList();
    }

    /// Every element with its role and name, as a screen reader is told them.
    JsonNode accessibilityTree() {
        return call("Accessibility.getFullAXTree", Map.of()).path("nodes");
    }

    /// Takes a picture of the whole page and keeps it.
    Picture picture(Path file) throws IOException {
        byte[] png = Base64.getDecoder()
                .decode(call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                        .path("data")
                        .asText());
        Files.createDirectories(file.getParent());
        Files.write(file, png);
        return new Picture(ImageIO.read(new ByteArrayInputStream(png)));
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(number, answer);
        ObjectNode message = JSON.createObjectNode().put("id", number).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static Optional<Integer> portIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Files.readString(file)
                .lines()
                .findFirst()
                .filter(line -> !line.isBlank())
                .map(Integer::parseInt);
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                hear(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void hear(String message) {
            try {
                JsonNode heard = JSON.readTree(message);
                CompletableFuture<JsonNode> call = calls.remove(heard.path("id").asInt());
                if (call != null && heard.has("error")) {
                    call.completeExceptionally(
                            new IllegalStateException(heard.path("error").toString()));
                } else if (call != null) {
                    call.complete(heard.path("result"));
                }
            } catch (IOException e) {
                throw new IllegalStateException("Chromium speaks no JSON", e);
            }
        }
    }
}
