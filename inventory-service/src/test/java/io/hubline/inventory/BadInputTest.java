package io.hubline.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubline.kit.Ids;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: whatever is asked wrongly is answered with a problem that names the field and the reason, and
/// leaves every table as it was. Method: a table of requests, one line each; all tables are compared after
/// each of them. The names `$sku`, `$hold` and so on stand for what the books know; `$new` for what they do
/// not.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class BadInputTest {

    private static final String LONG = "x".repeat(201);
    private static final String INT_OVER = "2147483648";
    private static final String LONG_OVER = "9223372036854775808";
    private static final List<String> NUMBERS_OVER = List.of(INT_OVER, LONG_OVER, "1e30", "100000001");

    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();
    private final String offer = "shop-a:" + sku;
    private final Map<String, String> known =
            Map.of("$sku", sku, "$offer", offer, "$id", Ids.text(), "$new", Ids.text(), "$long", LONG);
    private final List<Case> cases = new ArrayList<>();

    BadInputTest(DataSource database) {
        this.database = database;
    }

    /// One request, and how it is to be refused.
    ///
    /// @param field what the problem names, at least in part; null where there is no single one
    private record Case(
            String method,
            String path,
            String role,
            String type,
            String body,
            int status,
            @Nullable String field) {

        @Override
        public String toString() {
            String shown = body.length() > 160 ? body.substring(0, 160) + "..." : body;
            return "%s %s as %s, %s: %s".formatted(method, path, role, type, shown);
        }
    }

    @BeforeEach
    void stock() {
        warehouse.receive(sku, "berlin", 5);
        warehouse.offer("shop-a", sku);
        ask(new Case("POST", "/stock/receipts", "operator", "application/json", RECEIPT.formatted("4"), 200, null))
                .then()
                .statusCode(200);
        ask(new Case(
                        "POST",
                        "/stock/adjustments",
                        "operator",
                        "application/json",
                        ADJUSTMENT.formatted("-1"),
                        200,
                        null))
                .then()
                .statusCode(200);
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    private static final String RECEIPT =
            "{\"receiptId\":\"$id\",\"lines\":[{\"sku\":\"$sku\",\"locationId\":\"berlin\",\"quantity\":%s}]}";
    private static final String NEW_RECEIPT =
            "{\"receiptId\":\"$new\",\"lines\":[{\"sku\":\"$sku\",\"locationId\":\"berlin\",\"quantity\":%s}]}";
    private static final String ADJUSTMENT =
            "{\"adjustmentId\":\"$id\",\"sku\":\"$sku\",\"locationId\":\"berlin\",\"delta\":%s,\"reason\":\"DAMAGED\"}";
    private static final String NEW_ADJUSTMENT =
            "{\"adjustmentId\":\"$new\",\"sku\":\"$sku\",\"locationId\":\"berlin\",\"delta\":%s,\"reason\":\"DAMAGED\"}";

    @Test
    void what_is_asked_wrongly_is_refused_with_its_reason_and_changes_nothing() throws SQLException {
        receipts();
        adjustmentsAndScraps();
        lookups();
        settings();
        transfersAndPools();
        bundles();
        imports();
        strangers();
        Tables tables = new Tables(database);
        await().untilAsserted(() -> assertThat(tables.dump().get("outbox")).startsWith("0 rows"));
        Map<String, String> before = new TreeMap<>(tables.dump());

        SoftAssertions.assertSoftly(softly -> {
            for (Case wrong : cases) {
                Response answer = ask(wrong);
                softly.assertThat(answer.statusCode())
                        .as("status of %s%n%s", wrong, answer.asString())
                        .isEqualTo(wrong.status());
                softly.assertThat(answer.contentType())
                        .as("type of %s", wrong)
                        .startsWith(wrong.status() == 200 ? "application/json" : "application/problem+json");
                softly.assertThat(answer.asString())
                        .as("problem of %s", wrong)
                        .contains(wrong.status() == 200 ? "\"applied\":0" : "\"title\"", "\"");
                if (wrong.field() != null) {
                    softly.assertThat(answer.asString())
                            .as("problem of %s", wrong)
                            .contains(wrong.field());
                }
                Map<String, String> after = dump(tables);
                softly.assertThat(after.entrySet().stream()
                                .filter(table -> !table.getValue().equals(before.get(table.getKey())))
                                .toList())
                        .as("tables that changed by %s", wrong)
                        .isEmpty();
                before.putAll(after);
            }
        });
        assertThat(cases).hasSizeGreaterThan(100);
    }

    /// Its length says so, and none of it is read. So nothing is sent of it.
    @ParameterizedTest
    @ValueSource(strings = {"POST /stock/receipts", "PUT /holds/some", "POST /stock/import"})
    void a_body_that_is_too_long_is_refused_with_the_most_that_is_taken(String request)
            throws IOException, SQLException {
        Tables tables = new Tables(database);
        await().untilAsserted(() -> assertThat(tables.dump().get("outbox")).startsWith("0 rows"));
        Map<String, String> before = tables.dump();

        String answer;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.getOutputStream()
                    .write("""
                    %s HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Content-Type: application/json\r
                    Content-Length: 67108865\r
                    \r
                    {""".formatted(request, Tokens.of("operator")).getBytes(StandardCharsets.US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .contains("application/problem+json", "/problems/content-too-large", "\"maxBytes\":67108864");
        assertThat(tables.dump()).isEqualTo(before);
    }

    private static Map<String, String> dump(Tables tables) {
        try {
            return tables.dump();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void receipts() {
        for (String over : NUMBERS_OVER) {
            post("/stock/receipts", NEW_RECEIPT.formatted(over), 400, "quantity");
        }
        post("/stock/receipts", NEW_RECEIPT.formatted("0"), 400, "quantity");
        post("/stock/receipts", NEW_RECEIPT.formatted("-3"), 400, "quantity");
        post("/stock/receipts", NEW_RECEIPT.formatted("1.5"), 400, "quantity");
        post("/stock/receipts", NEW_RECEIPT.formatted("\"many\""), 400, "quantity");
        post("/stock/receipts", NEW_RECEIPT.formatted("null"), 400, "quantity");
        post("/stock/receipts", RECEIPT.formatted("9"), 409, "receiptId");
        post("/stock/receipts", "{\"receiptId\":\"$new\",\"lines\":[]}", 400, "lines");
        post("/stock/receipts", "{\"receiptId\":\"$new\"}", 400, "lines");
        post("/stock/receipts", "{\"receiptId\":\"$new\",\"lines\":[null]}", 400, "lines");
        post("/stock/receipts", NEW_RECEIPT.formatted("1").replace("$new", ""), 400, "receiptId");
        post("/stock/receipts", NEW_RECEIPT.formatted("1").replace("$new", "$long"), 400, "receiptId");
        post("/stock/receipts", NEW_RECEIPT.formatted("1").replace("$sku", " "), 400, "sku");
        post("/stock/receipts", NEW_RECEIPT.formatted("1").replace("$sku", "$long"), 400, "sku");
        post("/stock/receipts", NEW_RECEIPT.formatted("1").replace("$sku", "a\\u0000b"), 400, "U+0000");
        post("/stock/receipts", NEW_RECEIPT.formatted("1").replace("berlin", ""), 400, "locationId");
        post("/stock/receipts", NEW_RECEIPT.formatted("1").replace("\"berlin\"", "7.5e"), 400, null);
        // One good line beside a bad one: neither is booked.
        post(
                "/stock/receipts",
                "{\"receiptId\":\"$new\",\"lines\":[{\"sku\":\"$sku\",\"locationId\":\"berlin\",\"quantity\":1},"
                        + "{\"sku\":\"$sku\",\"locationId\":\"berlin\",\"quantity\":-1}]}",
                400,
                "quantity");
        post("/stock/receipts", "{\"receiptId\":", 400, null);
        post("/stock/receipts", "[]", 400, null);
        post("/stock/receipts", "", 400, null);
        String lines = "{\"sku\":\"$sku\",\"locationId\":\"berlin\",\"quantity\":1},".repeat(1_001);
        post(
                "/stock/receipts",
                "{\"receiptId\":\"$new\",\"lines\":[" + lines.substring(0, lines.length() - 1) + "]}",
                400,
                "lines");
        wrongForm("/stock/receipts", NEW_RECEIPT.formatted("1"));
    }

    private void adjustmentsAndScraps() {
        for (String over : NUMBERS_OVER) {
            post("/stock/adjustments", NEW_ADJUSTMENT.formatted(over), 400, "delta");
        }
        post("/stock/adjustments", NEW_ADJUSTMENT.formatted("-2147483649"), 400, "delta");
        post("/stock/adjustments", NEW_ADJUSTMENT.formatted("0"), 400, "delta");
        post("/stock/adjustments", NEW_ADJUSTMENT.formatted("-1000"), 409, "onHand");
        post("/stock/adjustments", NEW_ADJUSTMENT.formatted("1"), 400, "reason");
        post("/stock/adjustments", ADJUSTMENT.formatted("-2"), 409, "adjustmentId");
        post("/stock/adjustments", NEW_ADJUSTMENT.formatted("-1").replace("DAMAGED", "bad luck"), 400, "reason");
        post("/stock/adjustments", NEW_ADJUSTMENT.formatted("-1").replace("$new", ""), 400, "adjustmentId");
        post("/stock/adjustments", NEW_ADJUSTMENT.formatted("-1").replace("berlin", "$long"), 400, "locationId");
        // A SKU that was never seen has nothing to lose.
        post("/stock/adjustments", NEW_ADJUSTMENT.formatted("-1").replace("$sku", "$new"), 409, "onHand");
        wrongForm("/stock/adjustments", NEW_ADJUSTMENT.formatted("-1"));
        String scrap = NEW_ADJUSTMENT.replace("adjustmentId", "scrapId").replace("delta", "quantity");
        for (String over : NUMBERS_OVER) {
            post("/stock/scraps", scrap.formatted(over), 400, "quantity");
        }
        post("/stock/scraps", scrap.formatted("0"), 400, "quantity");
        post("/stock/scraps", scrap.formatted("-1"), 400, "quantity");
        post("/stock/scraps", scrap.formatted("1000"), 409, "onHand");
        post("/stock/scraps", scrap.formatted("1").replace("DAMAGED", "FOUND"), 400, "reason");
        post("/stock/scraps", scrap.formatted("1").replace("$sku", ""), 400, "sku");
        post("/stock/scraps", scrap.formatted("1").replace("$sku", "$new"), 409, "onHand");
        wrongForm("/stock/scraps", scrap.formatted("1"));
    }

    private void lookups() {
        get("/stock/$new", 404, null);
        for (String list : List.of(
                "/stock/$sku/movements",
                "/stock/$sku/reservations",
                "/stock/backorders",
                "/stock/shortages",
                "/stock/oversells",
                "/stock/discrepancies",
                "/availability")) {
            get(list + "?after=%21%21", 400, "cursor");
            get(list + "?after=" + "A".repeat(2_000), 400, null);
        }
        get("/stock/$sku/movements?after=bm9wZQ", 400, "cursor");
        get("/stock/$sku/reservations?after=bm9wZQ", 400, "cursor");
        get("/availability/$new", 404, null);
        get("/availability/shop-a/$new/explain", 404, null);
        get("/availability/shop-a/$sku/explain?sequence=many", 400, "sequence");
        get("/availability/shop-a/$sku/explain?sequence=" + LONG_OVER, 400, "sequence");
        get("/availability/shop-a/$sku/explain?sequence=1", 404, null);
        get("/availability/shop-a/$sku/explain?at=yesterday", 400, "at");
        get("/availability/shop-a/$sku/explain?at=2026-02-30T00:00:00Z", 400, "at");
        get("/availability/shop-a/$sku/explain?at=1999-01-01T00:00:00Z", 404, null);
        get("/availability/shop-a/$sku/explain?at=2026-11-23T00:00:00Z&sequence=1", 400, "at");
        get("/nothing", 404, null);
    }

    private void settings() {
        String path = "/availability/settings/shop-a/$sku";
        for (String field : List.of("safetyStock", "minimum", "reserve")) {
            for (String over : NUMBERS_OVER) {
                put(path, "{\"%s\":%s}".formatted(field, over), 400, field);
            }
            put(path, "{\"%s\":-1}".formatted(field), 400, field);
            put(path, "{\"%s\":\"some\"}".formatted(field), 400, field);
        }
        put(path, "{\"share\":101}", 400, "share");
        put(path, "{\"share\":-1}", 400, "share");
        put(path, "{\"safetyPercent\":101}", 400, "safetyPercent");
        put(path, "{\"maximum\":-1}", 400, "maximum");
        put(path, "{\"maximum\":" + INT_OVER + "}", 400, "maximum");
        put(path, "{\"maximum\":1,\"minimum\":2}", 400, "m");
        put(path, "{\"oversellProbability\":2}", 400, "oversellProbability");
        put(path, "{\"locations\":[\"\"]}", 400, "locations");
        put(path, "null", 400, null);
        put(path, "", 400, null);
        put("/availability/settings/$long/$sku", "{}", 400, "account");
        put("/availability/settings/shop-a/$long", "{}", 400, "sku");
        cases.add(new Case("PUT", path, "operator", "text/plain", "{}", 415, null));
        cases.add(new Case("PUT", path, "viewer", "application/json", "{}", 403, null));
        cases.add(new Case("PUT", path, "", "application/json", "{}", 401, null));
    }

    private void transfersAndPools() {
        String send = "{\"fromLocationId\":\"berlin\",\"toLocationId\":\"hamburg\",\"lines\":"
                + "[{\"sku\":\"$sku\",\"quantity\":%s}]}";
        for (String over : NUMBERS_OVER) {
            put("/transfers/$new", send.formatted(over), 400, "quantity");
        }
        put("/transfers/$new", send.formatted("0"), 400, "quantity");
        put("/transfers/$new", send.formatted("-1"), 400, "quantity");
        put("/transfers/$new", send.formatted("1000"), 409, "missing");
        put("/transfers/$new", send.formatted("1").replace("$sku", "$new"), 409, "missing");
        put("/transfers/$new", send.formatted("1").replace("hamburg", "berlin"), 400, "toLocationId");
        put("/transfers/$new", send.formatted("1").replace("hamburg", ""), 400, "toLocationId");
        put("/transfers/$long", send.formatted("1"), 400, "id");
        put("/transfers/$new", send.formatted("1},{\"sku\":\"$sku\",\"quantity\":2"), 400, "lines");
        put(
                "/transfers/$new",
                "{\"fromLocationId\":\"berlin\",\"toLocationId\":\"hamburg\",\"lines\":[null]}",
                400,
                "lines");
        put("/transfers/$new", "{}", 400, "lines");
        put("/transfers/$new", "null", 400, null);
        post(
                "/transfers/$new/receipts",
                "{\"receiptId\":\"r\",\"lines\":[{\"sku\":\"$sku\",\"quantity\":1}]}",
                404,
                null);
        post(
                "/transfers/$new/receipts",
                "{\"receiptId\":\"a b\",\"lines\":[{\"sku\":\"$sku\",\"quantity\":1}]}",
                400,
                "receiptId");
        post("/transfers/$new/close", "{\"reason\":\"LOST\"}", 404, null);
        post("/transfers/$new/close", "{\"reason\":\"FOUND\"}", 400, "reason");
        post("/transfers/$new/close", "", 400, null);
        get("/transfers/$new", 404, null);
        get("/transfers?after=%21%21", 400, "cursor");
        put("/pools/default", "{\"locations\":[\"berlin\"]}", 400, "pool");
        put("/pools/Two%20Words", "{\"locations\":[\"berlin\"]}", 400, "pool");
        put("/pools/$new", "{\"locations\":[\"\"]}", 400, "locations");
        put("/pools/$new", "{}", 400, "locations");
        put("/pools/$new", "", 400, null);
        put("/pools/accounts/shop-a", "{\"pool\":\"$new\"}", 404, null);
        put("/pools/accounts/shop-a", "{\"pool\":\"\"}", 400, "pool");
        put("/pools/accounts/$long", "{\"pool\":\"default\"}", 400, "account");
        get("/pools/$new", 404, null);
        cases.add(new Case("PUT", "/transfers/$new", "viewer", "application/json", send.formatted("1"), 403, null));
        cases.add(new Case("PUT", "/transfers/$new", "operator", "text/csv", send.formatted("1"), 415, null));
        cases.add(new Case("PUT", "/pools/$new", "service", "application/json", "{\"locations\":[]}", 403, null));
    }

    private void bundles() {
        String define = "{\"components\":[{\"sku\":\"$sku\",\"quantity\":%s}]}";
        for (String over : NUMBERS_OVER) {
            put("/bundles/$new", define.formatted(over), 400, "quantity");
        }
        put("/bundles/$new", define.formatted("0"), 400, "quantity");
        put("/bundles/$new", define.formatted("-2"), 400, "quantity");
        put("/bundles/$new", define.formatted("1"), 400, "components");
        put("/bundles/$new", define.formatted("2").replace("$sku", "$new"), 400, "components");
        put("/bundles/$new", define.formatted("2},{\"sku\":\"$sku\",\"quantity\":2"), 400, "components");
        put("/bundles/$new", "{\"components\":[]}", 400, "components");
        put("/bundles/$new", "{\"components\":[null]}", 400, "components");
        put("/bundles/$new", "", 400, null);
        put("/bundles/$long", define.formatted("2"), 400, "sku");
        // It has units of its own.
        put("/bundles/$sku", define.formatted("2").replace("$sku\"", "$new\""), 409, "sku");
        get("/bundles/$new", 404, null);
        get("/bundles?after=%21%21", 400, "cursor");
        cases.add(new Case("DELETE", "/bundles/$new", "operator", "application/json", "", 404, null));
        cases.add(new Case("DELETE", "/bundles/$new", "viewer", "application/json", "", 403, null));
        cases.add(new Case("PUT", "/bundles/$new", "service", "application/json", define.formatted("2"), 403, null));
    }

    /// A file whose every row is wrong is read to its end, with an error for each row, and books nothing.
    private void imports() {
        List<String> rows = List.of(
                "$sku,berlin,many,$new-1",
                "$sku,berlin,-1,$new-2",
                "$sku,berlin,1.5,$new-3",
                "$sku,berlin," + INT_OVER + ",$new-4",
                "$sku,berlin," + LONG_OVER + ",$new-5",
                "$sku,berlin",
                "$sku,berlin,1,$new-6,and more,and more,and more",
                ",berlin,1,$new-7",
                "$sku,,1,$new-8",
                "$sku,berlin,1,",
                "$long,berlin,1,$new-9",
                "\"$sku,berlin,1,$new-10");
        for (String row : rows) {
            rowError("text/csv", "sku,locationId,quantity,key\n" + row + "\n");
        }
        rowError("application/x-ndjson", "{\"sku\":\"$sku\"");
        rowError("application/x-ndjson", "[1,2]");
        rowError(
                "application/x-ndjson",
                "{\"sku\":\"$sku\",\"locationId\":\"berlin\",\"quantity\":-4,\"key\":\"$new\"}");
        rowError(
                "application/x-ndjson",
                "{\"sku\":\"$sku\",\"locationId\":\"berlin\",\"quantity\":1e12,\"key\":\"$new\"}");
        rowError("application/x-ndjson", "{\"sku\":{},\"locationId\":\"berlin\",\"quantity\":1,\"key\":\"$new\"}");
        rowError(
                "application/x-ndjson",
                "{\"sku\":\"a\\u0000\",\"locationId\":\"berlin\",\"quantity\":1,\"key\":\"$new\"}");
    }

    private void rowError(String type, String body) {
        cases.add(new Case("POST", "/stock/import", "operator", type, body, 200, "\"failed\":1"));
    }

    /// Every address, asked by those who may not.
    private void strangers() {
        for (String path : List.of(
                "/stock/$sku",
                "/stock/$sku/movements",
                "/stock/$sku/reservations",
                "/stock/backorders",
                "/stock/shortages",
                "/stock/oversells",
                "/stock/discrepancies",
                "/availability",
                "/availability/$offer",
                "/availability/settings",
                "/availability/shop-a/$sku/explain")) {
            cases.add(new Case("GET", path, "", "application/json", "", 401, null));
            cases.add(new Case("GET", path, "broken", "application/json", "", 401, null));
            cases.add(new Case("GET", path, "nobody", "application/json", "", 403, null));
        }
        cases.add(new Case("POST", "/stock/check", "viewer", "application/json", "", 403, null));
        cases.add(new Case("POST", "/stock/check", "", "application/json", "", 401, null));
        cases.add(new Case("POST", "/stock/import", "viewer", "text/csv", "", 403, null));
        cases.add(new Case("POST", "/stock/import", "", "text/csv", "", 401, null));
        cases.add(new Case("POST", "/stock/import", "operator", "application/xml", "<rows/>", 415, null));
    }

    private void wrongForm(String path, String body) {
        cases.add(new Case("POST", path, "operator", "text/plain", body, 415, null));
        cases.add(new Case("POST", path, "viewer", "application/json", body, 403, null));
        cases.add(new Case("POST", path, "", "application/json", body, 401, null));
        cases.add(new Case("POST", path, "broken", "application/json", body, 401, null));
    }

    private void post(String path, String body, int status, @Nullable String field) {
        cases.add(new Case("POST", path, "operator", "application/json", body, status, field));
    }

    private void put(String path, String body, int status, @Nullable String field) {
        cases.add(new Case("PUT", path, "operator", "application/json", body, status, field));
    }

    private void get(String path, int status, @Nullable String field) {
        cases.add(new Case("GET", path, "viewer", "application/json", "", status, field));
    }

    private Response ask(Case wrong) {
        RequestSpecification request = switch (wrong.role()) {
            case "" -> RestAssured.given();
            case "broken" -> RestAssured.given().auth().oauth2("no.token.atall");
            case "nobody" -> Tokens.as();
            default -> Tokens.as(wrong.role());
        };
        if (!wrong.method().equals("GET") && !wrong.method().equals("DELETE")) {
            request.config(RestAssured.config()
                            .encoderConfig(RestAssured.config()
                                    .getEncoderConfig()
                                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                    .contentType(wrong.type())
                    .body(named(wrong.body()).getBytes(StandardCharsets.UTF_8));
        }
        return request.accept(ContentType.ANY).urlEncodingEnabled(false).request(wrong.method(), named(wrong.path()));
    }

    private String named(String text) {
        String named = text;
        for (Map.Entry<String, String> name : known.entrySet()) {
            named = named.replace(name.getKey(), name.getValue());
        }
        return named;
    }
}
