package io.hubline.inventory.stock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.hubline.inventory.Warehouse;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static ValidatableResponse send(String type, String file) {
        return Tokens.as("operator")
                .header("Content-Type", type)
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post("/stock/import")
                .then();
    }
}
