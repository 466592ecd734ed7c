package io.hubline.sandbox.shopify.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.shopify.store.Buyer;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.Money;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.PlacedOrder.Cancellation;
import io.hubline.sandbox.shopify.store.PlacedOrder.Fulfillment;
import io.hubline.sandbox.shopify.store.PlacedOrder.Line;
import io.hubline.sandbox.shopify.store.ShopProfile;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An order as webhooks tell it: the vendor's REST shape in snake case, amounts as text, ids as 64-bit
/// numbers, times with the shop's own offset. It is not the GraphQL shape.
public final class OrderBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OrderBody() {}

    public static String of(PlacedOrder order, ShopProfile shop) {
        return text(fields(order, shop));
    }

    static String text(Map<String, ?> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message could not be written as JSON", e);
        }
    }

    private static Map<String, @Nullable Object> fields(PlacedOrder order, ShopProfile shop) {
        Cancellation cancellation = order.cancellation();
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", order.id());
        body.put("admin_graphql_api_id", order.gid());
        body.put("email", order.buyer().email());
        body.put("closed_at", order.fulfilledInFull() ? time(order.updatedAt(), shop) : null);
        body.put("created_at", time(order.createdAt(), shop));
        body.put("updated_at", time(order.updatedAt(), shop));
        body.put("number", order.number() - 1000);
        body.put("order_number", order.number());
        body.put("name", order.name());
        body.put("test", false);
        body.put("total_price", text(order, order.totalMinor()));
        body.put("subtotal_price", text(order, order.subtotalMinor()));
        body.put("total_tax", text(order, order.taxMinor()));
        body.put("taxes_included", false);
        body.put("currency", order.currency());
        body.put("presentment_currency", order.currency());
        body.put("financial_status", order.financialStatus().toLowerCase(Locale.ROOT));
        body.put("fulfillment_status", fulfillmentStatus(order));
        body.put("cancelled_at", cancellation == null ? null : time(cancellation.at(), shop));
        body.put(
                "cancel_reason",
                cancellation == null ? null : cancellation.reason().toLowerCase(Locale.ROOT));
        body.put("total_discounts", text(order, 0));
        body.put("total_price_set", set(order, order.totalMinor()));
        body.put("total_tax_set", set(order, order.taxMinor()));
        body.put("total_shipping_price_set", set(order, order.shippingMinor()));
        body.put("payment_gateway_names", List.of(PlacedOrder.GATEWAY));
        body.put("source_name", "web");
        body.put("tags", "");
        body.put("note", order.note());
        body.put("tax_lines", List.of(taxLine(order, order.taxMinor())));
        body.put("discount_codes", List.of());
        body.put(
                "line_items",
                order.lines().stream().map(line -> lineItem(order, line)).toList());
        body.put("shipping_lines", List.of(shippingLine(order)));
        body.put(
                "fulfillments",
                order.fulfillments().stream()
                        .map(each -> fulfillment(order, each, shop))
                        .toList());
        body.put(
                "refunds",
                order.refunds().stream()
                        .map(refund -> RefundBody.fields(order, refund, shop))
                        .toList());
        body.put("shipping_address", address(order.buyer()));
        body.put("customer", customer(order));
        return body;
    }

    private static @Nullable String fulfillmentStatus(PlacedOrder order) {
        return switch (order.fulfillmentStatus()) {
            case "FULFILLED" -> "fulfilled";
            case "PARTIALLY_FULFILLED" -> "partial";
            default -> null;
        };
    }

    static Map<String, @Nullable Object> lineItem(PlacedOrder order, Line line) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("id", line.id());
        item.put("admin_graphql_api_id", line.gid());
        item.put("variant_id", line.variant().id());
        item.put("product_id", line.variant().productId());
        item.put("title", line.variant().productTitle());
        item.put("quantity", line.quantity());
        item.put("sku", line.variant().sku());
        item.put("requires_shipping", true);
        item.put("taxable", true);
        item.put("fulfillable_quantity", line.unfulfilled());
        item.put("grams", 250);
        item.put("price", text(order, line.variant().priceMinor()));
        item.put("price_set", set(order, line.variant().priceMinor()));
        item.put("total_discount", text(order, 0));
        item.put("fulfillment_status", line.unfulfilled() == 0 && !order.cancelled() ? "fulfilled" : null);
        item.put("discount_allocations", List.of());
        item.put("duties", List.of());
        item.put("tax_lines", List.of(taxLine(order, line.taxMinor())));
        return item;
    }

    private static Map<String, @Nullable Object> taxLine(PlacedOrder order, long minor) {
        Map<String, @Nullable Object> tax = new LinkedHashMap<>();
        tax.put("title", "State Tax");
        tax.put("price", text(order, minor));
        tax.put("price_set", set(order, minor));
        tax.put("rate", 0.06);
        tax.put("channel_liable", false);
        return tax;
    }

    static Map<String, @Nullable Object> shippingLine(PlacedOrder order) {
        Map<String, @Nullable Object> shipping = new LinkedHashMap<>();
        shipping.put("id", order.shippingLineId());
        shipping.put("title", "Standard");
        shipping.put("price", text(order, order.shippingMinor()));
        shipping.put("code", "Standard");
        shipping.put("source", "shopify");
        shipping.put("tax_lines", List.of());
        return shipping;
    }

    private static Map<String, @Nullable Object> fulfillment(PlacedOrder order, Fulfillment parcel, ShopProfile shop) {
        Map<String, @Nullable Object> fulfillment = new LinkedHashMap<>();
        fulfillment.put("id", parcel.id());
        fulfillment.put("admin_graphql_api_id", parcel.gid());
        fulfillment.put("order_id", order.id());
        fulfillment.put("name", parcel.name());
        fulfillment.put("status", "success");
        fulfillment.put("location_id", parcel.location().id());
        fulfillment.put("created_at", time(parcel.createdAt(), shop));
        fulfillment.put("updated_at", time(parcel.updatedAt(), shop));
        fulfillment.put("tracking_company", parcel.tracking().company());
        fulfillment.put("tracking_number", parcel.tracking().number());
        fulfillment.put("tracking_url", parcel.tracking().url());
        fulfillment.put(
                "line_items",
                parcel.parts().stream()
                        .map(part -> Map.of("id", part.lineId(), "quantity", part.quantity()))
                        .toList());
        return fulfillment;
    }

    private static Map<String, @Nullable Object> address(Buyer buyer) {
        Map<String, @Nullable Object> address = new LinkedHashMap<>();
        address.put("first_name", buyer.firstName());
        address.put("last_name", buyer.lastName());
        address.put("company", null);
        address.put("address1", buyer.address1());
        address.put("address2", null);
        address.put("city", buyer.city());
        address.put("province", buyer.province());
        address.put("province_code", buyer.provinceCode());
        address.put("zip", buyer.zip());
        address.put("country", buyer.country());
        address.put("country_code", buyer.countryCode());
        address.put("phone", buyer.phone());
        address.put("name", buyer.name());
        return address;
    }

    private static Map<String, @Nullable Object> customer(PlacedOrder order) {
        Map<String, @Nullable Object> customer = new LinkedHashMap<>();
        customer.put("id", order.customerId());
        customer.put("email", order.buyer().email());
        customer.put("first_name", order.buyer().firstName());
        customer.put("last_name", order.buyer().lastName());
        customer.put("admin_graphql_api_id", Gid.of("Customer", order.customerId()));
        return customer;
    }

    static Map<String, Object> set(PlacedOrder order, long minor) {
        Map<String, Object> money = new LinkedHashMap<>();
        money.put("amount", text(order, minor));
        money.put("currency_code", order.currency());
        Map<String, Object> set = new LinkedHashMap<>();
        set.put("shop_money", money);
        set.put("presentment_money", money);
        return set;
    }

    static String text(PlacedOrder order, long minor) {
        return new Money(minor, order.currency()).restText();
    }

    static String time(Instant instant, ShopProfile shop) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                instant.atZone(shop.zone()).toOffsetDateTime());
    }
}
