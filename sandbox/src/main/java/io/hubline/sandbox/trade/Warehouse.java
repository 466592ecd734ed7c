package io.hubline.sandbox.trade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Warehouse workers: they walk the order book's pick queue, pick for a while, and report parcels.
///
/// A parcel keeps its shipment id until it has been answered, so an order service that dies in the middle
/// is asked again and ships once. One walk and its posts are over before the next walk starts.
public final class Warehouse implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final int WORKERS = 4;
    private static final String[] CARRIERS = {"UPS", "FedEx", "USPS"};

    private final URI orderService;
    private final Supplier<String> token;
    private final Duration walkEvery;
    private final Duration pickTime;
    private final SplittableRandom chance;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final ExecutorService workers =
            Executors.newFixedThreadPool(WORKERS, Thread.ofVirtual().factory());
    private final Map<Pick, Parcel> open = new ConcurrentHashMap<>();
    private final Queue<ShippedUnits> shipped = new ConcurrentLinkedQueue<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final LongAdder shipments = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private volatile boolean closed;

    /// `token` is asked before each call, so it may renew what expires. A task is shipped when it has been
    /// on the queue for `pickTime`, as seen from here.
    public Warehouse(URI orderService, Supplier<String> token, Duration walkEvery, Duration pickTime, long seed) {
        this.orderService = orderService;
        this.token = token;
        this.walkEvery = walkEvery;
        this.pickTime = pickTime;
        this.chance = new SplittableRandom(seed);
    }

    private record Pick(String orderId, String locationId) {}

    private record Line(String lineId, String sku, int quantity) {}

    private record Parcel(
            String shipmentId, List<Line> lines, String carrier, String tracking, long seenNanos, boolean posted) {

        Parcel asPosted() {
            return new Parcel(shipmentId, lines, carrier, tracking, seenNanos, true);
        }

        boolean sameLines(List<Line> others) {
            return lines.equals(others);
        }
    }

    private enum Answer {
        TAKEN,
        REFUSED,
        UNKNOWN
    }

    /// Works until closed or interrupted.
    public void run() throws InterruptedException {
        while (!closed) {
            walk();
            Thread.sleep(walkEvery);
        }
    }

    /// One walk over the queue and the posts that are due. A service that does not answer leaves it for the
    /// next walk.
    public void walk() throws InterruptedException {
        Map<Pick, List<Line>> queue;
        try {
            queue = queue();
        } catch (IOException serviceAway) {
            return;
        }
        // What is no longer asked for and was never posted is forgotten; what was posted is asked about until answered.
        open.entrySet().removeIf(each -> !each.getValue().posted() && !queue.containsKey(each.getKey()));
        queue.forEach(this::plan);
        List<Callable<Answer>> due = new ArrayList<>();
        long now = System.nanoTime();
        open.forEach((pick, parcel) -> {
            if (now - parcel.seenNanos() >= pickTime.toNanos()) {
                due.add(() -> post(pick, parcel));
            }
        });
        for (Future<Answer> answer : workers.invokeAll(due)) {
            try {
                answer.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the warehouse broke", e.getCause());
            }
        }
    }

    public WarehouseCounts counts() {
        return new WarehouseCounts(
                shipments.sum(),
                shipped.stream().mapToLong(ShippedUnits::quantity).sum(),
                refusals.size(),
                repeated.sum());
    }

    /// Everything that left, as taken into the order book.
    public List<ShippedUnits> shipped() {
        return List.copyOf(shipped);
    }

    /// Why parcels were refused for good.
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /// Parcels posted without an answer so far.
    public int unanswered() {
        return (int) open.values().stream().filter(Parcel::posted).count();
    }

    private Map<Pick, List<Line>> queue() throws IOException, InterruptedException {
        Map<Pick, List<Line>> queue = new LinkedHashMap<>();
        String after = "";
        do {
            HttpResponse<String> answer = http.send(
                    request("/pick-queue"
                                    + (after.isEmpty()
                                            ? ""
                                            : "?after=" + URLEncoder.encode(after, StandardCharsets.UTF_8)))
                            .GET()
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("the pick queue answered " + answer.statusCode());
            }
            JsonNode page = JSON.readTree(answer.body());
            for (JsonNode task : page.path("items")) {
                List<Line> lines = new ArrayList<>();
                task.path("lines")
                        .forEach(line -> lines.add(new Line(
                                line.path("lineId").asText(),
                                line.path("sku").asText(),
                                line.path("quantity").asInt())));
                queue.put(
                        new Pick(
                                task.path("orderId").asText(),
                                task.path("locationId").asText()),
                        lines);
            }
            after = page.path("next").asText("");
        } while (!after.isEmpty() && !after.equals("null"));
        return queue;
    }

    private void plan(Pick pick, List<Line> lines) {
        Parcel known = open.get(pick);
        if (known == null) {
            open.put(pick, parcel(lines, System.nanoTime()));
        } else if (!known.posted() && !known.sameLines(lines)) {
            open.put(pick, parcel(lines, known.seenNanos()));
        }
    }

    private Parcel parcel(List<Line> lines, long seenNanos) {
        String tracking = "1Z%016X".formatted(chance.nextLong()).toUpperCase(Locale.ROOT);
        return new Parcel(
                UUID.randomUUID().toString(),
                List.copyOf(lines),
                CARRIERS[chance.nextInt(CARRIERS.length)],
                tracking,
                seenNanos,
                false);
    }

    private Answer post(Pick pick, Parcel parcel) throws InterruptedException {
        if (parcel.posted()) {
            repeated.increment();
        }
        open.put(pick, parcel.asPosted());
        Answer answer = ask(pick, parcel);
        if (answer != Answer.UNKNOWN) {
            open.remove(pick);
        }
        if (answer == Answer.TAKEN) {
            shipments.increment();
            parcel.lines()
                    .forEach(line -> shipped.add(new ShippedUnits(
                            parcel.shipmentId(), pick.orderId(), pick.locationId(), line.sku(), line.quantity())));
        }
        return answer;
    }

    private Answer ask(Pick pick, Parcel parcel) throws InterruptedException {
        Map<String, Object> body = Map.of(
                "shipmentId",
                parcel.shipmentId(),
                "locationId",
                pick.locationId(),
                "carrier",
                parcel.carrier(),
                "trackingNumber",
                parcel.tracking(),
                "lines",
                parcel.lines().stream()
                        .map(line -> Map.of("lineId", line.lineId(), "quantity", line.quantity()))
                        .toList());
        try {
            HttpResponse<String> response = http.send(
                    request("/orders/" + pick.orderId() + "/shipments")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                            .build(),
                    BodyHandlers.ofString());
            int status = response.statusCode();
            if (status >= 200 && status < 300) {
                return Answer.TAKEN;
            }
            boolean forGood = status == 400 || status == 404 || status == 409 || status == 422;
            if (forGood) {
                refusals.add("%s at %s: %d %s".formatted(pick.orderId(), pick.locationId(), status, response.body()));
                return Answer.REFUSED;
            }
            return Answer.UNKNOWN;
        } catch (IOException serviceAway) {
            return Answer.UNKNOWN;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(orderService + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.get());
    }

    @Override
    public void close() {
        closed = true;
        workers.shutdownNow();
        http.shutdownNow();
    }
}
