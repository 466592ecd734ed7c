package io.hubline.sandbox.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.launcher.Hub;
import io.hubline.sandbox.launcher.Progress;
import io.hubline.sandbox.launcher.Supervisor;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// `./hub bench one-unit`: a thousand checkouts at once for one unit, again and again, some of them with
/// the service killed in their midst.
///
/// Each round is about a SKU of its own of which one unit is received. Callers ask for it alone, together
/// with another SKU, and as a part of two bundles, all through the real API of a real process. Who gets no
/// answer asks again under the same id until he has one. Then exactly one is granted, it is granted again
/// when it is asked for again, and the books agree with their ledger.
public final class OneUnit implements Bench {

    static final int ROUNDS = 200;
    static final int KILLED_IN = 20;
    static final int CALLERS = 1_000;

    private static final String INVENTORY = "inventory";
    private static final String LOCATION = "RENO";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final long SEED = 20261123;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Hub hub;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public OneUnit(Hub hub) {
        this.hub = hub;
    }

    @Override
    public String name() {
        return "one-unit";
    }

    @Override
    public String about() {
        return "1,000 checkouts at once for one unit, with the service killed in every tenth round: exactly one wins";
    }

    @Override
    public Result run(Wish wish, PrintStream out) throws IOException, InterruptedException {
        int rounds = wish.size().orElse(ROUNDS);
        return run(rounds, Math.max(1, rounds * KILLED_IN / ROUNDS), CALLERS, out);
    }

    /// As many rounds as are asked for; fails at the first that goes wrong.
    ///
    /// @param kills rounds in which the service is killed
    public Result run(int rounds, int kills, int callers, PrintStream out) throws InterruptedException, IOException {
        Random random = new Random(SEED);
        long begun = System.nanoTime();
        Tally tally = new Tally();
        try (Supervisor supervisor = Supervisor.overFreshData(hub, new Progress(out), SEED)) {
            supervisor.startInfrastructureAlone();
            supervisor.startAlone(INVENTORY);
            Api api = new Api(supervisor.urlOf(INVENTORY), supervisor.token("operator", "service"));
            // What the others of a bundle consist of is never what is missing.
            api.receive("others", Map.of("ANY-1", 100_000_000, "ANY-2", 100_000_000));
            for (int round = 0; round < rounds; round++) {
                // Spread over all rounds, never in the first: so many before this one, so many with it.
                boolean killed = (round + 1) * kills / rounds > round * kills / rounds;
                Round played = new Round(round, callers, api, random);
                played.play(killed ? supervisor : null, tally);
                if ((round + 1) % 10 == 0 || round == rounds - 1) {
                    out.printf(
                            Locale.ROOT,
                            "  %d of %d rounds, %d of them with a kill: one winner each, %d asked again, %.0f s%n",
                            round + 1,
                            rounds,
                            tally.kills,
                            tally.repeats.get(),
                            (System.nanoTime() - begun) / 1e9);
                }
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Result(
                name(),
                Map.of("rounds", rounds, "roundsWithOneWinner", tally.rounds, "roundsWithAKill", tally.kills),
                Map.of("name", "one winner in each round", "roundsWithOneWinner", rounds),
                tally.rounds / (double) rounds,
                List.of(
                        "%d rounds of %d callers in %.0f s: one winner each, the books clean after each"
                                .formatted(rounds, callers, seconds),
                        "the service was killed in %d rounds, and %d requests asked again under their id"
                                .formatted(tally.kills, tally.repeats.get())),
                Map.of(
                        "callers",
                        callers,
                        "seconds",
                        seconds,
                        "seed",
                        SEED,
                        "grantedAlone",
                        tally.winners.getOrDefault("alone", 0),
                        "grantedAsABundle",
                        tally.winners.getOrDefault("bundle", 0),
                        "grantedWithAnother",
                        tally.winners.getOrDefault("with another", 0),
                        "killedBeforeTheGrantWasTold",
                        tally.killedBeforeTold,
                        "askedAgain",
                        tally.repeats.get()));
    }

    /// What all rounds came to.
    private static final class Tally {
        private int rounds;
        private int kills;
        private int killedBeforeTold;
        private final AtomicInteger repeats = new AtomicInteger();
        private final Map<String, Integer> winners = new HashMap<>();
    }

    /// A round over one unit of one SKU.
    private static final class Round {

        private final String sku;
        private final int callers;
        private final Api api;
        private final Random random;
        private final Collection<Answer> granted = new ConcurrentLinkedQueue<>();
        private final AtomicInteger answers = new AtomicInteger();

        Round(int number, int callers, Api api, Random random) {
            this.sku = "ONE-" + number;
            this.callers = callers;
            this.api = api;
            this.random = random;
        }

        void play(@Nullable Supervisor killer, Tally tally) throws InterruptedException, IOException {
            api.receive("unit of " + sku, Map.of(sku, 1));
            api.define(sku + "-PAIR", Map.of(sku, 1, "ANY-1", 1));
            api.define(sku + "-SET", Map.of(sku, 1, "ANY-1", 2, "ANY-2", 3));
            List<Checkout> checkouts =
                    IntStream.range(0, callers).mapToObj(this::checkout).toList();
            // Half of the kills come while the first batch is decided on, which is when the grant may be booked and
            // nobody
            // told of it; the others in the thick of it, or when nearly all were answered.
            Duration killAfter = random.nextBoolean() ? MOMENT.multipliedBy(random.nextInt(100)) : Duration.ZERO;
            int answersBefore = killAfter.isZero() ? random.nextInt(callers) : 0;

            CountDownLatch start = new CountDownLatch(1);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> asking = new ArrayList<>();
                for (Checkout checkout : checkouts) {
                    asking.add(threads.submit(() -> {
                        start.await();
                        ask(checkout, tally);
                        return checkout;
                    }));
                }
                start.countDown();
                if (killer != null) {
                    Thread.sleep(killAfter);
                    while (answers.get() < answersBefore) {
                        Thread.sleep(MOMENT);
                    }
                    tally.killedBeforeTold += granted.isEmpty() ? 1 : 0;
                    killer.kill9(INVENTORY);
                    killer.restart(INVENTORY);
                    tally.kills++;
                }
                for (Future<?> asked : asking) {
                    asked.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a caller of round %s got no answer".formatted(sku), e.getCause());
            }
            judge(checkouts, tally);
        }

        private Checkout checkout(int number) {
            String id = "%s-caller-%d".formatted(sku, number);
            return switch (number % 4) {
                case 0 -> new Checkout(id, "alone", Map.of(sku, 1));
                case 1 -> new Checkout(id, "bundle", Map.of(sku + "-PAIR", 1));
                case 2 -> new Checkout(id, "bundle", Map.of(sku + "-SET", 1));
                default -> new Checkout(id, "with another", Map.of(sku, 1, "ANY-2", 1));
            };
        }

        private void ask(Checkout checkout, Tally tally) throws InterruptedException {
            Answer answer = api.hold(checkout, tally.repeats);
            if (answer.isGranted()) {
                granted.add(answer);
            }
            answers.incrementAndGet();
        }

        private void judge(List<Checkout> checkouts, Tally tally) throws InterruptedException {
            Set<String> winners = new HashSet<>();
            granted.forEach(answer -> winners.add(answer.checkout().id()));
            check(winners.size() == 1 && granted.size() == 1, "%d callers were granted the one unit: %s", winners);
            Answer winner = granted.iterator().next();
            Answer again = api.hold(winner.checkout(), tally.repeats);
            check(
                    again.isGranted() && again.body().equals(winner.body()),
                    "the winner was told %2$s and is told %3$s",
                    winner.body(),
                    again.body());
            Checkout loser = checkouts.stream()
                    .filter(checkout -> !checkout.equals(winner.checkout()))
                    .findFirst()
                    .orElseThrow();
            check(!api.hold(loser, tally.repeats).isGranted(), "%2$s is granted at last", loser.id());
            JsonNode stock = api.get("/stock/" + sku);
            check(
                    stock.path("onHand").asInt() == 1 && stock.path("reserved").asInt() == 1,
                    "the books say %2$s",
                    stock);
            JsonNode books = api.check();
            check(books.path("clean").asBoolean(), "the books differ from their ledger: %2$s", books);
            tally.rounds++;
            tally.winners.merge(winner.checkout().kind(), 1, Integer::sum);
        }

        private void check(boolean holds, String complaint, Object... details) {
            if (!holds) {
                List<Object> all = new ArrayList<>();
                all.add(granted.size());
                all.addAll(List.of(details));
                throw new IllegalStateException("Round over " + sku + ": " + complaint.formatted(all.toArray()));
            }
        }
    }

    /// What one caller wants.
    ///
    /// @param kind for the figures
    private record Checkout(String id, String kind, Map<String, Integer> units) {}

    private record Answer(Checkout checkout, int status, JsonNode body) {

        boolean isGranted() {
            return status < 300;
        }
    }

    /// The service's API. Every call names what it asks for, so whoever gets no answer asks again.
    private final class Api {

        private final URI service;
        private final String token;

        Api(URI service, String token) {
            this.service = service;
            this.token = token;
        }

        Answer hold(Checkout checkout, AtomicInteger repeats) throws InterruptedException {
            Map<String, Object> body = Map.of("lines", lines(checkout.units()), "expiresInSeconds", 3_600);
            HttpResponse<String> answer = send("PUT", "/holds/" + checkout.id(), body, repeats);
            if (answer.statusCode() >= 300 && answer.statusCode() != 409) {
                throw new IllegalStateException(
                        "hold %s is answered %d: %s".formatted(checkout.id(), answer.statusCode(), answer.body()));
            }
            return new Answer(checkout, answer.statusCode(), json(answer));
        }

        void receive(String id, Map<String, Integer> units) throws InterruptedException {
            List<Map<String, Object>> lines = new ArrayList<>();
            units.forEach(
                    (sku, quantity) -> lines.add(Map.of("sku", sku, "locationId", LOCATION, "quantity", quantity)));
            done(send("POST", "/stock/receipts", Map.of("receiptId", id, "lines", lines), new AtomicInteger()));
        }

        void define(String bundle, Map<String, Integer> components) throws InterruptedException {
            done(send("PUT", "/bundles/" + bundle, Map.of("components", lines(components)), new AtomicInteger()));
        }

        JsonNode get(String path) throws InterruptedException {
            return done(send("GET", path, Map.of(), new AtomicInteger()));
        }

        JsonNode check() throws InterruptedException {
            return done(send("POST", "/stock/check", Map.of(), new AtomicInteger()));
        }

        private static List<Map<String, Object>> lines(Map<String, Integer> units) {
            return units.entrySet().stream()
                    .map(entry -> Map.<String, Object>of("sku", entry.getKey(), "quantity", entry.getValue()))
                    .toList();
        }

        private static JsonNode done(HttpResponse<String> answer) {
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        "%s is answered %d: %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
            }
            return json(answer);
        }

        private HttpResponse<String> send(String method, String path, Object body, AtomicInteger repeats)
                throws InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(write(body)))
                    .build();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                String trouble;
                try {
                    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                    if (answer.statusCode() < 500) {
                        return answer;
                    }
                    trouble = "%s is answered %d: %s".formatted(path, answer.statusCode(), answer.body());
                } catch (IOException e) {
                    trouble = "%s is not answered: %s".formatted(path, e);
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(trouble);
                }
                repeats.incrementAndGet();
                Thread.sleep(PAUSE);
            }
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s is answered %s".formatted(answer.uri(), answer.body()), e);
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON can be made of " + body.getClass(), e);
        }
    }
}
