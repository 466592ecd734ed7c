package io.hubline.catalog.sheet;

import static io.hubline.catalog.Catalogue.offers;
import static io.hubline.catalog.Catalogue.product;
import static io.hubline.catalog.Catalogue.sheet;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.hubline.catalog.sheet.SheetOutcome.Finished;
import io.hubline.contracts.Money;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class SheetResourceTest {

    private final SheetService sheets;
    private final DataSource database;

    SheetResourceTest(SheetService sheets, DataSource database) {
        this.sheets = sheets;
        this.database = database;
    }

    @Test
    void the_example_is_taken_once_and_changes_nothing_again() {
        String example = example();

        sheet(example, false)
                .statusCode(200)
                .body("rows", equalTo(3))
                .body("products.created", equalTo(2))
                .body("offers.created", equalTo(5))
                .body("failedRows", equalTo(0))
                .body("errors", hasSize(0))
                .body("blocked", hasSize(0));
        long rows = auditRows();
        sheet(example, false)
                .statusCode(200)
                .body("products.unchanged", equalTo(2))
                .body("offers.unchanged", equalTo(5))
                .body("products.changed", equalTo(0));

        assertThat(auditRows()).isEqualTo(rows);
        product("shirt")
                .body("version", equalTo(1))
                .body("title", equalTo("Plain shirt"))
                .body("description", equalTo("<p>A shirt,\nand nothing else.</p>"))
                .body("bullets", contains("Cotton", "Machine wash"))
                .body("variants.sku", contains("SHIRT-M", "SHIRT-L"))
                .body("variants[0].price.minor", equalTo(2099))
                .body("variants[1].options[0].value", equalTo("L"));
        product("mug").body("title", equalTo("Mug \"Morning\""));
        try (KafkaProbe kafka = KafkaProbe.open()) {
            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(
                                    kafka.events(Topic.LISTINGS, "amazon-us:PLAIN-SHIRT-M", ListingState.class))
                            .singleElement()
                            .satisfies(listing -> assertThat(Objects.requireNonNull(listing.content())
                                            .price())
                                    .isEqualTo(new Money(2299, "USD"))));
        }
    }

    @Test
    void a_wrong_row_is_named_and_the_rest_is_taken() {
        String csv = """
                product,sku,title,productType,option:Size,gtin,price,currency,offer:amazon:rows-amz
                rows-a,RA-S,Shirt,SHIRT,S,,10.00,EUR,
                rows-a,RA-M,,,M,4006381333932,10.00,EUR,
                rows-a,RA-L,,,L,,10.001,EUR,
                rows-a,RA-X,,,S,,10.00,EUR,
                rows-a,RA-Y,Another shirt,,XL,,10.00,EUR,
                rows-b,RB,,MUG,,,,,
                rows-c,RC,Mug?,MUG,,,1.00,EUR,RC
                rows-a,RA-Z,,,XXL,,10.00,EUR,
                rows-d,RA-S,Thief,SHIRT,,,,,
                rows-e,RE,too,short
                ,RF,No product,SHIRT,,,,,
                rows-g,RG,Coat,COAT,,,5,XXX1,
                """;

        sheet(csv, false)
                .statusCode(200)
                .body("rows", equalTo(12))
                .body("products.created", equalTo(2))
                .body("failedRows", equalTo(10))
                .body("blocked.offer", contains("rows-amz:RC"))
                .body("blocked[0].reason", containsString("has a ?"))
                .body("errors.find { it.row == 3 }.column", equalTo("gtin"))
                .body("errors.find { it.row == 4 }.reason", containsString("more digits"))
                .body("errors.find { it.row == 5 }.column", equalTo("option:Size"))
                .body("errors.find { it.row == 6 }.reason", containsString("differs from row 2"))
                .body("errors.find { it.row == 7 }.column", equalTo("title"))
                .body("errors.find { it.row == 9 }.reason", containsString("stand together"))
                .body("errors.find { it.row == 10 }.reason", containsString("row 2"))
                .body("errors.find { it.row == 11 }.reason", containsString("4 cells"))
                .body("errors.find { it.row == 12 }.column", equalTo("product"))
                .body("errors.find { it.row == 13 }.column", equalTo("currency"));
        product("rows-a").body("variants.sku", contains("RA-S"));
        product("rows-b").statusCode(404);
    }

    @Test
    void empty_cells_and_rows_left_out_leave_what_is_there() {
        sheet("""
                product,sku,title,brand,productType,attribute:material,option:Size,price,currency
                keep,K-S,Shirt,Plain,SHIRT,cotton,S,10,EUR
                keep,K-M,,,,,M,10,EUR
                """, false).body("products.created", equalTo(1));

        sheet("""
                product,sku,price,currency,title
                keep,K-M,12,EUR,
                """, false).body("products.changed", equalTo(1)).body("failedRows", equalTo(0));

        product("keep")
                .body("title", equalTo("Shirt"))
                .body("brand", equalTo("Plain"))
                .body("attributes.material", equalTo("cotton"))
                .body("variants.sku", contains("K-S", "K-M"))
                .body("variants.price.minor", contains(1000, 1200));
    }

    @Test
    void a_sku_of_another_product_is_refused_and_its_siblings_are_taken() {
        sheet("product,sku,title,productType\nowner,OWNED,Owner,SHIRT\n", false).body("products.created", equalTo(1));

        sheet("""
                product,sku,title,productType,option:Size
                thief,OWNED,Thief,SHIRT,S
                thief,FREE,,,M
                """, false)
                .statusCode(200)
                .body("products.created", equalTo(1))
                .body("errors.row", contains(2))
                .body("errors[0].column", equalTo("sku"))
                .body("errors[0].reason", containsString("product owner"));

        product("thief").body("title", equalTo("Thief")).body("variants.sku", contains("FREE"));
    }

    @Test
    void a_dry_run_says_the_same_and_keeps_nothing() {
        String csv = """
                product,sku,title,productType,offer:amazon:dry
                dry,DRY,Dry,SHIRT,DRY
                """;

        sheet(csv, true)
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("products.created", equalTo(1))
                .body("offers.created", equalTo(1));

        product("dry").statusCode(404);
        offers("dry").body("items", hasSize(0));
    }

    @Test
    void a_misspelt_dry_run_is_no_real_one() {
        Tokens.as("catalog")
                .contentType("text/csv; charset=UTF-8")
                .queryParam("dryRun", "yes")
                .body("product,sku,title,productType\nspelt,SPELT,Spelt,SHIRT\n")
                .post("/products/import")
                .then()
                .statusCode(400)
                .body("errors.field", contains("dryRun"));

        product("spelt").statusCode(404);
    }

    @Test
    void a_quote_that_does_not_end_takes_nothing_in_silence() {
        sheet("product,sku,title,productType\nquote,Q-1,\"Never,SHIRT\nother,Q-2,Other,SHIRT\n", false)
                .statusCode(200)
                .body("failedRows", equalTo(1))
                .body("errors[0].row", equalTo(2))
                .body("errors[0].reason", containsString("cells"));
        sheet("product,sku,title,productType\nquote,Q-1,\"Now\" and then,SHIRT\n", false)
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-sheet"))
                .body("reason", containsString("quote"))
                .body("report.rows", equalTo(0));
    }

    @Test
    void spreadsheets_write_marks_and_line_ends_of_their_own() {
        sheet(
                        "\uFEFF\"product\",sku,title,productType\r\nexcel,EXCEL,\"Grün, \"\"groß\"\"\",SHIRT\r\n,,,\r\n\r\n",
                        false)
                .statusCode(200)
                .body("rows", equalTo(1))
                .body("products.created", equalTo(1));

        product("excel").body("title", equalTo("Grün, \"groß\""));
    }

    @Test
    void what_is_not_utf_8_is_refused() {
        Tokens.as("catalog")
                .contentType("text/csv; charset=UTF-8")
                .body("product,sku,title,productType\nlatin,LATIN,Grün,SHIRT\n".getBytes(ISO_8859_1))
                .post("/products/import")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-sheet"));
        Tokens.as("catalog")
                .contentType("text/csv; charset=ISO-8859-1")
                .body("product,sku\n".getBytes(ISO_8859_1))
                .post("/products/import")
                .then()
                .statusCode(415);

        product("latin").statusCode(404);
    }

    @Test
    void a_column_that_is_not_known_stops_the_sheet() {
        sheet("product,sku,titel,price,location:shop-a,offer:shop-a,sku\n", false)
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-sheet"))
                .body("errors.column", contains("titel", "offer:shop-a", "sku", "currency", "location:shop-a"));
        sheet("product;sku;title\n", false)
                .statusCode(400)
                .body("errors.find { it.column == 'sku' }.reason", containsString("semicolons"));
        sheet("", false).statusCode(400).body("type", equalTo("/problems/invalid-sheet"));
    }

    @Test
    void twenty_thousand_rows_are_one_request() {
        StringBuilder csv = new StringBuilder("product,sku,title,productType,option:Size,price,currency\n");
        for (int row = 0; row < 20_000; row++) {
            csv.append("wide-%05d,WIDE-%05d,Product %d,SHIRT,%d,10.00,EUR\n".formatted(row / 8, row, row / 8, row % 8));
        }

        sheet(csv.toString(), false)
                .statusCode(200)
                .body("rows", equalTo(20_000))
                .body("products.created", equalTo(2_500))
                .body("failedRows", equalTo(0));
        sheet(csv.toString(), false).statusCode(200).body("products.unchanged", equalTo(2_500));
    }

    /// Goal: a sheet costs no memory. Method: stream more text than the heap of this test has room for.
    @Test
    void a_sheet_larger_than_the_memory_streams_through() throws IOException {
        int rows = 20_000;

        try (Reader endless = new Rows(rows, 60_000)) {
            SheetOutcome outcome = sheets.take(endless, false);

            assertThat(outcome).isInstanceOfSatisfying(Finished.class, finished -> {
                assertThat(finished.report().failedRows()).isEqualTo(rows);
                assertThat(finished.report().errors()).hasSize(1_000);
                assertThat(finished.report().errorsLeftOut()).isEqualTo(rows - 1_000);
            });
        }
    }

    private static String example() {
        try (InputStream file =
                Objects.requireNonNull(SheetResourceTest.class.getResourceAsStream("/sheets/example.csv"))) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private long auditRows() {
        try (Connection connection = database.getConnection();
                PreparedStatement count = connection.prepareStatement("select count(*) from audit_entry");
                ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A sheet that is made while it is read: every row is wrong, since it has no SKU.
    private static final class Rows extends Reader {

        private final int rows;
        private final String line;
        private String now = "product,sku,title\n";
        private int row;
        private int at;

        Rows(int rows, int width) {
            this.rows = rows;
            this.line = "p,," + "x".repeat(width) + "\n";
        }

        @Override
        public int read(char[] target, int offset, int length) {
            if (at == now.length()) {
                if (row == rows) {
                    return -1;
                }
                row++;
                now = line;
                at = 0;
            }
            int count = Math.min(length, now.length() - at);
            now.getChars(at, at + count, target, offset);
            at += count;
            return count;
        }

        @Override
        public void close() {
            now = "";
        }
    }
}
