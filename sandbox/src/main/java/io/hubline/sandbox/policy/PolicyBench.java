package io.hubline.sandbox.policy;

import io.hubline.sandbox.bench.Bench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `./hub bench policies`: what each policy oversells, loses and leaves lying, over lags, velocities and
/// depths.
public final class PolicyBench implements Bench {

    /// Runs of each policy in each cell.
    private static final int RUNS = 30;

    private static final List<String> SHOWN =
            List.of("no buffer", "fixed 2", "fixed 5", "fixed 10", "fixed 10 %", "computed", "escrow", "automatic");

    @Override
    public String name() {
        return "policies";
    }

    @Override
    public String about() {
        return "oversells and lost sales of fixed and computed buffers and of escrow, simulated (--size: runs per cell)";
    }

    @Override
    public Result run(Wish wish, PrintStream out) throws IOException {
        int runs = wish.size().orElse(RUNS);
        long begun = System.nanoTime();
        Map<Cell, Map<String, Tally>> cells = play(Cell.all(), runs);
        double seconds = (System.nanoTime() - begun) / 1e9;
        for (int units : Cell.UNITS) {
            print(cells, units, out);
        }
        Map<String, Tally> sums = sums(cells);
        String best = Policy.fixedOnes().stream()
                .map(Policy::name)
                .min(Comparator.comparingLong(name -> wrong(of(sums, name))))
                .orElseThrow();
        printSums(sums, out);
        List<Map<String, Object>> beaten = beaten(cells, out);
        if (wish.chart().isPresent()) {
            draw(cells, wish.chart().get());
        }
        Map<String, Object> measured = figures("escrow", of(sums, "escrow"));
        measured.put("computed", figures("computed", of(sums, "computed")));
        measured.put("automatic", figures("automatic", of(sums, "automatic")));
        return new Result(
                name(),
                measured,
                figures(best, of(sums, best)),
                (double) wrong(of(sums, best)) / Math.max(1, wrong(of(sums, "escrow"))),
                List.of(
                        "%d situations, %d runs each, the same buyers for every policy".formatted(cells.size(), runs),
                        "the baseline is the best of %d fixed buffers in hindsight"
                                .formatted(Policy.fixedOnes().size()),
                        "the ratio is of units oversold or left unsold",
                        String.format(Locale.ROOT, "simulated in %.1f s", seconds)),
                Map.of("cells", cells(cells), "beatenByAFixedBuffer", beaten));
    }

    /// Plays every policy in every cell.
    static Map<Cell, Map<String, Tally>> play(List<Cell> cells, int runs) {
        Map<Cell, Map<String, Tally>> played = new LinkedHashMap<>();
        for (Cell cell : cells) {
            Map<String, Tally> tallies = new LinkedHashMap<>();
            for (Policy policy : Policy.all()) {
                Tally sum = Tally.NONE;
                for (int seed = 1; seed <= runs; seed++) {
                    sum = sum.plus(new Simulation(cell, Buyers.draw(cell, seed), policy.start(cell, seed), seed).run());
                }
                tallies.put(policy.name(), sum);
            }
            played.put(cell, tallies);
        }
        return played;
    }

    private static Map<String, Tally> sums(Map<Cell, Map<String, Tally>> cells) {
        Map<String, Tally> sums = new LinkedHashMap<>();
        cells.values().forEach(tallies -> tallies.forEach((name, tally) -> sums.merge(name, tally, Tally::plus)));
        return sums;
    }

    private static void print(Map<Cell, Map<String, Tally>> cells, int units, PrintStream out) {
        out.printf("%n%d units; percent of them oversold / lost / unsold%n%n", units);
        out.print("| sales/h | lag |");
        SHOWN.forEach(name -> out.printf(" %s |", name));
        out.print("\n|---:|---:|" + "---:|".repeat(SHOWN.size()) + "\n");
        cells.forEach((cell, tallies) -> {
            if (cell.units() == units) {
                out.printf("| %,d | %s |", cell.salesPerHour(), cell.lagText());
                SHOWN.forEach(name -> out.printf(" %s |", percents(of(tallies, name))));
                out.println();
            }
        });
    }

    private static void printSums(Map<String, Tally> sums, PrintStream out) {
        out.printf("%nOver all situations%n%n| policy | oversold %% | lost %% | unsold %% | pushes per unit |%n");
        out.println("|---|---:|---:|---:|---:|");
        sums.forEach((name, sum) -> out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.1f | %.2f | %.2f |%n",
                name,
                sum.percent(sum.oversold()),
                sum.percent(sum.lost()),
                sum.percent(sum.unsold()),
                sum.percent(sum.pushes()) / 100));
    }

    /// Where a fixed buffer was better in something and worse in nothing than what is computed.
    private static List<Map<String, Object>> beaten(Map<Cell, Map<String, Tally>> cells, PrintStream out) {
        List<Map<String, Object>> beaten = new ArrayList<>();
        for (Policy policy : Policy.all()) {
            if (policy.fixed()) {
                continue;
            }
            List<String> where = new ArrayList<>();
            cells.forEach((cell, tallies) -> Policy.fixedOnes().stream()
                    .map(Policy::name)
                    .filter(fixed -> of(tallies, fixed).isBetterThan(of(tallies, policy.name())))
                    .findFirst()
                    .ifPresent(fixed -> {
                        where.add(cell.toString());
                        beaten.add(Map.of("policy", policy.name(), "cell", cell.toString(), "by", fixed));
                    }));
            out.printf(
                    "%n%s is beaten by a fixed buffer, in hindsight, in %d of %d situations%s%n",
                    policy.name(), where.size(), cells.size(), where.isEmpty() ? "." : ":");
            where.forEach(cell -> out.println("  - " + cell));
        }
        return beaten;
    }

    private static String percents(Tally tally) {
        return String.format(
                Locale.ROOT,
                "%.1f / %.0f / %.1f",
                tally.percent(tally.oversold()),
                tally.percent(tally.lost()),
                tally.percent(tally.unsold()));
    }

    private static long wrong(Tally tally) {
        return tally.oversold() + tally.unsold();
    }

    private static Tally of(Map<String, Tally> tallies, String policy) {
        @Nullable Tally tally = tallies.get(policy);
        if (tally == null) {
            throw new IllegalArgumentException("no policy is called " + policy);
        }
        return tally;
    }

    private static Map<String, Object> figures(String name, Tally tally) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("name", name);
        figures.put("units", tally.units());
        figures.put("sold", tally.sold());
        figures.put("oversold", tally.oversold());
        figures.put("lost", tally.lost());
        figures.put("unsold", tally.unsold());
        figures.put("pushes", tally.pushes());
        return figures;
    }

    private static List<Map<String, Object>> cells(Map<Cell, Map<String, Tally>> cells) {
        List<Map<String, Object>> all = new ArrayList<>();
        cells.forEach((cell, tallies) -> tallies.forEach((name, tally) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("lagSeconds", cell.lag().toSeconds());
            one.put("salesPerHour", cell.salesPerHour());
            one.put("depth", cell.units());
            one.putAll(figures(name, tally));
            all.add(one);
        }));
        return all;
    }

    private static void draw(Map<Cell, Map<String, Tally>> cells, Path file) throws IOException {
        @Nullable Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, Chart.of(cells));
    }
}
