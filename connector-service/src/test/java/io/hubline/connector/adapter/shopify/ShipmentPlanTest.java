package io.hubline.connector.adapter.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.connector.adapter.shopify.ShipmentPlan.Impossible;
import io.hubline.connector.adapter.shopify.ShipmentPlan.Parcel;
import io.hubline.connector.adapter.shopify.ShipmentPlan.Parcels;
import io.hubline.connector.adapter.shopify.ShopifyWire.AssignedLocation;
import io.hubline.connector.adapter.shopify.ShopifyWire.Connection;
import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentOrder;
import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentOrderLine;
import io.hubline.connector.adapter.shopify.ShopifyWire.Ref;
import io.hubline.connector.spi.ShipmentConfirmation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShipmentPlanTest {

    @Test
    void units_are_taken_from_what_is_open() {
        ShipmentPlan plan = ShipmentPlan.of(
                Map.of("L1", 2),
                List.of(
                        order("F0", "CLOSED", "P1", line("f0", "L1", 2)),
                        order("F1", "OPEN", "P1", line("f1", "L1", 3))));

        assertThat(plan).isEqualTo(new Parcels(List.of(new Parcel(Map.of("F1", Map.of("f1", 2))))));
    }

    @Test
    void each_place_is_a_call_of_its_own() {
        ShipmentPlan plan = ShipmentPlan.of(
                Map.of("L1", 3, "L2", 1),
                List.of(
                        order("F1", "OPEN", "P1", line("f1", "L1", 2), line("f2", "L2", 1)),
                        order("F2", "IN_PROGRESS", "P2", line("f3", "L1", 2))));

        assertThat(plan)
                .isEqualTo(new Parcels(List.of(
                        new Parcel(Map.of("F1", Map.of("f1", 2, "f2", 1))),
                        new Parcel(Map.of("F2", Map.of("f3", 1))))));
    }

    @Test
    void what_somebody_else_shipped_cannot_be_shipped_again() {
        ShipmentPlan plan = ShipmentPlan.of(Map.of("L1", 2), List.of(order("F1", "OPEN", "P1", line("f1", "L1", 1))));

        assertThat(plan).isInstanceOf(Impossible.class);
    }

    @Test
    void what_the_channel_holds_is_named() {
        ShipmentPlan plan =
                ShipmentPlan.of(Map.of("L1", 1), List.of(order("F1", "ON_HOLD", "P1", line("f1", "L1", 1))));

        assertThat(plan)
                .isInstanceOfSatisfying(
                        Impossible.class,
                        impossible -> assertThat(impossible.why()).contains("holds"));
    }

    @Test
    void what_the_channel_shows_under_the_tracking_number_is_not_told_again() {
        assertThat(ShipmentPlan.missing(parcel(Map.of()), Map.of("L1", 2))).isEmpty();
        assertThat(ShipmentPlan.missing(parcel(Map.of()), Map.of("L1", 1))).isEqualTo(Map.of("L1", 1));
    }

    @Test
    void another_parcel_with_the_same_tracking_number_is_not_taken_for_this_one() {
        assertThat(ShipmentPlan.missing(parcel(Map.of("L1", 2)), Map.of("L1", 2)))
                .isEqualTo(Map.of("L1", 2));
    }

    private static ShipmentConfirmation parcel(Map<String, Integer> confirmedBefore) {
        return new ShipmentConfirmation("1", "S1", "UPS", "1Z", null, Map.of("L1", 2), confirmedBefore);
    }

    private static FulfillmentOrder order(String id, String status, String place, FulfillmentOrderLine... lines) {
        return new FulfillmentOrder(
                id, status, null, new AssignedLocation(new Ref(place)), new Connection<>(List.of(lines), null));
    }

    private static FulfillmentOrderLine line(String id, String lineItem, int remaining) {
        return new FulfillmentOrderLine(id, remaining, new Ref(lineItem));
    }
}
