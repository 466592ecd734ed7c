package io.hubline.sandbox.shopify.admin;

import static io.hubline.sandbox.shopify.admin.ApiFixture.at;
import static io.hubline.sandbox.shopify.admin.ApiFixture.path;
import static io.hubline.sandbox.shopify.admin.ApiFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.GoodsReturn;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.RefundWish;
import io.hubline.sandbox.shopify.store.ReturnOutcome.Done;
import io.hubline.sandbox.shopify.store.ShopEvent;
import io.hubline.sandbox.shopify.store.Variant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReturnsTest {

    private final ApiFixture fixture = new ApiFixture();
    private final Variant lamp = fixture.variant("LAMP", 1000, 10);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_request_is_told_with_its_lines_down_to_the_order_line() {
        PlacedOrder order = fixture.shipped(lamp, 2);
        fixture.clock.forward(Duration.ofMinutes(1));
        GoodsReturn goods = requested(order, 1);

        JsonNode answer = fixture.run(
                "query($id: ID!) { order(id: $id) { updatedAt returnStatus returns(first: 5) { nodes { id name status totalQuantity"
                        + " returnLineItems(first: 5) { nodes { id quantity returnReason returnReasonDefinition { handle } customerNote"
                        + " ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } } } } } } } }",
                Map.of("id", order.gid()));

        assertThat(at(answer, "/errors").isMissingNode()).as(answer.toString()).isTrue();
        assertThat(at(answer, "/data/order/returnStatus").textValue()).isEqualTo("RETURN_REQUESTED");
        JsonNode told = at(answer, "/data/order/returns/nodes/0");
        assertThat(told.path("id").textValue()).isEqualTo(goods.gid());
        assertThat(told.path("name").textValue()).isEqualTo("#1001-R1");
        assertThat(told.path("status").textValue()).isEqualTo("REQUESTED");
        JsonNode line = at(told, "/returnLineItems/nodes/0");
        assertThat(line.path("quantity").intValue()).isEqualTo(1);
        assertThat(line.path("returnReason").textValue()).isEqualTo("UNWANTED");
        assertThat(at(line, "/returnReasonDefinition/handle").textValue()).isEqualTo("unwanted");
        assertThat(line.path("customerNote").textValue()).isEqualTo("too bright");
        assertThat(at(line, "/fulfillmentLineItem/lineItem/id").textValue())
                .isEqualTo(order.lines().getFirst().gid());
        assertThat(fixture.now(order).updatedAt()).isAfter(order.updatedAt());
        assertThat(fixture.events).endsWith(ShopEvent.RETURNS_REQUEST, ShopEvent.ORDERS_UPDATED);
    }

    @Test
    void only_shipped_units_that_are_in_no_other_return_come_back() {
        PlacedOrder unshipped = fixture.bought(lamp, 1);
        PlacedOrder order = fixture.shipped(lamp, 2);
        requested(order, 1);

        JsonNode tooMany = create("returnRequest", "ReturnRequestInput", "input", order, 2, "UNWANTED");
        JsonNode bySeller = create("returnCreate", "ReturnInput", "returnInput", order, 2, "UNWANTED");

        assertThat(fixture.shop.wishes(
                        unshipped, unshipped.lines().getFirst().id(), 1, GoodsReturn.Reason.UNWANTED, "", true))
                .isEmpty();
        assertThat(error(tooMany, "returnRequest"))
                .isEqualTo("INVALID Return line item has an invalid quantity. [input, returnLineItems, 0, quantity]");
        assertThat(error(bySeller, "returnCreate"))
                .isEqualTo(
                        "INVALID Return line item has an invalid quantity. [returnInput, returnLineItems, 0, quantity]");
    }

    @Test
    void what_was_paid_back_without_a_return_cannot_be_returned_any_more() {
        PlacedOrder order = fixture.shipped(lamp, 2);
        fixture.shop.refund(new RefundWish(
                order.id(),
                null,
                null,
                List.of(new RefundWish.Units(
                        order.lines().getFirst().id(),
                        1,
                        io.hubline.sandbox.shopify.store.Refund.Restock.NO_RESTOCK,
                        null)),
                RefundWish.Shipping.NONE,
                List.of()));

        JsonNode two = create("returnRequest", "ReturnRequestInput", "input", order, 2, "UNWANTED");
        JsonNode one = create("returnRequest", "ReturnRequestInput", "input", order, 1, "UNWANTED");

        assertThat(error(two, "returnRequest")).startsWith("INVALID");
        assertThat(at(one, "/data/returnRequest/return/status").textValue()).isEqualTo("REQUESTED");
    }

    @Test
    void a_sellers_own_return_is_open_at_once_and_needs_a_reason() {
        PlacedOrder order = fixture.shipped(lamp, 1);

        JsonNode without = create("returnCreate", "ReturnInput", "returnInput", order, 1, null);
        JsonNode other = create("returnCreate", "ReturnInput", "returnInput", order, 1, "OTHER");
        JsonNode open = create("returnCreate", "ReturnInput", "returnInput", order, 1, "DEFECTIVE");

        assertThat(error(without, "returnCreate"))
                .startsWith("NOT_FOUND")
                .endsWith("[returnInput, returnLineItems, 0]");
        assertThat(error(other, "returnCreate"))
                .isEqualTo(
                        "BLANK Return reason note can't be blank [returnInput, returnLineItems, 0, returnReasonNote]");
        assertThat(at(open, "/data/returnCreate/return/status").textValue()).isEqualTo("OPEN");
        assertThat(fixture.now(order).returnStatus()).isEqualTo("IN_PROGRESS");
    }

    @Test
    void a_buyers_request_needs_a_reason() {
        PlacedOrder order = fixture.shipped(lamp, 1);

        JsonNode answer = create("returnRequest", "ReturnRequestInput", "input", order, 1, null);

        assertThat(error(answer, "returnRequest"))
                .isEqualTo("BLANK Return reason can't be blank [input, returnLineItems, 0, returnReason]");
    }

    @Test
    void a_request_is_approved_once() {
        GoodsReturn goods = requested(fixture.shipped(lamp, 1), 1);

        JsonNode first = input("returnApproveRequest", "ReturnApproveRequestInput", Map.of("id", goods.gid()));
        JsonNode second = input("returnApproveRequest", "ReturnApproveRequestInput", Map.of("id", goods.gid()));

        assertThat(at(first, "/data/returnApproveRequest/return/status").textValue())
                .isEqualTo("OPEN");
        assertThat(error(second, "returnApproveRequest"))
                .isEqualTo("INVALID_STATE Return is not approvable. Only returns with status REQUESTED can be approved."
                        + " [input, id]");
        assertThat(fixture.events).endsWith(ShopEvent.RETURNS_APPROVE, ShopEvent.ORDERS_UPDATED);
    }

    @Test
    void a_declined_request_keeps_its_reason_and_frees_its_units() {
        PlacedOrder order = fixture.shipped(lamp, 1);
        GoodsReturn goods = requested(order, 1);

        JsonNode declined = decline(goods, "we sell no lamps back");
        JsonNode again = decline(goods, "no");

        assertThat(at(declined, "/data/returnDeclineRequest/return/decline/reason")
                        .textValue())
                .isEqualTo("FINAL_SALE");
        assertThat(error(again, "returnDeclineRequest"))
                .isEqualTo("INVALID_STATE The return is already declined. [input, id]");
        assertThat(fixture.now(order).returnStatus()).isEqualTo("NO_RETURN");
        assertThat(requested(fixture.now(order), 1).status()).isEqualTo(GoodsReturn.Status.REQUESTED);
        assertThat(fixture.events).contains(ShopEvent.RETURNS_DECLINE);
    }

    @Test
    void a_long_note_and_an_open_return_cannot_be_declined() {
        GoodsReturn goods = requested(fixture.shipped(lamp, 1), 1);

        JsonNode tooLong = decline(goods, "x".repeat(501));
        fixture.shop.approveReturn(goods.id());
        JsonNode open = decline(goods, "late");

        assertThat(error(tooLong, "returnDeclineRequest"))
                .startsWith("TOO_LONG")
                .endsWith("[input, declineNote]");
        assertThat(error(open, "returnDeclineRequest")).startsWith("INVALID_STATE Return is not declinable.");
    }

    @Test
    void an_open_return_is_called_off_and_a_request_is_not() {
        PlacedOrder order = fixture.shipped(lamp, 2);
        GoodsReturn request = requested(order, 1);
        GoodsReturn open = requested(fixture.now(order), 1);
        fixture.shop.approveReturn(open.id());

        JsonNode refused = byId("returnCancel", request);
        JsonNode first = byId("returnCancel", open);
        JsonNode second = byId("returnCancel", open);

        assertThat(error(refused, "returnCancel")).isEqualTo("INVALID_STATE Return is not cancelable. [id]");
        assertThat(at(first, "/data/returnCancel/return/status").textValue()).isEqualTo("CANCELED");
        assertThat(at(second, "/data/returnCancel/return/status").textValue()).isEqualTo("CANCELED");
        assertThat(fixture.events.stream().filter(ShopEvent.RETURNS_CANCEL::equals))
                .hasSize(1);
    }

    @Test
    void a_return_is_closed_and_taken_up_again() {
        GoodsReturn goods = requested(fixture.shipped(lamp, 1), 1);

        JsonNode early = byId("returnClose", goods);
        fixture.shop.approveReturn(goods.id());
        JsonNode closed = byId("returnClose", goods);
        fixture.clock.forward(Duration.ofMinutes(1));
        JsonNode again = byId("returnClose", goods);
        JsonNode reopened = byId("returnReopen", goods);

        assertThat(error(early, "returnClose")).isEqualTo("INVALID_STATE Return status is invalid. [id]");
        assertThat(at(closed, "/data/returnClose/return/status").textValue()).isEqualTo("CLOSED");
        assertThat(at(again, "/data/returnClose/return/closedAt"))
                .isEqualTo(at(closed, "/data/returnClose/return/closedAt"));
        assertThat(at(reopened, "/data/returnReopen/return/status").textValue()).isEqualTo("OPEN");
        assertThat(at(reopened, "/data/returnReopen/return/closedAt").isNull()).isTrue();
        assertThat(fixture.events).contains(ShopEvent.RETURNS_CLOSE, ShopEvent.RETURNS_REOPEN);
    }

    @Test
    void units_taken_out_of_a_return_shrink_it_and_the_last_one_closes_it() {
        GoodsReturn goods = requested(fixture.shipped(lamp, 2), 2);

        JsonNode tooMany = remove(goods, 3);
        JsonNode none = remove(goods, 0);
        JsonNode one = remove(goods, 1);
        JsonNode last = remove(goods, 1);

        assertThat(error(tooMany, "removeFromReturn")).startsWith("INVALID ");
        assertThat(error(none, "removeFromReturn")).startsWith("GREATER_THAN ");
        assertThat(at(one, "/data/removeFromReturn/return/totalQuantity").intValue())
                .isEqualTo(1);
        assertThat(at(last, "/data/removeFromReturn/return/status").textValue()).isEqualTo("CLOSED");
        assertThat(fixture.events).contains(ShopEvent.RETURNS_UPDATE);
    }

    @Test
    void a_return_that_is_not_there_is_not_found() {
        JsonNode answer =
                input("returnApproveRequest", "ReturnApproveRequestInput", Map.of("id", "gid://shopify/Return/7"));

        assertThat(error(answer, "returnApproveRequest")).isEqualTo("NOT_FOUND Return not found. [input, id]");
        assertThat(at(fixture.run("{ return(id: \"gid://shopify/Return/7\") { id } }", Map.of()), "/data/return")
                        .isNull())
                .isTrue();
    }

    private GoodsReturn requested(PlacedOrder order, int units) {
        return ((Done) fixture.shop.requestReturn(
                        order.id(),
                        fixture.shop.wishes(
                                order,
                                order.lines().getFirst().id(),
                                units,
                                GoodsReturn.Reason.UNWANTED,
                                "too bright",
                                true)))
                .goods();
    }

    private JsonNode create(
            String mutation, String type, String argument, PlacedOrder order, int units, @Nullable String reason) {
        Map<String, @Nullable Object> line = new HashMap<>();
        line.put(
                "fulfillmentLineItemId",
                Gid.of(
                        "FulfillmentLineItem",
                        order.fulfillments().getFirst().parts().getFirst().id()));
        line.put("quantity", units);
        line.put("returnReason", reason);
        return fixture.run(
                "mutation($input: %s!) { %s(%s: $input) { return { id status } userErrors { code field message } } }"
                        .formatted(type, mutation, argument),
                Map.of("input", Map.of("orderId", order.gid(), "returnLineItems", List.of(line))));
    }

    private JsonNode input(String mutation, String type, Map<String, Object> input) {
        return fixture.run(
                "mutation($input: %s!) { %s(input: $input) { return { id status decline { reason note } } userErrors { code field message } } }"
                        .formatted(type, mutation),
                Map.of("input", input));
    }

    private JsonNode decline(GoodsReturn goods, String note) {
        return input(
                "returnDeclineRequest",
                "ReturnDeclineRequestInput",
                Map.of("id", goods.gid(), "declineReason", "FINAL_SALE", "declineNote", note));
    }

    private JsonNode byId(String mutation, GoodsReturn goods) {
        return fixture.run(
                "mutation($id: ID!) { %s(id: $id) { return { id status closedAt } userErrors { code field message } } }"
                        .formatted(mutation),
                Map.of("id", goods.gid()));
    }

    private JsonNode remove(GoodsReturn goods, int units) {
        return fixture.run(
                "mutation($id: ID!, $lines: [ReturnLineItemRemoveFromReturnInput!]) { removeFromReturn(returnId: $id, returnLineItems: $lines)"
                        + " { return { status totalQuantity } userErrors { code field message } } }",
                Map.of(
                        "id",
                        goods.gid(),
                        "lines",
                        List.of(Map.of(
                                "returnLineItemId",
                                Gid.of(
                                        "ReturnLineItem",
                                        goods.lines().getFirst().id()),
                                "quantity",
                                units))));
    }

    /// The only user error: its code, its message and its path.
    private static String error(JsonNode answer, String mutation) {
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        JsonNode errors = at(answer, "/data/" + mutation + "/userErrors");
        assertThat(texts(errors, "code")).as(answer.toString()).hasSize(1);
        JsonNode error = errors.get(0);
        return "%s %s %s"
                .formatted(error.path("code").asText(), error.path("message").asText(), path(error.path("field")));
    }
}
