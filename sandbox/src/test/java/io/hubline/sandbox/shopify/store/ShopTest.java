package io.hubline.sandbox.shopify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.sandbox.shopify.store.BuyOutcome.Bought;
import io.hubline.sandbox.shopify.store.BuyOutcome.Shortage;
import io.hubline.sandbox.shopify.store.BuyOutcome.SoldOut;
import io.hubline.sandbox.shopify.store.FulfillOutcome.Fulfilled;
import io.hubline.sandbox.shopify.store.FulfillOutcome.Refused;
import io.hubline.sandbox.shopify.store.PlacedOrder.FulfillmentOrder;
import io.hubline.sandbox.shopify.store.PlacedOrder.Tracking;
import io.hubline.sandbox.shopify.store.Shop.Shipped;
import io.hubline.sandbox.shopify.store.Shop.ShippedUnits;
import io.hubline.sandbox.shopify.store.Shop.Wanted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopTest {

    private static final Tracking UPS = new Tracking("UPS", "1Z999", null);

    private final List<ShopEvent> events = new ArrayList<>();
    private final Shop shop =
            new Shop(ShopProfile.of("alpha", 0, 1), new SettableClock(), (event, order) -> events.add(event));
    private final Buyer buyer = new People(1).person(1);
    private final Variant lamp = variant("LAMP", 5, Variant.Policy.DENY);
    private final Variant sofa = variant("SOFA", 1, Variant.Policy.CONTINUE);

    @Test
    void a_sale_moves_units_from_available_to_committed() {
        shop.buy(List.of(new Wanted(lamp, 2)), buyer, null);

        assertThat(level(lamp).available()).isEqualTo(3);
        assertThat(level(lamp).committed()).isEqualTo(2);
        assertThat(level(lamp).onHand()).isEqualTo(5);
    }

    @Test
    void a_basket_sells_as_a_whole_or_not_at_all() {
        BuyOutcome outcome = shop.buy(List.of(new Wanted(lamp, 6), new Wanted(sofa, 1)), buyer, null);

        assertThat(outcome).isEqualTo(new SoldOut(List.of(new Shortage("LAMP", 6, 5))));
        assertThat(level(sofa).available()).isEqualTo(1);
        assertThat(shop.orders()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void lines_of_one_variant_are_added_up_before_they_are_compared_with_the_shown_number() {
        BuyOutcome outcome = shop.buy(List.of(new Wanted(lamp, 3), new Wanted(lamp, 3)), buyer, null);

        assertThat(outcome).isEqualTo(new SoldOut(List.of(new Shortage("LAMP", 6, 5))));
    }

    @Test
    void a_variant_that_continues_selling_goes_below_zero() {
        shop.buy(List.of(new Wanted(sofa, 3)), buyer, null);

        assertThat(level(sofa).available()).isEqualTo(-2);
    }

    @Test
    void a_cancelled_order_shows_its_units_again_unless_told_not_to() {
        PlacedOrder restocked = bought(lamp, 2);
        PlacedOrder dropped = bought(lamp, 2);

        shop.cancel(restocked.id(), "CUSTOMER", true, false, null);
        shop.cancel(dropped.id(), "INVENTORY", false, true, null);

        assertThat(level(lamp).available()).isEqualTo(3);
        assertThat(level(lamp).committed()).isZero();
        assertThat(shop.order(restocked.id())
                        .orElseThrow()
                        .fulfillmentOrders()
                        .getFirst()
                        .status())
                .isEqualTo(FulfillmentOrder.Status.CANCELLED);
    }

    @Test
    void an_order_is_cancelled_once() {
        PlacedOrder order = bought(lamp, 1);
        shop.cancel(order.id(), "CUSTOMER", true, false, null);

        CancelOutcome again = shop.cancel(order.id(), "CUSTOMER", true, false, null);

        assertThat(again).isInstanceOf(CancelOutcome.TooLate.class);
        assertThat(level(lamp).available()).isEqualTo(5);
    }

    @Test
    void a_shipped_order_can_no_longer_be_cancelled() {
        PlacedOrder order = bought(lamp, 1);
        shop.fulfill(List.of(all(order)), UPS);

        assertThat(shop.cancel(order.id(), "CUSTOMER", true, false, null)).isInstanceOf(CancelOutcome.TooLate.class);
    }

    @Test
    void a_parcel_takes_units_off_what_is_committed_and_closes_its_fulfillment_order() {
        PlacedOrder order = bought(lamp, 2);

        FulfillOutcome outcome = shop.fulfill(List.of(all(order)), UPS);

        assertThat(outcome).isInstanceOf(Fulfilled.class);
        assertThat(level(lamp).onHand()).isEqualTo(3);
        PlacedOrder shipped = shop.order(order.id()).orElseThrow();
        assertThat(shipped.fulfillmentStatus()).isEqualTo("FULFILLED");
        assertThat(shipped.fulfillmentOrders().getFirst().status()).isEqualTo(FulfillmentOrder.Status.CLOSED);
        assertThat(events)
                .containsExactly(ShopEvent.ORDERS_CREATE, ShopEvent.ORDERS_FULFILLED, ShopEvent.ORDERS_UPDATED);
    }

    @Test
    void a_part_of_an_order_may_ship_alone() {
        PlacedOrder order = bought(lamp, 3);
        FulfillmentOrder.Part line =
                order.fulfillmentOrders().getFirst().parts().getFirst();

        shop.fulfill(
                List.of(new Shipped(
                        order.fulfillmentOrders().getFirst().id(), List.of(new ShippedUnits(line.id(), 2)))),
                UPS);

        PlacedOrder shipped = shop.order(order.id()).orElseThrow();
        assertThat(shipped.fulfillmentStatus()).isEqualTo("PARTIALLY_FULFILLED");
        assertThat(shipped.lines().getFirst().unfulfilled()).isEqualTo(1);
        assertThat(shipped.fulfillmentOrders().getFirst().status()).isEqualTo(FulfillmentOrder.Status.IN_PROGRESS);
    }

    @Test
    void a_parcel_sent_twice_is_refused_the_second_time() {
        PlacedOrder order = bought(lamp, 1);
        shop.fulfill(List.of(all(order)), UPS);

        FulfillOutcome again = shop.fulfill(List.of(all(order)), UPS);

        assertThat(again)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).contains("unfulfillable status= closed"));
    }

    @Test
    void more_units_than_remain_are_refused() {
        PlacedOrder order = bought(lamp, 1);
        FulfillmentOrder part = order.fulfillmentOrders().getFirst();

        FulfillOutcome outcome = shop.fulfill(
                List.of(new Shipped(
                        part.id(),
                        List.of(new ShippedUnits(part.parts().getFirst().id(), 2)))),
                UPS);

        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(shop.order(order.id()).orElseThrow().fulfillments()).isEmpty();
    }

    @Test
    void a_sale_is_taken_from_one_location_that_has_it_all() {
        Location far = shop.location("Far");
        shop.stock(lamp.inventoryItemId(), far.id(), 20);

        PlacedOrder order = bought(lamp, 8);

        assertThat(order.fulfillmentOrders().getFirst().location()).isEqualTo(far);
    }

    @Test
    void ids_do_not_fit_a_double() {
        long id = bought(lamp, 1).id();

        assertThat(id).isGreaterThan(1L << 53);
    }

    private Variant variant(String sku, int available, Variant.Policy policy) {
        Product product = shop.addProduct(sku, "Acme");
        Variant variant = shop.addVariant(product.id(), "One size", sku, 1999, policy);
        shop.stock(variant.inventoryItemId(), shop.location("Main").id(), available);
        return variant;
    }

    private PlacedOrder bought(Variant variant, int units) {
        return ((Bought) shop.buy(List.of(new Wanted(variant, units)), buyer, null)).order();
    }

    private Level level(Variant variant) {
        return shop.levels(variant.inventoryItemId()).getFirst();
    }

    private static Shipped all(PlacedOrder order) {
        return new Shipped(order.fulfillmentOrders().getFirst().id(), List.of());
    }
}
