package io.hubline.sandbox.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.console.HubFacts.AccountFacts;
import io.hubline.sandbox.console.HubFacts.Health;
import io.hubline.sandbox.console.HubFacts.PartFacts;
import io.hubline.sandbox.console.HubFacts.Verdict;
import io.hubline.sandbox.console.HubFacts.Waiting;
import io.hubline.sandbox.console.Watched.Kind;
import io.hubline.sandbox.console.Watched.Part;
import io.hubline.sandbox.console.Watched.Run;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks every part how it is, all at once and never for longer than [#PATIENCE].
///
/// What does not answer in time is shown as such; it does not keep the rest waiting. Looks that come close
/// together share one, so that many open pages cost the hub no more than one does.
final class HubLook {

    /// How long a look may take. A page is to be there within a second, whatever is down.
    static final Duration PATIENCE = Duration.ofMillis(700);

    private static final Duration FRESH = Duration.ofMillis(500);

    /// A service that has run for longer than this and was never ready is down, not starting.
    private static final Duration START = Duration.ofSeconds(90);

    private static final String LOOPBACK = "127.0.0.1";
    private static final String CONNECTOR = "connector";
    private static final String ORDER = "order";
    private static final int BODY_MAX = 4_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SAMPLE = Pattern.compile(
            "(?<name>hubline_dead_letters|hubline_order_holds|hubline_returns_need_person)(?:\\{(?<labels>[^}]*)})?\\s+(?<value>[0-9.eE+]+)");
    private static final Pattern REASON_LABEL = Pattern.compile("reason=\"(?<reason>[^\"]*)\"");

    private final int portBase;
    private final Watched watched;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Map<String, Seen> seen = new HashMap<>();
    private @Nullable HubFacts latest;

    HubLook(int portBase, Watched watched, InstantSource clock) {
        this.portBase = portBase;
        this.watched = watched;
        this.clock = clock;
    }

    /// What is so now, or was half a second ago.
    synchronized HubFacts facts() throws InterruptedException {
        HubFacts last = latest;
        if (last != null
                && Duration.between(last.lookedAt(), clock.instant()).abs().compareTo(FRESH) < 0) {
            return last;
        }
        HubFacts now = look();
        latest = now;
        return now;
    }

    /// Asks an address of our own and forgets the answer, so that the client is loaded when it is needed.
    void warmUp(int port) throws InterruptedException {
        await(get(address(port, "/nothing"), ""), System.nanoTime() + PATIENCE.toNanos());
    }

    private HubFacts look() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Part> parts = watched.parts();
        Map<String, CompletableFuture<Answer>> health = new HashMap<>();
        Map<String, CompletableFuture<Answer>> metrics = new LinkedHashMap<>();
        Optional<Integer> connector = Optional.empty();
        for (Part part : parts) {
            if (part.run() != Run.RUNNING) {
                continue;
            }
            health.put(part.name(), askHealth(part));
            if (part.kind() == Kind.SERVICE) {
                metrics.put(part.name(), get(address(part.managementPort(), "/q/metrics"), ""));
                connector = part.name().equals(CONNECTOR) ? Optional.of(part.port()) : connector;
            }
        }
        Optional<CompletableFuture<Answer>> sync =
                connector.map(port -> get(address(port, "/sync"), "Bearer " + watched.token()));

        List<PartFacts> found = new ArrayList<>();
        for (Part part : parts) {
            found.add(facts(part, Optional.ofNullable(health.get(part.name())), deadline));
        }
        Channels channels = sync.isPresent()
                ? channels(await(sync.get(), deadline))
                : new Channels(List.of(), "connector-service does not run");
        List<Waiting> waiting = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        channels.accounts().forEach(account -> waitingAt(account, waiting));
        for (Part part : parts) {
            CompletableFuture<Answer> asked = metrics.get(part.name());
            if (asked != null) {
                waitingIn(part, await(asked, deadline), waiting, unread);
            } else if (part.kind() == Kind.SERVICE) {
                unread.add(part.name() + ": it does not run");
            }
        }
        return verdict(found, channels, waiting, unread);
    }

    private HubFacts verdict(List<PartFacts> parts, Channels channels, List<Waiting> waiting, List<String> unread) {
        List<String> down = named(parts, Health.DOWN);
        List<String> starting = named(parts, Health.STARTING);
        List<String> behind = channels.accounts().stream()
                .filter(account -> !account.inSync())
                .map(AccountFacts::account)
                .toList();
        Verdict verdict;
        String sentence;
        if (!down.isEmpty()) {
            verdict = Verdict.TROUBLE;
            sentence = enumerate(down) + (down.size() == 1 ? " is down." : " are down.");
        } else if (!starting.isEmpty()) {
            verdict = Verdict.STARTING;
            sentence = enumerate(starting) + (starting.size() == 1 ? " is starting." : " are starting.");
        } else if (channels.trouble() != null) {
            verdict = Verdict.TROUBLE;
            sentence = "Whether the channels are in sync cannot be told.";
        } else if (!behind.isEmpty()) {
            verdict = Verdict.OUT_OF_SYNC;
            sentence = enumerate(behind) + (behind.size() == 1 ? " is" : " are") + " not in sync.";
        } else {
            verdict = Verdict.IN_SYNC;
            sentence = channels.accounts().isEmpty()
                    ? "Every part is up; there is no channel yet."
                    : "Every part is up and every channel is in sync.";
        }
        return new HubFacts(
                clock.instant(),
                portBase,
                verdict,
                sentence,
                channels.accounts(),
                channels.trouble(),
                waiting,
                unread,
                parts);
    }

    private PartFacts facts(Part part, Optional<CompletableFuture<Answer>> asked, long deadline)
            throws InterruptedException {
        @Nullable
        String reason = switch (part.run()) {
            case NOT_STARTED -> "waits for the parts it stands on";
            case ENDED -> "its process has ended";
            case RUNNING -> asked.isPresent() ? reason(part, await(asked.get(), deadline)) : null;
        };
        Health health;
        Seen before = seen.getOrDefault(part.name(), Seen.NEVER);
        if (reason == null) {
            health = Health.UP;
        } else if (part.run() == Run.NOT_STARTED || isStarting(part, before)) {
            health = Health.STARTING;
        } else {
            health = Health.DOWN;
        }
        Instant since;
        if (before.health() == health && before.process().equals(identity(part))) {
            since = before.since();
        } else if (part.since() != null && (health != Health.DOWN || part.run() == Run.ENDED)) {
            since = part.since();
        } else {
            since = clock.instant();
        }
        seen.put(part.name(), new Seen(identity(part), health, since, before.wasUp(identity(part), health)));
        return new PartFacts(
                part.name(),
                part.kind(),
                health,
                part.run() == Run.NOT_STARTED ? null : since,
                reason,
                part.port(),
                "./hub logs " + part.name(),
                links(part));
    }

    private boolean isStarting(Part part, Seen before) {
        Instant started = part.since();
        return part.run() == Run.RUNNING
                && started != null
                && !(before.process().equals(identity(part)) && before.everUp())
                && Duration.between(started, clock.instant()).compareTo(START) < 0;
    }

    /// A process that was started again is another one.
    private static String identity(Part part) {
        return part.run() + "@" + part.since();
    }

    private static @Nullable String reason(Part part, Answer answer) {
        if (answer.trouble() != null) {
            return answer.trouble();
        }
        if (part.kind() != Kind.SERVICE || answer.status() == 200) {
            return null;
        }
        List<String> failing = new ArrayList<>();
        for (JsonNode check : read(answer.body()).path("checks")) {
            if (check.path("status").asText().equals("DOWN")) {
                failing.add(check.path("name").asText());
            }
        }
        return failing.isEmpty()
                ? "it answers %d to the question whether it is ready".formatted(answer.status())
                : "not ready: " + String.join(", ", failing);
    }

    private static Channels channels(Answer answer) {
        if (answer.trouble() != null) {
            return new Channels(List.of(), "connector-service: " + answer.trouble());
        }
        if (answer.status() != 200) {
            return new Channels(List.of(), "connector-service answers %d".formatted(answer.status()));
        }
        JsonNode accounts = read(answer.body()).path("accounts");
        if (!accounts.isArray()) {
            return new Channels(List.of(), "connector-service answers something else than accounts");
        }
        List<AccountFacts> found = new ArrayList<>();
        for (JsonNode account : accounts) {
            List<String> reasons = new ArrayList<>();
            account.path("reasons").forEach(reason -> reasons.add(reason.asText()));
            Map<String, Long> figures = new LinkedHashMap<>();
            account.properties().forEach(field -> {
                if (field.getValue().isIntegralNumber()) {
                    figures.put(field.getKey(), field.getValue().asLong());
                }
            });
            found.add(new AccountFacts(
                    account.path("account").asText(),
                    account.path("adapter").asText(),
                    account.path("inSync").asBoolean(false),
                    reasons,
                    figures));
        }
        return new Channels(found, null);
    }

    private void waitingAt(AccountFacts account, List<Waiting> waiting) {
        int port = portOf(CONNECTOR);
        add(
                waiting,
                "inbound messages that cannot go on",
                account.account(),
                account.figure("inboundDead"),
                port,
                "/inbound-messages?status=dead&account=" + query(account.account()));
        add(
                waiting,
                "acts that failed at the channel",
                account.account(),
                account.figure("actsFailed"),
                port,
                "/acts?status=failed&account=" + query(account.account()));
        add(
                waiting,
                "listings the channel rejects",
                account.account(),
                account.figure("listingsRejected"),
                port,
                "/listings?state=rejected&account=" + query(account.account()));
    }

    private void waitingIn(Part part, Answer answer, List<Waiting> waiting, List<String> unread) {
        if (answer.trouble() != null || answer.status() != 200) {
            unread.add(part.name() + ": "
                    + (answer.trouble() == null ? "its metrics answer " + answer.status() : answer.trouble()));
            return;
        }
        Matcher samples = SAMPLE.matcher(answer.body());
        while (samples.find()) {
            long count = Math.round(Double.parseDouble(samples.group("value")));
            if (samples.group("name").equals("hubline_dead_letters")) {
                add(waiting, "open dead letters", part.name(), count, part.port(), "/dead-letters?status=OPEN");
            } else if (samples.group("name").equals("hubline_returns_need_person")) {
                add(waiting, "returns to decide", part.name(), count, part.port(), "/returns?needsPerson=true");
            } else if (part.name().equals(ORDER)) {
                Matcher label = REASON_LABEL.matcher(
                        Optional.ofNullable(samples.group("labels")).orElse(""));
                String reason = label.find() ? label.group("reason") : "";
                add(
                        waiting,
                        "orders on hold: " + reason.toLowerCase(Locale.ROOT).replace('_', ' '),
                        part.name(),
                        count,
                        part.port(),
                        "/holds?reason=" + query(reason));
            }
        }
    }

    private static void add(List<Waiting> waiting, String what, String where, long count, int port, String call) {
        if (count > 0) {
            waiting.add(new Waiting(what, where, count, "http://localhost:%d%s".formatted(port, call)));
        }
    }

    private int portOf(String name) {
        return watched.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .map(Part::port)
                .orElse(0);
    }

    private CompletableFuture<Answer> askHealth(Part part) {
        return switch (part.kind()) {
            case SERVICE -> get(address(part.managementPort(), "/q/health/ready"), "");
            case SIMULATOR -> get(address(part.port(), "/"), "");
            case STORE -> connect(part.port());
        };
    }

    private CompletableFuture<Answer> get(URI address, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), BODY_MAX))
                .thenApply(HubLook::answer);
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body(), null);
    }

    private static CompletableFuture<Answer> connect(int port) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("look-" + port).start(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port), (int) PATIENCE.toMillis());
                answer.complete(new Answer(200, "", null));
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /// The answer, or why there is none. A part that is late is left behind.
    private static Answer await(CompletableFuture<Answer> asked, long deadline) throws InterruptedException {
        try {
            return asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            asked.cancel(true);
            return Answer.none("no answer within %d ms".formatted(PATIENCE.toMillis()));
        } catch (ExecutionException e) {
            return Answer.none(why(e));
        }
    }

    private static String why(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectException) {
            return "nothing listens on its port";
        }
        if (cause instanceof HttpTimeoutException) {
            return "no answer within %d ms".formatted(PATIENCE.toMillis());
        }
        return "no answer: "
                + Optional.ofNullable(cause.getMessage())
                        .orElse(cause.getClass().getSimpleName());
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException _) {
            // Shown by its status; what else it says is not for the page.
            return JSON.nullNode();
        }
    }

    private static URI address(int port, String path) {
        return URI.create("http://%s:%d%s".formatted(LOOPBACK, port, path));
    }

    private static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Map<String, String> links(Part part) {
        Map<String, String> links = new LinkedHashMap<>();
        String site = "http://localhost:" + part.port();
        switch (part.kind()) {
            case SERVICE -> {
                String management = "http://localhost:" + part.managementPort();
                links.put("API console", site + "/q/swagger-ui");
                links.put("OpenAPI", site + "/q/openapi");
                links.put("health", management + "/q/health");
                links.put("metrics", management + "/q/metrics");
            }
            case SIMULATOR, STORE -> {
                // Nothing there that a browser could show.
            }
        }
        return links;
    }

    private static List<String> named(List<PartFacts> parts, Health health) {
        return parts.stream()
                .filter(part -> part.health() == health)
                .map(PartFacts::name)
                .toList();
    }

    private static String enumerate(List<String> names) {
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    private record Channels(
            List<AccountFacts> accounts, @Nullable String trouble) {}

    /// @param trouble why there is no answer; null when there is one
    private record Answer(int status, String body, @Nullable String trouble) {

        static Answer none(String trouble) {
            return new Answer(0, "", trouble);
        }
    }

    /// What the look before found of a part.
    private record Seen(String process, Health health, Instant since, boolean everUp) {

        static final Seen NEVER = new Seen("", Health.STARTING, Instant.EPOCH, false);

        boolean wasUp(String now, Health health) {
            return health == Health.UP || (process.equals(now) && everUp);
        }
    }
}
