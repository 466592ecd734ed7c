package io.hubline.sandbox.trade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WarehouseTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> tasks = new ConcurrentHashMap<>();
    private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private HttpServer book;
    private Warehouse warehouse;

    @BeforeEach
    void open() throws IOException {
        book = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        book.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        book.createContext("/pick-queue", this::queue);
        book.createContext("/orders", this::shipment);
        book.start();
        warehouse = new Warehouse(
                URI.create("http://127.0.0.1:" + book.getAddress().getPort()),
                () -> "a-token",
                Duration.ofMillis(10),
                Duration.ZERO,
                1);
    }

    @AfterEach
    void close() {
        warehouse.close();
        book.stop(0);
    }

    @Test
    void a_task_becomes_one_parcel_with_carrier_and_tracking() throws InterruptedException {
        task("o1", 2);

        warehouse.walk();
        warehouse.walk();

        assertThat(posted).singleElement().satisfies(parcel -> {
            assertThat(parcel.path("locationId").textValue()).isEqualTo("main");
            assertThat(parcel.path("carrier").textValue()).isNotBlank();
            assertThat(parcel.path("trackingNumber").textValue()).startsWith("1Z");
            assertThat(parcel.at("/lines/0/lineId").textValue()).isEqualTo("l1");
            assertThat(parcel.at("/lines/0/quantity").intValue()).isEqualTo(2);
        });
        assertThat(warehouse.shipped()).extracting(ShippedUnits::quantity).containsExactly(2);
    }

    @Test
    void a_parcel_that_nobody_answered_is_reported_again_under_the_same_id() throws InterruptedException {
        task("o1", 2);
        answers.add(500);

        warehouse.walk();
        task("o1", 1);
        warehouse.walk();

        assertThat(posted).hasSize(2);
        assertThat(posted.get(1)).isEqualTo(posted.get(0));
        assertThat(warehouse.counts()).isEqualTo(new WarehouseCounts(1, 2, 0, 1));
    }

    @Test
    void a_refused_parcel_is_not_reported_again() throws InterruptedException {
        task("o1", 2);
        answers.add(409);

        warehouse.walk();
        tasks.clear();
        warehouse.walk();

        assertThat(posted).hasSize(1);
        assertThat(warehouse.refusals()).singleElement().asString().contains("409");
        assertThat(warehouse.shipped()).isEmpty();
    }

    @Test
    void a_queue_is_walked_to_its_end() throws InterruptedException {
        for (int i = 0; i < 7; i++) {
            task("o" + i, 1);
        }

        warehouse.walk();

        assertThat(warehouse.shipped())
                .extracting(ShippedUnits::orderId)
                .doesNotHaveDuplicates()
                .hasSize(7);
    }

    private void task(String orderId, int units) {
        tasks.put(
                orderId,
                "{\"orderId\":\"%s\",\"version\":3,\"locationId\":\"main\",\"lines\":[{\"lineId\":\"l1\",\"sku\":\"LAMP\",\"quantity\":%d}]}"
                        .formatted(orderId, units));
    }

    /// Pages of three, by offset.
    private void queue(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int from = query == null ? 0 : Integer.parseInt(query.substring("after=".length()));
        List<String> all = tasks.keySet().stream().sorted().map(tasks::get).toList();
        int to = Math.min(from + 3, all.size());
        String next = to < all.size() ? ",\"next\":\"" + to + "\"" : "";
        send(exchange, 200, "{\"items\":[%s]%s}".formatted(String.join(",", all.subList(from, to)), next));
    }

    private void shipment(HttpExchange exchange) throws IOException {
        posted.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
        Integer answer;
        synchronized (answers) {
            answer = answers.poll();
        }
        if (answer == null) {
            tasks.remove(exchange.getRequestURI().getPath().split("/", -1)[2]);
        }
        send(exchange, answer == null ? 200 : answer, "{}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
