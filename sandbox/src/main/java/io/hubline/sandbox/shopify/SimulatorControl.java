package io.hubline.sandbox.shopify;

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

/// The client of a simulator's control API.
///
/// Every method throws `IllegalStateException` with the simulator's reason when it refuses, and when it does
/// not answer.
public final class SimulatorControl implements AutoCloseable {

    /// The header that carries the control token.
    public static final String TOKEN_HEADER = "X-Control-Token";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI simulator;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public SimulatorControl(URI simulator, String token) {
        this.simulator = simulator;
        this.token = token;
    }

    public List<String> shops() throws InterruptedException {
        return many("GET", "/control/shops", null, String.class);
    }

    public List<Control.Listed> create(String shop, Control.Catalogue catalogue) throws InterruptedException {
        return many("POST", path(shop, "catalogue"), catalogue, Control.Listed.class);
    }

    public List<Control.Listed> catalogue(String shop) throws InterruptedException {
        return many("GET", path(shop, "catalogue"), null, Control.Listed.class);
    }

    /// Replaces all faults of the shop, from the next message and call on.
    public Control.Faults faults(String shop, Control.Faults faults) throws InterruptedException {
        return one("PUT", path(shop, "faults"), faults, Control.Faults.class);
    }

    public Control.Tally tally(String shop) throws InterruptedException {
        return one("GET", path(shop, "tally"), null, Control.Tally.class);
    }

    /// Every order of the shop, oldest first.
    public List<Control.Order> orders(String shop) throws InterruptedException {
        return all(path(shop, "orders"), Control.Order.class);
    }

    public Control.Order order(String shop, String id) throws InterruptedException {
        return one("GET", path(shop, "orders/" + id), null, Control.Order.class);
    }

    public List<Control.Shown> shown(String shop) throws InterruptedException {
        return many("GET", path(shop, "shown"), null, Control.Shown.class);
    }

    /// Changes what the shop shows without telling anybody.
    public Control.Shown sabotage(String shop, Control.Sabotage sabotage) throws InterruptedException {
        return one("PUT", path(shop, "shown"), sabotage, Control.Shown.class);
    }

    /// Every attempt to change a shown number from outside, in the order they were decided.
    public List<Control.Write> writes(String shop) throws InterruptedException {
        return all(path(shop, "writes"), Control.Write.class);
    }

    /// Every change of a shown number by trade, in order.
    public List<Control.Sale> sales(String shop) throws InterruptedException {
        return all(path(shop, "sales"), Control.Sale.class);
    }

    /// The newest webhook messages, oldest first; the tally's counts are complete.
    public List<Control.Webhook> webhooks(String shop) throws InterruptedException {
        return all(path(shop, "webhooks"), Control.Webhook.class);
    }

    public Control.Redelivery redeliver(String shop, String webhookId) throws InterruptedException {
        return one("POST", path(shop, "webhooks/" + webhookId + "/delivery"), null, Control.Redelivery.class);
    }

    /// What buyers gave of themselves, to look for where it must not be.
    public List<String> people(String shop) throws InterruptedException {
        return many("GET", path(shop, "people"), null, String.class);
    }

    private static String path(String shop, String what) {
        return "/control/shops/" + shop + "/" + what;
    }

    private <T> T one(String method, String path, @Nullable Object body, Class<T> type) throws InterruptedException {
        return read(call(method, path, body), type);
    }

    private <T> List<T> many(String method, String path, @Nullable Object body, Class<T> type)
            throws InterruptedException {
        List<T> all = new ArrayList<>();
        call(method, path, body).forEach(item -> all.add(read(item, type)));
        return all;
    }

    private <T> List<T> all(String path, Class<T> type) throws InterruptedException {
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
                    .header(TOKEN_HEADER, token)
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
