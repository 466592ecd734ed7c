package io.hubline.inventory.availability.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.inventory.Warehouse;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class SettingsTest {

    private final DataSource database;
    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    SettingsTest(DataSource database) {
        this.database = database;
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void each_field_is_taken_from_the_most_particular_row_that_names_it() {
        String account = "shop-" + sku;
        warehouse.receive(sku, "berlin", 20);
        warehouse.receive(sku, "hamburg", 10);
        String offer = warehouse.offer(account, sku);

        warehouse.limit(account, "*", Map.of("locations", List.of("berlin"), "safetyStock", 5));
        warehouse.limit("*", sku, Map.of("safetyStock", 2));
        warehouse.limit(account, sku, Map.of("share", 50));

        await().untilAsserted(() -> assertThat(warehouse.shown(offer))
                .extracting(AvailabilityState::quantity)
                .containsExactly(30, 15, 18, 10));
        assertThat(warehouse.explain(account, sku, "").getMap("offers[0].rule.from"))
                .isEqualTo(
                        Map.of("share", account + "/" + sku, "safetyStock", "*/" + sku, "locations", account + "/*"));
    }

    @Test
    void a_row_that_says_nothing_any_longer_is_taken_away() {
        warehouse.receive(sku, "berlin", 20);
        String offer = warehouse.offer("shop-a", sku);
        warehouse.limit("shop-a", sku, Map.of("maximum", 3));

        warehouse.limit("shop-a", sku, Map.of());

        await().untilAsserted(() -> assertThat(warehouse.shown(offer))
                .extracting(AvailabilityState::quantity)
                .containsExactly(20, 3, 20));
        assertThat(Tokens.as("viewer").get("/availability/settings").jsonPath().getList("sku"))
                .doesNotContain(sku);
    }

    @Test
    void every_change_is_audited_with_what_was_set_before() throws SQLException {
        warehouse.limit("shop-a", sku, Map.of("maximum", 3));
        warehouse.limit("shop-a", sku, Map.of("discontinued", true));

        assertThat(audited())
                .containsExactly("null -> {\"maximum\": 3}", "{\"maximum\": 3} -> {\"discontinued\": true}");
    }

    @Test
    void what_concerns_many_skus_is_announced_in_steps() {
        String account = "shop-many-" + sku;
        List<String> skus = IntStream.range(0, 230).mapToObj(i -> sku + "-" + i).toList();
        skus.forEach(each -> warehouse.list(account + ":" + each, account, each, ListingState.Status.ACTIVE));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(warehouse.shown(account + ":" + skus.getLast()))
                        .hasSize(1));

        warehouse.limit(account, "*", Map.of("madeToOrder", 7));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(skus)
                        .allSatisfy(each -> assertThat(warehouse
                                        .availability(account + ":" + each)
                                        .getInt("announcedQuantity"))
                                .isEqualTo(7)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop-a | {"safetyStock": -1}                          | safetyStock
            shop-a | {"safetyPercent": 101}                       | safetyPercent
            shop-a | {"oversellProbability": 0}                   | oversellProbability
            shop-a | {"oversellProbability": 0.6}                 | oversellProbability
            shop-a | {"minimum": -1}                              | minimum
            shop-a | {"maximum": -1}                              | maximum
            shop-a | {"minimum": 5, "maximum": 4}                 | minimum
            shop-a | {"share": 101}                               | share
            shop-a | {"reserve": 2147483647}                      | reserve
            shop-a | {"locations": [""]}                          | locations[0].<list element>
            shop-a | {"madeToOrder": -1}                          | madeToOrder
            shop-a | {"lowStock": 5}                              | lowStock
            *      | {"lowStock": 5, "lowStockRecovery": 4}       | lowStockRecovery
            *      | {"lowStockRecovery": 4}                      | lowStockRecovery
            """)
    void a_wrong_field_is_named(String account, String body, String field) {
        put(account, body)
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-request"))
                .body("errors.field", contains(field));
    }

    @Test
    void what_is_no_settings_is_refused() {
        put("shop-a", "{\"maximum\": 99999999999}").statusCode(400).body("type", equalTo("/problems/malformed-json"));
        put("shop-a", "").statusCode(400);
        Tokens.as("viewer")
                .contentType(ContentType.JSON)
                .body("{}")
                .put("/availability/settings/shop-a/{sku}", sku)
                .then()
                .statusCode(403);
    }

    private ValidatableResponse put(String account, String body) {
        return Tokens.as("operator")
                .contentType(ContentType.JSON)
                .body(body)
                .put("/availability/settings/{account}/{sku}", account, sku)
                .then();
    }

    private List<String> audited() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        select coalesce(before::text, 'null') || ' -> ' || coalesce(after::text, 'null') as change
                        from audit_entry where action = 'availability-setting.changed' and subject_id = ? order by at
                        """)) {
            query.setString(1, "shop-a/" + sku);
            try (ResultSet rows = query.executeQuery()) {
                List<String> changes = new ArrayList<>();
                while (rows.next()) {
                    changes.add(rows.getString("change"));
                }
                return changes;
            }
        }
    }
}
