package io.hubline.sandbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.console.Watched.Kind;
import io.hubline.sandbox.console.Watched.Part;
import io.hubline.sandbox.console.Watched.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // made before each test
    private StandInHub hub;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Console console;

    @BeforeEach
    void open() throws IOException {
        hub = new StandInHub();
        console = Console.open(0, 7100, hub);
    }

    @AfterEach
    void close() {
        console.close();
        hub.close();
    }

    @Test
    void a_hub_that_is_well_says_so() throws Exception {
        hub.says("connector", "/sync", 200, """
                {"inSync": true, "accounts": [{"account": "shop-a", "adapter": "shopify", "inSync": true, "reasons": [],
                  "offers": 12, "unsatisfied": 0, "completePollBegunAt": "2026-11-23T10:00:00Z"}]}""");

        JsonNode facts = status();

        assertThat(facts.path("verdict").asText()).isEqualTo("IN_SYNC");
        assertThat(facts.path("sentence").asText()).isEqualTo("Every part is up and every channel is in sync.");
        assertThat(facts.at("/accounts/0/account").asText()).isEqualTo("shop-a");
        assertThat(facts.at("/accounts/0/figures/offers").asInt()).isEqualTo(12);
        assertThat(facts.path("waiting")).isEmpty();
        assertThat(facts.path("unread")).isEmpty();
        assertThat(facts.path("parts"))
                .allMatch(part -> part.path("health").asText().equals("UP"));
        assertThat(facts.at("/parts/1/links/OpenAPI").asText())
                .isEqualTo("http://localhost:%d/q/openapi".formatted(hub.portOf("order")));
        assertThat(facts.at("/parts/1/logs").asText()).isEqualTo("./hub logs order");
    }

    @Test
    void an_account_that_is_behind_is_named_with_its_reasons() throws Exception {
        hub.says("connector", "/sync", 200, """
                {"inSync": false, "accounts": [
                  {"account": "shop-a", "inSync": true, "reasons": []},
                  {"account": "shop-b", "inSync": false, "reasons": ["2 offers were changed at the channel"],
                   "actsFailed": 3, "inboundDead": 1}]}""");

        JsonNode facts = status();

        assertThat(facts.path("verdict").asText()).isEqualTo("OUT_OF_SYNC");
        assertThat(facts.path("sentence").asText()).isEqualTo("shop-b is not in sync.");
        assertThat(facts.at("/accounts/1/reasons/0").asText()).isEqualTo("2 offers were changed at the channel");
        assertThat(facts.path("waiting").findValuesAsText("call"))
                .containsExactly(
                        "http://localhost:%d/inbound-messages?status=dead&account=shop-b"
                                .formatted(hub.portOf("connector")),
                        "http://localhost:%d/acts?status=failed&account=shop-b".formatted(hub.portOf("connector")));
    }

    @Test
    void dead_letters_and_holds_are_counted_with_the_call_that_lists_them() throws Exception {
        hub.says("inventory", "/q/metrics", 200, "hubline_dead_letters 2.0\n");
        hub.says("returns", "/q/metrics", 200, "hubline_returns_need_person 1.0\n");
        hub.says("order", "/q/metrics", 200, """
                hubline_dead_letters 0.0
                hubline_order_holds{reason="UNKNOWN_SKU"} 4.0
                hubline_order_holds{reason="OPERATOR"} 0.0
                """);

        JsonNode waiting = status().path("waiting");

        assertThat(waiting).hasSize(3);
        assertThat(waiting.at("/2/call").asText())
                .isEqualTo("http://localhost:%d/returns?needsPerson=true".formatted(hub.portOf("returns")));
        assertThat(waiting.at("/0/what").asText()).isEqualTo("orders on hold: unknown sku");
        assertThat(waiting.at("/0/count").asInt()).isEqualTo(4);
        assertThat(waiting.at("/0/call").asText())
                .isEqualTo("http://localhost:%d/holds?reason=UNKNOWN_SKU".formatted(hub.portOf("order")));
        assertThat(waiting.at("/1/what").asText()).isEqualTo("open dead letters");
        assertThat(waiting.at("/1/where").asText()).isEqualTo("inventory");
    }

    @Test
    void what_is_down_is_shown_with_the_reason_and_within_a_second() throws Exception {
        hub.dies("routing");
        hub.hangs("catalog-pim");
        hub.hangs("connector");
        hub.says(
                "inventory",
                "/q/health/ready",
                503,
                "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"Database\",\"status\":\"DOWN\"}]}");
        hub.add(new Part("redis", Kind.STORE, freePort(), 0, Run.RUNNING, Instant.EPOCH));
        long begun = System.nanoTime();

        JsonNode facts = status();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        assertThat(facts.path("verdict").asText()).isEqualTo("TROUBLE");
        assertThat(facts.path("sentence").asText())
                .isEqualTo("connector, inventory, catalog-pim, routing and redis are down.");
        assertThat(facts.path("syncTrouble").asText()).isEqualTo("connector-service: no answer within 700 ms");
        assertThat(reason(facts, "routing")).isEqualTo("its process has ended");
        assertThat(reason(facts, "catalog-pim")).isEqualTo("no answer within 700 ms");
        assertThat(reason(facts, "inventory")).isEqualTo("not ready: Database");
        assertThat(reason(facts, "redis")).isEqualTo("nothing listens on its port");
        assertThat(facts.path("unread").toString()).contains("connector: no answer", "routing: it does not run");
    }

    @Test
    void a_hub_that_starts_is_not_called_down() throws Exception {
        hub.notStarted("routing");
        hub.add(new Part("simulator", Kind.SIMULATOR, freePort(), 0, Run.RUNNING, Instant.now()));

        JsonNode facts = status();

        assertThat(facts.path("verdict").asText()).isEqualTo("STARTING");
        assertThat(facts.path("sentence").asText()).isEqualTo("routing and simulator are starting.");
        assertThat(reason(facts, "routing")).isEqualTo("waits for the parts it stands on");
    }

    @Test
    void what_parts_say_is_text_and_not_markup() throws Exception {
        hub.says("connector", "/sync", 200, """
                {"accounts": [{"account": "<b>'\\"&", "inSync": false,
                  "reasons": ["<script>alert(1)</script>"], "figures<i>": 1}]}""");

        String html = get("/", "localhost").body();

        assertThat(html)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;&#39;&quot;&amp;")
                .doesNotContain("<script>alert(1)", "<b>'", "<i>");
    }

    @Test
    void secrets_stay_away_from_the_page() throws Exception {
        assertThat(get("/", "localhost").body()).doesNotContain(StandInHub.TOKEN);
        assertThat(get("/status.json", "localhost").body()).doesNotContain(StandInHub.TOKEN);
    }

    @Test
    void the_page_may_load_nothing_and_is_not_kept() throws Exception {
        HttpResponse<String> answer = get("/", "localhost");

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("frame-ancestors 'none'", "connect-src 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.body()).doesNotContain("src=", "@import", "url(");
    }

    /// A site that lets its own name point to this machine is refused by that name.
    @Test
    void another_name_is_refused() throws Exception {
        assertThat(rawStatus("GET / HTTP/1.1\r\nHost: evil.example:%d".formatted(console.port())))
                .startsWith("HTTP/1.1 421");
        assertThat(rawStatus("GET /status.json HTTP/1.1\r\nHost: localhost:1")).startsWith("HTTP/1.1 421");
        assertThat(rawStatus("GET / HTTP/1.1\r\nHost: 127.0.0.1:%d".formatted(console.port())))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void nothing_can_be_changed_and_nothing_else_is_there() throws Exception {
        assertThat(http.send(
                                HttpRequest.newBuilder(address("/", "localhost"))
                                        .POST(BodyPublishers.ofString("x"))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
        assertThat(get("/../secrets.properties", "localhost").statusCode()).isEqualTo(404);
        assertThat(http.send(
                                HttpRequest.newBuilder(address("/", "localhost"))
                                        .HEAD()
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void only_this_machine_reaches_it() throws IOException {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();

        for (InetAddress other : others) {
            assertThat(listensOn(other)).as("listens on %s", other).isFalse();
        }
    }

    @Test
    void a_span_of_time_is_told_in_its_two_greatest_units() {
        assertThat(List.of(4L, 60L, 200L, 7_500L, 90_000L))
                .map(IndexPage::seconds)
                .containsExactly("4 s", "1 min", "3 min 20 s", "2 h 5 min", "1 d 1 h");
    }

    private boolean listensOn(InetAddress address) {
        try (Socket socket = new Socket(address, console.port())) {
            return socket.isConnected();
        } catch (IOException _) {
            // Refused, as it should be.
            return false;
        }
    }

    private JsonNode status() throws IOException, InterruptedException {
        return JSON.readTree(get("/status.json", "localhost").body());
    }

    private static String reason(JsonNode facts, String name) {
        for (JsonNode part : facts.path("parts")) {
            if (part.path("name").asText().equals(name)) {
                return part.path("reason").asText();
            }
        }
        throw new AssertionError("there is no " + name);
    }

    private HttpResponse<String> get(String path, String host) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address(path, host)).build(), BodyHandlers.ofString());
    }

    private URI address(String path, String host) {
        return URI.create("http://%s:%d%s".formatted(host, console.port(), path));
    }

    /// The JDK's client does not let anybody choose the Host header.
    private String rawStatus(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), console.port())) {
            socket.getOutputStream()
                    .write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
