package io.hubline.sandbox.shopify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubline.sandbox.shopify.store.BuyOutcome.Bought;
import io.hubline.sandbox.shopify.store.GoodsReturn;
import io.hubline.sandbox.shopify.store.People;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.Product;
import io.hubline.sandbox.shopify.store.Refund;
import io.hubline.sandbox.shopify.store.RefundOutcome.Refunded;
import io.hubline.sandbox.shopify.store.RefundWish;
import io.hubline.sandbox.shopify.store.ReturnOutcome.Done;
import io.hubline.sandbox.shopify.store.SettableClock;
import io.hubline.sandbox.shopify.store.Shop;
import io.hubline.sandbox.shopify.store.ShopEvent;
import io.hubline.sandbox.shopify.store.ShopProfile;
import io.hubline.sandbox.shopify.store.Variant;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReturnAndRefundBodyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ShopProfile profile = ShopProfile.of("alpha", 0, 1);
    private final Shop shop = new Shop(profile, new SettableClock(), (event, order) -> {});
    private final PlacedOrder order = shipped();
    private final Done requested = requested();

    @Test
    void a_request_names_its_order_and_its_lines_with_numbers_and_global_ids() throws IOException {
        JsonNode body = body(ShopEvent.RETURNS_REQUEST, requested);

        assertThat(names(body))
                .containsExactlyInAnyOrder(
                        "id",
                        "admin_graphql_api_id",
                        "status",
                        "order",
                        "name",
                        "total_return_line_items",
                        "return_line_items",
                        "return_shipping_fees",
                        "exchange_line_items",
                        "total_exchange_line_items");
        assertThat(body.path("id").longValue()).isEqualTo(requested.goods().id());
        assertThat(body.path("status").textValue()).isEqualTo("requested");
        assertThat(body.at("/order/id").longValue()).isEqualTo(order.id());
        JsonNode line = body.path("return_line_items").get(0);
        assertThat(line.path("return_reason").textValue()).isEqualTo("size_too_small");
        assertThat(line.at("/fulfillment_line_item/line_item/id").longValue())
                .isEqualTo(order.lines().getFirst().id());
    }

    @ParameterizedTest
    @EnumSource(names = {"RETURNS_CANCEL", "RETURNS_CLOSE", "RETURNS_REOPEN"})
    void the_end_of_a_return_is_told_with_little(ShopEvent event) throws IOException {
        shop.approveReturn(requested.goods().id());
        Done closed = (Done) shop.closeReturn(requested.goods().id());

        JsonNode body = body(event, closed);

        assertThat(names(body)).containsExactlyInAnyOrder("id", "admin_graphql_api_id", "order_id", "status");
        assertThat(body.path("order_id").longValue()).isEqualTo(order.id());
        assertThat(body.path("status").textValue()).isEqualTo("closed");
    }

    @Test
    void a_decline_is_told_with_its_reason() throws IOException {
        Done declined = (Done)
                shop.declineReturn(requested.goods().id(), new GoodsReturn.Decline("FINAL_SALE", "no lamps back"));

        JsonNode body = body(ShopEvent.RETURNS_DECLINE, declined);

        assertThat(names(body)).containsExactlyInAnyOrder("id", "admin_graphql_api_id", "order", "status", "decline");
        assertThat(body.at("/decline/reason").textValue()).isEqualTo("final_sale");
    }

    @Test
    void a_refund_is_told_as_the_order_carries_it() throws IOException {
        Refunded refunded = refunded();

        JsonNode body = JSON.readTree(RefundBody.of(refunded.order(), refunded.refund(), profile));

        assertThat(names(body)).contains("id", "order_id", "refund_line_items", "transactions", "note", "processed_at");
        assertThat(body.path("order_id").longValue()).isEqualTo(order.id());
        assertThat(body.at("/refund_line_items/0/restock_type").textValue()).isEqualTo("no_restock");
        assertThat(body.at("/refund_line_items/0/subtotal").textValue()).isEqualTo("10.00");
        assertThat(body.at("/transactions/0/amount").textValue()).isEqualTo("10.60");
        assertThat(body.at("/transactions/0/kind").textValue()).isEqualTo("refund");
        assertThat(body.at("/transactions/0/parent_id").longValue()).isEqualTo(order.transactionId());
        assertThat(JSON.readTree(OrderBody.of(refunded.order(), profile))
                        .path("refunds")
                        .get(0))
                .isEqualTo(body);
    }

    private JsonNode body(ShopEvent event, Done step) throws IOException {
        return JSON.readTree(ReturnBody.of(event, step.order(), step.goods()));
    }

    private static List<String> names(JsonNode body) {
        return StreamSupport.stream(((Iterable<String>) body::fieldNames).spliterator(), false)
                .toList();
    }

    private PlacedOrder shipped() {
        Product product = shop.addProduct("Reading lamp", "Acme");
        Variant variant = shop.addVariant(product.id(), "Black", "LAMP", 1000, Variant.Policy.DENY);
        shop.stock(variant.inventoryItemId(), shop.location("Main").id(), 10);
        PlacedOrder placed =
                ((Bought) shop.buy(List.of(new Shop.Wanted(variant, 2)), new People(1).person(1), null)).order();
        shop.fulfill(
                List.of(new Shop.Shipped(placed.fulfillmentOrders().getFirst().id(), List.of())),
                new PlacedOrder.Tracking("UPS", "1", null));
        return shop.order(placed.id()).orElseThrow();
    }

    private Done requested() {
        return (Done) shop.requestReturn(
                order.id(),
                shop.wishes(
                        order, order.lines().getFirst().id(), 1, GoodsReturn.Reason.SIZE_TOO_SMALL, "too small", true));
    }

    private Refunded refunded() {
        return (Refunded) shop.refund(new RefundWish(
                order.id(),
                "USD",
                "refund 1",
                List.of(new RefundWish.Units(order.lines().getFirst().id(), 1, Refund.Restock.NO_RESTOCK, null)),
                RefundWish.Shipping.NONE,
                List.of(new RefundWish.Payment(
                        order.id(), "REFUND", order.transactionId(), PlacedOrder.GATEWAY, 1060))));
    }
}
