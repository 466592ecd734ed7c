package io.hubline.inventory.availability.messaging;

import static io.hubline.inventory.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubline.contracts.Topic;
import io.hubline.contracts.catalog.ListingState;
import io.hubline.contracts.inventory.AvailabilityState;
import io.hubline.inventory.Orders;
import io.hubline.inventory.Warehouse;
import io.hubline.testkit.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InfrastructureResource.class)
class ListingsConsumerTest {

    private final Warehouse warehouse = new Warehouse();
    private final String sku = Warehouse.sku();

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void a_sale_of_one_channel_lowers_the_number_of_the_other() {
        warehouse.receive(sku, "berlin", 10);
        String here = warehouse.offer("shop-a", sku);
        String there = warehouse.offer("shop-b", sku);

        warehouse.tell(Topic.ORDERS, order().wants("1", sku, 4, here).tell());

        await().untilAsserted(() -> assertThat(warehouse.shown(there)).hasSize(2));
        assertThat(warehouse.shown(there).getLast())
                .extracting(AvailabilityState::quantity, AvailabilityState::bookedUnits)
                .containsExactly(6, 0L);
        assertThat(warehouse.shown(here).getLast())
                .extracting(AvailabilityState::quantity, AvailabilityState::bookedUnits)
                .containsExactly(6, 4L);
        assertThat(warehouse.shown(here).getLast().terms())
                .containsExactly(new AvailabilityState.Term("on-hand", 10), new AvailabilityState.Term("reserved", -4));
    }

    @Test
    void what_was_sold_before_the_offer_was_known_is_counted() {
        warehouse.receive(sku, "berlin", 10);
        Orders early = order().wants("1", sku, 2, "shop-a:" + sku);
        warehouse.tell(Topic.ORDERS, early.tell());
        warehouse.hear(early.id(), 1);

        String offer = warehouse.offer("shop-a", sku);

        assertThat(warehouse.shown(offer).getFirst())
                .extracting(AvailabilityState::quantity, AvailabilityState::bookedUnits)
                .containsExactly(8, 2L);
    }

    @Test
    void a_listing_that_cannot_be_kept_is_a_dead_letter_and_holds_nobody_up() {
        String before = "shop-a:before-" + sku;
        String unkept = "shop-a:\u0000-" + sku;
        String after = "shop-a:after-" + sku;

        warehouse.list(before, "shop-a", sku, ListingState.Status.ACTIVE);
        warehouse.list(unkept, "shop-a", sku, ListingState.Status.ACTIVE);
        warehouse.kafka().send(Topic.LISTINGS.topicName(), "unread-" + sku, "{", Map.of());
        warehouse.list(after, "shop-a", sku, ListingState.Status.ACTIVE);

        await().untilAsserted(() -> assertThat(warehouse.shown(after)).hasSize(1));
        assertThat(warehouse.shown(before)).hasSize(1);
        await().untilAsserted(() -> assertThat(warehouse.kafka().records(Topic.LISTINGS.deadLetter("inventory")))
                .extracting(ConsumerRecord::key)
                .contains(unkept, "unread-" + sku)
                .doesNotContain(before, after));
    }

    @Test
    void an_offer_that_sells_another_sku_shows_its_stock() {
        String other = Warehouse.sku();
        warehouse.receive(sku, "berlin", 10);
        warehouse.receive(other, "berlin", 3);
        String offer = warehouse.offer("shop-a", sku);

        warehouse.list(offer, "shop-a", other, ListingState.Status.ACTIVE);

        await().untilAsserted(() -> assertThat(warehouse.shown(offer))
                .extracting(AvailabilityState::quantity)
                .containsExactly(10, 3));
        assertThat(warehouse.shown(offer))
                .extracting(AvailabilityState::sequence)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void an_offer_that_is_not_for_sale_is_silent_until_it_is_again() {
        String offer = warehouse.offer("shop-a", sku);
        warehouse.list(offer, "shop-a", sku, ListingState.Status.INACTIVE);
        await().untilAsserted(() ->
                assertThat(warehouse.availability(offer).getBoolean("active")).isFalse());

        warehouse.receive(sku, "berlin", 3);
        int whileInactive = warehouse.shown(offer).size();
        warehouse.list(offer, "shop-a", sku, ListingState.Status.ACTIVE);

        await().untilAsserted(() -> assertThat(warehouse.shown(offer))
                .extracting(AvailabilityState::quantity)
                .containsExactly(0, 3));
        assertThat(whileInactive).isEqualTo(1);
    }

    @Test
    void limits_are_obeyed_at_once_and_the_most_particular_count() {
        warehouse.receive(sku, "berlin", 10);
        String offer = warehouse.offer("shop-limits", sku);

        warehouse.limit("shop-limits", "*", Map.of("safetyStock", 0, "minimum", 0, "maximum", 2));
        warehouse.limit("*", sku, Map.of("safetyStock", 3, "maximum", 8));

        await().untilAsserted(() -> assertThat(warehouse.shown(offer))
                .extracting(AvailabilityState::quantity)
                .containsExactly(10, 2, 7));
        assertThat(warehouse.availability(offer).getList("terms.name")).containsExactly("on-hand", "safety-stock");
    }
}
