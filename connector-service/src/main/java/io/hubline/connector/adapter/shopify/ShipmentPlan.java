package io.hubline.connector.adapter.shopify;

import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentOrder;
import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentOrderLine;
import io.hubline.connector.spi.ShipmentConfirmation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How the units of a parcel are spread over an order's fulfillment orders.
sealed interface ShipmentPlan {

    /// One call each.
    record Parcels(List<Parcel> parcels) implements ShipmentPlan {}

    /// The order has not so many units left to ship.
    record Impossible(String why) implements ShipmentPlan {}

    /// Units of fulfillment orders at one place.
    ///
    /// @param units by fulfillment order, by its line
    record Parcel(Map<String, Map<String, Integer>> units) {}

    /// Units by line that the channel does not show yet for this parcel.
    ///
    /// @param shown units by line that the channel shows under the parcel's tracking number
    static Map<String, Integer> missing(ShipmentConfirmation shipment, Map<String, Integer> shown) {
        Map<String, Integer> missing = new TreeMap<>();
        shipment.quantities().forEach((line, wanted) -> {
            int others = shipment.confirmedBefore().getOrDefault(line, 0);
            int own = Math.max(0, shown.getOrDefault(line, 0) - others);
            if (wanted > own) {
                missing.put(line, wanted - own);
            }
        });
        return missing;
    }

    /// Takes the units from what is open, in the order given.
    static ShipmentPlan of(Map<String, Integer> units, List<FulfillmentOrder> fulfillmentOrders) {
        Map<String, Integer> left = new TreeMap<>(units);
        Map<String, Map<String, Map<String, Integer>>> byPlace = new LinkedHashMap<>();
        for (FulfillmentOrder fulfillmentOrder : fulfillmentOrders) {
            if (!fulfillmentOrder.takesShipments()) {
                continue;
            }
            String place = String.valueOf(fulfillmentOrder.locationId());
            for (FulfillmentOrderLine line : fulfillmentOrder.lineItems().nodes()) {
                int take = Math.min(
                        line.remainingQuantity(),
                        left.getOrDefault(line.lineItem().id(), 0));
                if (take > 0) {
                    left.merge(line.lineItem().id(), -take, Math::addExact);
                    byPlace.computeIfAbsent(place, _ -> new LinkedHashMap<>())
                            .computeIfAbsent(fulfillmentOrder.id(), _ -> new LinkedHashMap<>())
                            .merge(line.id(), take, Math::addExact);
                }
            }
        }
        left.values().removeIf(units1 -> units1 == 0);
        if (!left.isEmpty()) {
            boolean held = fulfillmentOrders.stream()
                    .anyMatch(order ->
                            order.status().equals("ON_HOLD") || order.status().equals("SCHEDULED"));
            return new Impossible("%d units of %s are not open for shipping at the channel%s"
                    .formatted(
                            left.values().stream().mapToInt(Integer::intValue).sum(),
                            left.keySet(),
                            held ? "; it holds or has scheduled a part of the order" : ""));
        }
        List<Parcel> parcels = new ArrayList<>();
        byPlace.values().forEach(place -> parcels.add(new Parcel(place)));
        return new Parcels(parcels);
    }
}
