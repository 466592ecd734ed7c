package io.hubline.connector.adapter.amazon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.amazon.AmazonClient.Call;
import io.hubline.connector.adapter.amazon.AmazonWire.Item;
import io.hubline.connector.adapter.amazon.AmazonWire.Order;
import io.hubline.connector.adapter.amazon.AmazonWire.PackageItem;
import io.hubline.connector.adapter.amazon.AmazonWire.Parcel;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ActAnswer;
import io.hubline.connector.spi.ActAnswer.Settled;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.ShipmentConfirmation;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Confirms parcels. A parcel has a number within its order that is made of the hub's id of it, so telling
/// it twice is telling it once.
@Singleton
class Shipments {

    // Amazon takes no shipment from before the order, and none from the future by its own clock.
    private static final Duration CLOCK_ALLOWANCE = Duration.ofSeconds(30);

    private final AmazonClient client;
    private final Orders orders;
    private final InstantSource clock;

    Shipments(AmazonClient client, Orders orders, InstantSource clock) {
        this.client = client;
        this.orders = orders;
        this.clock = clock;
    }

    Outcome<ActAnswer> confirm(Account account, ShipmentConfirmation shipment) {
        Outcome<Order> look = orders.order(account, shipment.externalId());
        if (!(look instanceof Done<Order>(Order order))) {
            return Outcome.failed(look);
        }
        String reference = reference(shipment.shipmentId());
        if (shows(order, reference, shipment)) {
            return new Done<>(new Settled("the channel shows the parcel", reference));
        }
        @Nullable Refused<ActAnswer> impossible = impossible(order, reference, shipment);
        if (impossible != null) {
            return impossible;
        }
        Call call = Call.post(
                Operation.CONFIRM_SHIPMENT,
                "/orders/v0/orders/%s/shipmentConfirmation".formatted(AmazonClient.part(shipment.externalId())),
                body(account, order, reference, shipment));
        Outcome<byte[]> told = client.callRaw(account, call);
        return told instanceof Done<byte[]>
                ? new Done<>(new Settled("told the channel", reference))
                : Outcome.failed(told);
    }

    private ObjectNode body(Account account, Order order, String reference, ShipmentConfirmation shipment) {
        ObjectNode body = client.json().createObjectNode().put("marketplaceId", marketplace(account, order));
        ObjectNode parcel = body.putObject("packageDetail");
        String code = Carriers.code(shipment.carrier());
        parcel.put("packageReferenceId", reference).put("carrierCode", code);
        if (code.equals(Carriers.OTHER)) {
            parcel.put("carrierName", shipment.carrier());
        }
        parcel.put("trackingNumber", shipment.trackingNumber());
        parcel.put("shipDate", shipDate(order).toString());
        ArrayNode items = parcel.putArray("orderItems");
        shipment.quantities()
                .forEach((line, quantity) ->
                        items.addObject().put("orderItemId", line).put("quantity", quantity));
        return body;
    }

    private Instant shipDate(Order order) {
        Instant now = clock.instant().minus(CLOCK_ALLOWANCE).truncatedTo(ChronoUnit.SECONDS);
        Instant placed = OffsetDateTime.parse(order.createdTime()).toInstant();
        return now.isBefore(placed) ? placed : now;
    }

    private static String marketplace(Account account, Order order) {
        return order.salesChannel() == null || order.salesChannel().marketplaceId() == null
                ? AmazonSettings.marketplaceId(account)
                : order.salesChannel().marketplaceId();
    }

    /// Whether the parcel is there with all its units.
    private static boolean shows(Order order, String reference, ShipmentConfirmation shipment) {
        return parcels(order).stream()
                .filter(parcel -> reference.equals(parcel.packageReferenceId()))
                .filter(parcel -> shipment.trackingNumber().equals(parcel.trackingNumber()))
                .anyMatch(parcel -> units(parcel).equals(shipment.quantities()));
    }

    /// Why Amazon would not take it, where that is plain from the order: refused calls cost as much as good
    /// ones.
    private static @Nullable Refused<ActAnswer> impossible(
            Order order, String reference, ShipmentConfirmation shipment) {
        @Nullable
        String status = order.fulfillment() == null ? null : order.fulfillment().fulfillmentStatus();
        if ("CANCELLED".equals(status)) {
            return new Refused<>("ORDER_CANCELLED", "the channel has cancelled the order");
        }
        boolean anew = parcels(order).stream().noneMatch(parcel -> reference.equals(parcel.packageReferenceId()));
        for (Map.Entry<String, Integer> wanted : shipment.quantities().entrySet()) {
            @Nullable
            Item item = order.orderItems().stream()
                    .filter(each -> wanted.getKey().equals(each.orderItemId()))
                    .findFirst()
                    .orElse(null);
            if (item == null) {
                return new Refused<>("NO_SUCH_ITEM", "the order has no item " + wanted.getKey());
            }
            @Nullable
            Integer open =
                    item.fulfillment() == null ? null : item.fulfillment().quantityUnfulfilled();
            if (anew && open != null && wanted.getValue() > open) {
                return new Refused<>(
                        "NOTHING_TO_FULFILL",
                        "the channel waits for %d units of item %s, not for %d"
                                .formatted(open, wanted.getKey(), wanted.getValue()));
            }
        }
        return null;
    }

    private static List<Parcel> parcels(Order order) {
        return order.packages() == null ? List.of() : order.packages();
    }

    private static Map<String, Integer> units(Parcel parcel) {
        Map<String, Integer> units = new HashMap<>();
        if (parcel.packageItems() != null) {
            for (PackageItem item : parcel.packageItems()) {
                units.merge(item.orderItemId(), item.quantity(), Integer::sum);
            }
        }
        return units;
    }

    /// Amazon wants a positive number. Parcels of one order are few, so nine digits keep them apart.
    static String reference(String shipmentId) {
        UUID hash = UUID.nameUUIDFromBytes(shipmentId.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Long.toString(1 + Long.remainderUnsigned(hash.getMostSignificantBits(), 999_999_999));
    }
}
