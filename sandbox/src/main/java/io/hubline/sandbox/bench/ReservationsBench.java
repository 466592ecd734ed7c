package io.hubline.sandbox.bench;

import io.hubline.sandbox.launcher.Alone;
import io.hubline.sandbox.launcher.Hub;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Holds per second through the API, folded and the obvious way, turn by turn in one run.
///
/// Both ways stand behind the same endpoint, with the same tokens, outbox and database with durable
/// commits, and the same JVM settings. The obvious way runs with the number of connections at which it is
/// fastest. Before a turn counts, its callers trade for a minute: a virtual machine that has just been
/// started is still compiling, and serves a fifth of what it serves later.
public final class ReservationsBench implements Bench {

    private static final int CALLERS = 64;
    private static final int ROUNDS = 2;
    private static final int WARM_UP_SECONDS = 60;
    private static final int TRIAL_WARM_UP_SECONDS = 15;
    private static final int SECONDS = 15;
    private static final List<Integer> POOLS = List.of(1, 2, 4, 8, 16);
    private static final int UNITS = 50_000_000;
    static final List<String> JVM = List.of("-XX:TieredStopAtLevel=4", "-Xmx512m");

    private final Hub hub;
    private final String name;
    private final int skus;

    private ReservationsBench(Hub hub, String name, int skus) {
        this.hub = hub;
        this.name = name;
        this.skus = skus;
    }

    /// Everybody wants the same SKU.
    public static ReservationsBench hot(Hub hub) {
        return new ReservationsBench(hub, "reservations-hot", 1);
    }

    /// Everybody wants one of ten thousand.
    public static ReservationsBench uniform(Hub hub) {
        return new ReservationsBench(hub, "reservations-uniform", 10_000);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String about() {
        return "holds per second over %d SKU%s by %d callers; --size: seconds per measurement"
                .formatted(skus, skus == 1 ? "" : "s", CALLERS);
    }

    @Override
    public Result run(Wish wish, PrintStream out) throws IOException, InterruptedException {
        int seconds = wish.size().orElse(SECONDS);
        Path naive = Alone.packaged(hub, "bench-baseline");
        List<Turn> folded = new ArrayList<>();
        List<Turn> naively = new ArrayList<>();
        Map<Integer, Double> tried = new TreeMap<>();
        try (Alone alone = Alone.open(hub, out)) {
            Path tokens = tokens(alone);
            alone.start(alone.jar(), JVM);
            stock(alone);
            for (int pool : POOLS) {
                alone.start(naive, naiveOptions(pool));
                Turn turn = turn(alone, tokens, "pool" + pool, TRIAL_WARM_UP_SECONDS, Math.max(3, seconds / 3));
                tried.put(pool, turn.perSecond());
                out.printf(Locale.ROOT, "naive, %2d connections: %s%n", pool, turn);
            }
            int best = tried.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            for (int round = 1; round <= ROUNDS; round++) {
                alone.start(naive, naiveOptions(best));
                naively.add(turn(alone, tokens, "naive" + round, WARM_UP_SECONDS, seconds));
                out.printf(Locale.ROOT, "naive, %2d connections: %s%n", best, naively.getLast());
                alone.start(alone.jar(), JVM);
                folded.add(turn(alone, tokens, "folded" + round, WARM_UP_SECONDS, seconds));
                out.printf(Locale.ROOT, "folded:                %s%n", folded.getLast());
            }
            checkBooks(alone);
            return result(better(folded), better(naively), best, tried);
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be asked: " + e.getMessage(), e);
        }
    }

    private static List<String> naiveOptions(int connections) {
        List<String> options = new ArrayList<>(JVM);
        options.add("-Dhubline.bench.threads=" + connections);
        return options;
    }

    private Result result(Turn folded, Turn naive, int connections, Map<Integer, Double> tried) {
        return new Result(
                name,
                folded.figures(),
                with(
                        naive.figures(),
                        "name",
                        "conditional UPDATE and INSERT per transaction, %d connections".formatted(connections)),
                folded.perSecond() / naive.perSecond(),
                List.of(
                        "%d callers in a process of their own, each over its own connection and with its own token"
                                .formatted(CALLERS),
                        "both ways: same endpoint, authentication and outbox, synchronous_commit on, JVM options %s"
                                .formatted(String.join(" ", JVM)),
                        "the better of %d turns each, turn by turn, each after %d s of the same trade; every granted hold was found as a row, and the ledger"
                                        .formatted(ROUNDS, WARM_UP_SECONDS)
                                + " equals the positions"),
                Map.of("naiveByConnections", tried));
    }

    private static Map<String, Object> with(Map<String, Object> figures, String key, Object value) {
        Map<String, Object> all = new TreeMap<>(figures);
        all.put(key, value);
        return all;
    }

    /// The better of the turns: what disturbs a turn from outside only ever makes it worse, for both ways
    /// alike.
    private static Turn better(List<Turn> turns) {
        return turns.stream().max(Comparator.comparingDouble(Turn::perSecond)).orElseThrow();
    }

    private Turn turn(Alone alone, Path tokens, String prefix, int warmUp, int seconds)
            throws IOException, InterruptedException, SQLException {
        URI api = alone.api();
        Process load = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Checkouts.class.getName(),
                        api.getHost(),
                        Integer.toString(api.getPort()),
                        tokens.toString(),
                        prefix,
                        "BENCH-",
                        Integer.toString(skus),
                        Integer.toString(warmUp),
                        Integer.toString(seconds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (load.waitFor() != 0) {
            throw new IllegalStateException("the callers failed: " + line);
        }
        Turn turn = Turn.of(line);
        long rows = rows(alone, prefix);
        if (turn.granted() != rows || turn.refused() > 0) {
            throw new IllegalStateException("%d holds were granted and %d refused, and %d are there"
                    .formatted(turn.granted(), turn.refused(), rows));
        }
        return turn;
    }

    private static long rows(Alone alone, String prefix) throws SQLException {
        try (Connection connection = alone.database();
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from checkout_hold where id like ?")) {
            count.setString(1, prefix + "-%");
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private Path tokens(Alone alone) throws IOException {
        List<String> tokens = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            tokens.add(alone.token("service"));
        }
        Path file = Files.createTempFile("bench-tokens", ".txt");
        Files.write(file, tokens);
        file.toFile().deleteOnExit();
        return file;
    }

    private void stock(Alone alone) throws IOException, InterruptedException {
        StringBuilder rows = new StringBuilder("sku,locationId,quantity,key\n");
        for (int sku = 0; sku < skus; sku++) {
            rows.append("BENCH-%d,berlin,%d,bench-%d%n".formatted(sku, UNITS, sku));
        }
        send(alone, "/stock/import", "text/csv", rows.toString());
    }

    static void checkBooks(Alone alone) throws IOException, InterruptedException {
        String report = send(alone, "/stock/check", "application/json", "");
        if (!report.contains("\"clean\":true")) {
            throw new IllegalStateException("the ledger does not equal the positions: " + report);
        }
    }

    static String send(Alone alone, String path, String type, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(alone.api().resolve(path))
                            .header("Authorization", "Bearer " + alone.token("operator"))
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        "%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
            }
            return answer.body();
        }
    }

    /// One measurement.
    ///
    /// @param granted holds, over the whole time
    private record Turn(long granted, long refused, double perSecond, double p50Ms, double p99Ms) {

        /// From the line that the callers print.
        static Turn of(String line) {
            Map<String, Double> values = new TreeMap<>();
            for (String word : line.split(" ", -1)) {
                String[] parts = word.split("=", 2);
                values.put(parts[0], Double.valueOf(parts[1]));
            }
            return new Turn(
                    values.getOrDefault("granted", 0.0).longValue(),
                    values.getOrDefault("refused", 0.0).longValue(),
                    values.getOrDefault("perSecond", 0.0),
                    values.getOrDefault("p50Ms", 0.0),
                    values.getOrDefault("p99Ms", 0.0));
        }

        Map<String, Object> figures() {
            return Map.of("perSecond", perSecond, "p50Ms", p50Ms, "p99Ms", p99Ms);
        }

        @Override
        public String toString() {
            return "%8.1f/s, p50 %6.2f ms, p99 %6.2f ms".formatted(perSecond, p50Ms, p99Ms);
        }
    }
}
