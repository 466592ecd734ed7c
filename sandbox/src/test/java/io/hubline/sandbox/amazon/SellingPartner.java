package io.hubline.sandbox.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.sandbox.amazon.store.Marketplace;
import io.hubline.sandbox.amazon.store.Settings;
import io.hubline.sandbox.shopify.store.SettableClock;
import io.hubline.sandbox.simulator.Answers;
import io.hubline.sandbox.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A running simulator with two accounts, a clock that is moved by hand, and an app that calls it.
final class SellingPartner implements AutoCloseable {

    static final String SELLER = "us";
    static final String SELLER_ID = "A1SELLERUS";
    static final String MARKETPLACE = Marketplace.US.id();
    static final String CONTROL = "control-token";

    static final String ORDERS = "/orders/2026-01-01/orders";

    private static final Optional<AmazonContract> CONTRACT = AmazonContract.atHand();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Simulator simulator;
    final SettableClock clock = new SettableClock();
    final AmazonControl control;
    private String token;

    SellingPartner() throws IOException, InterruptedException {
        AmazonConfig config = new AmazonConfig(
                7,
                Duration.ofHours(1),
                Settings.USUAL,
                List.of(
                        new AmazonConfig.Account(SELLER, SELLER_ID, Marketplace.US, "app", "s3cret", "Atzr|us"),
                        new AmazonConfig.Account("de", "A1SELLERDE", Marketplace.DE, "app", "s3cret", "Atzr|de")));
        this.simulator = Simulator.start("127.0.0.1", 0, CONTROL, List.of(AmazonChannel.open(config, clock)));
        this.control = new AmazonControl(simulator.uri(), CONTROL);
        this.token = token("Atzr|us");
    }

    URI uri() {
        return simulator.uri();
    }

    /// An answer with its body read, an empty object when there is none.
    record Answer(int status, JsonNode body, java.net.http.HttpHeaders headers) {

        String error() {
            return body.path("errors").path(0).path("message").asText();
        }
    }

    String token(String refreshToken) throws IOException, InterruptedException {
        HttpResponse<String> answer = form("grant_type=refresh_token&client_id=app&client_secret=s3cret&refresh_token="
                + refreshToken.replace("|", "%7C"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Answers.JSON.readTree(answer.body()).path("access_token").asText();
    }

    void renew() throws IOException, InterruptedException {
        token = token("Atzr|us");
    }

    HttpResponse<String> form(String form) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(simulator.uri().resolve("/amazon/auth/o2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, null);
    }

    Answer call(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        return call(method, path, body, token);
    }

    Answer call(String method, String path, @Nullable String body, @Nullable String accessToken)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.uri() + "/amazon" + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (accessToken != null) {
            request.header("x-amz-access-token", accessToken);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(),
                answer.body().isEmpty() ? Answers.JSON.createObjectNode() : Answers.JSON.readTree(answer.body()),
                answer.headers());
    }

    /// A plain call beside the API, such as to a pre-signed address.
    HttpResponse<String> plain(String method, String address, @Nullable String body, String contentType)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", contentType)
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void hold(AmazonContract contract) {
        try {
            Map<Boolean, List<Selling.Exchange>> exchanges = control.journal(SELLER).stream()
                    .collect(Collectors.partitioningBy(exchange -> exchange.status() < 400));
            assertThat(contract.violations(exchanges.getOrDefault(true, List.of())))
                    .isEmpty();
            assertThat(contract.violationsOfAnswers(exchanges.getOrDefault(false, List.of())))
                    .isEmpty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String item(String sku, String query) {
        return "/listings/2021-08-01/items/%s/%s?marketplaceIds=%s%s".formatted(SELLER_ID, sku, MARKETPLACE, query);
    }

    /// With the vendor's models at hand, everything that was said is held to them. A request that was
    /// refused was wrong on purpose; its answer was not.
    @Override
    public void close() {
        CONTRACT.ifPresent(this::hold);
        control.close();
        simulator.close();
        http.close();
    }
}
