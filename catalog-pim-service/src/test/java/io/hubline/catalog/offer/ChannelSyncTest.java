package io.hubline.catalog.offer;

import static io.hubline.catalog.Catalogue.list;
import static io.hubline.catalog.Catalogue.offers;
import static io.hubline.catalog.Catalogue.product;
import static io.hubline.catalog.Catalogue.put;
import static io.hubline.catalog.Catalogue.shirt;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.connector.ChannelSyncState.Issue;
import io.hubline.contracts.connector.ChannelSyncState.ListingAtChannel;
import io.hubline.contracts.connector.ChannelSyncState.Standing;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ChannelSyncTest {

    private static final Instant AT = Instant.parse("2026-11-23T10:15:30Z");

    private @Nullable KafkaProbe kafka;

    @BeforeEach
    void open() {
        kafka = KafkaProbe.open();
    }

    @AfterEach
    void close() {
        probe().close();
    }

    @Test
    void ids_that_the_channel_made_are_announced_with_the_offer() {
        long said = listed("learn");

        answer("learn", 10, said, Standing.LIVE, "v1", "i1", List.of());

        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(listings("learn")).hasSize(2));
        ListingState again = listings("learn").getLast();
        assertThat(again.variantId()).isEqualTo("v1");
        assertThat(again.inventoryItemId()).isEqualTo("i1");
        assertThat(again.sequence()).isGreaterThan(said);
        assertThat(again.content()).isEqualTo(listings("learn").getFirst().content());
        offers("learn").body("items[0].variantId", equalTo("v1")).body("items[0].listing.standing", equalTo("LIVE"));
        product("learn")
                .body("offers[0].channel.standing", equalTo("LIVE"))
                .body("offers[0].channel.productId", equalTo("p1"))
                // It answered for the announcement without the ids.
                .body("offers[0].channel.current", equalTo(false));
    }

    @Test
    void replayed_and_stale_answers_change_nothing() {
        long said = listed("stale");
        answer("stale", 20, said, Standing.LIVE, "v1", "i1", List.of());
        answer("stale", 20, said, Standing.LIVE, "v1", "i1", List.of());
        answer("stale", 19, said, Standing.REJECTED, "v0", "i0", List.of(new Issue("1", "old")));
        answer("stale", 21, said, Standing.LIVE, "v1", "i1", List.of());
        answer("stale", 22, said, Standing.ACCEPTED, null, null, List.of());

        await().atMost(20, SECONDS)
                .untilAsserted(() -> offers("stale").body("items[0].listing.standing", equalTo("ACCEPTED")));

        offers("stale").body("items[0].variantId", equalTo("v1"));
        list("stale", "shopify", "LAST", "stale-L").statusCode(201);
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(probe().events(Topic.LISTINGS, "stale:LAST@1", ListingState.class))
                        .hasSize(1));
        assertThat(listings("stale")).hasSize(2);
    }

    @Test
    void ids_that_a_person_set_go_first_and_the_same_put_again_does_not_lose_learnt_ones() {
        long said = listed("person");
        answer("person", 30, said, Standing.LIVE, "v1", "i1", List.of());
        await().atMost(20, SECONDS).untilAsserted(() -> offers("person").body("items[0].variantId", equalTo("v1")));

        list("person", "shopify", "SHIRT", "person-M").statusCode(200).body("variantId", equalTo("v1"));
        list("person", "shopify", "SHIRT", "person-M", Map.of("variantId", "mine"))
                .statusCode(200)
                .body("variantId", equalTo("mine"))
                .body("inventoryItemId", nullValue());
        answer("person", 31, said, Standing.REJECTED, "v2", "i2", List.of(new Issue("99022", "too long")));

        await().atMost(20, SECONDS)
                .untilAsserted(() -> offers("person").body("items[0].listing.issues[0].code", equalTo("99022")));
        offers("person").body("items[0].variantId", equalTo("mine"));
        assertThat(listings("person").getLast().variantId()).isEqualTo("mine");
    }

    @Test
    void an_id_that_another_offer_sells_is_not_learnt_but_shown() {
        long said = listed("taken");
        list("taken", "shopify", "OTHER", "taken-L", Map.of("variantId", "v7")).statusCode(201);

        answer("taken", 40, said, Standing.LIVE, "v7", "i7", List.of());

        await().atMost(20, SECONDS)
                .untilAsserted(() -> offers("taken")
                        .body(
                                "items.find { it.channelSku == 'SHIRT' }.listing.issues[0].code",
                                equalTo("hubline:variant-taken")));
        offers("taken").body("items.find { it.channelSku == 'SHIRT' }.variantId", nullValue());
    }

    /// @return the sequence of its announcement
    private long listed(String name) {
        put(name, shirt(name), null).statusCode(201);
        list(name, "shopify", "SHIRT", name + "-M").statusCode(201);
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(listings(name)).hasSize(1));
        return listings(name).getFirst().sequence();
    }

    private void answer(
            String account,
            long sequence,
            long listingSequence,
            Standing standing,
            @Nullable String variantId,
            @Nullable String inventoryItemId,
            List<Issue> issues) {
        probe().send(
                        Topic.CHANNEL_SYNC,
                        new ChannelSyncState(
                                account + ":SHIRT@1",
                                sequence,
                                account,
                                null,
                                null,
                                null,
                                null,
                                new ListingAtChannel(
                                        listingSequence, standing, "p1", variantId, inventoryItemId, issues, AT),
                                null,
                                null));
    }

    private List<ListingState> listings(String account) {
        return probe().events(Topic.LISTINGS, account + ":SHIRT@1", ListingState.class);
    }

    private KafkaProbe probe() {
        return Objects.requireNonNull(kafka);
    }
}
