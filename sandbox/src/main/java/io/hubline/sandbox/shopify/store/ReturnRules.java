package io.hubline.sandbox.shopify.store;

import io.hubline.sandbox.shopify.store.GoodsReturn.Reason;
import io.hubline.sandbox.shopify.store.PlacedOrder.Fulfillment;
import io.hubline.sandbox.shopify.store.PlacedOrder.Fulfillment.Packed;
import io.hubline.sandbox.shopify.store.ReturnOutcome.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What may come back: shipped units that are in no other return and were not paid back without one.
final class ReturnRules {

    static final int LONGEST_REASON_NOTE = 255;
    static final int LONGEST_CUSTOMER_NOTE = 300;
    static final int LONGEST_DECLINE_NOTE = 500;

    private ReturnRules() {}

    /// Units of a parcel's line that no living return holds.
    static int free(PlacedOrder order, Packed packed) {
        return packed.quantity()
                - lines(order)
                        .filter(line -> line.packedId() == packed.id())
                        .mapToInt(GoodsReturn.Line::quantity)
                        .sum();
    }

    /// Units of an order line that may still come back. What was refunded after its return counts once.
    static int returnable(PlacedOrder order, long lineId) {
        int inReturns = lines(order)
                .filter(line -> line.lineId() == lineId)
                .mapToInt(GoodsReturn.Line::quantity)
                .sum();
        int paidBack = order.refunds().stream()
                .flatMap(refund -> refund.units().stream())
                .filter(units -> units.lineId() == lineId && units.restock() != Refund.Restock.CANCEL)
                .mapToInt(Refund.Units::quantity)
                .sum();
        return Math.max(0, order.shippedUnits(lineId) - Math.max(inReturns, paidBack));
    }

    private static Stream<GoodsReturn.Line> lines(PlacedOrder order) {
        return order.returns().stream().filter(GoodsReturn::claims).flatMap(goods -> goods.lines().stream());
    }

    /// Why a return cannot begin. `asked` is true for a buyer's request and false for a seller's own
    /// return, whose rules for reasons differ.
    static Optional<Refused> objection(PlacedOrder order, List<ReturnWish> wishes, boolean asked) {
        String root = asked ? "input" : "returnInput";
        if (wishes.isEmpty()) {
            return refused(List.of(root, "returnLineItems"), "BLANK", "Return line items can't be blank");
        }
        Map<Long, Integer> ofPacked = new HashMap<>();
        Map<Long, Integer> ofLine = new HashMap<>();
        for (int i = 0; i < wishes.size(); i++) {
            ReturnWish wish = wishes.get(i);
            List<String> path = List.of(root, "returnLineItems", Integer.toString(i));
            Optional<Refused> wrongReason = reason(wish, path, asked);
            if (wrongReason.isPresent()) {
                return wrongReason;
            }
            Optional<Packed> packed = packed(order, wish.packedId());
            if (packed.isEmpty()) {
                return refused(
                        with(path, "fulfillmentLineItemId"), "NOT_FOUND", "Fulfillment line item does not exist.");
            }
            long lineId = packed.get().lineId();
            boolean tooMany =
                    ofPacked.merge(wish.packedId(), wish.quantity(), Integer::sum) > free(order, packed.get());
            tooMany |= ofLine.merge(lineId, wish.quantity(), Integer::sum) > returnable(order, lineId);
            if (wish.quantity() < 1 || tooMany) {
                return refused(with(path, "quantity"), "INVALID", "Return line item has an invalid quantity.");
            }
        }
        return Optional.empty();
    }

    private static Optional<Refused> reason(ReturnWish wish, List<String> path, boolean asked) {
        if (wish.reason() == null) {
            return asked
                    ? refused(with(path, "returnReason"), "BLANK", "Return reason can't be blank")
                    : refused(path, "NOT_FOUND", "Return reason definition does not exist.");
        }
        if (!asked && wish.reason() == Reason.OTHER && wish.reasonNote().isBlank()) {
            return refused(with(path, "returnReasonNote"), "BLANK", "Return reason note can't be blank");
        }
        if (wish.reasonNote().length() > LONGEST_REASON_NOTE) {
            return refused(
                    with(path, "returnReasonNote"),
                    "TOO_LONG",
                    "Return reason note is too long (maximum is %d characters)".formatted(LONGEST_REASON_NOTE));
        }
        return wish.customerNote() != null && wish.customerNote().length() > LONGEST_CUSTOMER_NOTE
                ? refused(
                        with(path, "customerNote"),
                        "TOO_LONG",
                        "Customer note is too long (maximum is %d characters)".formatted(LONGEST_CUSTOMER_NOTE))
                : Optional.empty();
    }

    static Optional<Packed> packed(PlacedOrder order, long packedId) {
        return order.fulfillments().stream()
                .map(Fulfillment::parts)
                .flatMap(List::stream)
                .filter(packed -> packed.id() == packedId)
                .findFirst();
    }

    /// Spreads units of an order line over the parcels they came in. Units that cannot come back are left
    /// with the last parcel, so that the return is refused and not cut.
    static List<ReturnWish> spread(
            PlacedOrder order, long lineId, int units, Reason reason, String note, boolean asked) {
        List<Packed> parcels = order.fulfillments().stream()
                .flatMap(parcel -> parcel.parts().stream())
                .filter(packed -> packed.lineId() == lineId)
                .toList();
        List<ReturnWish> wishes = new ArrayList<>();
        int left = units;
        for (int i = 0; i < parcels.size() && left > 0; i++) {
            boolean last = i == parcels.size() - 1;
            int taken = last ? left : Math.min(left, free(order, parcels.get(i)));
            if (taken > 0) {
                wishes.add(new ReturnWish(
                        parcels.get(i).id(), taken, reason, asked ? "" : note, asked && !note.isEmpty() ? note : null));
                left -= taken;
            }
        }
        return wishes;
    }

    private static List<String> with(List<String> path, String field) {
        return Stream.concat(path.stream(), Stream.of(field)).toList();
    }

    private static Optional<Refused> refused(List<String> field, String code, String why) {
        return Optional.of(new Refused(field, code, why));
    }
}
