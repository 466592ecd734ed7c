package io.hubline.sandbox.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.launcher.Hub;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `./hub bench stock-import`: a file of counts through the real endpoint. The baseline is the same rows,
/// each in a request of its own, of which a sample is sent.
final class StockImportBench implements Bench {

    private static final int ROWS = 100_000;
    private static final int SAMPLE = 2_000;
    private static final int CALLERS = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Hub hub;

    StockImportBench(Hub hub) {
        this.hub = hub;
    }

    @Override
    public String name() {
        return "stock-import";
    }

    @Override
    public String about() {
        return "counts of 100,000 SKUs as one file, against a request per row (--size: rows)";
    }

    @Override
    public Result run(Wish wish, PrintStream out) throws IOException, InterruptedException {
        int rows = wish.size().orElse(ROWS);
        int sample = Math.min(rows, SAMPLE);
        Path file = Files.createTempFile("stock-import", ".csv");
        try (InventoryBed inventory = InventoryBed.start(hub, out)) {
            // So that neither side pays for the first use of everything.
            for (int warm = 0; warm < 200; warm++) {
                inventory.count(row("WARM-" + warm, 1, "warm-" + warm));
            }
            long begun = System.nanoTime();
            Callers.run(CALLERS, sample, number -> inventory.count(row("ONE-" + number, 5, "one-" + number)));
            double oneByOne = sample / ((System.nanoTime() - begun) / 1e9);
            write(file, rows);
            begun = System.nanoTime();
            int applied = JSON.readTree(inventory.count(file)).path("applied").asInt();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (applied != rows) {
                throw new IllegalStateException("%d of %d rows were applied".formatted(applied, rows));
            }
            double perSecond = rows / seconds;
            double peak = inventory.peakMb();
            out.printf(
                    Locale.ROOT,
                    "%n%,d rows in %.1f s: %,.0f rows/s; the service held %.0f MB at most%n"
                            + "a request per row, %d callers: %,.0f rows/s%n",
                    rows,
                    seconds,
                    perSecond,
                    peak,
                    CALLERS,
                    oneByOne);
            return new Result(
                    name(),
                    Map.of("rows", rows, "perSecond", perSecond, "seconds", seconds, "peakRssMb", peak),
                    Map.of("name", "a request per row", "perSecond", oneByOne, "seconds", rows / oneByOne),
                    perSecond / oneByOne,
                    List.of("the baseline is extrapolated from %d rows sent by %d callers at once"
                            .formatted(sample, CALLERS)),
                    Map.of());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(Path file, int rows) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int number = 0; number < rows; number++) {
                lines.write(row("SKU-" + number, 1 + number % 90, "count-" + number));
            }
        }
    }

    private static String row(String sku, int quantity, String key) {
        return "%s,MAIN,%d,%s\n".formatted(sku, quantity, key);
    }
}
