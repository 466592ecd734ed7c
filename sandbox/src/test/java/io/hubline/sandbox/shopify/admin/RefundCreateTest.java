package io.hubline.sandbox.shopify.admin;

import static io.hubline.sandbox.shopify.admin.ApiFixture.at;
import static io.hubline.sandbox.shopify.admin.ApiFixture.path;
import static io.hubline.sandbox.shopify.admin.ApiFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.Refund;
import io.hubline.sandbox.shopify.store.ShopEvent;
import io.hubline.sandbox.shopify.store.Variant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefundCreateTest {

    private static final String REFUND = """
            mutation Refund($input: RefundInput!, $key: String!) {
              refundCreate(input: $input) @idempotent(key: $key) {
                refund {
                  id
                  note
                  totalRefundedSet { presentmentMoney { amount currencyCode } }
                  refundLineItems(first: 5) { nodes { quantity restockType restocked lineItem { id } subtotalSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } } } }
                  transactions(first: 5) { nodes { kind gateway amountSet { shopMoney { amount } } parentTransaction { kind } } }
                }
                order { displayFinancialStatus }
                userErrors { field message }
              }
            }
            """;

    private final ApiFixture fixture = new ApiFixture();
    private final Variant lamp = fixture.variant("LAMP", 1000, 10);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_unit_is_paid_back_against_the_sale_and_the_order_tells_of_it() {
        PlacedOrder order = fixture.shipped(lamp, 2);
        fixture.clock.forward(Duration.ofMinutes(1));

        JsonNode answer = refund("k1", input(order, "10.60", units(order, 1, "NO_RESTOCK")));

        assertThat(at(answer, "/data/refundCreate/userErrors")).isEmpty();
        assertThat(at(answer, "/data/refundCreate/refund/totalRefundedSet/presentmentMoney/amount")
                        .textValue())
                .isEqualTo("10.6");
        assertThat(at(answer, "/data/refundCreate/refund/refundLineItems/nodes/0/totalTaxSet/shopMoney/amount")
                        .textValue())
                .isEqualTo("0.6");
        assertThat(at(answer, "/data/refundCreate/refund/transactions/nodes/0/parentTransaction/kind")
                        .textValue())
                .isEqualTo("SALE");
        assertThat(at(answer, "/data/refundCreate/order/displayFinancialStatus").textValue())
                .isEqualTo("PARTIALLY_REFUNDED");
        PlacedOrder now = fixture.now(order);
        assertThat(now.updatedAt()).isAfter(order.updatedAt());
        assertThat(now.lines().getFirst().current()).isEqualTo(1);
        assertThat(fixture.events).endsWith(ShopEvent.REFUNDS_CREATE, ShopEvent.ORDERS_UPDATED);
    }

    @Test
    void an_order_lists_its_refunds_and_its_payments() {
        PlacedOrder order = fixture.shipped(lamp, 2);
        refund("k1", input(order, "10.60", units(order, 1, "NO_RESTOCK")));

        JsonNode answer = fixture.run(
                "query($id: ID!) { order(id: $id) { totalRefundedSet { shopMoney { amount } } netPaymentSet { shopMoney { amount } }"
                        + " refunds(first: 5) { note } transactions(first: 5) { kind maximumRefundableV2 { amount } }"
                        + " currentTotalPriceSet { shopMoney { amount } } lineItems(first: 5) { nodes { refundableQuantity quantity } } } }",
                Map.of("id", order.gid()));

        assertThat(at(answer, "/errors").isMissingNode()).as(answer.toString()).isTrue();
        assertThat(at(answer, "/data/order/totalRefundedSet/shopMoney/amount").textValue())
                .isEqualTo("10.6");
        assertThat(at(answer, "/data/order/netPaymentSet/shopMoney/amount").textValue())
                .isEqualTo("15.6");
        assertThat(at(answer, "/data/order/currentTotalPriceSet/shopMoney/amount")
                        .textValue())
                .isEqualTo("15.6");
        assertThat(at(answer, "/data/order/refunds/0/note").textValue()).isEqualTo("refund 1");
        assertThat(texts(at(answer, "/data/order/transactions"), "kind")).containsExactly("SALE", "REFUND");
        assertThat(at(answer, "/data/order/transactions/0/maximumRefundableV2/amount")
                        .textValue())
                .isEqualTo("15.6");
        assertThat(at(answer, "/data/order/lineItems/nodes/0/refundableQuantity")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void a_refund_needs_an_idempotency_key() {
        PlacedOrder order = fixture.shipped(lamp, 1);

        JsonNode answer = fixture.run(
                REFUND.replace(" @idempotent(key: $key)", "").replace(", $key: String!", ""),
                Map.of("input", input(order, "10.60", units(order, 1, "NO_RESTOCK"))));

        assertThat(at(answer, "/errors/0/extensions/code").textValue()).isEqualTo("BAD_REQUEST");
        assertThat(fixture.now(order).refunds()).isEmpty();
    }

    @Test
    void a_repeated_key_pays_once_and_answers_the_same_refund() {
        PlacedOrder order = fixture.shipped(lamp, 2);
        JsonNode first = refund("k1", input(order, "10.60", units(order, 1, "NO_RESTOCK")));

        JsonNode second = refund("k1", input(order, "10.60", units(order, 1, "NO_RESTOCK")));

        assertThat(at(second, "/data/refundCreate/refund/id")).isEqualTo(at(first, "/data/refundCreate/refund/id"));
        assertThat(fixture.now(order).refunds()).hasSize(1);
    }

    @Test
    void a_key_with_another_refund_is_refused() {
        PlacedOrder order = fixture.shipped(lamp, 2);
        refund("k1", input(order, "10.60", units(order, 1, "NO_RESTOCK")));

        JsonNode answer = refund("k1", input(order, "21.20", units(order, 2, "NO_RESTOCK")));

        assertThat(messages(answer))
                .containsExactly("The same idempotency key cannot be used with different operation parameters.");
        assertThat(fixture.now(order).refunds()).hasSize(1);
    }

    @Test
    void never_more_than_was_paid() {
        PlacedOrder order = fixture.shipped(lamp, 2);
        refund("k1", input(order, "20.00", units(order, 1, "NO_RESTOCK")));

        JsonNode answer = refund("k2", input(order, "6.21", units(order, 1, "NO_RESTOCK")));
        JsonNode allowed = refund("k3", with(input(order, "6.21"), "allowOverRefunding", true));

        assertThat(messages(answer)).containsExactly("Refund amount $6.21 is greater than net payment received $6.20");
        assertThat(at(answer, "/data/refundCreate/userErrors/0/field").isNull()).isTrue();
        assertThat(messages(allowed)).hasSize(1);
        assertThat(fixture.now(order).refundedMinor()).isEqualTo(2000);
    }

    @Test
    void never_more_units_than_were_bought() {
        PlacedOrder order = fixture.shipped(lamp, 2);
        refund("k1", input(order, "10.60", units(order, 1, "NO_RESTOCK")));

        JsonNode answer = refund("k2", input(order, "1.00", units(order, 2, "NO_RESTOCK")));
        JsonNode twice = refund(
                "k3", input(order, "1.00", List.of(units(order, 1, "NO_RESTOCK"), units(order, 1, "NO_RESTOCK"))));

        assertThat(messages(answer)).containsExactly("Quantity cannot refund more items than were purchased");
        assertThat(path(at(answer, "/data/refundCreate/userErrors/0/field")))
                .containsExactly("refundLineItems", "0", "quantity");
        assertThat(path(at(twice, "/data/refundCreate/userErrors/0/field")))
                .containsExactly("refundLineItems", "1", "quantity");
    }

    @Test
    void everything_back_makes_an_order_refunded() {
        PlacedOrder order = fixture.shipped(lamp, 1);

        JsonNode answer = refund(
                "k1",
                with(input(order, "15.60", units(order, 1, "NO_RESTOCK")), "shipping", Map.of("fullRefund", true)));

        assertThat(at(answer, "/data/refundCreate/order/displayFinancialStatus").textValue())
                .isEqualTo("REFUNDED");
        assertThat(fixture.now(order).refundedShippingMinor()).isEqualTo(500);
        assertThat(messages(refund("k2", with(input(order, null), "shipping", Map.of("amount", "0.01")))))
                .containsExactly("Shipping amount is greater than the refundable one");
    }

    @Test
    void wrong_transactions_are_refused() {
        PlacedOrder order = fixture.shipped(lamp, 1);
        PlacedOrder other = fixture.shipped(lamp, 1);

        assertThat(messages(refund("k1", payment(order, "kind", "SALE"))))
                .containsExactly("Kind sale is not a valid transaction");
        assertThat(messages(refund("k2", payment(order, "parentId", Gid.of("OrderTransaction", 1)))))
                .containsExactly("Transactions require a parent_id associated with the order");
        assertThat(messages(refund("k3", payment(order, "orderId", other.gid()))))
                .containsExactly("Transactions must belong to the refunded order");
        assertThat(messages(refund("k4", payment(order, "gateway", "bogus"))))
                .containsExactly("Gateway must be the one of the parent transaction");
        assertThat(messages(refund("k5", payment(order, "amount", "0.00"))))
                .containsExactly("Amount must be greater than 0");
        assertThat(messages(refund("k6", payment(order, "amount", "1.005"))))
                .containsExactly("Amount must have at most two decimals");
        assertThat(messages(refund("k7", with(input(order, "1.00"), "currency", "EUR"))))
                .hasSize(1);
        assertThat(fixture.now(order).refunds()).isEmpty();
    }

    @Test
    void an_order_that_is_not_there_and_a_refund_of_nothing_are_refused() {
        PlacedOrder order = fixture.shipped(lamp, 1);

        JsonNode unknown = refund("k1", with(input(order, "1.00"), "orderId", "gid://shopify/Order/7"));
        JsonNode nothing = refund("k2", input(order, null));

        assertThat(path(at(unknown, "/data/refundCreate/userErrors/0/field"))).containsExactly("orderId");
        assertThat(messages(nothing)).containsExactly("Refund must include line items, shipping or transactions");
    }

    @Test
    void restocked_units_are_shown_again_and_others_are_not() {
        PlacedOrder order = fixture.shipped(lamp, 3);

        refund("k1", input(order, "1.00", units(order, 1, "NO_RESTOCK")));
        int afterNone = fixture.shown(lamp);
        refund("k2", input(order, "1.00", restocked(order, 1, "RETURN")));

        assertThat(afterNone).isEqualTo(7);
        assertThat(fixture.shown(lamp)).isEqualTo(8);
        assertThat(messages(refund("k3", input(order, "1.00", restocked(order, 1, "CANCEL")))))
                .containsExactly("Quantity cannot remove more than the fulfillable quantity");
        assertThat(messages(refund("k4", input(order, "1.00", units(order, 1, "RETURN")))))
                .containsExactly("Location is required to restock");
        assertThat(messages(refund("k5", input(order, "1.00", units(order, 1, "LEGACY_RESTOCK")))))
                .hasSize(1);
    }

    @Test
    void units_called_off_before_they_ship_never_ship() {
        PlacedOrder order = fixture.bought(lamp, 3);

        refund("k1", input(order, "21.20", restocked(order, 2, "CANCEL")));

        PlacedOrder now = fixture.now(order);
        assertThat(fixture.shown(lamp)).isEqualTo(9);
        assertThat(fixture.shop.levels(lamp.inventoryItemId()).getFirst().committed())
                .isEqualTo(1);
        assertThat(now.lines().getFirst().unfulfilled()).isEqualTo(1);
        assertThat(now.fulfillmentOrders().getFirst().parts().getFirst().remaining())
                .isEqualTo(1);
        assertThat(messages(refund("k2", input(order, "1.00", restocked(order, 1, "RETURN")))))
                .containsExactly("Quantity cannot return more items than were fulfilled");
    }

    @Test
    void a_cancellation_pays_back_what_is_left() {
        PlacedOrder order = fixture.bought(lamp, 2);
        refund("k1", input(order, "10.00", restocked(order, 1, "CANCEL")));

        fixture.shop.cancel(order.id(), "CUSTOMER", true, false, null);

        PlacedOrder now = fixture.now(order);
        assertThat(now.refundedMinor()).isEqualTo(order.totalMinor());
        assertThat(now.refunds()).extracting(Refund::byCancellation).containsExactly(false, true);
        assertThat(now.financialStatus()).isEqualTo("REFUNDED");
        assertThat(fixture.shown(lamp)).isEqualTo(10);
    }

    @Test
    void the_tax_of_the_parts_is_the_tax_of_the_whole() {
        Variant odd = fixture.variant("ODD", 333, 10);
        PlacedOrder order = fixture.shipped(odd, 3);

        for (int i = 0; i < 3; i++) {
            refund("k" + i, input(order, "1.00", units(order, 1, "NO_RESTOCK")));
        }

        assertThat(fixture.now(order).currentTaxMinor()).isZero();
        assertThat(fixture.now(order).currentSubtotalMinor()).isZero();
    }

    private JsonNode refund(String key, Map<String, Object> input) {
        return fixture.run(REFUND, Map.of("input", input, "key", key));
    }

    private static List<String> messages(JsonNode answer) {
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(at(answer, "/data/refundCreate/refund").isNull()).isTrue();
        return texts(at(answer, "/data/refundCreate/userErrors"), "message");
    }

    private static Map<String, Object> input(PlacedOrder order, @Nullable String amount) {
        return input(order, amount, List.of());
    }

    private static Map<String, Object> input(PlacedOrder order, @Nullable String amount, Map<String, Object> units) {
        return input(order, amount, List.of(units));
    }

    private static Map<String, Object> input(
            PlacedOrder order, @Nullable String amount, List<Map<String, Object>> units) {
        Map<String, Object> input = new HashMap<>();
        input.put("orderId", order.gid());
        input.put("note", "refund 1");
        input.put("currency", "USD");
        input.put("refundLineItems", units);
        input.put("transactions", amount == null ? List.of() : List.of(payment(order, amount)));
        return input;
    }

    private static Map<String, Object> payment(PlacedOrder order, String amount) {
        return Map.of(
                "orderId",
                order.gid(),
                "kind",
                "REFUND",
                "gateway",
                "shopify_payments",
                "parentId",
                Gid.of("OrderTransaction", order.transactionId()),
                "amount",
                amount);
    }

    private static Map<String, Object> payment(PlacedOrder order, String field, String wrong) {
        Map<String, Object> payment = new HashMap<>(payment(order, "1.00"));
        payment.put(field, wrong);
        return with(input(order, null), "transactions", List.of(payment));
    }

    private static Map<String, Object> with(Map<String, Object> input, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(input);
        changed.put(field, value);
        return changed;
    }

    private static Map<String, Object> units(PlacedOrder order, int quantity, String restock) {
        return Map.of("lineItemId", order.lines().getFirst().gid(), "quantity", quantity, "restockType", restock);
    }

    private Map<String, Object> restocked(PlacedOrder order, int quantity, String restock) {
        return with(units(order, quantity, restock), "locationId", fixture.main.gid());
    }
}
