package io.hubline.catalog.product;

import static io.hubline.catalog.Catalogue.list;
import static io.hubline.catalog.Catalogue.offers;
import static io.hubline.catalog.Catalogue.product;
import static io.hubline.catalog.Catalogue.put;
import static io.hubline.catalog.Catalogue.shirt;
import static io.hubline.catalog.Catalogue.variant;
import static io.hubline.catalog.Catalogue.with;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.hubline.catalog.Catalogue;
import io.hubline.contracts.Money;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.catalog.ListingState.Content;
import io.hubline.contracts.catalog.ListingState.Option;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ProductResourceTest {

    private final DataSource database;
    private @Nullable KafkaProbe kafka;

    ProductResourceTest(DataSource database) {
        this.database = database;
    }

    @BeforeEach
    void open() {
        kafka = KafkaProbe.open();
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(kafka).close();
    }

    @Test
    void a_managed_offer_says_what_its_product_says() {
        put("golden", shirt("golden"), null).statusCode(201).header("ETag", "\"1\"");
        list("golden", "shopify", "SHIRT-M", "golden-M")
                .statusCode(201)
                .body("managed", equalTo(true))
                .body("blocked", nullValue());

        ListingState said = awaitLast("golden:SHIRT-M@1", 1);

        assertThat(said.variantId()).isNull();
        assertThat(said.content())
                .isEqualTo(new Content(
                        "golden",
                        "Shirt",
                        "<p>A shirt.</p>",
                        "Plain",
                        "SHIRT",
                        "4006381333931",
                        new Money(2099, "USD"),
                        List.of("Cotton"),
                        List.of("https://img.example/shirt.jpg"),
                        List.of(new Option("Size", "M")),
                        Map.of("material", "cotton", "care", "wash M")));
    }

    @Test
    void an_offer_has_a_title_and_a_price_of_its_own_where_it_wants() {
        put("own", shirt("own"), null).statusCode(201);
        list(
                        "own",
                        "amazon",
                        "SHIRT-M",
                        "own-M",
                        Map.of("title", "Plain Shirt M", "price", Map.of("minor", 2499, "currency", "USD")))
                .statusCode(201);

        Content content = Objects.requireNonNull(awaitLast("own:SHIRT-M", 1).content());

        assertThat(content.title()).isEqualTo("Plain Shirt M");
        assertThat(content.price()).isEqualTo(new Money(2499, "USD"));
    }

    @Test
    void only_offers_that_are_said_differently_are_announced_again() {
        put("one", shirt("one"), null).statusCode(201);
        list("one", "shopify", "M", "one-M").statusCode(201);
        list("one", "shopify", "L", "one-L").statusCode(201);
        Map<String, Object> dearer =
                with(shirt("one"), "variants", List.of(variant("one-M", "M", 2599), variant("one-L", "L", 2199)));
        put("one", dearer, "\"1\"").statusCode(200).header("ETag", "\"2\"");
        put("one", dearer, null).statusCode(200).body("version", equalTo(2));
        put("one", dearer, "\"2\"").statusCode(200).body("version", equalTo(2));
        list("one", "shopify", "last", "one-L", Map.of("channelLocation", "gid://shopify/Location/2"))
                .statusCode(201);

        awaitLast("one:last@2", 1);
        List<ListingState> medium = listings("one:M@1");

        assertThat(listings("one:L@1")).hasSize(1);
        assertThat(medium).hasSize(2);
        assertThat(medium.getLast().sequence()).isGreaterThan(medium.getFirst().sequence());
        assertThat(Objects.requireNonNull(medium.getLast().content()).price()).isEqualTo(new Money(2599, "USD"));
        assertThat(audits("one")).containsExactly("product.created tester", "product.changed tester");
    }

    @Test
    void what_its_channel_is_certain_to_refuse_blocks_an_offer_until_it_is_mended() {
        put("block", with(shirt("block"), "title", "Now: $10!"), null).statusCode(201);
        list("block", "amazon", "SHIRT-M", "block-M")
                .statusCode(201)
                .body("blocked.field", contains("title"))
                .body("blocked[0].reason", containsString("has a $"));
        assertThat(awaitLast("block:SHIRT-M", 1).content()).isNull();
        Tokens.as("viewer")
                .queryParam("account", "block")
                .queryParam("blocked", true)
                .get("/offers")
                .then()
                .body("items.offer", contains("block:SHIRT-M"));
        product("block").body("offers.blocked.field", hasItem(List.of("title")));

        put("block", shirt("block"), "\"1\"").statusCode(200).body("offers[0].blocked", hasSize(0));

        assertThat(Objects.requireNonNull(awaitLast("block:SHIRT-M", 2).content())
                        .title())
                .isEqualTo("Shirt");
        offers("block").body("items[0].blocked", nullValue());
    }

    @Test
    void an_offer_of_a_sku_without_product_waits_for_one() {
        list("wait", "shopify", "SHIRT-M", "wait-M").statusCode(201).body("blocked.field", contains("sku"));
        assertThat(awaitLast("wait:SHIRT-M@1", 1).status()).isEqualTo(ListingState.Status.ACTIVE);

        put("wait", shirt("wait"), null).statusCode(201);

        assertThat(awaitLast("wait:SHIRT-M@1", 2).content()).isNotNull();
    }

    @Test
    void an_inactive_product_takes_its_managed_offers_off_sale() {
        put("off", shirt("off"), null).statusCode(201);
        list("off", "shopify", "SHIRT-M", "off-M").statusCode(201);

        put("off", with(shirt("off"), "status", "INACTIVE"), "*").statusCode(200);

        assertThat(awaitLast("off:SHIRT-M@1", 2).status()).isEqualTo(ListingState.Status.INACTIVE);
    }

    @Test
    void a_variant_that_is_left_out_is_gone_and_its_offer_says_so() {
        put("gone", shirt("gone"), null).statusCode(201);
        list("gone", "shopify", "SHIRT-L", "gone-L").statusCode(201);

        put("gone", with(shirt("gone"), "variants", List.of(variant("gone-M", "M", 2099))), "\"1\"")
                .statusCode(200)
                .body("variants.sku", contains("gone-M"));

        assertThat(awaitLast("gone:SHIRT-L@1", 2).content()).isNull();
        offers("gone").body("items[0].blocked.field", contains("sku"));
    }

    @Test
    void of_two_who_saw_the_same_version_the_second_is_refused() {
        put("race", shirt("race"), null).statusCode(201);

        List<Integer> answers = together(
                () -> put("race", with(shirt("race"), "title", "One"), "\"1\"")
                        .extract()
                        .statusCode(),
                () -> put("race", with(shirt("race"), "title", "Two"), "\"1\"")
                        .extract()
                        .statusCode());

        assertThat(answers).containsExactlyInAnyOrder(200, 412);
        product("race").body("version", equalTo(2));
        put("race", with(shirt("race"), "title", "Three"), "\"1\"")
                .statusCode(412)
                .body("type", equalTo("/problems/version-differs"))
                .body("version", equalTo(2));
        put("race", with(shirt("race"), "title", "Three"), null)
                .statusCode(428)
                .body("type", equalTo("/problems/version-needed"));
        put("race-none", shirt("race-none"), "*").statusCode(412);
        put("race", shirt("race"), "W/x").statusCode(400).body("errors.field", contains("If-Match"));
    }

    @Test
    void an_offer_made_while_its_product_changes_says_the_newest() {
        for (int round = 0; round < 5; round++) {
            String id = "meet" + round;
            put(id, shirt(id), null).statusCode(201);

            List<Integer> answers = together(
                    () -> put(id, with(shirt(id), "title", "Newest"), "\"1\"")
                            .extract()
                            .statusCode(),
                    () -> list("meet", "shopify", id, id + "-M").extract().statusCode());

            assertThat(answers).containsExactlyInAnyOrder(200, 201);
            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(listings("meet:%s@1".formatted(id)))
                            .last()
                            .satisfies(last -> assertThat(Objects.requireNonNull(last.content())
                                            .title())
                                    .isEqualTo("Newest")));
        }
    }

    @Test
    void a_sku_belongs_to_one_product() {
        put("first", shirt("first"), null).statusCode(201);

        put("second", with(shirt("second"), "variants", List.of(variant("first-M", "M", 1))), null)
                .statusCode(409)
                .body("type", equalTo("/problems/sku-taken"))
                .body("field", equalTo("variants[0].sku"))
                .body("otherProduct", equalTo("first"));
    }

    @Test
    void an_unsound_product_names_every_field() {
        Map<String, Object> wrong = with(shirt("bad"), "title", " ");
        wrong.put("description", "<script>x</script>");
        wrong.put("images", List.of("http://img.example/a.jpg"));
        wrong.put(
                "variants",
                List.of(with(variant("bad-M", "M", 1), "gtin", "4006381333932"), variant("bad-M", "M", -1)));

        put("bad", wrong, null)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/invalid-product"))
                .body(
                        "errors.field",
                        contains(
                                "title",
                                "description",
                                "images[0]",
                                "variants[0].gtin",
                                "variants[1].price.minor",
                                "variants[1].sku",
                                "variants[1].options"))
                .body("errors[1].reason", containsString("<script>"));
        product("bad").statusCode(404).body("type", equalTo("/problems/unknown-product"));
        put("import", shirt("import"), null).statusCode(405);
    }

    @Test
    void an_offer_that_is_not_managed_has_no_words_of_its_own() {
        Tokens.as("catalog")
                .contentType(ContentType.JSON)
                .body(Map.of("sku", "S", "channel", "shopify", "title", "Mine"))
                .put("/offers/words/S")
                .then()
                .statusCode(400)
                .body("violations.field", contains("title"));
    }

    @Test
    void an_offer_at_a_place_where_the_channel_has_none_is_blocked() {
        put("place", shirt("place"), null).statusCode(201);

        list("place", "amazon", "A", "place-M", Map.of("channelLocation", Catalogue.PLACE))
                .body("blocked.field", contains("channelLocation"));
        Tokens.as("catalog")
                .contentType(ContentType.JSON)
                .body(Map.of("sku", "place-M", "channel", "shopify", "managed", true))
                .put("/offers/place/B")
                .then()
                .body("offer", equalTo("place:B"))
                .body("blocked.field", contains("channelLocation"));
    }

    @Test
    void a_product_with_more_offers_than_one_batch_is_announced_for_all_of_them() {
        int count = 1_100;
        put("many", shirt("many"), null).statusCode(201);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(Map.of(
                    "account",
                    "many",
                    "channel",
                    "amazon",
                    "channelSku",
                    "M-%04d".formatted(i),
                    "sku",
                    "many-M",
                    "managed",
                    true));
        }
        Tokens.as("catalog")
                .contentType(ContentType.JSON)
                .body(rows)
                .post("/offers/bulk")
                .then()
                .body("created", equalTo(count));

        put("many", with(shirt("many"), "title", "Many"), "\"1\"").statusCode(200);

        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(Objects.requireNonNull(kafka).records(Topic.LISTINGS).stream()
                                .filter(record -> record.key().startsWith("many:"))
                                .filter(record -> record.value().contains("\"Many\""))
                                .map(org.apache.kafka.clients.consumer.ConsumerRecord::key)
                                .distinct())
                        .hasSize(count));
    }

    @Test
    void the_store_itself_refuses_what_must_never_be() {
        put("store", shirt("store"), null).statusCode(201);

        assertThat(refused("update product_variant set gtin = '4006381333932' where sku = 'store-M'"))
                .contains("gtin_has_its_check_digit");
        assertThat(refused("update product_variant set options = (select options from product_variant"
                        + " where sku = 'store-L') where sku = 'store-M'"))
                .contains("variants_differ_in_options");
        assertThat(refused("update product_variant set price_minor = -1 where sku = 'store-M'"))
                .contains("price_is_whole_or_absent");
        assertThat(refused("update product set title = '' where product_id = 'store'"))
                .contains("product_texts_are_not_blank");
    }

    private String refused(String statement) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(statement)) {
            update.executeUpdate();
            return "";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void products_are_listed_in_pages() {
        put("page-1", shirt("page-1"), null).statusCode(201);

        Tokens.as("viewer")
                .get("/products")
                .then()
                .statusCode(200)
                .body("items.find { it.productId == 'page-1' }.variants", equalTo(2))
                .body("items.find { it.productId == 'page-1' }.changedAt", notNullValue());
        Tokens.as("viewer")
                .queryParam("after", "***")
                .get("/products")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-cursor"));
    }

    @Test
    void only_the_catalogue_role_may_write_and_a_viewer_may_look() {
        Tokens.as("viewer")
                .contentType(ContentType.JSON)
                .body(shirt("role"))
                .put("/products/role")
                .then()
                .statusCode(403);
        Tokens.as("viewer")
                .contentType("text/csv")
                .body("product,sku\n")
                .post("/products/import")
                .then()
                .statusCode(403);
        Tokens.as().get("/products").then().statusCode(403);
        io.restassured.RestAssured.get("/products").then().statusCode(401);
    }

    private ListingState awaitLast(String offer, int count) {
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(listings(offer)).hasSize(count));
        return listings(offer).getLast();
    }

    private List<ListingState> listings(String offer) {
        return Objects.requireNonNull(kafka).events(Topic.LISTINGS, offer, ListingState.class);
    }

    @SafeVarargs
    private static <T> List<T> together(Callable<T>... calls) {
        CyclicBarrier start = new CyclicBarrier(calls.length);
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.length)) {
            List<Future<T>> answers = new ArrayList<>();
            for (Callable<T> call : calls) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> answer : answers) {
                all.add(answer.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> audits(String subject) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        select action || ' ' || actor from audit_entry
                        where subject_type = 'product' and subject_id = ? order by id
                        """)) {
            select.setString(1, subject);
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
}
