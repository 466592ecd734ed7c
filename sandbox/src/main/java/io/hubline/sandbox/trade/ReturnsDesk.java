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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// The seller's returns desk: it unpacks what buyers sent back, looks at it, and says what becomes of it.
/// Buyers of channels without a return of their own write to it, and it opens the return for them.
///
/// What it says carries a name that follows from the return, so a returns service that dies in the middle
/// is told again and believes it once.
public final class ReturnsDesk implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final int RESTOCKED_OF_TEN = 8;

    private final URI returns;
    private final URI orders;
    private final Supplier<String> token;
    private final Letters letters;
    private final String location;
    private final Duration walkEvery;
    private final Duration inThePost;
    private final long seed;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final Map<String, Long> firstSeen = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private final Queue<ReturnedUnits> returned = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /// Buyers who write instead of asking their channel.
    ///
    /// @param account whose buyers do
    /// @param most how many of them
    public record Letters(String account, int most) {}

    /// @param location where everything is sent to
    /// @param inThePost from the first sight of an open return until its goods are there
    public ReturnsDesk(
            URI returns,
            URI orders,
            Supplier<String> token,
            Letters letters,
            String location,
            Duration walkEvery,
            Duration inThePost,
            long seed) {
        this.returns = returns;
        this.orders = orders;
        this.token = token;
        this.letters = letters;
        this.location = location;
        this.walkEvery = walkEvery;
        this.inThePost = inThePost;
        this.seed = seed;
    }

    /// Works until closed or interrupted.
    public void run() throws InterruptedException {
        while (!closed) {
            try {
                answerLetters();
                unpack();
            } catch (IOException serviceAway) {
                // Everything said so far may be said again at the next walk.
            }
            Thread.sleep(walkEvery);
        }
    }

    /// Everything that came back, as taken into the returns service.
    public List<ReturnedUnits> returned() {
        return List.copyOf(returned);
    }

    private void answerLetters() throws IOException, InterruptedException {
        if (asked.size() >= letters.most()) {
            return;
        }
        JsonNode page = get(
                orders,
                "/orders?state=COMPLETED&account=" + URLEncoder.encode(letters.account(), StandardCharsets.UTF_8));
        for (JsonNode summary : page.path("items")) {
            String order = summary.path("orderId").asText();
            if (asked.size() < letters.most() && !asked.contains(order)) {
                JsonNode line = get(orders, "/orders/" + order).path("lines").path(0);
                Map<String, Object> request = Map.of(
                        "returnId",
                        "letter-" + order,
                        "orderId",
                        order,
                        "lines",
                        List.of(Map.of("lineId", line.path("lineId").asText(), "quantity", 1, "reason", "UNWANTED")));
                if (post("/returns", request)) {
                    asked.add(order);
                }
            }
        }
    }

    private void unpack() throws IOException, InterruptedException {
        String after = "";
        do {
            JsonNode page = get(
                    returns,
                    "/returns?state=OPEN"
                            + (after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8)));
            for (JsonNode summary : page.path("items")) {
                String id = summary.path("returnId").asText();
                long since = firstSeen.computeIfAbsent(id, _ -> System.nanoTime());
                if (!done.contains(id) && System.nanoTime() - since >= inThePost.toNanos()) {
                    unpack(id);
                }
            }
            after = page.path("next").asText("");
        } while (!after.isEmpty() && !after.equals("null"));
    }

    private void unpack(String id) throws IOException, InterruptedException {
        List<Map<String, Object>> arrived = new ArrayList<>();
        List<Map<String, Object>> findings = new ArrayList<>();
        List<ReturnedUnits> counted = new ArrayList<>();
        Instant at = Instant.now();
        JsonNode lines = get(returns, "/returns/" + id).path("lines");
        for (JsonNode line : lines) {
            String lineId = line.path("lineId").asText();
            int quantity = line.path("quantity").asInt();
            boolean asNew = new SplittableRandom(seed ^ lineId.hashCode()).nextInt(10) < RESTOCKED_OF_TEN;
            arrived.add(Map.of("lineId", lineId, "quantity", quantity));
            findings.add(Map.of(
                    "lineId", lineId,
                    "quantity", quantity,
                    "condition", asNew ? "AS_NEW" : "BROKEN",
                    "disposition", asNew ? "RESTOCK" : "SCRAP",
                    "locationId", location));
            counted.add(new ReturnedUnits(id, line.path("sku").asText(), quantity, asNew, at));
        }
        if (post(
                        "/returns/" + id + "/receipts",
                        Map.of("receiptId", "receipt-" + id, "locationId", location, "lines", arrived))
                && post(
                        "/returns/" + id + "/inspections",
                        Map.of("inspectionId", "inspection-" + id, "lines", findings))) {
            done.add(id);
            returned.addAll(counted);
        }
    }

    /// Whether it was taken. What a service refuses for good is a mistake of this desk, and what it could
    /// not answer is said again.
    private boolean post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(returns, path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
        // A buyer may have called the return off meanwhile, and an order may not have reached the service yet.
        boolean refused = answer.statusCode() == 400 || answer.statusCode() == 422;
        if (refused) {
            throw new IllegalStateException(
                    "POST %s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return answer.statusCode() < 300;
    }

    private JsonNode get(URI service, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(service, path).GET().build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("GET %s answered %d".formatted(path, answer.statusCode()));
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(URI service, String path) {
        return HttpRequest.newBuilder(URI.create(service + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.get());
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
    }
}
