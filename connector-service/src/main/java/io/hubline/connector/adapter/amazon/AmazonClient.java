package io.hubline.connector.adapter.amazon;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.connector.adapter.amazon.AmazonWire.ApiError;
import io.hubline.connector.adapter.amazon.AmazonWire.ErrorList;
import io.hubline.connector.adapter.amazon.AmazonWire.Token;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Calls the Selling Partner API: token, quota, transport, and the meaning of each status.
@Singleton
class AmazonClient {

    /// The code of a refusal that says that there is no such thing.
    static final String NOT_FOUND = "NotFound";

    static final String FEED_CONTENT_TYPE = "text/tab-separated-values; charset=UTF-8";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);
    // A token is renewed this long before it ends, or at half its life if that is shorter.
    private static final Duration RENEWAL = Duration.ofMinutes(5);
    // A bucket that needs longer is waited for by the caller, whose thread has other things to do.
    private static final Duration QUOTA_WAIT_MAX = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(2);
    private static final Duration MUCH_LATER = Duration.ofMinutes(1);
    private static final int WHY_MAX = 300;
    private static final int DOCUMENT_MAX = 4 << 20;
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

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

    AmazonClient(Quota quota, InstantSource clock, MeterRegistry metrics) {
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

    /// One call.
    ///
    /// @param path below the base, each part of it encoded
    /// @param query in this order
    /// @param body null where the operation has none
    record Call(
            Operation operation,
            String method,
            String path,
            Map<String, String> query,
            @Nullable JsonNode body) {

        static Call get(Operation operation, String path, Map<String, String> query) {
            return new Call(operation, "GET", path, query, null);
        }

        static Call post(Operation operation, String path, JsonNode body) {
            return new Call(operation, "POST", path, Map.of(), body);
        }
    }

    /// One part of a path, as a path has it: a space is `%20`.
    static String part(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /// The answer to a call; of an operation that answers without a body, nothing is read.
    <T> Outcome<T> call(Account account, Call call, Class<T> type) {
        Outcome<byte[]> outcome = callRaw(account, call);
        if (!(outcome instanceof Done<byte[]>(byte[] body))) {
            return Outcome.failed(outcome);
        }
        try {
            T read = json.readValue(body, type);
            return read == null ? unreadable(call, "the answer is empty") : new Done<>(read);
        } catch (IOException _) {
            // The exception may quote personal data.
            return unreadable(call, "the answer has another shape than the API promises");
        }
    }

    private static <T> Outcome<T> unreadable(Call call, String why) {
        return call.operation().changes() ? new Unknown<>(why) : new Refused<>("UNREADABLE", why);
    }

    /// A call whose answer says nothing but that it was carried out.
    Outcome<byte[]> callRaw(Account account, Call call) {
        Session session = session(account);
        Rate rate = session.rate(call.operation());
        Outcome<byte[]> outcome = admit(account, call.operation(), rate);
        if (outcome instanceof Done<byte[]>) {
            outcome = withToken(account, session, call, rate);
        }
        metrics.counter(
                        "hubline_connector_channel_calls",
                        "adapter",
                        "amazon",
                        "account",
                        account.id(),
                        "operation",
                        call.operation().word(),
                        "outcome",
                        outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .increment();
        return outcome;
    }

    /// How often the operation may be called for long.
    Duration interval(Account account, Operation operation) {
        return Duration.ofMillis(
                (long) Math.ceil(1000 / session(account).rate(operation).perSecond()));
    }

    private Session session(Account account) {
        return sessions.computeIfAbsent(account.id(), _ -> new Session(account));
    }

    private Outcome<byte[]> admit(Account account, Operation operation, Rate rate) {
        Instant until = clock.instant().plus(QUOTA_WAIT_MAX);
        while (true) {
            Duration wait = quota.take(account, operation.word(), rate, 1);
            if (wait.isZero()) {
                return new Done<>(new byte[0]);
            }
            if (clock.instant().plus(wait).isAfter(until)) {
                return new TryAgain<>(wait, "the quota of %s is spent".formatted(operation.word()));
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new TryAgain<>(wait, "the service stops");
            }
        }
    }

    private Outcome<byte[]> withToken(Account account, Session session, Call call, Rate rate) {
        Outcome<String> token = session.token(account, null);
        if (!(token instanceof Done<String>(String first))) {
            return Outcome.failed(token);
        }
        Outcome<HttpResponse<byte[]>> sent = send(account, call, first);
        // A token that ended is answered with either.
        if (sent instanceof Done<HttpResponse<byte[]>>(HttpResponse<byte[]> response)
                && (response.statusCode() == 401 || response.statusCode() == 403)) {
            Outcome<String> renewed = session.token(account, first);
            if (!(renewed instanceof Done<String>(String second))) {
                return Outcome.failed(renewed);
            }
            sent = send(account, call, second);
        }
        return switch (sent) {
            case Done<HttpResponse<byte[]>>(HttpResponse<byte[]> response) ->
                judge(account, session, call, rate, response);
            case TryAgain<HttpResponse<byte[]>> _, Refused<HttpResponse<byte[]>> _, Unknown<HttpResponse<byte[]>> _ ->
                Outcome.failed(sent);
        };
    }

    private Outcome<HttpResponse<byte[]>> send(Account account, Call call, String token) {
        @Nullable JsonNode body = call.body();
        BodyPublisher publisher =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString(), UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(address(account.required("base-url"), call))
                .timeout(CALL_TIMEOUT)
                .header("Accept", "application/json")
                .header("User-Agent", "Hubline/0.1 (Language=Java)")
                .header("x-amz-access-token", token)
                .header("x-amz-date", AMZ_DATE.format(clock.instant()))
                .method(call.method(), publisher);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return exchange(request.build(), call.operation().changes());
    }

    private static URI address(String base, Call call) {
        String query = call.query().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + part(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + call.path()
                + (query.isEmpty() ? "" : "?" + query));
    }

    private Outcome<HttpResponse<byte[]>> exchange(HttpRequest request, boolean changes) {
        try {
            return new Done<>(http.send(request, BodyHandlers.ofByteArray()));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new TryAgain<>(LATER, "Amazon cannot be reached");
        } catch (IOException e) {
            String why = "no answer came: " + e.getClass().getSimpleName();
            return changes ? new Unknown<>(why) : new TryAgain<>(LATER, why);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            String why = "the service stops";
            return changes ? new Unknown<>(why) : new TryAgain<>(LATER, why);
        }
    }

    private Outcome<byte[]> judge(
            Account account, Session session, Call call, Rate rate, HttpResponse<byte[]> response) {
        session.learn(call.operation(), response);
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Done<>(response.body());
        }
        ApiError error = error(response.body());
        String why = "HTTP %d: %s".formatted(status, error.message());
        if (status == 429) {
            // Amazon names neither what is left nor when to come again: the bucket is empty, and fills at its rate.
            quota.settle(account, call.operation().word(), rate, 0, 0);
            return new TryAgain<>(interval(account, call.operation()), why);
        }
        if (status >= 500) {
            return call.operation().changes() ? new Unknown<>(why) : new TryAgain<>(LATER, why);
        }
        return switch (status) {
            // Nothing about the call itself: it goes well once somebody mends the account.
            case 401, 403 -> new TryAgain<>(MUCH_LATER, why + ": Amazon does not let the hub do this");
            case 404 -> new Refused<>(NOT_FOUND, why);
            default -> new Refused<>(error.code() == null ? "HTTP " + status : error.code(), why);
        };
    }

    private ApiError error(byte[] body) {
        try {
            @Nullable ErrorList list = json.readValue(body, ErrorList.class);
            if (list != null && list.errors() != null && !list.errors().isEmpty()) {
                ApiError first = list.errors().getFirst();
                String message = first.message() == null ? "" : first.message();
                return new ApiError(first.code(), message.substring(0, Math.min(message.length(), WHY_MAX)), null);
            }
        } catch (IOException _) {
            // Something before the API answered; the status says enough.
        }
        return new ApiError(null, "no reason given", null);
    }

    /// Uploads the file of a feed to the address that was made for it.
    Outcome<Boolean> upload(String url, String content) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(CALL_TIMEOUT)
                    .header("Content-Type", FEED_CONTENT_TYPE)
                    .PUT(BodyPublishers.ofString(content, UTF_8))
                    .build();
        } catch (IllegalArgumentException _) {
            // The address carries a signature, so it is not passed on.
            return new Refused<>("UNREADABLE", "the address for the upload is none");
        }
        Outcome<HttpResponse<byte[]>> sent = exchange(request, false);
        if (!(sent instanceof Done<HttpResponse<byte[]>>(HttpResponse<byte[]> response))) {
            return Outcome.failed(sent);
        }
        int status = response.statusCode();
        // A file that did not arrive is uploaded again to a new address.
        return status >= 200 && status < 300
                ? new Done<>(true)
                : new TryAgain<>(MUCH_LATER, "the upload was answered with HTTP " + status);
    }

    /// Downloads a report.
    Outcome<String> download(String url, boolean compressed) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(CALL_TIMEOUT)
                    .GET()
                    .build();
        } catch (IllegalArgumentException _) {
            return new Refused<>("UNREADABLE", "the address of the report is none");
        }
        Outcome<HttpResponse<byte[]>> sent = exchange(request, false);
        if (!(sent instanceof Done<HttpResponse<byte[]>>(HttpResponse<byte[]> response))) {
            return Outcome.failed(sent);
        }
        if (response.statusCode() != 200) {
            return new TryAgain<>(MUCH_LATER, "the report was answered with HTTP " + response.statusCode());
        }
        if (!compressed) {
            return new Done<>(new String(response.body(), UTF_8));
        }
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new Done<>(new String(unzipped.readNBytes(DOCUMENT_MAX), UTF_8));
        } catch (IOException _) {
            return new Refused<>("UNREADABLE", "the report is not compressed as promised");
        }
    }

    /// What is known of an account while the service runs.
    private final class Session {

        private final ReentrantLock tokenLock = new ReentrantLock();
        private final Map<Operation, Rate> agreed = new ConcurrentHashMap<>();
        private final Map<Operation, Rate> learnt = new ConcurrentHashMap<>();
        private @Nullable String token;
        private Instant renewAt = Instant.MIN;

        Session(Account account) {
            for (Operation operation : Operation.values()) {
                AmazonSettings.rate(account, operation).ifPresent(rate -> agreed.put(operation, rate));
            }
        }

        /// As agreed; else as Amazon last said; else as it grants everybody.
        Rate rate(Operation operation) {
            @Nullable Rate rate = agreed.get(operation);
            return rate != null ? rate : learnt.getOrDefault(operation, operation.granted());
        }

        void learn(Operation operation, HttpResponse<byte[]> response) {
            response.headers()
                    .firstValue("x-amzn-RateLimit-Limit")
                    .filter(value -> value.matches("[0-9]{1,6}(\\.[0-9]{1,9})?"))
                    .map(Double::parseDouble)
                    .filter(perSecond -> perSecond > 0)
                    .ifPresent(perSecond -> learnt.put(
                            operation, new Rate(perSecond, operation.granted().capacity())));
        }

        /// A token that is good, as far as is known.
        ///
        /// @param refused one that Amazon no longer takes; null when none was refused
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
            String form = "grant_type=refresh_token&refresh_token=%s&client_id=%s&client_secret=%s"
                    .formatted(
                            part(account.required("refresh-token")),
                            part(account.required("client-id")),
                            part(account.required("client-secret")));
            HttpRequest request = HttpRequest.newBuilder(URI.create(account.required("token-url")))
                    .timeout(CALL_TIMEOUT)
                    .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.ofString(form, UTF_8))
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
            } catch (JsonProcessingException _) {
                // The answer may hold the token, so nothing of it is passed on.
                return new TryAgain<>(MUCH_LATER, "no token: the answer is not JSON");
            } catch (IOException _) {
                return new TryAgain<>(MUCH_LATER, "no token: the answer cannot be read");
            }
        }
    }
}
