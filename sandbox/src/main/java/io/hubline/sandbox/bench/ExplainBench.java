package io.hubline.sandbox.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.launcher.Hub;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// `./hub bench explain`: how long it takes to say why an offer shows its number, with a long ledger behind
/// it. The baseline is a reader who adds up the movements of the SKU by himself, through the API.
final class ExplainBench implements Bench {

    private static final int LEDGER_ROWS = 1_000_000;
    private static final int MOVEMENTS_PER_SKU = 2_000;
    private static final int ACCOUNTS = 2;
    private static final int ASKED = 1_000;
    private static final int ADDED_UP = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Hub hub;

    ExplainBench(Hub hub) {
        this.hub = hub;
    }

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String about() {
        return "why an offer shows its number, with 1,000,000 rows in the ledger (--size: rows)";
    }

    @Override
    public Result run(Wish wish, PrintStream out) throws IOException, InterruptedException {
        int rows = wish.size().orElse(LEDGER_ROWS);
        int skus = Math.ceilDiv(rows, MOVEMENTS_PER_SKU);
        Path file = Files.createTempFile("explain", ".csv");
        try (InventoryBed inventory = InventoryBed.start(hub, out);
                Listings listings = new Listings(inventory.bootstrapServers());
                Numbers numbers = new Numbers(inventory.bootstrapServers(), skus, ACCOUNTS)) {
            // The books first: what is announced on the way is no part of this.
            long begun = System.nanoTime();
            for (int round = 0; round < MOVEMENTS_PER_SKU; round += 50) {
                write(file, skus, round, Math.min(MOVEMENTS_PER_SKU, round + 50));
                inventory.count(file);
            }
            listings.announce(skus, ACCOUNTS);
            numbers.await(1, 0, skus, PATIENCE);
            out.printf(
                    Locale.ROOT,
                    "%n%,d movements of %,d SKUs are in the ledger after %.0f s%n",
                    skus * MOVEMENTS_PER_SKU,
                    skus,
                    (System.nanoTime() - begun) / 1e9);
            SplittableRandom chance = new SplittableRandom(1);
            Callers.run(1, 50, _ -> explain(inventory, chance.nextInt(ACCOUNTS), chance.nextInt(skus)));
            List<Long> took =
                    Callers.run(1, ASKED, _ -> explain(inventory, chance.nextInt(ACCOUNTS), chance.nextInt(skus)));
            List<Long> byHand = Callers.run(1, ADDED_UP, _ -> addUp(inventory, chance.nextInt(skus)));
            Map<String, Object> measured = figures(took);
            measured.put("ledgerRows", skus * MOVEMENTS_PER_SKU);
            Map<String, Object> baseline = figures(byHand);
            baseline.put("name", "adding up the movements through the API");
            double ratio = Callers.quantileMs(byHand, 0.99) / Callers.quantileMs(took, 0.99);
            out.printf(
                    Locale.ROOT,
                    "explained %,d times: p50 %.1f ms, p99 %.1f ms; added up by hand: p50 %.1f ms, p99 %.1f ms%n",
                    ASKED,
                    Callers.quantileMs(took, 0.5),
                    Callers.quantileMs(took, 0.99),
                    Callers.quantileMs(byHand, 0.5),
                    Callers.quantileMs(byHand, 0.99));
            return new Result(
                    name(),
                    measured,
                    baseline,
                    ratio,
                    List.of("one caller, nothing else going on; every answer was checked to add up"),
                    Map.of());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// Asks, and adds the terms up.
    private static void explain(InventoryBed inventory, int account, int sku) throws IOException, InterruptedException {
        JsonNode answer = JSON.readTree(
                inventory.get("/availability/%s/%s/explain".formatted(Listings.account(account), Listings.sku(sku))));
        for (JsonNode offer : answer.path("offers")) {
            int sum = 0;
            for (JsonNode term : offer.path("terms")) {
                sum += term.path("units").asInt();
            }
            if (!offer.path("addsUp").asBoolean()
                    || sum != offer.path("quantity").asInt(Integer.MIN_VALUE)) {
                throw new IllegalStateException("the terms do not add up: " + offer);
            }
        }
        if (answer.path("offers").isEmpty()) {
            throw new IllegalStateException("nothing is explained: " + answer);
        }
    }

    private static void addUp(InventoryBed inventory, int sku) throws IOException, InterruptedException {
        String path = "/stock/%s/movements".formatted(Listings.sku(sku));
        long sum = 0;
        String after = "";
        do {
            JsonNode page = JSON.readTree(inventory.get(
                    after.isEmpty() ? path : path + "?after=" + URLEncoder.encode(after, StandardCharsets.UTF_8)));
            for (JsonNode movement : page.path("items")) {
                sum += movement.path("delta").asInt();
            }
            after = page.path("next").asText("");
        } while (!after.isEmpty() && !after.equals("null"));
        if (sum != quantity(MOVEMENTS_PER_SKU - 1)) {
            throw new IllegalStateException("the movements of %s add up to %d".formatted(Listings.sku(sku), sum));
        }
    }

    /// Each count differs from the one before it, so each is a movement.
    private static int quantity(int round) {
        return 10 + round % 7;
    }

    private static void write(Path file, int skus, int from, int to) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int round = from; round < to; round++) {
                for (int sku = 0; sku < skus; sku++) {
                    lines.write("%s,MAIN,%d,count-%d-%d\n".formatted(Listings.sku(sku), quantity(round), sku, round));
                }
            }
        }
    }

    private static Map<String, Object> figures(List<Long> took) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("p50Ms", Callers.quantileMs(took, 0.5));
        figures.put("p99Ms", Callers.quantileMs(took, 0.99));
        figures.put("asked", took.size());
        return figures;
    }
}
