package io.hubline.sandbox.amazon.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubline.sandbox.amazon.store.Marketplace;
import io.hubline.sandbox.amazon.store.OrderItem;
import io.hubline.sandbox.amazon.store.OrderItem.Amounts;
import io.hubline.sandbox.amazon.store.OrderItem.Ended;
import io.hubline.sandbox.amazon.store.OrderStatus;
import io.hubline.sandbox.amazon.store.Parcel;
import io.hubline.sandbox.amazon.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.Buyer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// An order in the vendor's shape of 2026-01-01, with everything; `IncludedData` takes off what was not
/// asked for. An order that never left PENDING shows neither prices nor people.
final class OrderView {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Marketplace marketplace;

    OrderView(Marketplace marketplace) {
        this.marketplace = marketplace;
    }

    ObjectNode full(PlacedOrder order) {
        ObjectNode example = order.example();
        if (example != null) {
            return example.deepCopy();
        }
        ObjectNode shown = JSON.objectNode();
        shown.put("orderId", order.id());
        shown.put("createdTime", order.createdAt().toString());
        shown.put("lastUpdatedTime", order.updatedAt().toString());
        shown.putArray("programs");
        shown.putObject("salesChannel")
                .put("channelName", "AMAZON")
                .put("marketplaceId", marketplace.id())
                .put("marketplaceName", marketplace.storeName());
        if (order.released()) {
            people(order, shown);
            shown.set("proceeds", proceeds(order));
        }
        shown.set("fulfillment", fulfillment(order));
        ArrayNode items = shown.putArray("orderItems");
        order.items().forEach(item -> items.add(item(order, item)));
        if (!order.byAmazon() && !order.parcels().isEmpty()) {
            ArrayNode packages = shown.putArray("packages");
            order.parcels().forEach(parcel -> packages.add(parcel(parcel)));
        }
        return shown;
    }

    /// The mail address is the vendor's relay, and only where the seller ships.
    private void people(PlacedOrder order, ObjectNode shown) {
        Buyer buyer = order.buyer();
        ObjectNode who = shown.putObject("buyer").put("buyerName", buyer.name());
        if (!order.byAmazon()) {
            who.put("buyerEmail", buyer.email());
        }
        shown.putObject("recipient")
                .putObject("deliveryAddress")
                .put("name", buyer.name())
                .put("addressLine1", buyer.address1())
                .put("city", buyer.city())
                .put("stateOrRegion", buyer.provinceCode())
                .put("postalCode", buyer.zip())
                .put("countryCode", buyer.countryCode())
                .put("phone", buyer.phone())
                .put("addressType", "RESIDENTIAL");
    }

    private ObjectNode proceeds(PlacedOrder order) {
        long price = 0;
        long tax = 0;
        long shipping = 0;
        for (OrderItem item : order.items()) {
            price += item.charged().price();
            tax += item.charged().tax();
            shipping += item.charged().shipping();
        }
        Amounts all = new Amounts(price, tax, shipping);
        ObjectNode shown = JSON.objectNode();
        shown.set("grandTotal", money(all.total()));
        shown.set("breakdowns", breakdowns(all, false));
        return shown;
    }

    private ArrayNode breakdowns(Amounts amounts, boolean detailed) {
        ArrayNode breakdowns = JSON.arrayNode();
        breakdowns.add(breakdown("ITEM", amounts.price()));
        if (amounts.shipping() > 0) {
            breakdowns.add(breakdown("SHIPPING", amounts.shipping()));
        }
        if (amounts.tax() > 0) {
            ObjectNode tax = breakdown("TAX", amounts.tax());
            if (detailed) {
                tax.putArray("detailedBreakdowns")
                        .addObject()
                        .put("subtype", "ITEM")
                        .set("value", money(amounts.tax()));
            }
            breakdowns.add(tax);
        }
        return breakdowns;
    }

    private ObjectNode breakdown(String type, long minor) {
        ObjectNode shown = JSON.objectNode().put("type", type);
        shown.set("subtotal", money(minor));
        return shown;
    }

    private ObjectNode money(long minor) {
        return JSON.objectNode()
                .put("amount", marketplace.major(minor).toPlainString())
                .put("currencyCode", marketplace.currency());
    }

    private static ObjectNode fulfillment(PlacedOrder order) {
        ObjectNode shown = JSON.objectNode()
                .put("fulfillmentStatus", order.status().name())
                .put("fulfilledBy", order.byAmazon() ? "AMAZON" : "MERCHANT")
                .put("fulfillmentServiceLevel", "STANDARD");
        if (order.released()) {
            shown.putObject("shipByWindow")
                    .put("earliestDateTime", order.createdAt().toString())
                    .put("latestDateTime", order.shipBy().toString());
            shown.putObject("deliverByWindow")
                    .put("earliestDateTime", order.shipBy().toString())
                    .put("latestDateTime", order.deliverBy().toString());
        }
        return shown;
    }

    private ObjectNode item(PlacedOrder order, OrderItem item) {
        ObjectNode shown = JSON.objectNode().put("orderItemId", item.id()).put("quantityOrdered", item.quantity());
        shown.putArray("programs");
        ObjectNode product = shown.putObject("product")
                .put("asin", item.asin())
                .put("title", item.title())
                .put("sellerSku", item.sku());
        product.putObject("condition").put("conditionType", "NEW").put("conditionSubtype", "NEW");
        if (order.released()) {
            product.putObject("price").set("unitPrice", money(item.unitPrice()));
            ObjectNode proceeds = shown.putObject("proceeds");
            proceeds.set("proceedsTotal", money(item.charged().total()));
            proceeds.set("breakdowns", breakdowns(item.charged(), true));
        }
        cancellation(item, shown);
        shown.putObject("fulfillment").put("quantityFulfilled", item.shipped()).put("quantityUnfulfilled", item.open());
        if (order.released() && order.status() != OrderStatus.CANCELLED) {
            shown.putObject("tax")
                    .putArray("taxCollections")
                    .addObject()
                    .put("model", "MARKETPLACE_FACILITATOR")
                    .put("responsibleParty", "Amazon Services, Inc.");
        }
        return shown;
    }

    private static void cancellation(OrderItem item, ObjectNode shown) {
        String requested = item.requestedReason();
        Ended ended = item.ended();
        if (requested == null && ended == null) {
            return;
        }
        ObjectNode cancellation = shown.putObject("cancellation");
        if (requested != null) {
            cancellation
                    .putObject("cancellationRequest")
                    .put("requester", "BUYER")
                    .put("cancelReason", requested);
        }
        if (ended != null) {
            cancellation
                    .putObject("cancellationExecution")
                    .put("cancelledBy", ended.by())
                    .put("cancelReason", ended.reason());
        }
    }

    private static ObjectNode parcel(Parcel parcel) {
        ObjectNode shown = JSON.objectNode()
                .put("packageReferenceId", parcel.referenceId())
                .put("createdTime", seconds(parcel.reportedAt()));
        shown.putObject("packageStatus").put("status", "SHIPPED");
        shown.put("carrier", parcel.carrier()).put("shipTime", seconds(parcel.shipDate()));
        String method = parcel.shippingMethod();
        if (method != null) {
            shown.put("shippingService", method);
        }
        shown.put("trackingNumber", parcel.trackingNumber());
        ArrayNode items = shown.putArray("packageItems");
        parcel.units()
                .forEach((id, units) -> items.addObject().put("orderItemId", id).put("quantity", units));
        return shown;
    }

    private static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
