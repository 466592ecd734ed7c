package io.hubline.inventory.stock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.hubline.inventory.Warehouse;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ImportResourceTest {

    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void a_wrong_row_costs_nothing_but_itself() {
        String file = """
                sku,locationId,quantity,key
                "%1$s",berlin,7,%1$s-1
                %1$s,hamburg,many,%1$s-2
                %1$s,hamburg,-1,%1$s-3
                %1$s,hamburg
                ,hamburg,1,%1$s-4

                %1$s,hamburg,2,%1$s-5
                """.formatted(sku);

        send("text/csv", file)
                .statusCode(200)
                .body("applied", equalTo(2))
                .body("failed", equalTo(4))
                .body("errors.row", contains(3, 4, 5, 6));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(9);
    }

    @Test
    void a_file_sent_again_counts_nothing_twice() {
        String file = "%1$s,berlin,7,%1$s-1\n".formatted(sku);
        send("text/csv", file).body("applied", equalTo(1));
        warehouse.receive(sku, "berlin", 3);

        send("text/csv", file).body("applied", equalTo(0)).body("repeated", equalTo(1));
        send("text/csv", "%1$s,berlin,8,%1$s-1\n".formatted(sku)).body("failed", equalTo(1));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(10);
    }

    @Test
    void json_lines_are_read_too() {
        String file = """
                {"sku":"%1$s","locationId":"berlin","quantity":4,"key":"%1$s-1"}
                {"sku":"%1$s","locationId":"berlin","quantity":5,"key":"%1$s-1"}
                {"sku":"%1$s"
                """.formatted(sku);

        send("application/x-ndjson", file)
                .statusCode(200)
                .body("applied", equalTo(1))
                .body("errors.row", contains(3, 2));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(4);
    }

    @Test
    void a_long_file_streams_through() {
        String file = IntStream.range(0, 3_000)
                .mapToObj(row -> "%s-%d,berlin,1,%s-%d".formatted(sku, row, sku, row))
                .collect(Collectors.joining("\n"));

        send("text/csv", file).statusCode(200).body("applied", equalTo(3_000));

        assertThat(warehouse.stock(sku + "-2999").getInt("onHand")).isEqualTo(1);
    }

    @Test
    void columns_are_named_in_any_order_and_a_moment_names_its_row() {
        warehouse.receive(sku, "berlin", 10);
        warehouse.receive(sku, "berlin", 4);
        String file = """
                asOf,onHand,location,sku
                1,9,berlin,%1$s
                9,9,berlin,%1$s
                """.formatted(sku);

        send("text/csv", file)
                .statusCode(200)
                .body("applied", equalTo(1))
                .body("errors[0].row", equalTo(3))
                .body("errors[0].error", containsString("the newest is 3"));
        send("text/csv", file).body("applied", equalTo(0)).body("repeated", equalTo(1));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(13);
    }

    @Test
    void a_file_with_a_column_that_nobody_knows_is_not_read() {
        send("text/csv", "sku,location,amount,key\n%1$s,berlin,7,%1$s\n".formatted(sku))
                .statusCode(400)
                .body("errors[0].error", containsString("unknown column amount"));
        send("text/csv", "sku,location,key\n%1$s,berlin,%1$s\n".formatted(sku))
                .statusCode(400)
                .body("errors[0].error", containsString("column quantity is missing"));
        send("application/x-ndjson", "{\"sku\":\"%s\",\"amount\":1}".formatted(sku))
                .statusCode(200)
                .body("errors[0].error", containsString("unknown column amount"));

        Tokens.as("viewer").get("/stock/{sku}", sku).then().statusCode(404);
    }

    @Test
    void every_wrong_row_says_what_is_wrong_with_it() {
        String file = """
                {"sku":"%1$s","location":"berlin","onHand":99999999999,"key":"a-%1$s"}
                {"sku":"%1$s","location":"berlin","onHand":1.5,"key":"b-%1$s"}
                {"sku":"%1$s","location":"berlin","onHand":1}
                {"sku":"%1$s","location":"berlin","onHand":1,"countedAt":"2100-01-01T00:00:00Z"}
                {"sku":"%1$s","location":"berlin","onHand":1,"countedAt":"noon"}
                {"sku":"%1$s","location":"berlin","onHand":1,"countedAt":"2026-01-01T00:00:00Z","asOf":1}
                {"sku":"%1$s","location":"berlin","onHand":1,"onHand":2,"key":"c-%1$s"}
                {"sku":"%1$s","location":"berlin","onHand":1,"key":"d-%1$s"} and more
                [1]
                {"sku":"%1$s","location":"berlin","onHand":6,"key":"e-%1$s"}
                """.formatted(sku);

        send("application/x-ndjson", file + "x".repeat(5_000) + "\n")
                .statusCode(200)
                .body("applied", equalTo(1))
                .body("errors.row", contains(1, 2, 3, 4, 5, 6, 7, 8, 9, 11))
                .body("errors[0].error", containsString("not between 0 and"))
                .body("errors[1].error", containsString("not a whole number"))
                .body("errors[2].error", containsString("needs a key"))
                .body("errors[3].error", containsString("future"))
                .body("errors[9].error", containsString("characters"));

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(6);
    }

    @Test
    void a_packed_file_is_unpacked_on_the_way() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write("%1$s,berlin,7,%1$s-1\n".formatted(sku).getBytes(StandardCharsets.UTF_8));
        }

        post("text/csv", packed.toByteArray(), "gzip").statusCode(200).body("applied", equalTo(1));
        post("text/csv", new byte[] {1, 2, 3}, "gzip").statusCode(400);
        post("text/csv", packed.toByteArray(), "br").statusCode(415);

        assertThat(warehouse.stock(sku).getInt("onHand")).isEqualTo(7);
    }

    @Test
    void what_cannot_be_there_any_longer_is_counted_as_nothing_and_listed() {
        warehouse.receive(sku, "berlin", 10);
        Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(Map.of("scrapId", sku, "sku", sku, "locationId", "berlin", "quantity", 9, "reason", "DAMAGED"))
                .post("/stock/scraps")
                .then()
                .statusCode(200);

        send("text/csv", "sku,location,onHand,asOf\n%s,berlin,4,1\n".formatted(sku))
                .body("applied", equalTo(1))
                .body("cutAtZero", equalTo(1))
                .body("discrepancies[0].row", equalTo(2));

        assertThat(warehouse.stock(sku).getInt("onHand")).isZero();
    }

    private static ValidatableResponse post(String type, byte[] file, String encoding) {
        return Tokens.as("operator")
                .header("Content-Type", type)
                .header("Content-Encoding", encoding)
                .body(file)
                .post("/stock/import")
                .then();
    }

    private static ValidatableResponse send(String type, String file) {
        return Tokens.as("operator")
                .header("Content-Type", type)
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post("/stock/import")
                .then();
    }
}
