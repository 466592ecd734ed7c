package io.hubline.sandbox.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hubline.sandbox.console.Watched.Kind;
import io.hubline.sandbox.console.Watched.Part;
import io.hubline.sandbox.console.Watched.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Goal: a person sees at a glance whether the hub is well, on a desk and on a phone, by day and by night.
/// Method: the page in a real browser over stand-ins; what the browser shows is read and photographed. The
/// pictures stay in `target/index-page`.
class IndexPageTest {

    private static final int GOOD = 0x14683A;
    private static final int BAD = 0xA32A12;
    private static final int LIGHT_GROUND = 0xF6F7F9;
    private static final int DARK_GROUND = 0x12161B;
    /// The page asks again every five seconds; a busy machine may miss a turn.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Path PICTURES = Path.of("target/index-page");

    private static final String IN_SYNC = """
            {"account": "shop-a", "adapter": "shopify", "inSync": true, "reasons": [], "offers": 240, "waiting": 0,
             "unsatisfied": 0, "inFlight": 0, "unknown": 0, "drifted": 0, "oldestUnsentSeconds": 0, "inboundBacklog": 0,
             "oldestInboundSeconds": 0, "inboundDead": 0, "actsPending": 0, "actsFailed": 0}""";
    private static final String BEHIND = """
            {"account": "amazon-de", "adapter": "amazon", "inSync": false,
             "reasons": ["17 offers wait to be sent, the oldest for 312 s: the channel asks for a pause until 10:05",
                         "2 offers show another number than was sent"],
             "offers": 1180, "waiting": 3, "unsatisfied": 17, "inFlight": 1, "unknown": 0, "drifted": 2,
             "oldestUnsentSeconds": 312, "inboundBacklog": 4, "oldestInboundSeconds": 9, "inboundDead": 1,
             "actsPending": 2, "actsFailed": 0, "listingsUnsettled": 6, "listingsRejected": 1, "accepted": 8}""";

    @TempDir(cleanup = CleanupMode.NEVER) // the browser may still be writing; the build's folder is temporary anyway
    static @Nullable Path profile;

    private static Optional<Chromium> browser = Optional.empty();

    @SuppressWarnings("NullAway.Init") // made before each test
    private StandInHub hub;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Console console;

    private Optional<ServerSocket> redis = Optional.empty();

    @BeforeAll
    static void startBrowser() throws IOException, InterruptedException {
        Optional<Path> binary = Chromium.find();
        boolean mustHave = "true".equals(System.getenv("CI")) && "root".equals(System.getProperty("user.name"));
        assumeTrue(
                binary.isPresent() || mustHave,
                "There is no Chromium on the PATH, so the index page is not looked at. Debian: apt-get install chromium");
        assertThat(binary).as("the Chromium that .ci/run installs").isPresent();
        if (binary.isPresent() && profile != null) {
            browser = Optional.of(new Chromium(binary.get(), profile));
        }
    }

    @AfterAll
    static void stopBrowser() {
        browser.ifPresent(Chromium::close);
    }

    @BeforeEach
    void open() throws IOException {
        hub = new StandInHub();
        ServerSocket store = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
        redis = Optional.of(store);
        hub.add(new Part("redis", Kind.STORE, store.getLocalPort(), 0, Run.RUNNING, Instant.now()));
        console = Console.open(0, 7100, hub);
    }

    @AfterEach
    void close() throws IOException {
        console.close();
        hub.close();
        if (redis.isPresent()) {
            redis.get().close();
        }
    }

    @Test
    void a_healthy_hub_on_a_desk() throws IOException {
        accounts(IN_SYNC, IN_SYNC.replace("shop-a", "shop-b"));

        Chromium page = show(1280, 800, "light");

        assertThat(page.evaluate("document.title").asText()).isEqualTo("In sync · Hubline");
        assertThat(page.texts(".verdict")).containsExactly("✓ In sync Every part is up and every channel is in sync.");
        assertThat(page.texts("tr[data-account] th")).containsExactly("shop-a shopify", "shop-b shopify");
        assertThat(page.texts("tr[data-account] .badge")).containsOnly("✓ In sync");
        assertThat(page.texts("tr[data-part] .badge")).hasSize(7).containsOnly("✓ up");
        assertThat(page.texts("[aria-labelledby=waiting] p"))
                .containsExactly("Nothing: no dead letter, no hold, no failed act.");
        assertThat(page.texts("tr[data-part=order] a"))
                .containsExactly("order: API console", "order: OpenAPI", "order: health", "order: metrics");
        assertThat(page.evaluate("document.querySelector('tr[data-part=order] a').href")
                        .asText())
                .isEqualTo("http://localhost:%d/q/swagger-ui".formatted(hub.portOf("order")));
        assertThat(page.texts("tr[data-part=order] code")).containsExactly("./hub logs order");
        assertThat(page.texts("pre").getFirst()).contains("TOKEN=$(./hub token viewer)");
        Picture picture = page.picture(PICTURES.resolve("healthy-desk.png"));
        assertThat(picture.width()).isEqualTo(1280);
        assertThat(picture.colours()).isGreaterThan(50);
        assertThat(picture.pixels(GOOD)).isGreaterThan(3_000);
        assertThat(picture.pixels(BAD)).isZero();
        assertThat(picture.pixels(LIGHT_GROUND)).isGreaterThan(50_000);
        assertNothingOverflows(page);
    }

    @Test
    void an_account_out_of_sync_shows_its_reasons_and_what_waits() throws IOException {
        accounts(IN_SYNC, BEHIND);
        hub.says("inventory", "/q/metrics", 200, "hubline_dead_letters 2.0\n");
        hub.says("order", "/q/metrics", 200, "hubline_order_holds{reason=\"UNKNOWN_SKU\"} 4.0\n");

        Chromium page = show(1280, 800, "light");

        assertThat(page.texts(".verdict")).containsExactly("✗ Not in sync amazon-de is not in sync.");
        assertThat(page.texts("tr[data-account=amazon-de] .badge")).containsExactly("✗ Not in sync");
        assertThat(page.texts("tr[data-account=shop-a] .badge")).containsExactly("✓ In sync");
        assertThat(page.texts(".reasons li"))
                .containsExactly(
                        "17 offers wait to be sent, the oldest for 312 s: the channel asks for a pause until 10:05",
                        "2 offers show another number than was sent");
        assertThat(page.texts("tr[data-account=amazon-de] td[data-head]"))
                .containsExactly("✗ Not in sync", "1,180", "17", "1", "0", "2", "6", "5 min 12 s", "4", "2");
        assertThat(page.texts(".others")).containsExactly("waiting 3 · accepted 8");
        assertThat(page.texts("[aria-labelledby=waiting] tbody tr"))
                .containsExactly(
                        ("amazon-de inbound messages that cannot go on 1 curl -s"
                                        + " 'http://localhost:%d/inbound-messages?status=dead&account=amazon-de'"
                                        + " -H \"authorization: Bearer $TOKEN\"")
                                .formatted(hub.portOf("connector")),
                        ("amazon-de listings the channel rejects 1 curl -s"
                                        + " 'http://localhost:%d/listings?state=rejected&account=amazon-de'"
                                        + " -H \"authorization: Bearer $TOKEN\"")
                                .formatted(hub.portOf("connector")),
                        ("order orders on hold: unknown sku 4 curl -s"
                                        + " 'http://localhost:%d/holds?reason=UNKNOWN_SKU' -H \"authorization: Bearer $TOKEN\"")
                                .formatted(hub.portOf("order")),
                        ("inventory open dead letters 2 curl -s"
                                        + " 'http://localhost:%d/dead-letters?status=OPEN' -H \"authorization: Bearer $TOKEN\"")
                                .formatted(hub.portOf("inventory")));
        Picture picture = page.picture(PICTURES.resolve("out-of-sync-desk.png"));
        assertThat(picture.pixels(GOOD)).isGreaterThan(3_000);
        assertThat(picture.pixels(BAD)).isGreaterThan(1_000);
        assertNothingOverflows(page);
    }

    @Test
    void a_service_that_is_down_says_why_and_the_rest_is_still_shown() throws IOException {
        accounts(IN_SYNC);
        hub.dies("routing");
        hub.says(
                "inventory",
                "/q/health/ready",
                503,
                "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"Database connections\",\"status\":\"DOWN\"}]}");

        Chromium page = show(1280, 800, "light");

        assertThat(page.texts(".verdict")).containsExactly("! Trouble inventory and routing are down.");
        assertThat(page.texts("tr[data-part=routing] [data-head=Health]"))
                .containsExactly("! down its process has ended");
        assertThat(page.texts("tr[data-part=inventory] [data-head=Health]"))
                .containsExactly("! down not ready: Database connections");
        assertThat(page.texts("tr[data-part=order] .badge")).containsExactly("✓ up");
        assertThat(page.texts("tr[data-account=shop-a] .badge")).containsExactly("✓ In sync");
        assertThat(page.texts("[aria-labelledby=waiting] li")).containsExactly("routing: it does not run");
        assertThat(page.picture(PICTURES.resolve("service-down-desk.png")).pixels(BAD))
                .isGreaterThan(1_000);
    }

    @Test
    void a_phone_shows_all_of_it_without_sideways_scrolling() throws IOException {
        accounts(IN_SYNC, BEHIND);
        hub.dies("routing");
        hub.says("order", "/q/metrics", 200, "hubline_order_holds{reason=\"UNKNOWN_SKU\"} 4.0\n");

        Chromium page = show(390, 844, "light");

        assertThat(page.evaluate("innerWidth").asInt()).isEqualTo(390);
        assertNothingOverflows(page);
        assertThat(page.texts(".reasons li")).hasSize(2);
        Picture picture = page.picture(PICTURES.resolve("phone.png"));
        assertThat(picture.width()).isEqualTo(390);
        assertThat(picture.pixels(GOOD)).isGreaterThan(2_000);
        assertThat(picture.pixels(BAD)).isGreaterThan(1_000);
        assertThat(roles(page)).contains("table", "columnheader", "rowheader", "cell");
    }

    @Test
    void it_is_dark_at_night() throws IOException {
        accounts(IN_SYNC, BEHIND);

        Chromium page = show(1280, 800, "dark");

        Picture picture = page.picture(PICTURES.resolve("dark-desk.png"));
        assertThat(picture.pixels(DARK_GROUND)).isGreaterThan(50_000);
        assertThat(picture.pixels(LIGHT_GROUND)).isZero();
        assertThat(picture.pixels(GOOD)).isGreaterThan(3_000);
        assertThat(picture.pixels(BAD)).isGreaterThan(1_000);
    }

    @Test
    void every_text_stands_out_from_its_ground_by_day_and_by_night() {
        accounts(IN_SYNC, BEHIND);
        hub.dies("routing");

        for (String scheme : List.of("light", "dark")) {
            Chromium page = show(1280, 800, scheme);

            assertThat(page.evaluate(LOWEST_CONTRAST).asDouble())
                    .as("the lowest contrast, %s", scheme)
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @Test
    void a_screen_reader_finds_its_way() {
        accounts(IN_SYNC, BEHIND);

        Chromium page = show(1280, 800, "light");

        assertThat(roles(page)).contains("banner", "main", "contentinfo", "status", "region", "table", "columnheader");
        assertThat(page.texts("h1, h2"))
                .containsExactly("Hubline", "Channels", "Waits for somebody", "Parts", "Call the APIs");
        assertThat(page.evaluate("[...document.querySelectorAll('table')].every(t => t.caption)")
                        .asBoolean())
                .isTrue();
        assertThat(page.evaluate("document.documentElement.lang").asText()).isEqualTo("en");
    }

    @Test
    void it_refreshes_itself_and_keeps_the_place() {
        accounts(BEHIND);
        Chromium page = show(1280, 800, "light");
        page.evaluate("document.querySelector('tr[data-part=order] a').focus()");

        accounts(BEHIND.replace("false", "true"));

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(page.texts(".verdict")).first().asString().startsWith("✓ In sync"));
        assertThat(page.evaluate("document.activeElement.textContent").asText()).isEqualTo("order: API console");
        assertThat(page.evaluate("document.title").asText()).startsWith("In sync");
    }

    @Test
    void it_says_when_it_has_become_old() {
        accounts(IN_SYNC);
        Chromium page = show(1280, 800, "light");

        console.close();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page.texts("#lost:not([hidden])"))
                        .containsExactly("The launcher does not answer any more. What is shown is old."));
    }

    @Test
    void without_scripts_it_reads_and_refreshes_all_the_same() {
        accounts(BEHIND);

        Chromium page = browser.orElseThrow();
        page.show(address(), 1280, 800, "light", false);

        assertThat(page.texts(".verdict")).first().asString().startsWith("✗ Not in sync");
        accounts(BEHIND.replace("false", "true"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(page.texts(".verdict")).first().asString().startsWith("✓ In sync"));
    }

    private static void assertNothingOverflows(Chromium page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(page.evaluate("innerWidth").asInt());
        assertThat(page.evaluate("""
                [...document.querySelectorAll('body *:not(.hidden):not(pre):not(.skip)')]
                  .filter(e => !e.closest('thead, script, style') && e.getBoundingClientRect().right > innerWidth + 1)
                  .map(e => e.outerHTML.slice(0, 80))""")).isEmpty();
    }

    private static List<String> roles(Chromium page) {
        return page.accessibilityTree().findValues("role").stream()
                .map(role -> role.path("value").asText())
                .distinct()
                .toList();
    }

    private void accounts(String... accounts) {
        hub.says("connector", "/sync", 200, "{\"accounts\": [%s]}".formatted(String.join(",", accounts)));
    }

    private Chromium show(int width, int height, String colourScheme) {
        Chromium page = browser.orElseThrow();
        page.show(address(), width, height, colourScheme, true);
        return page;
    }

    private URI address() {
        return URI.create("http://localhost:%d/".formatted(console.port()));
    }

    /// The ratio of WCAG 2, between each element's own text and the first ground behind it.
    private static final String LOWEST_CONTRAST = """
            (() => {
              const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
              const light = colour => rgb(colour).slice(0, 3).map(c => c / 255)
                .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const ground = e => { for (; e; e = e.parentElement) {
                const c = getComputedStyle(e).backgroundColor, parts = rgb(c);
                if (parts.length < 4 || parts[3] > 0) return c; } return 'rgb(255, 255, 255)'; };
              const ratios = [...document.querySelectorAll('body *')]
                .filter(e => !e.closest('script, [hidden]')
                  && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim() !== ''))
                .map(e => { const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
                  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); });
              return Math.min(...ratios);
            })()""";
}
