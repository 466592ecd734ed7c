package io.hubline.connector;

import static io.hubline.connector.StubShopResource.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.account.ConnectorConfig;
import io.hubline.connector.act.domain.ActTask.Ship;
import io.hubline.connector.act.domain.ActTask.ShippedUnits;
import io.hubline.connector.act.domain.Acts;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.inbound.domain.Arrival;
import io.hubline.connector.inbound.domain.InboundMessages;
import io.hubline.connector.inbound.domain.MessageStatus;
import io.hubline.connector.sql.Sql;
import io.hubline.connector.sync.domain.DesiredQuantity;
import io.hubline.connector.sync.domain.Placement;
import io.hubline.connector.sync.domain.StockWrite;
import io.hubline.connector.sync.domain.SyncTargets;
import io.hubline.contracts.Topic;
import io.hubline.contracts.connector.ChannelOrderEvent.ChannelOrderObserved;
import io.hubline.kit.Ids;
import io.hubline.testkit.InfrastructureResource;
import io.hubline.testkit.KafkaProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Goal: what was under way when the service was killed is neither lost nor done twice. Method: rows are
/// left exactly as a kill leaves them, claimed and in flight; then the steps of a start are taken.
@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
@QuarkusTestResource(StubShopResource.class)
class RestartTest {

    private static final Duration SOON = Duration.ofSeconds(25);
    private static final Duration LONG = Duration.ofHours(1);

    private final StubShop shop = StubShop.running();
    private final SyncTargets targets;
    private final InboundMessages messages;
    private final Acts acts;
    private final Transactions transactions;
    private final Sql sql;
    private final ConnectorConfig config;

    RestartTest(
            SyncTargets targets,
            InboundMessages messages,
            Acts acts,
            Transactions transactions,
            Sql sql,
            ConnectorConfig config) {
        this.targets = targets;
        this.messages = messages;
        this.acts = acts;
        this.transactions = transactions;
        this.sql = sql;
        this.config = config;
    }

    @Test
    void a_write_that_was_in_flight_is_made_under_its_key_before_anything_else() {
        String item = "gid://shopify/InventoryItem/r1";
        String offer = ACCOUNT + ":r1";
        UUID key = Ids.next();
        shop.shows(item, 7);
        Instant now = Instant.now();
        transactions.run(() -> {
            targets.apply(new Placement(offer, ACCOUNT, 1, true, "r1", "v", item, StubShop.LOCATION), now);
            targets.apply(new DesiredQuantity(offer, ACCOUNT, 1, 3, 0, false, 1, null, now), now);
            // Known to stand there, so that it is written and not read first.
            sql.run("update sync_target set base_quantity = 7, base_booked = 0 where offer = ?", offer);
            StockWrite write = targets.decideWrite(ACCOUNT, config.replica(), key, now, now.plus(LONG), 250)
                    .orElseThrow();
            assertThat(write.lines()).extracting(StockWrite.Line::offer).contains(offer);
            // Meanwhile a newer number comes.
            targets.apply(new DesiredQuantity(offer, ACCOUNT, 2, 2, 0, false, 2, null, now), now);
        });

        transactions.run(() -> targets.releaseWritesOf(config.replica(), Instant.now()));

        await().atMost(SOON).untilAsserted(() -> assertThat(shop.shown(item)).isEqualTo(2));
        List<String> quantities = shop.calls("InventorySetQuantities").stream()
                .flatMap(call -> call.variables()
                        .at("/input/quantities")
                        .valueStream()
                        .filter(write -> write.path("inventoryItemId").asText().equals(item))
                        .map(write -> call.variables().path("key").asText().equals(key.toString())
                                + ":"
                                + write.path("quantity").asInt()))
                .toList();
        assertThat(quantities).startsWith("true:3").endsWith("false:2");
    }

    @Test
    void a_message_that_was_being_worked_is_worked_again_and_announced_once() {
        shop.sell("4002", "r2", 1);
        Instant now = Instant.now();
        transactions.run(() -> {
            messages.store(List.of(new Arrival(
                    Ids.next(),
                    ACCOUNT,
                    "shopify",
                    Arrival.Source.WEBHOOK,
                    "restart-1",
                    "orders/create",
                    Map.of(),
                    "sealed",
                    "4002",
                    null,
                    now,
                    MessageStatus.PENDING,
                    null)));
            assertThat(messages.claim(ACCOUNT, config.replica(), now, now.plus(LONG), 100))
                    .isNotEmpty();
        });

        transactions.run(() -> messages.releaseClaimsOf(config.replica(), Instant.now()));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sql.list(
                                "select status from inbound_message where delivery_id = 'restart-1'",
                                row -> row.text("status")))
                        .containsExactly("done"));
        try (KafkaProbe kafka = KafkaProbe.open()) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    kafka.events(Topic.CHANNEL_ORDERS, ACCOUNT + ":4002", ChannelOrderObserved.class))
                            .hasSize(1));
        }
    }

    @Test
    void an_act_that_had_just_been_told_is_looked_at_and_not_told_again() {
        ObjectNode order = shop.sell("4003", "r3", 1);
        Instant now = Instant.now();
        UUID id = Ids.next();
        Ship ship = new Ship("r3-P1", "UPS", "1Z9", null, List.of(new ShippedUnits("gid://shopify/LineItem/40031", 1)));
        transactions.run(() -> {
            acts.add(id, ACCOUNT, "order-4003", "4003", ship, now);
            sql.run(
                    "update act set status = 'running', claimed_by = ?, claimed_until = ? where id = ?",
                    config.replica(),
                    now.plus(LONG),
                    id);
        });
        // The channel had carried it out when the service was killed.
        order.withArray("fulfillments")
                .addObject()
                .put("id", "F-4003-1")
                .put("status", "SUCCESS")
                .withArray("trackingInfo")
                .addObject()
                .put("number", "1Z9");
        ((ObjectNode) order.at("/fulfillments/0"))
                .putObject("fulfillmentLineItems")
                .putArray("nodes")
                .addObject()
                .put("quantity", 1)
                .putObject("lineItem")
                .put("id", "gid://shopify/LineItem/40031");

        transactions.run(() -> acts.releaseClaimsOf(config.replica(), Instant.now()));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sql.list(
                                "select status || ': ' || reason as outcome from act where id = ?",
                                row -> row.text("outcome"),
                                id))
                        .containsExactly("done: the channel shows the parcel"));
        assertThat(order.path("fulfillments")).hasSize(1);
    }
}
