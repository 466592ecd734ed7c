package io.hubline.sandbox.trade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Buyers who come at their own pace, whether or not the shop keeps up, order, and sometimes change their
/// minds.
public final class BuyerGenerator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    private final List<Storefront> storefronts;
    private final BuyerPlan plan;
    private final LongAdder tried = new LongAdder();
    private final LongAdder placed = new LongAdder();
    private final LongAdder soldOut = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder tooLate = new LongAdder();

    public BuyerGenerator(List<Storefront> storefronts, BuyerPlan plan) {
        this.storefronts = List.copyOf(storefronts);
        this.plan = plan;
    }

    /// What has happened so far; may be asked while buyers are at it.
    public BuyerCounts counts() {
        return new BuyerCounts(tried.sum(), placed.sum(), soldOut.sum(), failed.sum(), cancelled.sum(), tooLate.sum());
    }

    /// Lets buyers in for the plan's duration, then waits until the last of them has made up their mind.
    public BuyerCounts run() throws InterruptedException {
        BasketDraw draw = new BasketDraw(plan, storefronts);
        ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor();
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .build()) {
            long start = System.nanoTime();
            long end = start + plan.duration().toNanos();
            long due = start;
            while (true) {
                Basket basket = draw.next();
                due += basket.afterPrevious().toNanos();
                if (due > end) {
                    break;
                }
                long wait = due - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                buyers.execute(() -> visit(http, basket));
            }
            buyers.shutdown();
            Duration last = plan.cancelWithin().plus(PATIENCE).plus(PATIENCE);
            if (!buyers.awaitTermination(last.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("buyers are still waiting for a shop after " + last);
            }
        } finally {
            buyers.shutdownNow();
        }
        return counts();
    }

    private void visit(HttpClient http, Basket basket) {
        tried.increment();
        URI shop = storefronts.get(basket.storefront()).base();
        try {
            HttpResponse<String> answer = post(http, shop, "/buyer/orders", body(basket));
            switch (answer.statusCode()) {
                case 201 -> {
                    placed.increment();
                    regret(
                            http,
                            shop,
                            basket,
                            JSON.readTree(answer.body()).path("id").asText());
                }
                case 422 -> soldOut.increment();
                default -> failed.increment();
            }
        } catch (IOException e) {
            failed.increment();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void regret(HttpClient http, URI shop, Basket basket, String orderId)
            throws IOException, InterruptedException {
        Duration after = basket.regretAfter();
        if (after == null) {
            return;
        }
        Thread.sleep(after);
        int answer = post(http, shop, "/buyer/orders/" + orderId + "/cancellation", "")
                .statusCode();
        (answer == 200 ? cancelled : tooLate).increment();
    }

    private static HttpResponse<String> post(HttpClient http, URI shop, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(shop + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String body(Basket basket) throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of(
                "lines",
                basket.items().stream()
                        .map(item -> Map.of("sku", item.sku(), "quantity", item.quantity()))
                        .toList()));
    }
}
