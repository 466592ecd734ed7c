package io.hubline.sandbox.bench;

import io.hubline.sandbox.launcher.Hub;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `./hub bench availability`: a whole catalogue announced, its stock imported, and every offer's number
/// recomputed and on the topic. The baseline imports a sample of the SKUs in a request each, so that each
/// is a transaction.
final class AvailabilityBench implements Bench {

    private static final int SKUS = 100_000;
    private static final int ACCOUNTS = 5;
    private static final int SAMPLE = 1_000;
    private static final int CALLERS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Hub hub;

    AvailabilityBench(Hub hub) {
        this.hub = hub;
    }

    @Override
    public String name() {
        return "availability";
    }

    @Override
    public String about() {
        return "100,000 SKUs on five accounts: announced, counted, recomputed and on the topic (--size: SKUs)";
    }

    @Override
    public Result run(Wish wish, PrintStream out) throws IOException, InterruptedException {
        int skus = wish.size().orElse(SKUS);
        int sample = Math.min(skus, SAMPLE);
        int offers = (skus + sample) * ACCOUNTS;
        Path file = Files.createTempFile("availability", ".csv");
        try (InventoryBed inventory = InventoryBed.start(hub, out);
                Listings listings = new Listings(inventory.bootstrapServers());
                Numbers numbers = new Numbers(inventory.bootstrapServers(), skus + sample, ACCOUNTS)) {
            long begun = System.nanoTime();
            listings.announce(skus + sample, ACCOUNTS);
            numbers.await(0, 0, skus + sample, PATIENCE);
            double listed = offers / seconds(begun);
            out.printf(Locale.ROOT, "%n%,d offers taken over and announced: %,.0f/s%n", offers, listed);

            begun = System.nanoTime();
            Callers.run(CALLERS, sample, number -> inventory.count(row(skus + number)));
            numbers.await(1, skus, skus + sample, PATIENCE);
            double oneByOne = sample * ACCOUNTS / seconds(begun);

            write(file, skus);
            begun = System.nanoTime();
            inventory.count(file);
            double imported = seconds(begun);
            numbers.await(1, 0, skus, PATIENCE);
            double announced = seconds(begun);
            double perSecond = skus * ACCOUNTS / announced;
            double peak = inventory.peakMb();
            out.printf(
                    Locale.ROOT,
                    "%,d counts in %.1f s, all %,d numbers on the topic after %.1f s: %,.0f/s; %.0f MB at most%n"
                            + "a SKU per transaction, %d callers: %,.0f/s%n",
                    skus,
                    imported,
                    skus * ACCOUNTS,
                    announced,
                    perSecond,
                    peak,
                    CALLERS,
                    oneByOne);
            Map<String, Object> measured = new LinkedHashMap<>();
            measured.put("perSecond", perSecond);
            measured.put("numbers", skus * ACCOUNTS);
            measured.put("importSeconds", imported);
            measured.put("announcedSeconds", announced);
            measured.put("listedPerSecond", listed);
            measured.put("peakRssMb", peak);
            return new Result(
                    name(),
                    measured,
                    Map.of("name", "a SKU per transaction", "perSecond", oneByOne),
                    perSecond / oneByOne,
                    List.of(
                            "measured from the first byte of the file to the last number on the topic",
                            "the baseline is a sample of %d SKUs in a request each, by %d callers at once"
                                    .formatted(sample, CALLERS)),
                    Map.of());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(Path file, int skus) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int number = 0; number < skus; number++) {
                lines.write(row(number));
            }
        }
    }

    private static String row(int number) {
        return "%s,MAIN,%d,count-%d\n".formatted(Listings.sku(number), 1 + number % 90, number);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
