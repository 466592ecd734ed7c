package io.hubline.connector.listing;

import static io.hubline.connector.StubShopResource.ACCOUNT;
import static io.hubline.connector.StubShopResource.MUTE_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.StubShop;
import io.hubline.connector.StubShopResource;
import io.hubline.connector.account.ConnectorConfig;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.listing.domain.ListingTargets;
import io.hubline.connector.sql.Sql;
import io.hubline.contracts.Money;
import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.catalog.ListingState.Content;
import io.hubline.contracts.catalog.ListingState.Option;
import io.hubline.contracts.catalog.ListingState.Status;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.connector.ChannelSyncState.ListingAtChannel;
import io.hubline.contracts.connector.ChannelSyncState.Standing;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.hubline.testkit.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
@QuarkusTestResource(StubShopResource.class)
class ListingFlowTest {

    private static final Duration SOON = Duration.ofSeconds(25);
    private static final String LOCATION = "gid://shopify/Location/41";

    private final StubShop shop = StubShop.running();
    private final KafkaProbe kafka = KafkaProbe.open();
    private final ListingTargets targets;
    private final Transactions transactions;
    private final Sql sql;
    private final ConnectorConfig config;

    ListingFlowTest(ListingTargets targets, Transactions transactions, Sql sql, ConnectorConfig config) {
        this.targets = targets;
        this.transactions = transactions;
        this.sql = sql;
        this.config = config;
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void a_new_product_is_made_stocked_and_announced_with_its_ids() {
        kafka.send(Topic.LISTINGS, listing("p1", "M", 1, Status.ACTIVE, "Shirt", null));
        kafka.send(Topic.LISTINGS, listing("p1", "L", 1, Status.ACTIVE, "Shirt", null));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(standing("p1", "M").standing()).isEqualTo(Standing.LIVE);
            assertThat(standing("p1", "L").standing()).isEqualTo(Standing.LIVE);
        });
        ObjectNode product = Objects.requireNonNull(shop.product("hubline-p1"));
        assertThat(product.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(product.path("descriptionHtml").asText())
                .isEqualTo("<p>Soft &amp; warm</p><ul><li>Cotton</li></ul>");
        assertThat(product.at("/variants/nodes")).hasSize(2);
        ListingAtChannel made = standing("p1", "M");
        assertThat(made.productId()).isEqualTo(product.path("id").asText());
        assertThat(made.variantId()).startsWith("gid://shopify/ProductVariant/made-");
        assertThat(shop.shown(Objects.requireNonNull(made.inventoryItemId()))).isZero();

        // The catalogue keeps the ids and announces the listing again: nothing is left to write.
        int writes = writes("p1");
        kafka.send(Topic.LISTINGS, listing("p1", "M", 2, Status.ACTIVE, "Shirt", made));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(standing("p1", "M").listingSequence()).isEqualTo(2));
        assertThat(writes("p1")).isEqualTo(writes);
    }

    @Test
    void a_newer_content_replaces_an_older_and_keeps_the_variant() {
        kafka.send(Topic.LISTINGS, listing("p2", "M", 1, Status.ACTIVE, "Cap", null));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(standing("p2", "M").standing()).isEqualTo(Standing.LIVE));
        @Nullable String variant = standing("p2", "M").variantId();

        kafka.send(Topic.LISTINGS, listing("p2", "M", 3, Status.ACTIVE, "Better cap", null));
        kafka.send(Topic.LISTINGS, listing("p2", "M", 2, Status.ACTIVE, "Older cap", null));

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(standing("p2", "M").listingSequence()).isEqualTo(3));
        assertThat(Objects.requireNonNull(shop.product("hubline-p2"))
                        .path("title")
                        .asText())
                .isEqualTo("Better cap");
        assertThat(standing("p2", "M").variantId()).isEqualTo(variant);
    }

    @Test
    void what_the_shop_rejects_stays_visible_and_is_tried_again_when_it_changed_or_is_asked_for() {
        kafka.send(Topic.LISTINGS, listing("p3", "M", 1, Status.ACTIVE, "A forbidden word", null));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(listed("p3-M"))
                        .containsEntry("state", "rejected")
                        .containsEntry("desiredSequence", 1));
        assertThat(listed("p3-M").get("issues")).asString().contains("INVALID_PRODUCT", "input.title");
        assertThat(reasons()).anySatisfy(reason -> assertThat(reason).contains("rejected by the channel"));
        int writes = writes("p3");
        Tokens.as("operator").post("/listings/{offer}/retry", "p3-M").then().statusCode(202);
        await().atMost(SOON).untilAsserted(() -> assertThat(writes("p3")).isEqualTo(writes + 1));

        kafka.send(Topic.LISTINGS, listing("p3", "M", 2, Status.ACTIVE, "A good word", null));

        await().atMost(SOON).untilAsserted(() -> assertThat(listed("p3-M")).containsEntry("state", "live"));
        assertThat(writes("p3")).isEqualTo(writes + 2);
        Tokens.as("operator").post("/listings/{offer}/retry", "nobody").then().statusCode(404);
        Tokens.as("viewer").post("/listings/{offer}/retry", "p3-M").then().statusCode(403);
        Tokens.as("viewer").queryParam("state", "odd").get("/listings").then().statusCode(400);
    }

    @Test
    void a_product_whose_answer_was_lost_is_made_once() {
        shop.fail("ProductSet", StubShop.Fault.CUT_AFTER);

        kafka.send(Topic.LISTINGS, listing("p4", "M", 1, Status.ACTIVE, "Scarf", null));

        await().atMost(SOON).untilAsserted(() -> assertThat(listed("p4-M")).containsEntry("state", "live"));
        assertThat(Objects.requireNonNull(shop.product("hubline-p4")).at("/variants/nodes"))
                .hasSize(1);
    }

    @Test
    void a_page_that_was_under_way_at_a_kill_is_found_again() {
        kafka.send(Topic.LISTINGS, listing("p5", "M", 1, Status.ACTIVE, "Glove", null));
        await().atMost(SOON).untilAsserted(() -> assertThat(listed("p5-M")).containsEntry("state", "live"));
        // As a kill leaves it: claimed for long, and owed.
        transactions.run(() -> {
            sql.run(
                    "update listing_page set claimed_by = ?, claimed_until = ? where product_id = 'p5'",
                    config.replica(),
                    Instant.now().plus(Duration.ofHours(1)));
            sql.run("update listing_target set written_hash = null where offer = 'p5-M'");
        });
        assertThat(listed("p5-M")).containsEntry("state", "in-flight");

        transactions.run(() -> targets.releaseClaimsOf(config.replica(), Instant.now()));

        await().atMost(SOON).untilAsserted(() -> assertThat(listed("p5-M")).containsEntry("state", "live"));
        assertThat(writes("p5")).isEqualTo(2);
    }

    @Test
    void what_is_taken_and_not_yet_shown_is_looked_at_until_it_is() {
        kafka.send(Topic.LISTINGS, listing("p6", "M", 1, Status.ACTIVE, "Belt", null));
        await().atMost(SOON).untilAsserted(() -> assertThat(listed("p6-M")).containsEntry("state", "live"));
        ObjectNode product = Objects.requireNonNull(shop.product("hubline-p6"));
        product.put("status", "DRAFT");
        sql.run("update listing_target set standing = 'accepted' where offer = 'p6-M'");
        await().atMost(SOON).untilAsserted(() -> assertThat(listed("p6-M")).containsEntry("state", "accepted"));
        assertThat(reasons()).anySatisfy(reason -> assertThat(reason).contains("not live yet"));

        product.put("status", "ACTIVE");

        await().atMost(SOON).untilAsserted(() -> assertThat(listed("p6-M")).containsEntry("state", "live"));
        assertThat(writes("p6")).isEqualTo(1);
    }

    @Test
    void a_single_variant_cannot_be_hidden_and_a_whole_product_can() {
        kafka.send(Topic.LISTINGS, listing("p7", "M", 1, Status.ACTIVE, "Sock", null));
        kafka.send(Topic.LISTINGS, listing("p7", "L", 1, Status.INACTIVE, "Sock", null));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(listed("p7-M")).containsEntry("state", "live");
            assertThat(listed("p7-L")).containsEntry("state", "rejected");
        });
        assertThat(listed("p7-L").get("issues")).asString().contains("VARIANT_STATUS");

        kafka.send(Topic.LISTINGS, listing("p7", "M", 2, Status.INACTIVE, "Sock", null));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Objects.requireNonNull(shop.product("hubline-p7"))
                                .path("status")
                                .asText())
                        .isEqualTo("DRAFT"));
    }

    @Test
    void an_account_that_takes_no_listings_says_so() {
        ListingState listing = listing("p8", "M", 1, Status.ACTIVE, "Hat", null);
        kafka.send(
                Topic.LISTINGS,
                new ListingState(
                        listing.offer(),
                        1,
                        MUTE_ACCOUNT,
                        "mute",
                        listing.channelSku(),
                        null,
                        null,
                        null,
                        listing.sku(),
                        Status.ACTIVE,
                        listing.content()));

        await().atMost(SOON).untilAsserted(() -> assertThat(listed("p8-M")).containsEntry("state", "rejected"));
        assertThat(listed("p8-M").get("issues")).asString().contains("by hand");
    }

    private static ListingState listing(
            String product, String size, long sequence, Status status, String title, @Nullable ListingAtChannel ids) {
        return new ListingState(
                product + "-" + size,
                sequence,
                ACCOUNT,
                "shopify",
                product + "-" + size,
                ids == null ? null : ids.variantId(),
                ids == null ? null : ids.inventoryItemId(),
                LOCATION,
                "SKU-" + product,
                status,
                new Content(
                        product,
                        title,
                        "Soft & warm",
                        "Hub",
                        "SHIRT",
                        "4006381333931",
                        new Money(1999, "USD"),
                        List.of("Cotton"),
                        List.of("https://images.example/a.jpg"),
                        List.of(new Option("Size", size)),
                        Map.of("material", "cotton", "care", "cold")));
    }

    private ListingAtChannel standing(String product, String size) {
        List<ChannelSyncState> states = kafka.events(Topic.CHANNEL_SYNC, product + "-" + size, ChannelSyncState.class);
        assertThat(states).isNotEmpty();
        @Nullable ListingAtChannel listing = states.getLast().listing();
        assertThat(listing).isNotNull();
        return Objects.requireNonNull(listing);
    }

    private int writes(String product) {
        return (int) shop.calls("ProductSet").stream()
                .map(StubShop.Call::variables)
                .filter(call -> skus(call).startsWith(product + "-"))
                .count();
    }

    private static String skus(JsonNode call) {
        return call.at("/input/variants/0/sku").asText();
    }

    private static Map<String, Object> listed(String offer) {
        List<Map<String, Object>> found = Tokens.as("viewer")
                .get("/listings")
                .then()
                .statusCode(200)
                .extract()
                .path("items.findAll { it.offer == '%s' }".formatted(offer));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<String> reasons() {
        return Tokens.as("viewer")
                .get("/sync")
                .then()
                .statusCode(200)
                .extract()
                .path("accounts.find { it.account == '%s' }.reasons".formatted(ACCOUNT));
    }
}
