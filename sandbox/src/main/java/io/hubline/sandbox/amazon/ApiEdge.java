package io.hubline.sandbox.amazon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.hubline.sandbox.amazon.api.ApiAnswer;
import io.hubline.sandbox.amazon.api.ApiCall;
import io.hubline.sandbox.amazon.api.ApiError;
import io.hubline.sandbox.amazon.api.ApiFaults;
import io.hubline.sandbox.amazon.api.LwaTokens;
import io.hubline.sandbox.amazon.api.Operation;
import io.hubline.sandbox.amazon.api.Query;
import io.hubline.sandbox.amazon.api.SellingPartnerApi;
import io.hubline.sandbox.simulator.Answers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// What is the same for all operations: the token, the quota, the injected faults, the vendor's headers and
/// the journal.
final class ApiEdge {

    private static final String ACCESS_TOKEN = "x-amz-access-token";
    private static final String REQUEST_ID = "x-amzn-RequestId";
    private static final String RATE_LIMIT = "x-amzn-RateLimit-Limit";
    private static final String ERROR_TYPE = "x-amzn-ErrorType";

    private final Map<String, SimulatedSeller> sellers;
    private final LwaTokens tokens;

    ApiEdge(Map<String, SimulatedSeller> sellers, LwaTokens tokens) {
        this.sellers = sellers;
        this.tokens = tokens;
    }

    /// What was decided, and how it is told.
    private record Decision(int status, @Nullable ObjectNode body, Map<String, String> headers) {

        static Decision of(ApiError error) {
            return new Decision(error.status(), error.body(), Map.of());
        }
    }

    void serve(HttpExchange exchange, List<String> path, String rawPath, URI base) throws IOException {
        String requestId = UUID.randomUUID().toString();
        exchange.getResponseHeaders().set(REQUEST_ID, requestId);
        Operation operation;
        SimulatedSeller seller;
        try {
            seller = seller(exchange);
            operation = SellingPartnerApi.operation(exchange.getRequestMethod(), path);
        } catch (ApiError error) {
            tell(exchange, Decision.of(error));
            return;
        }
        String body;
        Decision decision;
        try {
            body = Answers.body(exchange);
            decision = decide(exchange, seller, operation, path, body, base);
        } catch (Answers.Refused tooLarge) {
            body = "";
            decision = Decision.of(
                    new ApiError(tooLarge.status(), "RequestTooLarge", String.valueOf(tooLarge.getMessage()), ""));
        }
        boolean answers = decision.status() >= 400
                || !befalls(seller, operation, seller.faults().get().unansweredPercent());
        record(exchange, seller, operation, rawPath, body, decision, requestId, answers);
        if (answers) {
            tell(exchange, decision);
        } else {
            exchange.close();
        }
    }

    private SimulatedSeller seller(HttpExchange exchange) {
        String account = tokens.account(exchange.getRequestHeaders().getFirst(ACCESS_TOKEN));
        SimulatedSeller seller = sellers.get(account);
        if (seller == null) {
            throw new IllegalStateException("a token names the unknown account " + account);
        }
        return seller;
    }

    private static Decision decide(
            HttpExchange exchange,
            SimulatedSeller seller,
            Operation operation,
            List<String> path,
            String body,
            URI base) {
        ApiFaults faults = seller.faults().get();
        delay(faults, operation);
        if (!seller.quotas().take(operation) || befalls(seller, operation, faults.throttlePercent())) {
            ApiError error =
                    new ApiError(429, "QuotaExceeded", "You exceeded your quota for the requested resource.", "");
            return new Decision(429, error.body(), Map.of(ERROR_TYPE, "TooManyRequestsException"));
        }
        if (befalls(seller, operation, faults.unavailablePercent())) {
            return Decision.of(new ApiError(503, "ServiceUnavailable", "Service is temporarily unavailable.", ""));
        }
        if (befalls(seller, operation, faults.brokenPercent())) {
            return Decision.of(
                    new ApiError(500, "InternalFailure", "We encountered an internal error. Please try again.", ""));
        }
        Map<String, String> rate = Map.of(RATE_LIMIT, Double.toString(operation.perSecond()));
        try {
            ApiAnswer answer = seller.api()
                    .execute(
                            operation,
                            new ApiCall(
                                    exchange.getRequestMethod(),
                                    path,
                                    Query.parse(exchange.getRequestURI().getRawQuery()),
                                    Answers.contentType(exchange),
                                    body,
                                    base));
            return new Decision(answer.status(), answer.body(), rate);
        } catch (ApiError error) {
            boolean named = error.status() == 400 || error.status() == 404;
            return new Decision(error.status(), error.body(), named ? rate : Map.of());
        }
    }

    private static void delay(ApiFaults faults, Operation operation) {
        if (faults.extraLatencyMillis() > 0 && faults.mean(operation)) {
            try {
                Thread.sleep(faults.extraLatencyMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean befalls(SimulatedSeller seller, Operation operation, double percent) {
        return percent > 0
                && seller.faults().get().mean(operation)
                && ThreadLocalRandom.current().nextDouble(100) < percent;
    }

    private static void record(
            HttpExchange exchange,
            SimulatedSeller seller,
            Operation operation,
            String rawPath,
            String body,
            Decision decision,
            String requestId,
            boolean answered) {
        String query = exchange.getRequestURI().getRawQuery();
        Map<String, String> headers = new LinkedHashMap<>(decision.headers());
        headers.put(REQUEST_ID, requestId);
        ObjectNode told = decision.body();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        Instant at = seller.seller().now();
        seller.journal()
                .add(
                        operation,
                        number -> new Selling.Exchange(
                                number,
                                at,
                                operation.id(),
                                exchange.getRequestMethod(),
                                query == null ? rawPath : rawPath + "?" + query,
                                type,
                                body.isEmpty() ? null : body,
                                decision.status(),
                                headers,
                                told == null ? null : told.toString(),
                                answered));
    }

    private static void tell(HttpExchange exchange, Decision decision) throws IOException {
        decision.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        ObjectNode body = decision.body();
        if (body == null) {
            exchange.sendResponseHeaders(decision.status(), -1);
            return;
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(decision.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
