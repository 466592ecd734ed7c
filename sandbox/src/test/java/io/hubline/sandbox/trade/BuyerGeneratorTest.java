package io.hubline.sandbox.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.shopify.Control;
import io.hubline.sandbox.shopify.ShopifyChannel;
import io.hubline.sandbox.shopify.ShopifyConfig;
import io.hubline.sandbox.shopify.SimulatorControl;
import io.hubline.sandbox.shopify.admin.Plan;
import io.hubline.sandbox.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BuyerGeneratorTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void its_counts_are_the_shops_counts() throws IOException, InterruptedException {
        try (Simulator simulator = Simulator.start(
                        "127.0.0.1", 0, "t", List.of(ShopifyChannel.open(config(), InstantSource.system())));
                SimulatorControl control = new SimulatorControl(simulator.uri(), "t")) {
            for (String shop : List.of("alpha", "beta")) {
                control.create(
                        shop,
                        new Control.Catalogue(List.of(new Control.NewProduct(
                                "Things", "Acme", List.of(variant("A", 1000), variant("B", 1000), variant("C", 3))))));
            }
            List<Storefront> storefronts = List.of(
                    new Storefront(simulator.uri().resolve("/shops/alpha"), List.of("A", "B", "C")),
                    new Storefront(simulator.uri().resolve("/shops/beta"), List.of("A", "B", "C")));

            BuyerCounts counts = new BuyerGenerator(
                            storefronts, new BuyerPlan(60, Duration.ofSeconds(2), 0.2, Duration.ofMillis(500), 3))
                    .run();

            Control.Tally alpha = control.tally("alpha");
            Control.Tally beta = control.tally("beta");
            assertThat(counts.tried()).isBetween(80L, 160L);
            assertThat(counts.failed()).isZero();
            assertThat(counts.soldOut()).isPositive();
            assertThat(counts.placed()).isEqualTo(alpha.ordersPlaced() + beta.ordersPlaced());
            assertThat(counts.cancelled()).isPositive().isEqualTo(alpha.ordersCancelled() + beta.ordersCancelled());
        }
    }

    @Test
    void who_wants_to_send_goods_back_waits_for_the_parcel() throws IOException, InterruptedException {
        try (Simulator simulator = Simulator.start(
                        "127.0.0.1", 0, "t", List.of(ShopifyChannel.open(config(), InstantSource.system())));
                SimulatorControl control = new SimulatorControl(simulator.uri(), "t");
                HttpClient http = HttpClient.newHttpClient()) {
            control.create(
                    "alpha",
                    new Control.Catalogue(
                            List.of(new Control.NewProduct("Things", "Acme", List.of(variant("A", 1000))))));
            BuyerGenerator buyers = new BuyerGenerator(
                    List.of(new Storefront(simulator.uri().resolve("/shops/alpha"), List.of("A"))),
                    new BuyerPlan(20, Duration.ofSeconds(1), 0, Duration.ZERO, 3, 0.6, Duration.ofSeconds(3)));
            FutureTask<BuyerCounts> run = new FutureTask<>(buyers::run);
            Thread.startVirtualThread(run);
            await().until(() -> control.tally("alpha").ordersPlaced() > 4);

            int shipped = ship(http, simulator.uri().resolve("/shops/alpha"), 4);

            BuyerCounts counts = result(run);
            List<Control.Return> returns = control.returns("alpha");
            assertThat(shipped).isEqualTo(4);
            assertThat(counts.returnsRequested()).isBetween(1L, 4L).isEqualTo(returns.size());
            assertThat(counts.returnsGivenUp()).isPositive();
            assertThat(counts.returnsRefused() + counts.returnsUnanswered()).isZero();
            assertThat(returns).extracting(Control.Return::status).containsOnly("REQUESTED");
        }
    }

    private static BuyerCounts result(FutureTask<BuyerCounts> run) throws InterruptedException {
        try {
            return run.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException broken) {
            throw new AssertionError("the buyers did not finish", broken);
        }
    }

    /// Ships that many of the shop's orders, and says how many it did.
    private static int ship(HttpClient http, URI shop, int orders) throws IOException, InterruptedException {
        String token = post(
                        http,
                        shop + "/admin/oauth/access_token",
                        null,
                        Map.of("grant_type", "client_credentials", "client_id", "app", "client_secret", "s"))
                .path("access_token")
                .asText();
        String api = shop + "/admin/api/2026-10/graphql.json";
        JsonNode open = post(
                http,
                api,
                token,
                Map.of("query", "{ fulfillmentOrders(first: %d) { nodes { id } } }".formatted(orders)));
        int shipped = 0;
        for (JsonNode each : open.path("data").path("fulfillmentOrders").path("nodes")) {
            JsonNode answer = post(
                    http,
                    api,
                    token,
                    Map.of(
                            "query",
                            "mutation($id: ID!) { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder:"
                                    + " [{ fulfillmentOrderId: $id }] }) { fulfillment { id } } }",
                            "variables",
                            Map.of("id", each.path("id").asText())));
            if (answer.path("data")
                    .path("fulfillmentCreate")
                    .path("fulfillment")
                    .isObject()) {
                shipped++;
            }
        }
        return shipped;
    }

    private static JsonNode post(HttpClient http, String uri, @Nullable String token, Object body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (token != null) {
            request.header("X-Shopify-Access-Token", token);
        }
        return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    }

    private static Control.NewVariant variant(String sku, int available) {
        return new Control.NewVariant(sku, "One size", 1000, null, List.of(new Control.NewStock("Main", available)));
    }

    private static ShopifyConfig config() {
        return new ShopifyConfig(
                1,
                Duration.ofHours(1),
                0.001,
                Duration.ofMillis(10),
                List.of(
                        new ShopifyConfig.ShopConfig("alpha", "app", "s", "s", Plan.PLUS, null),
                        new ShopifyConfig.ShopConfig("beta", "app", "s", "s", Plan.PLUS, null)));
    }
}
