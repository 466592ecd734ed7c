package io.hubline.catalog.offer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class OfferResourceTest {

    private final DataSource database;
    private @Nullable KafkaProbe kafka;

    OfferResourceTest(DataSource database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        kafka = KafkaProbe.open();
    }

    @AfterEach
    void close() {
        probe().close();
    }

    @Test
    void a_new_offer_is_announced_once_and_the_same_again_is_not() {
        put("once", "SHIRT", "v1", null, "S1").statusCode(201).body("offer", equalTo("once:SHIRT"));
        put("once", "SHIRT", "v1", null, "S1").statusCode(200);
        put("once", "LAST", "v9", null, "S1").statusCode(201);

        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(listings("once:LAST")).hasSize(1));
        assertThat(listings("once:SHIRT")).singleElement().satisfies(listing -> {
            assertThat(listing.sku()).isEqualTo("S1");
            assertThat(listing.status()).isEqualTo(ListingState.Status.ACTIVE);
        });
        assertThat(audits("once:SHIRT")).containsExactly("offer.created tester");
    }

    @Test
    void pointing_an_offer_to_another_sku_is_announced_with_a_higher_sequence() {
        put("point", "SHIRT", "v1", null, "S1").statusCode(201);
        put("point", "SHIRT", "v1", null, "S2").statusCode(200).body("sku", equalTo("S2"));

        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(listings("point:SHIRT")).hasSize(2));
        List<ListingState> listings = listings("point:SHIRT");
        assertThat(listings.getLast().sku()).isEqualTo("S2");
        assertThat(listings.getLast().sequence())
                .isGreaterThan(listings.getFirst().sequence());
        assertThat(audits("point:SHIRT")).containsExactly("offer.created tester", "offer.changed tester");
    }

    @Test
    void a_variant_at_one_place_has_one_offer() {
        put("own", "SHIRT", "v1", "gid://shopify/Location/1", "S1")
                .statusCode(201)
                .body("offer", equalTo("own:SHIRT@1"));
        put("own", "SHIRT", "v1", "gid://shopify/Location/2", "S1").statusCode(201);

        put("own", "OTHER", "v1", "gid://shopify/Location/1", "S1")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/offer-conflict"))
                .body("conflict", equalTo("VARIANT_TAKEN"))
                .body("otherOffer", equalTo("own:SHIRT@1"));
    }

    @Test
    void an_unsound_offer_names_every_field() {
        put("bad account", "SHIRT", " ", null, "has space")
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-offer"))
                .body("violations.field", contains("account", "variantId", "inventoryItemId", "sku"));
    }

    @Test
    void a_channel_sku_may_hold_a_slash() {
        put("slash", "SHIRT/RED XL", "v1", null, "S1").statusCode(201).body("channelSku", equalTo("SHIRT/RED XL"));
    }

    @Test
    void only_the_catalogue_role_may_write_and_a_viewer_may_look() {
        Tokens.as("viewer")
                .contentType(ContentType.JSON)
                .body(Map.of("sku", "S1", "channel", "shopify"))
                .put("/offers/roles/SHIRT")
                .then()
                .statusCode(403);
        Tokens.as().get("/offers").then().statusCode(403);
        Tokens.as("catalog").post("/offers/republish").then().statusCode(403);
        io.restassured.RestAssured.get("/offers").then().statusCode(401);
    }

    @Test
    void many_offers_at_once_take_what_is_sound_and_name_the_rest() {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(row("bulk", "A", "v1", "S1"));
        rows.add(row("bulk", "B", "v1", "S2"));
        rows.add(row("bulk", "C", "v3", "no good"));
        rows.add(row("bulk", "A", "v4", "S1"));
        rows.add(row("bulk", "B", "v1", "S2"));

        bulk(rows)
                .statusCode(200)
                .body("created", equalTo(2))
                .body("changed", equalTo(1))
                .body("unchanged", equalTo(0))
                .body("errors.row", contains(2, 1))
                .body("errors[1].detail", equalTo("the variant is already sold as bulk:A"));

        Tokens.as("viewer")
                .queryParam("account", "bulk")
                .get("/offers")
                .then()
                .statusCode(200)
                .body("items.channelSku", contains("A", "B"))
                .body("items.variantId", contains("v4", "v1"))
                .body("next", nullValue());
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(listings("bulk:B")).hasSize(1));
        assertThat(listings("bulk:A"))
                .singleElement()
                .extracting(ListingState::variantId)
                .isEqualTo("v4");
    }

    @Test
    void ten_thousand_rows_are_one_request_and_can_be_paged_through() {
        List<Map<String, Object>> rows = IntStream.range(0, 10_000)
                .mapToObj(i -> row("wide", "SKU-%05d".formatted(i), "v" + i, "S" + (i % 100)))
                .toList();

        bulk(rows).statusCode(200).body("created", equalTo(10_000)).body("errors", hasSize(0));
        bulk(rows).statusCode(200).body("unchanged", equalTo(10_000));

        String next = Tokens.as("viewer")
                .queryParam("account", "wide")
                .get("/offers")
                .then()
                .body("items", hasSize(100))
                .body("next", notNullValue())
                .extract()
                .path("next");
        Tokens.as("viewer")
                .queryParam("account", "wide")
                .queryParam("after", next)
                .get("/offers")
                .then()
                .body("items[0].offer", equalTo("wide:SKU-00100"));
        Tokens.as("viewer")
                .queryParam("account", "wide")
                .queryParam("sku", "S7")
                .get("/offers")
                .then()
                .body("items", hasSize(100))
                .body("items.sku", hasItem("S7"));
        List<Map<String, Object>> tooMany = new ArrayList<>(rows);
        tooMany.add(row("wide", "ONE-MORE", "v-one-more", "S1"));
        bulk(tooMany).statusCode(413).body("type", equalTo("/problems/bulk-too-large"));
    }

    @Test
    void everything_can_be_announced_again_as_it_stands() {
        put("again", "SHIRT", "v1", null, "S1").statusCode(201);
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(listings("again:SHIRT")).hasSize(1));

        Tokens.as("admin").post("/offers/republish").then().statusCode(200).body("announced", notNullValue());

        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(listings("again:SHIRT")).hasSize(2));
        List<ListingState> listings = listings("again:SHIRT");
        assertThat(listings.getLast()).isEqualTo(listings.getFirst());
    }

    private static ValidatableResponse put(
            String account, String channelSku, String variant, @Nullable String place, String sku) {
        Map<String, Object> body = row(account, channelSku, variant, sku);
        if (place != null) {
            body.put("channelLocation", place);
        }
        return Tokens.as("catalog")
                .contentType(ContentType.JSON)
                .body(body)
                .put("/offers/{account}/{channelSku}", account, channelSku)
                .then();
    }

    private static ValidatableResponse bulk(List<Map<String, Object>> rows) {
        return Tokens.as("catalog")
                .contentType(ContentType.JSON)
                .body(rows)
                .post("/offers/bulk")
                .then();
    }

    private static Map<String, Object> row(String account, String channelSku, String variant, String sku) {
        return new HashMap<>(Map.of(
                "account", account,
                "channel", "shopify",
                "channelSku", channelSku,
                "variantId", variant,
                "inventoryItemId", "i-" + variant,
                "sku", sku));
    }

    private List<ListingState> listings(String offer) {
        return probe().events(Topic.LISTINGS, offer, ListingState.class);
    }

    private List<String> audits(String offer) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select action || ' ' || actor from audit_entry where subject_id = ? order by id")) {
            select.setString(1, offer);
            List<String> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private KafkaProbe probe() {
        return java.util.Objects.requireNonNull(kafka);
    }
}
