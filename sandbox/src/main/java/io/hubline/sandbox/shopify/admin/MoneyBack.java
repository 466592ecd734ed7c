package io.hubline.sandbox.shopify.admin;

import graphql.schema.DataFetchingEnvironment;
import io.hubline.sandbox.shopify.admin.StockMutations.UserError;
import io.hubline.sandbox.shopify.admin.Views.LineView;
import io.hubline.sandbox.shopify.admin.Views.RefundShippingView;
import io.hubline.sandbox.shopify.admin.Views.RefundUnitsView;
import io.hubline.sandbox.shopify.admin.Views.RefundView;
import io.hubline.sandbox.shopify.admin.Views.ShippingView;
import io.hubline.sandbox.shopify.admin.Views.TransactionView;
import io.hubline.sandbox.shopify.store.Gid;
import io.hubline.sandbox.shopify.store.Money;
import io.hubline.sandbox.shopify.store.PlacedOrder;
import io.hubline.sandbox.shopify.store.Refund;
import io.hubline.sandbox.shopify.store.RefundOutcome;
import io.hubline.sandbox.shopify.store.RefundWish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Payments, refunds, and the mutation that makes one.
///
/// `refundCreate` needs an idempotency key. It moves exactly the money its transactions name: without any,
/// units are refunded and nothing is paid.
final class MoneyBack {

    private static final int LONGEST_NOTE = 5000;

    private MoneyBack() {}

    private record Made(
            @Nullable RefundView refund, @Nullable PlacedOrder order, List<UserError> errors) {

        static Made refused(@Nullable List<String> field, String why) {
            return new Made(null, null, List.of(new UserError(field, why, null)));
        }
    }

    static List<Fields<?>> types() {
        return List.of(
                refund(),
                units(),
                shipping(),
                transaction(),
                Fields.of("RefundCreatePayload", Made.class)
                        .with("refund", Made::refund)
                        .with("order", Made::order)
                        .with("userErrors", Made::errors));
    }

    private static Fields<RefundView> refund() {
        return Fields.of("Refund", RefundView.class)
                .with("id", view -> view.refund().gid())
                .with("legacyResourceId", view -> view.refund().id())
                .with("createdAt", view -> view.refund().createdAt())
                .with("processedAt", view -> view.refund().createdAt())
                .with("updatedAt", view -> view.refund().createdAt())
                .with("note", view -> view.refund().note())
                .with("order", RefundView::order)
                .with("return", view -> null)
                .with(
                        "totalRefundedSet",
                        view -> view.order().money(view.refund().paidBackMinor()))
                .asking(
                        "refundLineItems",
                        (view, request) -> Page.of(
                                view.refund().units().stream()
                                        .map(units -> new RefundUnitsView(view.order(), units))
                                        .toList(),
                                "ID",
                                units -> Page.Place.ofId(units.units().id()),
                                request))
                .asking(
                        "refundShippingLines",
                        (view, request) -> Page.of(
                                view.refund().shippingMinor() == 0
                                        ? List.of()
                                        : List.of(new RefundShippingView(view.order(), view.refund())),
                                "ID",
                                any -> Page.Place.ofId(view.refund().id()),
                                request))
                .asking(
                        "transactions",
                        (view, request) -> Page.of(
                                transactions(view.order(), view.refund()),
                                "ID",
                                transaction -> Page.Place.ofId(transaction.id()),
                                request));
    }

    private static Fields<RefundUnitsView> units() {
        return Fields.of("RefundLineItem", RefundUnitsView.class)
                .with("id", view -> Gid.of("RefundLineItem", view.units().id()))
                .with(
                        "lineItem",
                        view -> new LineView(
                                view.order(),
                                AdminSchema.line(view.order(), view.units().lineId())))
                .with("location", view -> view.units().location())
                .with("quantity", view -> view.units().quantity())
                .with("restockType", view -> view.units().restock().name())
                .with("restocked", view -> view.units().restocked())
                .with(
                        "priceSet",
                        view -> view.order()
                                .money(view.units().subtotalMinor()
                                        / view.units().quantity()))
                .with("subtotalSet", view -> view.order().money(view.units().subtotalMinor()))
                .with("totalTaxSet", view -> view.order().money(view.units().taxMinor()));
    }

    private static Fields<RefundShippingView> shipping() {
        return Fields.of("RefundShippingLine", RefundShippingView.class)
                .with("id", view -> Gid.of("RefundShippingLine", view.refund().id()))
                .with("shippingLine", view -> new ShippingView(view.order()))
                .with(
                        "subtotalAmountSet",
                        view -> view.order().money(view.refund().shippingMinor()))
                .with("taxAmountSet", view -> view.order().money(0));
    }

    private static Fields<TransactionView> transaction() {
        return Fields.of("OrderTransaction", TransactionView.class)
                .with("id", view -> Gid.of("OrderTransaction", view.id()))
                .with("kind", TransactionView::kind)
                .with("status", view -> "SUCCESS")
                .with("gateway", view -> PlacedOrder.GATEWAY)
                .with("test", view -> false)
                .with("createdAt", TransactionView::at)
                .with("processedAt", TransactionView::at)
                .with("order", TransactionView::order)
                .with("amountSet", view -> view.order().money(view.amountMinor()))
                .with("parentTransaction", view -> view.sale() ? null : sale(view.order()))
                .with(
                        "maximumRefundableV2",
                        view -> view.sale() ? view.order().money(view.order().refundableMinor()) : null)
                .with(
                        "fees",
                        view -> view.sale() ? List.of(new Views.FeeView(view.order(), view.id() + 1)) : List.of());
    }

    private static TransactionView sale(PlacedOrder order) {
        return new TransactionView(order, "SALE", order.transactionId(), order.totalMinor(), order.createdAt());
    }

    private static List<TransactionView> transactions(PlacedOrder order, Refund refund) {
        return refund.payments().stream()
                .map(payment ->
                        new TransactionView(order, "REFUND", payment.id(), payment.amountMinor(), refund.createdAt()))
                .toList();
    }

    /// All payments of an order, the sale first.
    static List<TransactionView> transactions(PlacedOrder order) {
        return Stream.concat(
                        Stream.of(sale(order)),
                        order.refunds().stream().flatMap(refund -> transactions(order, refund).stream()))
                .toList();
    }

    // The mutation

    static Object create(DataFetchingEnvironment request) {
        String key = AdminMutations.requiredKey(request);
        return AdminMutations.once(
                request, key, () -> created(request), (field, code, message) -> Made.refused(field, message));
    }

    private static Made created(DataFetchingEnvironment request) {
        Map<String, Object> input = AdminMutations.argument(request, "input");
        List<Map<String, Object>> units = AdminMutations.maps(input.get("refundLineItems"));
        List<Map<String, Object>> payments = AdminMutations.maps(input.get("transactions"));
        AdminMutations.checkSize(units);
        AdminMutations.checkSize(payments);
        String note = AdminMutations.text(input.get("note"));
        if (note != null && note.length() > LONGEST_NOTE) {
            return Made.refused(List.of("note"), "Note is too long (maximum is %d characters)".formatted(LONGEST_NOTE));
        }
        List<RefundWish.Units> wantedUnits = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            Map<String, Object> wanted = units.get(i);
            String restock = AdminMutations.text(wanted.get("restockType"));
            if ("LEGACY_RESTOCK".equals(restock)) {
                return Made.refused(
                        List.of("refundLineItems", Integer.toString(i), "restockType"),
                        "Restock type legacy_restock is not accepted for new refunds");
            }
            wantedUnits.add(new RefundWish.Units(
                    id("LineItem", wanted.get("lineItemId")),
                    wanted.get("quantity") instanceof Integer quantity ? quantity : 0,
                    restock == null ? Refund.Restock.NO_RESTOCK : Refund.Restock.valueOf(restock),
                    wanted.get("locationId") == null ? null : id("Location", wanted.get("locationId"))));
        }
        List<RefundWish.Payment> wantedPayments = new ArrayList<>();
        for (int i = 0; i < payments.size(); i++) {
            Map<String, Object> wanted = payments.get(i);
            OptionalLong amount = Money.minor(String.valueOf(wanted.get("amount")));
            if (amount.isEmpty()) {
                return Made.refused(
                        List.of("transactions", Integer.toString(i), "amount"),
                        "Amount must have at most two decimals");
            }
            wantedPayments.add(new RefundWish.Payment(
                    id("Order", wanted.get("orderId")),
                    String.valueOf(wanted.get("kind")),
                    wanted.get("parentId") == null ? null : id("OrderTransaction", wanted.get("parentId")),
                    String.valueOf(wanted.get("gateway")),
                    amount.getAsLong()));
        }
        RefundWish.Shipping shipping = RefundWish.Shipping.NONE;
        if (input.get("shipping") instanceof Map<?, ?> wanted) {
            boolean full = Boolean.TRUE.equals(wanted.get("fullRefund"));
            OptionalLong amount = wanted.get("amount") == null
                    ? OptionalLong.of(0)
                    : Money.minor(String.valueOf(wanted.get("amount")));
            if (amount.isEmpty() || (full && wanted.get("amount") != null)) {
                return Made.refused(
                        List.of("shipping", "amount"),
                        "Shipping is refunded in full or by an amount with at most two decimals");
            }
            shipping = new RefundWish.Shipping(full, amount.getAsLong());
        }
        RefundWish wish = new RefundWish(
                id("Order", input.get("orderId")),
                AdminMutations.text(input.get("currency")),
                note,
                wantedUnits,
                shipping,
                wantedPayments);
        return switch (Call.of(request).shop().refund(wish)) {
            case RefundOutcome.Refunded(PlacedOrder order, Refund refund) ->
                new Made(new RefundView(order, refund), order, List.of());
            case RefundOutcome.Refused(List<String> field, String why) -> Made.refused(field, why);
        };
    }

    private static long id(String type, @Nullable Object gid) {
        return Gid.parse(type, String.valueOf(gid)).orElse(0);
    }
}
