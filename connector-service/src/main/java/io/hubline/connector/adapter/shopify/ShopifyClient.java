package io.hubline.connector.adapter.shopify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.shopify.ShopifyWire.Answer;
import io.hubline.connector.adapter.shopify.ShopifyWire.Cost;
import io.hubline.connector.adapter.shopify.ShopifyWire.GraphQlError;
import io.hubline.connector.adapter.shopify.ShopifyWire.ThrottleStatus;
import io.hubline.connector.adapter.shopify.ShopifyWire.Token;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.TryAgain;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.Quota;
import io.hubline.connector.spi.Quota.Rate;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Calls the Admin GraphQL API: token, quota, transport, and the meaning of each status.
@Singleton
class ShopifyClient {

    static final String API_VERSION = "2026-10";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    // A token is renewed this long before it ends, or at half its life if that is shorter.
    private static final Duration RENEWAL = Duration.ofMinutes(10);
    private static final Duration QUOTA_WAIT_MAX = Duration.ofSeconds(15);
    private static final Duration LATER = Duration.ofSeconds(2);
    private static final Duration MUCH_LATER = Duration.ofMinutes(1);
    private static final Duration THROTTLED_MIN = Duration.ofMillis(100);
    private static final String OPERATION = "graphql";
    // What can be saved up, as far as the channel has not said: ten seconds' worth.
    private static final double CAPACITY_SECONDS = 10;

    private final Quota quota;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    ShopifyClient(Quota quota, InstantSource clock, MeterRegistry metrics) {
        this.quota = quota;
        this.clock = clock;
        this.metrics = metrics;
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }

    ObjectMapper json() {
        return json;
    }

    /// The data of a document's answer.
    <T> Outcome<T> call(Account account, Document document, ObjectNode variables, Class<T> type) {
        Outcome<Reply<T>> outcome = callTimed(account, document, variables, type);
        return outcome instanceof Done<Reply<T>>(Reply<T> reply) ? new Done<>(reply.data()) : Outcome.failed(outcome);
    }

    /// The same with the shop's clock.
    <T> Outcome<Reply<T>> callTimed(Account account, Document document, ObjectNode variables, Class<T> type) {
        Session session = sessions.computeIfAbsent(account.id(), _ -> new Session(ratePerSecond(account)));
        double cost = session.costs.getOrDefault(document, document.firstGuess());
        Duration held = Duration.between(clock.instant(), session.heldUntil);
        if (held.isPositive()) {
            return new TryAgain<>(held, "the shop wants to be left alone for a while");
        }
        Outcome<Reply<T>> outcome = admitted(account, session, cost)
                ? withToken(account, session, document, variables, cost, type)
                : new TryAgain<>(LATER, "the quota of the shop is spent");
        metrics.counter(
                        "hubline_connector_channel_calls",
                        "adapter",
                        "shopify",
                        "account",
                        account.id(),
                        "operation",
                        document.operation(),
                        "outcome",
                        outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .increment();
        return outcome;
    }

    /// Waits until the quota has room.
    private boolean admitted(Account account, Session session, double cost) {
        Instant until = clock.instant().plus(QUOTA_WAIT_MAX);
        while (true) {
            Duration wait = quota.take(account, OPERATION, session.rate, cost);
            if (wait.isZero()) {
                return true;
            }
            if (clock.instant().plus(wait).isAfter(until)) {
                return false;
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private <T> Outcome<Reply<T>> withToken(
            Account account, Session session, Document document, ObjectNode variables, double cost, Class<T> type) {
        Outcome<String> token = session.token(account, null);
        if (!(token instanceof Done<String>(String first))) {
            return Outcome.failed(token);
        }
        Outcome<HttpResponse<byte[]>> sent = send(account, document, variables, first);
        if (sent instanceof Done<HttpResponse<byte[]>>(HttpResponse<byte[]> response) && response.statusCode() == 401) {
            Outcome<String> renewed = session.token(account, first);
            if (!(renewed instanceof Done<String>(String second))) {
                return Outcome.failed(renewed);
            }
            sent = send(account, document, variables, second);
        }
        return switch (sent) {
            case Done<HttpResponse<byte[]>>(HttpResponse<byte[]> response) ->
                judge(account, session, document, cost, response, type);
            case TryAgain<HttpResponse<byte[]>> _, Refused<HttpResponse<byte[]>> _, Unknown<HttpResponse<byte[]>> _ ->
                Outcome.failed(sent);
        };
    }

    private Outcome<HttpResponse<byte[]>> send(Account account, Document document, ObjectNode variables, String token) {
        ObjectNode body = json.createObjectNode();
        body.put("query", document.text());
        body.put("operationName", document.operation());
        body.set("variables", variables);
        HttpRequest request = HttpRequest.newBuilder(address(account, "/admin/api/" + API_VERSION + "/graphql.json"))
                .timeout(CALL_TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("X-Shopify-Access-Token", token)
                .POST(BodyPublishers.ofString(body.toString(), UTF_8))
                .build();
        return exchange(request, document.isMutation());
    }

    /// @param changes whether the request changes something at the channel, so that a lost answer leaves it
    ///     unknown
    private Outcome<HttpResponse<byte[]>> exchange(HttpRequest request, boolean changes) {
        try {
            return new Done<>(http.send(request, BodyHandlers.ofByteArray()));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new TryAgain<>(LATER, "the shop cannot be reached");
        } catch (IOException e) {
            String why = "no answer came: " + e.getClass().getSimpleName();
            return changes ? new Unknown<>(why) : new TryAgain<>(LATER, why);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            String why = "the service stops";
            return changes ? new Unknown<>(why) : new TryAgain<>(LATER, why);
        }
    }

    private <T> Outcome<Reply<T>> judge(
            Account account,
            Session session,
            Document document,
            double cost,
            HttpResponse<byte[]> response,
            Class<T> type) {
        int status = response.statusCode();
        String why = "HTTP " + status;
        if (status == 200) {
            return read(account, session, document, cost, response, type);
        }
        if (status >= 500) {
            return document.isMutation() ? new Unknown<>(why) : new TryAgain<>(LATER, why);
        }
        return switch (status) {
            case 429 -> hold(session, retryAfter(response), why);
            case 430 -> hold(session, MUCH_LATER, why + ": the shop takes the hub for an attack");
            case 423 -> hold(session, MUCH_LATER, why + ": the shop is locked");
            // Nothing about the call itself: it goes well once somebody mends the account.
            case 401, 402, 404 -> hold(session, MUCH_LATER, why + ": the shop does not let the hub in");
            case 403 -> new TryAgain<>(MUCH_LATER, why + ": the shop does not let the hub do this");
            default -> new Refused<>(why, "the shop does not understand the call");
        };
    }

    /// No other call of the account goes to the shop before then either.
    private <T> Outcome<Reply<T>> hold(Session session, Duration after, String why) {
        session.heldUntil = clock.instant().plus(after);
        return new TryAgain<>(after, why);
    }

    private <T> Outcome<Reply<T>> read(
            Account account,
            Session session,
            Document document,
            double cost,
            HttpResponse<byte[]> response,
            Class<T> type) {
        Answer answer;
        try {
            answer = json.readValue(response.body(), Answer.class);
        } catch (IOException e) {
            String why = "the answer is not the JSON that was expected";
            return document.isMutation() ? new Unknown<>(why) : new TryAgain<>(LATER, why);
        }
        @Nullable
        Cost charged = answer.extensions() == null ? null : answer.extensions().cost();
        if (charged != null) {
            session.learn(account, document, cost, charged);
        }
        List<GraphQlError> errors = answer.errors() == null ? List.of() : answer.errors();
        if (!errors.isEmpty()) {
            return failed(session, document, errors, charged);
        }
        @Nullable JsonNode data = answer.data();
        if (data == null || data.isNull()) {
            return new Refused<>("NO_DATA", "the answer has neither data nor errors");
        }
        try {
            return new Done<>(new Reply<>(json.treeToValue(data, type), channelTime(response)));
        } catch (JsonProcessingException e) {
            // The exception may quote personal data.
            String where = e instanceof com.fasterxml.jackson.databind.JsonMappingException mapping
                    ? mapping.getPathReference().replaceAll("\\w+(\\.\\w+)*\\$?\\w*\\[", "[")
                    : "";
            String what = "the answer has another shape than the schema promises " + where;
            return document.isMutation() ? new Unknown<>(what) : new Refused<>("UNREADABLE", what);
        }
    }

    private <T> Outcome<Reply<T>> failed(
            Session session, Document document, List<GraphQlError> errors, @Nullable Cost charged) {
        GraphQlError first = errors.getFirst();
        String code = first.extensions() == null || first.extensions().code() == null
                ? "GRAPHQL_ERROR"
                : first.extensions().code();
        String why = first.message() == null ? "" : first.message();
        return switch (code) {
            case "THROTTLED" -> hold(session, throttled(charged), "the shop throttles");
            case "INTERNAL_SERVER_ERROR", "TIMEOUT" ->
                document.isMutation() ? new Unknown<>(code + ": " + why) : new TryAgain<>(LATER, code + ": " + why);
            case "ACCESS_DENIED", "SHOP_INACTIVE" -> new TryAgain<>(MUCH_LATER, code + ": " + why);
            default -> new Refused<>(code, why);
        };
    }

    /// As long as the shop needs to restore what the call asked for.
    private static Duration throttled(@Nullable Cost charged) {
        @Nullable ThrottleStatus status = charged == null ? null : charged.throttleStatus();
        if (charged == null || status == null || status.restoreRate() <= 0) {
            return LATER;
        }
        double missing = charged.requestedQueryCost() - status.currentlyAvailable();
        Duration wait = Duration.ofMillis((long) Math.ceil(missing * 1000 / status.restoreRate()));
        return wait.compareTo(THROTTLED_MIN) < 0 ? THROTTLED_MIN : wait;
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,4}(\\.[0-9]+)?"))
                .map(value -> Duration.ofMillis((long) (Double.parseDouble(value) * 1000)))
                .orElse(LATER);
    }

    private static @Nullable Instant channelTime(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Date")
                .map(date -> {
                    try {
                        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant();
                    } catch (DateTimeException _) {
                        // Only the watermark goes without it.
                        return null;
                    }
                })
                .orElse(null);
    }

    private static double ratePerSecond(Account account) {
        return switch (account.setting("plan", "standard").toLowerCase(Locale.ROOT)) {
            case "advanced" -> 200;
            case "plus" -> 1000;
            case "enterprise" -> 2000;
            default -> 100;
        };
    }

    private static URI address(Account account, String path) {
        String base = account.required("base-url");
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /// Data with the shop's clock.
    record Reply<T>(T data, @Nullable Instant channelTime) {}

    /// What is known of a shop while the service runs.
    private final class Session {

        private final ReentrantLock tokenLock = new ReentrantLock();
        private final Map<Document, Double> costs = new ConcurrentHashMap<>();
        private volatile Rate rate;
        private volatile Instant heldUntil = Instant.EPOCH;
        private @Nullable String token;
        private Instant renewAt = Instant.MIN;

        Session(double perSecond) {
            this.rate = new Rate(perSecond, perSecond * CAPACITY_SECONDS);
        }

        void learn(Account account, Document document, double taken, Cost charged) {
            // A document with variables costs more or less with them: what is remembered falls slowly and rises at
            // once.
            costs.merge(
                    document,
                    charged.requestedQueryCost(),
                    (before, now) -> now >= before ? now : before * 0.8 + now * 0.2);
            @Nullable ThrottleStatus status = charged.throttleStatus();
            if (status != null && status.restoreRate() > 0 && status.maximumAvailable() > 0) {
                rate = new Rate(status.restoreRate(), status.maximumAvailable());
                double actual = charged.actualQueryCost() == null ? 0 : charged.actualQueryCost();
                quota.settle(account, OPERATION, rate, Math.max(0, taken - actual), status.currentlyAvailable());
            }
        }

        /// A token that is good, as far as is known.
        ///
        /// @param refused one that the shop no longer takes; null when none was refused
        Outcome<String> token(Account account, @Nullable String refused) {
            tokenLock.lock();
            try {
                @Nullable String current = token;
                if (current != null
                        && !current.equals(refused)
                        && clock.instant().isBefore(renewAt)) {
                    return new Done<>(current);
                }
                return renew(account);
            } finally {
                tokenLock.unlock();
            }
        }

        private Outcome<String> renew(Account account) {
            ObjectNode body = json.createObjectNode();
            body.put("client_id", account.required("client-id"));
            body.put("client_secret", account.required("client-secret"));
            body.put("grant_type", "client_credentials");
            HttpRequest request = HttpRequest.newBuilder(address(account, "/admin/oauth/access_token"))
                    .timeout(CALL_TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.ofString(body.toString(), UTF_8))
                    .build();
            Outcome<HttpResponse<byte[]>> sent = exchange(request, false);
            if (!(sent instanceof Done<HttpResponse<byte[]>>(HttpResponse<byte[]> response))) {
                return Outcome.failed(sent);
            }
            if (response.statusCode() == 429 || response.statusCode() >= 500) {
                return new TryAgain<>(LATER, "no token: HTTP " + response.statusCode());
            }
            if (response.statusCode() != 200) {
                return new TryAgain<>(
                        MUCH_LATER, "no token: HTTP " + response.statusCode() + ": the credentials are refused");
            }
            try {
                Token answer = json.readValue(response.body(), Token.class);
                @Nullable String fresh = answer.access_token();
                if (fresh == null || fresh.isBlank()) {
                    return new TryAgain<>(MUCH_LATER, "no token: the answer has none");
                }
                Duration life = Duration.ofSeconds(answer.expires_in() == null ? 3600 : answer.expires_in());
                Duration half = life.dividedBy(2);
                token = fresh;
                renewAt = clock.instant().plus(life.minus(RENEWAL.compareTo(half) < 0 ? RENEWAL : half));
                return new Done<>(fresh);
            } catch (IOException _) {
                // The answer may hold the token, so nothing of it is passed on.
                return new TryAgain<>(MUCH_LATER, "no token: the answer is not JSON");
            }
        }
    }
}
