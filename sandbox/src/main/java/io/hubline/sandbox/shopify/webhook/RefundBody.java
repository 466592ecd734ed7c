package io.hubline.sandbox.shopify.webhook;

import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.Refund;
import io.hubline.sandbox.shopify.store.ShopProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refund in the vendor's REST shape, as its own message tells it and as orders carry it.
final class RefundBody {

    private RefundBody() {}

    static String of(PlacedOrder order, Refund refund, ShopProfile shop) {
        return OrderBody.text(fields(order, refund, shop));
    }

    static Map<String, @Nullable Object> fields(PlacedOrder order, Refund refund, ShopProfile shop) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", refund.id());
        body.put("admin_graphql_api_id", refund.gid());
        body.put("order_id", order.id());
        body.put("created_at", OrderBody.time(refund.createdAt(), shop));
        body.put("processed_at", OrderBody.time(refund.createdAt(), shop));
        body.put("note", refund.note());
        body.put("user_id", null);
        body.put("duties", List.of());
        body.put("total_duties_set", OrderBody.set(order, 0));
        body.put("return", null);
        body.put("order_adjustments", List.of());
        body.put(
                "refund_line_items",
                refund.units().stream().map(units -> units(order, units)).toList());
        body.put(
                "refund_shipping_lines",
                refund.shippingMinor() == 0
                        ? List.of()
                        : List.of(Map.of(
                                "id",
                                refund.id(),
                                "shipping_line",
                                OrderBody.shippingLine(order),
                                "subtotal_amount_set",
                                OrderBody.set(order, refund.shippingMinor()),
                                "tax_amount_set",
                                OrderBody.set(order, 0))));
        body.put(
                "transactions",
                refund.payments().stream()
                        .map(payment -> transaction(order, refund, payment, shop))
                        .toList());
        return body;
    }

    private static Map<String, @Nullable Object> units(PlacedOrder order, Refund.Units units) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", units.id());
        body.put("line_item_id", units.lineId());
        body.put("quantity", units.quantity());
        body.put("restock_type", units.restock().name().toLowerCase(Locale.ROOT));
        body.put(
                "location_id",
                units.location() == null ? null : units.location().id());
        body.put("subtotal", OrderBody.text(order, units.subtotalMinor()));
        body.put("subtotal_set", OrderBody.set(order, units.subtotalMinor()));
        body.put("total_tax", OrderBody.text(order, units.taxMinor()));
        body.put("total_tax_set", OrderBody.set(order, units.taxMinor()));
        order.line(units.lineId()).ifPresent(line -> body.put("line_item", OrderBody.lineItem(order, line)));
        return body;
    }

    private static Map<String, @Nullable Object> transaction(
            PlacedOrder order, Refund refund, Refund.Payment payment, ShopProfile shop) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", payment.id());
        body.put("admin_graphql_api_id", Gid.of("OrderTransaction", payment.id()));
        body.put("order_id", order.id());
        body.put("parent_id", payment.parentId());
        body.put("kind", "refund");
        body.put("status", "success");
        body.put("gateway", PlacedOrder.GATEWAY);
        body.put("amount", OrderBody.text(order, payment.amountMinor()));
        body.put("currency", order.currency());
        body.put("created_at", OrderBody.time(refund.createdAt(), shop));
        body.put("processed_at", OrderBody.time(refund.createdAt(), shop));
        body.put("message", null);
        body.put("error_code", null);
        body.put("test", false);
        return body;
    }
}
