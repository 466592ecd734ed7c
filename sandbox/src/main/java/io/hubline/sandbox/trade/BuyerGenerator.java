package io.hubline.sandbox.trade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Buyers who come at their own pace, whether or not the shop keeps up, order, and sometimes change their
/// minds; some of them only when the parcel is there.
public final class BuyerGenerator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    private final List<Storefront> storefronts;
    private final BuyerPlan plan;
    private final LongAdder tried = new LongAdder();
    private final LongAdder placed = new LongAdder();
    private final LongAdder soldOut = new LongAdder();
    private final Queue<TurnedAway> turnedAway = new ConcurrentLinkedQueue<>();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder tooLate = new LongAdder();
    private final LongAdder returnsRequested = new LongAdder();
    private final LongAdder returnsRefused = new LongAdder();
    private final LongAdder returnsUnanswered = new LongAdder();
    private final LongAdder returnsGivenUp = new LongAdder();

    public BuyerGenerator(List<Storefront> storefronts, BuyerPlan plan) {
        this.storefronts = List.copyOf(storefronts);
        this.plan = plan;
    }

    /// What has happened so far; may be asked while buyers are at it.
    public BuyerCounts counts() {
        return new BuyerCounts(
                tried.sum(),
                placed.sum(),
                soldOut.sum(),
                failed.sum(),
                cancelled.sum(),
                tooLate.sum(),
                returnsRequested.sum(),
                returnsRefused.sum(),
                returnsUnanswered.sum(),
                returnsGivenUp.sum());
    }

    /// Buyers whose shop showed too few.
    public List<TurnedAway> turnedAway() {
        return List.copyOf(turnedAway);
    }

    /// Lets buyers in for the plan's duration, then waits until the last of them has made up their mind, or
    /// has given up on a parcel.
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
            long giveUp = end + plan.returnWithin().toNanos();
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
                buyers.execute(() -> visit(http, basket, giveUp));
            }
            buyers.shutdown();
            Duration longest =
                    plan.cancelWithin().compareTo(plan.returnWithin()) > 0 ? plan.cancelWithin() : plan.returnWithin();
            Duration last = longest.plus(PATIENCE).plus(PATIENCE);
            if (!buyers.awaitTermination(last.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("buyers are still waiting for a shop after " + last);
            }
        } finally {
            buyers.shutdownNow();
        }
        return counts();
    }

    private void visit(HttpClient http, Basket basket, long giveUp) {
        tried.increment();
        Storefront shop = storefronts.get(basket.storefront());
        try {
            HttpResponse<String> answer = send(http, shop.order(body(basket)));
            switch (answer.statusCode()) {
                case 201 -> {
                    placed.increment();
                    String orderId = JSON.readTree(answer.body()).path("id").asText();
                    regret(http, shop, basket, orderId);
                    sendBack(http, shop, basket, orderId, giveUp);
                }
                case 422 -> {
                    soldOut.increment();
                    turnedAway.add(TurnedAway.of(basket, Instant.now()));
                }
                default -> failed.increment();
            }
        } catch (IOException e) {
            failed.increment();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void regret(HttpClient http, Storefront shop, Basket basket, String orderId)
            throws IOException, InterruptedException {
        Duration after = basket.regretAfter();
        if (after == null) {
            return;
        }
        Thread.sleep(after);
        int answer = send(http, shop.cancellation(orderId)).statusCode();
        (answer == 200 ? cancelled : tooLate).increment();
    }

    /// Waits for the parcel and asks for the return once. A shop that does not answer may have taken it.
    private void sendBack(HttpClient http, Storefront shop, Basket basket, String orderId, long giveUp)
            throws InterruptedException {
        Basket.Unwanted unwanted = basket.unwanted();
        if (unwanted == null) {
            return;
        }
        Optional<String> line = arrived(http, shop, orderId, unwanted);
        while (line.isEmpty()) {
            if (System.nanoTime() >= giveUp) {
                returnsGivenUp.increment();
                return;
            }
            Thread.sleep(LOOK_EVERY);
            line = arrived(http, shop, orderId, unwanted);
        }
        try {
            String wish = JSON.writeValueAsString(Map.of(
                    "lines",
                    List.of(Map.of(
                            "lineItemId", line.get(), "quantity", unwanted.quantity(), "reason", unwanted.reason()))));
            int answer = send(http, shop.requestReturn(orderId, wish)).statusCode();
            (answer == 201 ? returnsRequested : returnsRefused).increment();
        } catch (IOException unanswered) {
            returnsUnanswered.increment();
        }
    }

    /// The order's line with the unwanted units, once they have been sent. A shop that does not answer is
    /// looked at again.
    private static Optional<String> arrived(HttpClient http, Storefront shop, String orderId, Basket.Unwanted unwanted)
            throws InterruptedException {
        try {
            HttpResponse<String> answer = send(http, shop.look(orderId));
            for (JsonNode line : JSON.readTree(answer.body()).path("lines")) {
                if (line.path("sku").asText().equals(unwanted.sku())
                        && line.path("shipped").asInt() >= unwanted.quantity()) {
                    return Optional.of(line.path("lineItemId").asText());
                }
            }
            return Optional.empty();
        } catch (IOException unanswered) {
            return Optional.empty();
        }
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request)
            throws IOException, InterruptedException {
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
