package io.hubline.sandbox.shopify.admin;

import graphql.schema.DataFetchingEnvironment;
import io.hubline.sandbox.shopify.admin.StockMutations.UserError;
import io.hubline.sandbox.shopify.admin.Views.ParcelLineView;
import io.hubline.sandbox.shopify.admin.Views.ReturnLineView;
import io.hubline.sandbox.shopify.admin.Views.ReturnView;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.GoodsReturn;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.PlacedOrder.Fulfillment;
import io.hubline.sandbox.shopify.store.PlacedOrder.Fulfillment.Packed;
import io.hubline.sandbox.shopify.store.ReturnOutcome;
import io.hubline.sandbox.shopify.store.ReturnWish;
import io.hubline.sandbox.shopify.store.Shop;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Returns, and the mutations that move them from state to state.
///
/// A refund by `refundCreate` belongs to no return, so no unit of a return is ever refunded or processed by
/// it, and a return tells of none.
final class GoodsBack {

    private GoodsBack() {}

    private record Stepped(@Nullable ReturnView goods, List<UserError> errors) {}

    static List<Fields<?>> types() {
        return Stream.<Fields<?>>concat(
                        Stream.of(
                                goods(),
                                line(),
                                Fields.of("ReturnReasonDefinition", GoodsReturn.Reason.class)
                                        .with("id", GoodsReturn.Reason::gid)
                                        .with("handle", GoodsReturn.Reason::handle)
                                        .with("name", GoodsReturn.Reason::label)
                                        .with("deleted", reason -> false),
                                Fields.of("ReturnDecline", GoodsReturn.Decline.class)
                                        .with("reason", GoodsReturn.Decline::reason)
                                        .with("note", GoodsReturn.Decline::note)),
                        Stream.of(
                                        "RemoveFromReturn",
                                        "ReturnApproveRequest",
                                        "ReturnCancel",
                                        "ReturnClose",
                                        "ReturnCreate",
                                        "ReturnDeclineRequest",
                                        "ReturnReopen",
                                        "ReturnRequest")
                                .map(name -> Fields.of(name + "Payload", Stepped.class)
                                        .with("return", Stepped::goods)
                                        .with("userErrors", Stepped::errors)))
                .toList();
    }

    private static Fields<ReturnView> goods() {
        return Fields.of("Return", ReturnView.class)
                .with("id", view -> view.goods().gid())
                .with("name", view -> view.goods().name())
                .with("status", view -> view.goods().status().name())
                .with("createdAt", view -> view.goods().createdAt())
                .with("requestApprovedAt", view -> view.goods().approvedAt())
                .with("closedAt", view -> view.goods().closedAt())
                .with("decline", view -> view.goods().decline())
                .with("order", ReturnView::order)
                .with("totalQuantity", view -> view.goods().units())
                .asking(
                        "refunds",
                        (view, request) -> Page.of(List.<PlacedOrder>of(), "ID", none -> Page.Place.ofId(0), request))
                .asking(
                        "returnLineItems",
                        (view, request) -> Page.of(
                                view.goods().lines().stream()
                                        .map(line -> new ReturnLineView(view.order(), view.goods(), line))
                                        .toList(),
                                "ID",
                                line -> Page.Place.ofId(line.line().id()),
                                request));
    }

    private static Fields<ReturnLineView> line() {
        return Fields.of("ReturnLineItem", ReturnLineView.class)
                .with("id", view -> Gid.of("ReturnLineItem", view.line().id()))
                .with("quantity", view -> view.line().quantity())
                .with("returnReason", view -> view.line().reason().name())
                .with("returnReasonDefinition", view -> view.line().reason())
                .with("returnReasonNote", view -> view.line().reasonNote())
                .with("customerNote", view -> view.line().customerNote())
                .with("fulfillmentLineItem", GoodsBack::packed)
                .with("processableQuantity", GoodsBack::openUnits)
                .with("processedQuantity", view -> 0)
                .with("refundableQuantity", GoodsBack::openUnits)
                .with("refundedQuantity", view -> 0)
                .with("unprocessedQuantity", view -> view.line().quantity())
                .with(
                        "withCodeDiscountedTotalPriceSet",
                        view -> view.order()
                                .money(AdminSchema.line(
                                                        view.order(),
                                                        view.line().lineId())
                                                .variant()
                                                .priceMinor()
                                        * view.line().quantity()));
    }

    private static int openUnits(ReturnLineView view) {
        return view.goods().status() == GoodsReturn.Status.OPEN ? view.line().quantity() : 0;
    }

    private static ParcelLineView packed(ReturnLineView view) {
        Packed packed = view.order().fulfillments().stream()
                .map(Fulfillment::parts)
                .flatMap(List::stream)
                .filter(each -> each.id() == view.line().packedId())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("a parcel of " + view.goods().name() + " vanished"));
        return new ParcelLineView(view.order(), packed, AdminSchema.line(view.order(), packed.lineId()));
    }

    // Mutations

    static Object request(DataFetchingEnvironment request) {
        return begin(
                request, "input", (order, wishes) -> Call.of(request).shop().requestReturn(order, wishes));
    }

    static Object create(DataFetchingEnvironment request) {
        return begin(
                request,
                "returnInput",
                (order, wishes) -> Call.of(request).shop().openReturn(order, wishes));
    }

    private static Object begin(
            DataFetchingEnvironment request, String argument, BiFunction<Long, List<ReturnWish>, ReturnOutcome> work) {
        Map<String, Object> input = AdminMutations.argument(request, argument);
        List<Map<String, Object>> lines = AdminMutations.maps(input.get("returnLineItems"));
        AdminMutations.checkSize(lines);
        return answer(work.apply(
                Gid.parse("Order", String.valueOf(input.get("orderId"))).orElse(0),
                lines.stream().map(GoodsBack::wish).toList()));
    }

    private static ReturnWish wish(Map<String, Object> line) {
        String reason = AdminMutations.text(line.get("returnReason"));
        String note = AdminMutations.text(line.get("returnReasonNote"));
        return new ReturnWish(
                Gid.parse("FulfillmentLineItem", String.valueOf(line.get("fulfillmentLineItemId")))
                        .orElse(0),
                line.get("quantity") instanceof Integer units ? units : 0,
                reason == null ? null : GoodsReturn.Reason.valueOf(reason),
                note == null ? "" : note,
                AdminMutations.text(line.get("customerNote")));
    }

    static Object approve(DataFetchingEnvironment request) {
        return answer(Call.of(request)
                .shop()
                .approveReturn(id(AdminMutations.argument(request, "input").get("id"))));
    }

    static Object decline(DataFetchingEnvironment request) {
        Map<String, Object> input = AdminMutations.argument(request, "input");
        return answer(Call.of(request)
                .shop()
                .declineReturn(
                        id(input.get("id")),
                        new GoodsReturn.Decline(
                                String.valueOf(input.get("declineReason")),
                                AdminMutations.text(input.get("declineNote")))));
    }

    static Object cancel(DataFetchingEnvironment request) {
        return answer(Call.of(request).shop().cancelReturn(id(request.getArgument("id"))));
    }

    static Object close(DataFetchingEnvironment request) {
        return answer(Call.of(request).shop().closeReturn(id(request.getArgument("id"))));
    }

    static Object reopen(DataFetchingEnvironment request) {
        return answer(Call.of(request).shop().reopenReturn(id(request.getArgument("id"))));
    }

    static Object remove(DataFetchingEnvironment request) {
        List<Map<String, Object>> lines = AdminMutations.maps(request.getArgument("returnLineItems"));
        AdminMutations.checkSize(lines);
        return answer(Call.of(request)
                .shop()
                .removeFromReturn(
                        id(request.getArgument("returnId")),
                        lines.stream()
                                .map(line -> new Shop.Removed(
                                        Gid.parse("ReturnLineItem", String.valueOf(line.get("returnLineItemId")))
                                                .orElse(0),
                                        line.get("quantity") instanceof Integer units ? units : 0))
                                .toList()));
    }

    private static long id(@Nullable Object gid) {
        return Gid.parse("Return", String.valueOf(gid)).orElse(0);
    }

    private static Stepped answer(ReturnOutcome outcome) {
        return switch (outcome) {
            case ReturnOutcome.Done(PlacedOrder order, GoodsReturn goods) ->
                new Stepped(new ReturnView(order, goods), List.of());
            case ReturnOutcome.Refused(List<String> field, String code, String why) ->
                new Stepped(null, List.of(new UserError(field, why, code)));
        };
    }
}
