package io.hubline.sandbox.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hubline.embedded.InfrastructureException;
import io.hubline.sandbox.launcher.Hub;
import io.hubline.sandbox.launcher.LaunchException;
import io.hubline.sandbox.launcher.StartBench;
import io.hubline.sandbox.policy.PolicyBench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `./hub bench NAME [--json FILE] [--size N] [--chart FILE]`.
///
/// Exit codes: 0 measured, 1 not, 2 wrong usage.
public final class BenchCommand {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /// Held here, since a logger that nobody holds forgets its level.
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private BenchCommand() {}

    public static void main(String[] words) throws InterruptedException {
        System.exit(run(List.of(words), terminal(), System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) throws InterruptedException {
        KAFKA.setLevel(Level.WARNING);
        Hub hub;
        Bench bench;
        Asked asked;
        try {
            hub = Hub.ofEnvironment();
            bench = named(hub, words);
            asked = Asked.parse(words.subList(1, words.size()));
        } catch (IllegalArgumentException | LaunchException e) {
            err.println(e.getMessage());
            return USAGE;
        }
        try {
            Bench.Result result = bench.run(asked.wish(), out);
            result.notes().forEach(note -> out.println("  " + note));
            @Nullable Path file = asked.json();
            if (file != null) {
                write(result, file);
            }
            return DONE;
        } catch (LaunchException | InfrastructureException | IllegalStateException | IOException e) {
            err.println("The benchmark could not go on: " + e.getMessage());
            return FAILED;
        }
    }

    /// Every benchmark there is.
    static List<Bench> all(Hub hub) {
        return List.of(
                new StartBench(hub),
                new StockImportBench(hub),
                new AvailabilityBench(hub),
                new ExplainBench(hub),
                ReservationsBench.hot(hub),
                ReservationsBench.uniform(hub),
                new OrdersBench(hub),
                new OneUnit(hub),
                new PolicyBench());
    }

    private static Bench named(Hub hub, List<String> words) {
        List<Bench> all = all(hub);
        return words.isEmpty()
                ? unknown("Which benchmark?", all)
                : all.stream()
                        .filter(bench -> bench.name().equals(words.getFirst()))
                        .findFirst()
                        .orElseGet(() -> unknown("No benchmark is called '%s'.".formatted(words.getFirst()), all));
    }

    private static Bench unknown(String complaint, List<Bench> all) {
        throw new IllegalArgumentException(complaint + " There are:\n"
                + all.stream()
                        .map(bench -> "  %-22s %s".formatted(bench.name(), bench.about()))
                        .collect(Collectors.joining("\n")));
    }

    private static void write(Bench.Result result, Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", result.name());
        all.put("measured", result.measured());
        all.put("baseline", result.baseline());
        all.put("ratio", result.ratio());
        all.put("notes", String.join("; ", result.notes()));
        all.putAll(result.more());
        @Nullable Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, JSON.writeValueAsString(all) + "\n");
    }

    @SuppressWarnings("SystemOut") // this is a command; its output is what the user came for
    private static PrintStream terminal() {
        return System.out;
    }

    /// The options of a benchmark.
    private record Asked(Bench.Wish wish, @Nullable Path json) {

        static Asked parse(List<String> options) {
            @Nullable Path json = null;
            Optional<Path> chart = Optional.empty();
            OptionalInt size = OptionalInt.empty();
            List<String> left = new ArrayList<>(options);
            while (!left.isEmpty()) {
                String option = left.removeFirst();
                if (left.isEmpty()) {
                    throw new IllegalArgumentException(option + " wants a value, or is unknown");
                }
                String value = left.removeFirst();
                switch (option) {
                    case "--json" -> json = Path.of(value);
                    case "--chart" -> chart = Optional.of(Path.of(value));
                    case "--size" -> size = OptionalInt.of(size(value));
                    default ->
                        throw new IllegalArgumentException(
                                "bench does not know '%s'; it takes --json, --size, --chart".formatted(option));
                }
            }
            return new Asked(new Bench.Wish(size, chart), json);
        }

        private static int size(String text) {
            if (!text.matches("[1-9]\\d{0,8}")) {
                throw new IllegalArgumentException("--size wants a number above 0, not '%s'".formatted(text));
            }
            return Integer.parseInt(text);
        }
    }
}
