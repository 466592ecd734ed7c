package io.hubline.sandbox.amazon.store;

import io.hubline.sandbox.amazon.store.OrderItem.Amounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Carries submitted files out, row by row: a wrong row is reported and the others take effect.
final class FeedWork {

    static final String CANCELLATIONS = "POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA";
    static final String REFUNDS = "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA";

    private static final Set<String> CANCELLATION_COLUMNS =
            Set.of("order-id", "amazon-order-item-code", "cancellation-reason-code");
    private static final Set<String> CANCELLATION_REASONS = Set.of(
            "NoInventory",
            "ShippingAddressUndeliverable",
            "CustomerExchange",
            "BuyerCanceled",
            "GeneralAdjustment",
            "CarrierCreditDecision",
            "RiskAssessmentInformationNotValid",
            "CarrierCoverageFailure",
            "CustomerReturn",
            "MerchandiseNotReceived");

    private static final List<String> REFUND_AMOUNTS = List.of(
            "item-price-adj",
            "item-tax-adj",
            "shipping-price-adj",
            "shipping-tax-adj",
            "gift-wrap-price-adj",
            "gift-wrap-tax-adj",
            "item-promotion-adj",
            "ship-promotion-adj");
    private static final Set<String> REFUND_REQUIRED =
            Set.of("order-id", "order-item-id", "adjustment-reason-code", "currency");
    private static final Set<String> REFUND_COLUMNS = Set.copyOf(Stream.of(
                    REFUND_REQUIRED.stream(),
                    REFUND_AMOUNTS.stream(),
                    Stream.of("item-promotion-id", "ship-promotion-id", "quantity-cancelled"))
            .flatMap(columns -> columns)
            .toList());
    private static final Set<String> REFUND_REASONS = Set.of(
            "NoInventory",
            "CustomerReturn",
            "GeneralAdjustment",
            "CouldNotShip",
            "DifferentItem",
            "Abandoned",
            "CustomerCancel",
            "PriceError",
            "ProductOutofStock",
            "CustomerAddressIncorrect",
            "Exchange",
            "Other",
            "CarrierCreditDecision",
            "RiskAssessmentInformationNotValid",
            "CarrierCoverageFailure",
            "TransactionRecord",
            "BuyerCanceled",
            "MerchandiseNotReceived");

    private final Seller seller;

    FeedWork(Seller seller) {
        this.seller = seller;
    }

    /// What came of a file.
    record Result(boolean fatal, String report) {}

    private record RowError(int row, String orderId, String code, String message) {}

    @FunctionalInterface
    private interface RowWork {
        void carryOut(Map<String, String> row);
    }

    static boolean known(String feedType) {
        return feedType.equals(CANCELLATIONS) || feedType.equals(REFUNDS);
    }

    Result carryOut(String feedType, String text, Instant at) {
        try {
            return feedType.equals(CANCELLATIONS)
                    ? rows(
                            FlatFile.read(text, Set.of("order-id", "cancellation-reason-code"), CANCELLATION_COLUMNS),
                            row -> cancel(row, at))
                    : rows(FlatFile.read(text, REFUND_REQUIRED, REFUND_COLUMNS), row -> refund(row, at));
        } catch (FlatFile.Unreadable e) {
            return new Result(
                    true, report(0, 0, List.of(new RowError(0, "", "90001", String.valueOf(e.getMessage())))));
        }
    }

    private static Result rows(FlatFile file, RowWork work) {
        List<RowError> errors = new ArrayList<>();
        int number = 0;
        for (Map<String, String> row : file.rows()) {
            number++;
            try {
                work.carryOut(row);
            } catch (Refusal refused) {
                errors.add(new RowError(
                        number,
                        row.getOrDefault("order-id", ""),
                        refused.unknown() ? "18024" : "18028",
                        refused.why()));
            }
        }
        return new Result(false, report(number, number - errors.size(), errors));
    }

    private static String report(int processed, int successful, List<RowError> errors) {
        StringBuilder report = new StringBuilder("Feed Processing Summary:\n")
                .append("\tNumber of records processed\t\t%d\n".formatted(processed))
                .append("\tNumber of records successful\t\t%d\n".formatted(successful))
                .append("\noriginal-record-number\torder-id\terror-code\terror-type\terror-message\n");
        errors.forEach(error -> report.append(
                "%d\t%s\t%s\tError\t%s\n".formatted(error.row(), error.orderId(), error.code(), error.message())));
        return report.toString();
    }

    /// Without an item the whole order is meant.
    private void cancel(Map<String, String> row, Instant at) {
        PlacedOrder order = order(row);
        String reason = oneOf(row, "cancellation-reason-code", CANCELLATION_REASONS);
        String itemId = row.getOrDefault("amazon-order-item-code", "");
        List<OrderItem> items = itemId.isEmpty() ? order.items() : List.of(item(order, itemId));
        if (order.byAmazon()) {
            throw Refusal.invalid("The order is fulfilled by Amazon and cannot be canceled by the seller.");
        }
        if (order.status() == OrderStatus.PENDING) {
            throw Refusal.invalid("The order is pending and cannot be canceled yet.");
        }
        seller.cancel(order, items, "MERCHANT", reason, at);
    }

    private void refund(Map<String, String> row, Instant at) {
        PlacedOrder order = order(row);
        OrderItem item = item(order, row.getOrDefault("order-item-id", ""));
        oneOf(row, "adjustment-reason-code", REFUND_REASONS);
        String currency = row.getOrDefault("currency", "");
        if (!currency.equals(seller.marketplace().currency())) {
            throw Refusal.invalid("The currency '%s' is not the currency of the order.".formatted(currency));
        }
        Map<String, Long> amounts = new LinkedHashMap<>();
        REFUND_AMOUNTS.forEach(column -> amounts.put(column, amount(row, column)));
        for (String column : REFUND_AMOUNTS.subList(3, REFUND_AMOUNTS.size())) {
            if (amounts.getOrDefault(column, 0L) != 0) {
                throw Refusal.invalid("The item was not charged anything that '%s' could adjust.".formatted(column));
            }
        }
        seller.refund(
                order,
                item,
                new Amounts(
                        amounts.getOrDefault("item-price-adj", 0L),
                        amounts.getOrDefault("item-tax-adj", 0L),
                        amounts.getOrDefault("shipping-price-adj", 0L)),
                at);
    }

    private PlacedOrder order(Map<String, String> row) {
        String id = row.getOrDefault("order-id", "");
        return seller.order(id).orElseThrow(() -> Refusal.unknown("The order-id '%s' is not known.".formatted(id)));
    }

    private static OrderItem item(PlacedOrder order, String id) {
        return order.item(id)
                .orElseThrow(() -> Refusal.unknown("The item '%s' is not part of order %s.".formatted(id, order.id())));
    }

    private static String oneOf(Map<String, String> row, String column, Set<String> allowed) {
        String value = row.getOrDefault(column, "");
        if (!allowed.contains(value)) {
            throw Refusal.invalid("'%s' is not a valid %s.".formatted(value, column));
        }
        return value;
    }

    private long amount(Map<String, String> row, String column) {
        String text = row.getOrDefault(column, "");
        if (text.isEmpty()) {
            return 0;
        }
        try {
            BigDecimal amount = new BigDecimal(text);
            if (amount.signum() < 0) {
                throw Refusal.invalid("'%s' must not be negative.".formatted(column));
            }
            return amount.setScale(seller.marketplace().digits(), RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw Refusal.invalid("'%s' is not an amount for '%s'.".formatted(text, column));
        }
    }
}
