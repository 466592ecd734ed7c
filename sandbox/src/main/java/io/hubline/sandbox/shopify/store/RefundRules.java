package io.hubline.sandbox.shopify.store;

import io.hubline.sandbox.shopify.store.PlacedOrder.FulfillmentOrder;
import io.hubline.sandbox.shopify.store.PlacedOrder.FulfillmentOrder.Part;
import io.hubline.sandbox.shopify.store.PlacedOrder.Line;
import io.hubline.sandbox.shopify.store.RefundOutcome.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When a refund is refused: a buyer never gets back more than was paid, nor for more units than were
/// bought. Paths and most messages are the vendor's.
final class RefundRules {

    private RefundRules() {}

    static Optional<Refused> objection(PlacedOrder order, RefundWish wish) {
        if (wish.currency() != null && !wish.currency().equals(order.currency())) {
            return refused(
                    List.of("currency"), "Currency must be the order's presentment currency " + order.currency());
        }
        long shippingMinor = shippingMinor(order, wish.shipping());
        if (wish.units().isEmpty() && wish.payments().isEmpty() && shippingMinor == 0) {
            return refused(null, "Refund must include line items, shipping or transactions");
        }
        return units(order, wish.units())
                .or(() -> shippingMinor < 0 || shippingMinor > order.shippingMinor() - order.refundedShippingMinor()
                        ? refused(List.of("shipping", "amount"), "Shipping amount is greater than the refundable one")
                        : Optional.empty())
                .or(() -> payments(order, wish.payments()));
    }

    static long shippingMinor(PlacedOrder order, RefundWish.Shipping wish) {
        return wish.full() ? order.shippingMinor() - order.refundedShippingMinor() : wish.amountMinor();
    }

    private static Optional<Refused> units(PlacedOrder order, List<RefundWish.Units> wanted) {
        Map<Long, Integer> asked = new HashMap<>();
        Map<Long, Integer> cancelled = new HashMap<>();
        Map<Long, Integer> back = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            RefundWish.Units units = wanted.get(i);
            Optional<Line> line = order.line(units.lineId());
            if (line.isEmpty()) {
                return refused(path(i, "lineItemId"), "Line item does not exist");
            }
            if (units.quantity() < 1) {
                return refused(path(i, "quantity"), "Quantity must be greater than 0");
            }
            if (asked.merge(units.lineId(), units.quantity(), Integer::sum)
                    > line.get().current()) {
                return refused(path(i, "quantity"), "Quantity cannot refund more items than were purchased");
            }
            Optional<Refused> wrongRestock = switch (units.restock()) {
                case NO_RESTOCK ->
                    units.locationId() == null
                            ? Optional.empty()
                            : refused(path(i, "locationId"), "Location must be empty when nothing is restocked");
                case CANCEL -> cancel(order, line.get(), units, i, cancelled);
                case RETURN -> restock(order, line.get(), units, i, back);
            };
            if (wrongRestock.isPresent()) {
                return wrongRestock;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refused> cancel(
            PlacedOrder order, Line line, RefundWish.Units units, int index, Map<Long, Integer> cancelled) {
        if (units.locationId() == null) {
            return refused(path(index, "locationId"), "Location is required to restock");
        }
        int promised = order.fulfillmentOrders().stream()
                .filter(FulfillmentOrder::fulfillable)
                .filter(part -> part.location().id() == units.locationId())
                .flatMap(part -> part.parts().stream())
                .filter(part -> part.lineId() == line.id())
                .mapToInt(Part::remaining)
                .sum();
        return cancelled.merge(line.id(), units.quantity(), Integer::sum) > promised
                ? refused(path(index, "quantity"), "Quantity cannot remove more than the fulfillable quantity")
                : Optional.empty();
    }

    private static Optional<Refused> restock(
            PlacedOrder order, Line line, RefundWish.Units units, int index, Map<Long, Integer> back) {
        if (units.locationId() == null) {
            return refused(path(index, "locationId"), "Location is required to restock");
        }
        int restocked = order.refunds().stream()
                .flatMap(refund -> refund.units().stream())
                .filter(each -> each.lineId() == line.id() && each.restock() == Refund.Restock.RETURN)
                .mapToInt(Refund.Units::quantity)
                .sum();
        return restocked + back.merge(line.id(), units.quantity(), Integer::sum) > order.shippedUnits(line.id())
                ? refused(path(index, "quantity"), "Quantity cannot return more items than were fulfilled")
                : Optional.empty();
    }

    private static Optional<Refused> payments(PlacedOrder order, List<RefundWish.Payment> payments) {
        long wanted = 0;
        for (int i = 0; i < payments.size(); i++) {
            RefundWish.Payment payment = payments.get(i);
            List<String> path = List.of("transactions", Integer.toString(i));
            if (!payment.kind().equals("REFUND")) {
                return refused(
                        null,
                        "Kind %s is not a valid transaction"
                                .formatted(payment.kind().toLowerCase(Locale.ROOT)));
            }
            if (payment.orderId() != order.id()) {
                return refused(with(path, "orderId"), "Transactions must belong to the refunded order");
            }
            if (payment.parentId() == null || payment.parentId() != order.transactionId()) {
                return refused(List.of("transactions"), "Transactions require a parent_id associated with the order");
            }
            if (!payment.gateway().equals(PlacedOrder.GATEWAY)) {
                return refused(with(path, "gateway"), "Gateway must be the one of the parent transaction");
            }
            if (payment.amountMinor() <= 0) {
                return refused(with(path, "amount"), "Amount must be greater than 0");
            }
            wanted += payment.amountMinor();
            if (wanted > order.refundableMinor()) {
                return refused(
                        null,
                        "Refund amount $%s is greater than net payment received $%s"
                                .formatted(
                                        order.money(wanted).restText(),
                                        order.money(order.refundableMinor()).restText()));
            }
        }
        return Optional.empty();
    }

    private static List<String> path(int index, String field) {
        return List.of("refundLineItems", Integer.toString(index), field);
    }

    private static List<String> with(List<String> path, String field) {
        List<String> longer = new ArrayList<>(path);
        longer.add(field);
        return longer;
    }

    private static Optional<Refused> refused(@Nullable List<String> field, String why) {
        return Optional.of(new Refused(field, why));
    }
}
