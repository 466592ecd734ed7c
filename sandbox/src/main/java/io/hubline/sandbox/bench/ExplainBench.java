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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// `./hub bench explain`: how long it takes to say why an offer shows its number, with a long ledger behind
/// it. A fifth of the ledger is of one SKU, with many open orders and checkouts. The baseline is a reader
/// who adds up the movements of a SKU by himself, through the API.
final class ExplainBench implements Bench {

    private static final int LEDGER_ROWS = 1_000_000;
    private static final int MOVEMENTS_PER_SKU = 2_000;
    private static final int HOT_MOVEMENTS_PER_ROUND = 100;
    private static final int HOT_SHARE = 5;
    private static final int HOT_ORDERS = 20_000;
    private static final int HOT_HOLDS = 2_000;
    private static final int HOT_UNITS = 100_000;
    private static final int ROUNDS_PER_FILE = 50;
    private static final int ACCOUNTS = 2;
    private static final int ASKED = 1_000;
    private static final int ASKED_HOT = 300;
    private static final int WARM_UP = 100;
    private static final int ADDED_UP = 20;
    private static final int HOLDERS = 16;
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
        int hotRows = rows / HOT_SHARE;
        int hotPerRound = Math.max(1, hotRows / MOVEMENTS_PER_SKU);
        int skus = Math.ceilDiv(rows - hotPerRound * MOVEMENTS_PER_SKU, MOVEMENTS_PER_SKU);
        int hotOrders = (int) Math.min(HOT_ORDERS, (long) HOT_ORDERS * rows / LEDGER_ROWS);
        int hotHolds = (int) Math.min(HOT_HOLDS, (long) HOT_HOLDS * rows / LEDGER_ROWS);
        String hot = Listings.sku(skus);
        try (InventoryBed inventory = InventoryBed.start(hub, out);
                Listings listings = new Listings(inventory.bootstrapServers());
                Numbers numbers = new Numbers(inventory.bootstrapServers(), skus + 1, ACCOUNTS)) {
            long begun = System.nanoTime();
            // The books first: what is announced on the way is no part of this.
            count(inventory, skus, hot, hotPerRound);
            listings.announce(skus + 1, ACCOUNTS);
            numbers.await(1, 0, skus + 1, PATIENCE);
            Instant before = Instant.now();
            OrdersBench.sell(inventory.bootstrapServers(), hot, hotOrders);
            Callers.run(HOLDERS, hotHolds, number -> inventory.hold("hold-" + number, hot));
            int ledgerRows = (skus + hotPerRound) * MOVEMENTS_PER_SKU;
            out.printf(
                    Locale.ROOT,
                    "%n%,d movements of %,d SKUs are in the ledger after %.0f s, %,d of them of one SKU with %,d open orders"
                            + " and %,d holds%n",
                    ledgerRows,
                    skus + 1,
                    (System.nanoTime() - begun) / 1e9,
                    hotPerRound * MOVEMENTS_PER_SKU,
                    hotOrders,
                    hotHolds);
            Measuring measuring = new Measuring(inventory, out);
            SplittableRandom chance = new SplittableRandom(1);
            measuring.of(
                    "explained", ASKED, _ -> explain(inventory, chance.nextInt(ACCOUNTS), chance.nextInt(skus), ""));
            measuring.of(
                    "the busiest explained", ASKED_HOT, _ -> explain(inventory, chance.nextInt(ACCOUNTS), skus, ""));
            measuring.of(
                    "an earlier number of it",
                    ASKED_HOT,
                    _ -> explain(inventory, chance.nextInt(ACCOUNTS), skus, "?at=" + before));
            measuring.pages(
                    "movements of the busiest",
                    hot,
                    "/movements",
                    "delta",
                    hotUnits(MOVEMENTS_PER_SKU - 1, hotPerRound - 1));
            measuring.pages("open orders of the busiest", hot, "/reservations", "held", hotOrders);
            List<Long> byHand = Callers.run(1, ADDED_UP, _ -> {
                String sku = Listings.sku(chance.nextInt(skus));
                addUp(inventory, sku, "/movements", "delta", quantity(MOVEMENTS_PER_SKU - 1), new ArrayList<>());
            });
            inventory.check();
            Map<String, Object> measured = figures(measuring.took("explained"));
            measured.put("ledgerRows", ledgerRows);
            Map<String, Object> baseline = figures(byHand);
            baseline.put("name", "adding up the movements through the API");
            out.printf(
                    Locale.ROOT,
                    "added up by hand: p50 %.1f ms, p99 %.1f ms%n",
                    Callers.quantileMs(byHand, 0.5),
                    Callers.quantileMs(byHand, 0.99));
            return new Result(
                    name(),
                    measured,
                    baseline,
                    Callers.quantileMs(byHand, 0.99) / Callers.quantileMs(measuring.took("explained"), 0.99),
                    List.of(
                            "one caller, nothing else going on; every answer was checked to add up",
                            "the busiest SKU has %,d movements, %,d open orders and %,d holds; its explanation has %,d bytes"
                                    .formatted(
                                            hotPerRound * MOVEMENTS_PER_SKU,
                                            hotOrders,
                                            hotHolds,
                                            explain(inventory, 0, skus, "")),
                            "afterwards the ledger equals the positions"),
                    measuring.all());
        }
    }

    /// Counts every SKU again and again, each time another number, so that each row is a movement.
    private static void count(InventoryBed inventory, int skus, String hot, int hotPerRound)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("explain", ".csv");
        try {
            for (int from = 0; from < MOVEMENTS_PER_SKU; from += ROUNDS_PER_FILE) {
                try (BufferedWriter lines = Files.newBufferedWriter(file)) {
                    for (int round = from; round < Math.min(MOVEMENTS_PER_SKU, from + ROUNDS_PER_FILE); round++) {
                        for (int sku = 0; sku < skus; sku++) {
                            lines.write("%s,MAIN,%d,count-%d-%d%n"
                                    .formatted(Listings.sku(sku), quantity(round), sku, round));
                        }
                        for (int again = 0; again < hotPerRound; again++) {
                            lines.write("%s,MAIN,%d,hot-%d-%d%n".formatted(hot, hotUnits(round, again), round, again));
                        }
                    }
                }
                inventory.count(file);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static int quantity(int round) {
        return 10 + round % 7;
    }

    private static int hotUnits(int round, int again) {
        return HOT_UNITS + round % 7 * HOT_MOVEMENTS_PER_ROUND * 2 + again;
    }

    /// Asks, and adds the terms up.
    ///
    /// @return how long the answer is
    private static int explain(InventoryBed inventory, int account, int sku, String query)
            throws IOException, InterruptedException {
        String text = inventory.get(
                "/availability/%s/%s/explain%s".formatted(Listings.account(account), Listings.sku(sku), query));
        JsonNode answer = JSON.readTree(text);
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
        return text.length();
    }

    /// Reads a list of a SKU page by page, and adds a field up.
    private static void addUp(
            InventoryBed inventory, String sku, String list, String field, long expected, List<Long> took)
            throws IOException, InterruptedException {
        String path = "/stock/" + sku + list;
        long sum = 0;
        String after = "";
        do {
            long begun = System.nanoTime();
            JsonNode page = JSON.readTree(inventory.get(
                    after.isEmpty() ? path : path + "?after=" + URLEncoder.encode(after, StandardCharsets.UTF_8)));
            took.add(System.nanoTime() - begun);
            for (JsonNode item : page.path("items")) {
                sum += item.path(field).asInt();
            }
            after = page.path("next").asText("");
        } while (!after.isEmpty() && !after.equals("null"));
        if (sum != expected) {
            throw new IllegalStateException("%s adds up to %d and not to %d".formatted(path, sum, expected));
        }
    }

    private static Map<String, Object> figures(List<Long> took) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("p50Ms", Callers.quantileMs(took, 0.5));
        figures.put("p99Ms", Callers.quantileMs(took, 0.99));
        figures.put("asked", took.size());
        return figures;
    }

    /// Figures by what was measured.
    private static final class Measuring {

        private final InventoryBed inventory;
        private final PrintStream out;
        private final Map<String, List<Long>> took = new LinkedHashMap<>();

        Measuring(InventoryBed inventory, PrintStream out) {
            this.inventory = inventory;
            this.out = out;
        }

        void of(String what, int times, Callers.Thing thing) throws IOException, InterruptedException {
            Callers.run(1, WARM_UP, thing);
            keep(what, Callers.run(1, times, thing));
        }

        void pages(String what, String sku, String list, String field, long expected)
                throws IOException, InterruptedException {
            List<Long> pages = new ArrayList<>();
            addUp(inventory, sku, list, field, expected, pages);
            keep(what, pages);
        }

        private void keep(String what, List<Long> nanos) {
            took.put(what, nanos);
            out.printf(
                    Locale.ROOT,
                    "%-28s %,6d times: p50 %6.1f ms, p99 %6.1f ms%n",
                    what,
                    nanos.size(),
                    Callers.quantileMs(nanos, 0.5),
                    Callers.quantileMs(nanos, 0.99));
        }

        List<Long> took(String what) {
            return took.getOrDefault(what, List.of());
        }

        Map<String, Object> all() {
            Map<String, Object> all = new LinkedHashMap<>();
            took.forEach((what, nanos) -> all.put(what, figures(nanos)));
            return all;
        }
    }
}
