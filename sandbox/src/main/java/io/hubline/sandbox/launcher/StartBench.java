package io.hubline.sandbox.launcher;

import io.hubline.sandbox.bench.Bench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// `./hub bench start`: what it costs to package, start and stop each service, with and without an AOT
/// cache.
///
/// Each service is alone with PostgreSQL, Kafka and Redis, and is started several times each way, turn by
/// turn, so that a busy minute of the machine meets both ways alike. The median is told. The baseline is
/// the plain jar.
public final class StartBench implements Bench {

    private static final Duration CACHE_WRITTEN_WITHIN = Duration.ofMinutes(2);
    private static final int ROUNDS = 3;
    private static final String AOT_FOLDER = "aot-app";

    private final Hub hub;

    public StartBench(Hub hub) {
        this.hub = hub;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "packaging, start, stop and memory of each service, plain and with an AOT cache";
    }

    @Override
    public Result run(Wish wish, PrintStream out) throws InterruptedException, IOException {
        List<Row> rows = new ArrayList<>();
        for (Service service : Service.values()) {
            double plain = packaged(service, List.of());
            double aot = packaged(
                    service,
                    List.of("-Dquarkus.package.jar.type=aot-jar", "-Dquarkus.package.output-directory=" + AOT_FOLDER));
            rows.add(new Row(service, plain, aot));
        }
        try (Supervisor supervisor = Supervisor.overFreshData(hub, new Progress(out), 1)) {
            supervisor.startInfrastructureAlone();
            for (Row row : rows) {
                measure(supervisor, row);
            }
        }
        print(rows, out);
        return result(rows);
    }

    private void measure(Supervisor supervisor, Row row) throws InterruptedException, IOException {
        Path cache = hub.folder().resolve(row.service.part() + ".aot");
        Files.deleteIfExists(cache);
        Path jar = hub.root()
                .resolve(row.service.module())
                .resolve("target")
                .resolve(AOT_FOLDER)
                .resolve("quarkus-run.jar");
        // The first start makes the schema as well, and belongs to neither.
        run(supervisor.unusual(row.service, row.service.jar(hub), List.of()));
        long begun = System.nanoTime();
        run(supervisor.unusual(row.service, jar, List.of("-XX:AOTCacheOutput=" + cache)));
        row.cacheMb = awaitWritten(cache) / 1e6;
        row.trainingSeconds = seconds(begun);
        for (int round = 0; round < ROUNDS; round++) {
            row.plain.add(run(supervisor.unusual(row.service, row.service.jar(hub), List.of())));
            row.aot.add(run(supervisor.unusual(row.service, jar, List.of("-XX:AOTCache=" + cache))));
        }
        Files.delete(cache);
        Files.deleteIfExists(recording(cache));
    }

    /// A second JVM writes the cache from what the first has recorded, and may outlive it.
    private static long awaitWritten(Path cache) throws InterruptedException, IOException {
        long end = System.nanoTime() + CACHE_WRITTEN_WITHIN.toNanos();
        long size = 0;
        while (System.nanoTime() < end) {
            long now = Files.exists(cache) ? Files.size(cache) : 0;
            if (now > 0 && now == size) {
                return size;
            }
            size = now;
            Thread.sleep(1_000);
        }
        throw new LaunchException("No AOT cache was written to %s within %s.".formatted(cache, CACHE_WRITTEN_WITHIN));
    }

    private static Path recording(Path cache) {
        return cache.resolveSibling(cache.getFileName() + ".config");
    }

    private static Run run(Part part) throws InterruptedException, IOException {
        long begun = System.nanoTime();
        part.start();
        part.awaitReady();
        double start = seconds(begun);
        long pid = part.pid();
        double rss = rssMb(pid);
        double cpu = ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
        long stopping = System.nanoTime();
        part.stop();
        return new Run(start, cpu, seconds(stopping), rss);
    }

    private double packaged(Service service, List<String> options) throws InterruptedException, IOException {
        List<String> command = new ArrayList<>(List.of(
                "mvn",
                "-B",
                "-ntp",
                "-q",
                "package",
                "-Dquick",
                "-Dmaven.test.skip=true",
                "-am",
                "-pl",
                service.module()));
        command.addAll(options);
        Path log = hub.logs().resolve("bench-package.log");
        Files.createDirectories(hub.logs());
        long begun = System.nanoTime();
        int exit = new ProcessBuilder(command)
                .directory(hub.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new LaunchException("Packaging %s failed; see %s.".formatted(service.module(), log));
        }
        return seconds(begun);
    }

    private static double rssMb(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            // Not Linux: what the process takes is not told there.
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static void print(List<Row> rows, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%n%-12s | %8s %7s %6s %6s %7s | %8s %7s %6s %6s %7s | %8s %6s%n",
                "service",
                "package",
                "start",
                "cpu",
                "stop",
                "RSS MB",
                "package",
                "start",
                "cpu",
                "stop",
                "RSS MB",
                "training",
                "MB");
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-12s | %8.1f %7.2f %6.2f %6.2f %7.0f | %8.1f %7.2f %6.2f %6.2f %7.0f | %8.1f %6.0f%n",
                    row.service.part(),
                    row.plainPackage,
                    median(row.plain, Run::start),
                    median(row.plain, Run::cpu),
                    median(row.plain, Run::stop),
                    median(row.plain, Run::rssMb),
                    row.aotPackage,
                    median(row.aot, Run::start),
                    median(row.aot, Run::cpu),
                    median(row.aot, Run::stop),
                    median(row.aot, Run::rssMb),
                    row.trainingSeconds,
                    row.cacheMb);
        }
        out.println("Left the plain jar, right the AOT cache; seconds. Package includes Maven and the modules below.");
    }

    private Result result(List<Row> rows) {
        Map<String, Object> services = new LinkedHashMap<>();
        double plain = 0;
        double aot = 0;
        for (Row row : rows) {
            plain += median(row.plain, Run::start);
            aot += median(row.aot, Run::start);
            services.put(
                    row.service.part(),
                    Map.of(
                            "plain",
                            figures(row.plainPackage, row.plain),
                            "aot",
                            figures(row.aotPackage, row.aot),
                            "trainingSeconds",
                            row.trainingSeconds,
                            "cacheMb",
                            row.cacheMb));
        }
        return new Result(
                name(),
                Map.of("startSecondsOfAll", aot),
                Map.of("name", "plain jar", "startSecondsOfAll", plain),
                plain / aot,
                List.of("median of %d starts each, one service at a time".formatted(ROUNDS)),
                Map.of("services", services));
    }

    private static Map<String, Object> figures(double packageSeconds, List<Run> runs) {
        return Map.of(
                "packageSeconds", packageSeconds,
                "startSeconds", median(runs, Run::start),
                "cpuSeconds", median(runs, Run::cpu),
                "stopSeconds", median(runs, Run::stop),
                "rssMb", median(runs, Run::rssMb));
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        List<Run> sorted =
                runs.stream().sorted(Comparator.comparingDouble(figure)).toList();
        return figure.applyAsDouble(sorted.get(sorted.size() / 2));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /// One start and stop.
    ///
    /// @param start from the process to its readiness, seconds
    /// @param cpu what it had computed by then, seconds
    /// @param rssMb what it held then
    private record Run(double start, double cpu, double stop, double rssMb) {}

    private static final class Row {

        private final Service service;
        private final double plainPackage;
        private final double aotPackage;
        private final List<Run> plain = new ArrayList<>();
        private final List<Run> aot = new ArrayList<>();
        private double trainingSeconds;
        private double cacheMb;

        private Row(Service service, double plainPackage, double aotPackage) {
            this.service = service;
            this.plainPackage = plainPackage;
            this.aotPackage = aotPackage;
        }
    }
}
