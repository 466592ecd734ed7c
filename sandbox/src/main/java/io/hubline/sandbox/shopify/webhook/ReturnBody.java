package io.hubline.sandbox.shopify.webhook;

import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.GoodsReturn;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.ShopEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A return as webhooks tell it. How much they tell depends on the topic: a request and an approval carry
/// the lines, a decline its reason, and closing, reopening and calling off no more than ids and the state.
final class ReturnBody {

    private ReturnBody() {}

    static String of(ShopEvent event, PlacedOrder order, GoodsReturn goods) {
        return OrderBody.text(fields(event, order, goods));
    }

    private static Map<String, @Nullable Object> fields(ShopEvent event, PlacedOrder order, GoodsReturn goods) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", goods.id());
        body.put("admin_graphql_api_id", goods.gid());
        switch (event) {
            case RETURNS_CANCEL, RETURNS_CLOSE, RETURNS_REOPEN -> {
                body.put("status", status(goods));
                body.put("order_id", order.id());
            }
            case RETURNS_DECLINE -> {
                body.put("status", status(goods));
                body.put("order", about(order));
                body.put("decline", decline(goods.decline()));
            }
            case RETURNS_UPDATE -> {
                body.remove("id");
                body.put("return_line_items", Map.of("updated", lines(order, goods)));
                body.put("restocking_fees", Map.of());
                body.put("return_shipping_fees", Map.of());
            }
            case RETURNS_REQUEST, RETURNS_APPROVE -> {
                body.put("status", status(goods));
                body.put("order", about(order));
                body.put("name", goods.name());
                body.put("total_return_line_items", goods.lines().size());
                body.put("return_line_items", lines(order, goods));
                body.put("return_shipping_fees", List.of());
                body.put("exchange_line_items", List.of());
                body.put("total_exchange_line_items", 0);
            }
            case ORDERS_CREATE,
                    ORDERS_UPDATED,
                    ORDERS_CANCELLED,
                    ORDERS_FULFILLED,
                    ORDERS_PARTIALLY_FULFILLED,
                    REFUNDS_CREATE -> throw new IllegalArgumentException(event + " tells nothing of a return");
        }
        return body;
    }

    private static String status(GoodsReturn goods) {
        return goods.status().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> about(PlacedOrder order) {
        return reference(order.id(), order.gid());
    }

    private static Map<String, Object> reference(long id, String gid) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("id", id);
        reference.put("admin_graphql_api_id", gid);
        return reference;
    }

    private static @Nullable Object decline(GoodsReturn.@Nullable Decline decline) {
        if (decline == null) {
            return null;
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("reason", decline.reason().toLowerCase(Locale.ROOT));
        body.put("note", decline.note());
        return body;
    }

    private static List<Map<String, @Nullable Object>> lines(PlacedOrder order, GoodsReturn goods) {
        return goods.lines().stream().map(line -> line(order, line)).toList();
    }

    private static Map<String, @Nullable Object> line(PlacedOrder order, GoodsReturn.Line line) {
        Map<String, Object> packed = reference(line.packedId(), Gid.of("FulfillmentLineItem", line.packedId()));
        order.line(line.lineId()).ifPresent(sold -> packed.put("line_item", reference(sold.id(), sold.gid())));
        Map<String, @Nullable Object> body =
                new LinkedHashMap<>(reference(line.id(), Gid.of("ReturnLineItem", line.id())));
        body.put("fulfillment_line_item", packed);
        body.put("quantity", line.quantity());
        body.put("return_reason", line.reason().name().toLowerCase(Locale.ROOT));
        body.put("return_reason_note", line.reasonNote());
        body.put("customer_note", line.customerNote());
        return body;
    }
}
