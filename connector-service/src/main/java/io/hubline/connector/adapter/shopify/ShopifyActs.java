package io.hubline.connector.adapter.shopify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.connector.adapter.shopify.ShipmentPlan.Parcel;
import io.hubline.connector.adapter.shopify.ShopifyWire.CancellableOrder;
import io.hubline.connector.adapter.shopify.ShopifyWire.CancellationJob;
import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentCreate;
import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentLines;
import io.hubline.connector.adapter.shopify.ShopifyWire.FulfillmentOrder;
import io.hubline.connector.adapter.shopify.ShopifyWire.Job;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderCancel;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderForCancellation;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderForShipment;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderForShipment.Fulfillment;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderForShipment.ShippableOrder;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ActAnswer;
import io.hubline.connector.spi.ActAnswer.Settled;
import io.hubline.connector.spi.ActAnswer.Underway;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.ShipmentConfirmation;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Confirms shipments and cancels orders. Shopify has no key for either, so each try begins with a look at
/// the order.
@Singleton
class ShopifyActs {

    private static final Duration JOB_LOOK = Duration.ofSeconds(1);
    private static final int FULFILLMENTS_FIRST = 5;
    private static final int FULFILLMENTS_ALL = 150;
    private static final int NOTE_MAX = 255;

    private final ShopifyClient client;
    private final OrderReader orders;

    ShopifyActs(ShopifyClient client, OrderReader orders) {
        this.client = client;
        this.orders = orders;
    }

    Outcome<ActAnswer> confirm(Account account, ShipmentConfirmation shipment) {
        String gid = OrderReader.gid(shipment.externalId());
        Outcome<ShippableOrder> look = look(account, gid, FULFILLMENTS_FIRST);
        if (!(look instanceof Done<ShippableOrder>(ShippableOrder order))) {
            return Outcome.failed(look);
        }
        Outcome<Map<String, Integer>> confirmed = confirmed(account, order, shipment.trackingNumber());
        if (!(confirmed instanceof Done<Map<String, Integer>>(Map<String, Integer> already))) {
            return Outcome.failed(confirmed);
        }
        Map<String, Integer> missing = ShipmentPlan.missing(shipment, already);
        if (missing.isEmpty()) {
            return new Done<>(new Settled("the channel shows the parcel", null));
        }
        Outcome<List<FulfillmentOrder>> all = orders.fulfillmentOrders(account, gid, order.fulfillmentOrders());
        if (!(all instanceof Done<List<FulfillmentOrder>>(List<FulfillmentOrder> fulfillmentOrders))) {
            return Outcome.failed(all);
        }
        return switch (ShipmentPlan.of(missing, fulfillmentOrders)) {
            case ShipmentPlan.Impossible(String why) ->
                new Refused<>(order.cancelledAt() == null ? "NOTHING_TO_FULFILL" : "ORDER_CANCELLED", why);
            case ShipmentPlan.Parcels(List<Parcel> parcels) -> create(account, shipment, parcels);
        };
    }

    private Outcome<ShippableOrder> look(Account account, String gid, int fulfillments) {
        ObjectNode variables = client.json().createObjectNode().put("id", gid).put("fulfillments", fulfillments);
        Outcome<OrderForShipment> outcome =
                client.call(account, Document.ORDER_FOR_SHIPMENT, variables, OrderForShipment.class);
        if (!(outcome instanceof Done<OrderForShipment>(OrderForShipment data))) {
            return Outcome.failed(outcome);
        }
        @Nullable ShippableOrder order = data.order();
        if (order == null) {
            return new Refused<>("NOT_FOUND", "the channel does not know the order");
        }
        boolean cut = order.fulfillments().size() >= fulfillments;
        return cut && fulfillments < FULFILLMENTS_ALL ? look(account, gid, FULFILLMENTS_ALL) : new Done<>(order);
    }

    /// Units by line that the channel shows under the tracking number.
    private Outcome<Map<String, Integer>> confirmed(Account account, ShippableOrder order, String trackingNumber) {
        Map<String, Integer> units = new HashMap<>();
        for (Fulfillment fulfillment : order.fulfillments()) {
            if (!fulfillment.stands() || !fulfillment.carries(trackingNumber)) {
                continue;
            }
            @Nullable String after = null;
            do {
                ObjectNode variables = client.json()
                        .createObjectNode()
                        .put("id", fulfillment.id())
                        .put("after", after);
                Outcome<FulfillmentLines> outcome =
                        client.call(account, Document.FULFILLMENT_LINES, variables, FulfillmentLines.class);
                if (!(outcome instanceof Done<FulfillmentLines>(FulfillmentLines data))) {
                    return Outcome.failed(outcome);
                }
                if (data.fulfillment() == null) {
                    break;
                }
                var page = data.fulfillment().fulfillmentLineItems();
                page.nodes()
                        .forEach(line -> units.merge(
                                line.lineItem().id(), line.quantity() == null ? 0 : line.quantity(), Math::addExact));
                after = page.next();
            } while (after != null);
        }
        return new Done<>(units);
    }

    /// One call per place, for the channel takes no more. When one fails, those before it stand, and the
    /// next try finds them under the tracking number.
    private Outcome<ActAnswer> create(Account account, ShipmentConfirmation shipment, List<Parcel> parcels) {
        for (Parcel parcel : parcels) {
            ObjectNode variables = client.json().createObjectNode();
            ObjectNode fulfillment = variables.putObject("fulfillment");
            fulfillment.put("notifyCustomer", true);
            ObjectNode tracking = fulfillment.putObject("trackingInfo");
            tracking.put("company", Carriers.name(shipment.carrier()));
            tracking.put("number", shipment.trackingNumber());
            if (shipment.trackingUrl() != null) {
                tracking.put("url", shipment.trackingUrl());
            }
            ArrayNode groups = fulfillment.putArray("lineItemsByFulfillmentOrder");
            parcel.units().forEach((fulfillmentOrder, lines) -> {
                ObjectNode group = groups.addObject().put("fulfillmentOrderId", fulfillmentOrder);
                ArrayNode items = group.putArray("fulfillmentOrderLineItems");
                lines.forEach(
                        (line, quantity) -> items.addObject().put("id", line).put("quantity", quantity));
            });
            Outcome<FulfillmentCreate> outcome =
                    client.call(account, Document.FULFILLMENT_CREATE, variables, FulfillmentCreate.class);
            if (!(outcome instanceof Done<FulfillmentCreate>(FulfillmentCreate data))) {
                return Outcome.failed(outcome);
            }
            var payload = data.fulfillmentCreate();
            if (payload == null) {
                return new Unknown<>("the answer has no payload");
            }
            if (!payload.userErrors().isEmpty()) {
                return new Refused<>(
                        "USER_ERROR", payload.userErrors().getFirst().message());
            }
        }
        return new Done<>(new Settled("told the channel", null));
    }

    Outcome<ActAnswer> cancel(Account account, String externalId, String reason, @Nullable String progress) {
        String gid = OrderReader.gid(externalId);
        return progress == null ? cancel(account, gid, reason) : followJob(account, gid, progress);
    }

    private Outcome<ActAnswer> cancel(Account account, String gid, String reason) {
        ObjectNode look = client.json().createObjectNode().put("id", gid);
        Outcome<OrderForCancellation> outcome =
                client.call(account, Document.ORDER_FOR_CANCELLATION, look, OrderForCancellation.class);
        if (!(outcome instanceof Done<OrderForCancellation>(OrderForCancellation data))) {
            return Outcome.failed(outcome);
        }
        @Nullable CancellableOrder order = data.order();
        if (order == null) {
            return new Refused<>("NOT_FOUND", "the channel does not know the order");
        }
        if (order.cancelledAt() != null) {
            return new Done<>(new Settled("the channel shows the order as cancelled", null));
        }
        ObjectNode variables = client.json()
                .createObjectNode()
                .put("order", gid)
                .put("reason", reason(reason))
                .put("restock", true)
                .put("notifyCustomer", true)
                .put("staffNote", reason.substring(0, Math.min(reason.length(), NOTE_MAX)));
        variables.putObject("refundMethod").put("originalPaymentMethodsRefund", true);
        Outcome<OrderCancel> told = client.call(account, Document.ORDER_CANCEL, variables, OrderCancel.class);
        if (!(told instanceof Done<OrderCancel>(OrderCancel answer))) {
            return Outcome.failed(told);
        }
        var payload = answer.orderCancel();
        if (payload == null) {
            return new Unknown<>("the answer has no payload");
        }
        if (!payload.orderCancelUserErrors().isEmpty()) {
            var error = payload.orderCancelUserErrors().getFirst();
            return new Refused<>(error.code() == null ? "USER_ERROR" : error.code(), error.message());
        }
        @Nullable Job job = payload.job();
        return job == null ? new Unknown<>("the answer names no job") : new Done<>(new Underway(job.id(), JOB_LOOK));
    }

    /// The cancellation itself is a job of the channel's: what counts is what the order shows when it is
    /// done.
    private Outcome<ActAnswer> followJob(Account account, String gid, String jobId) {
        ObjectNode variables =
                client.json().createObjectNode().put("order", gid).put("job", jobId);
        Outcome<CancellationJob> outcome =
                client.call(account, Document.CANCELLATION_JOB, variables, CancellationJob.class);
        if (!(outcome instanceof Done<CancellationJob>(CancellationJob data))) {
            return Outcome.failed(outcome);
        }
        @Nullable CancellableOrder order = data.order();
        if (order != null && order.cancelledAt() != null) {
            return new Done<>(new Settled("the channel has cancelled the order", null));
        }
        @Nullable Job job = data.job();
        return job != null && !job.done()
                ? new Done<>(new Underway(jobId, JOB_LOOK))
                : new Refused<>("JOB_WITHOUT_EFFECT", "the channel ended its job, and the order is not cancelled");
    }

    /// The nearest of the channel's words.
    static String reason(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("stock") || lower.contains("inventory")) {
            return "INVENTORY";
        }
        if (lower.contains("fraud")) {
            return "FRAUD";
        }
        if (lower.contains("customer") || lower.contains("buyer")) {
            return "CUSTOMER";
        }
        return lower.contains("staff") ? "STAFF" : "OTHER";
    }
}
