package io.hubline.connector.adapter.shopify;

import io.hubline.connector.adapter.shopify.ShopifyWire.OrderTransaction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From which of an order's payments a buyer is paid back.
///
/// The hub counts in the shop's money, and the shop pays back in the money the buyer paid with. What was
/// paid in both says how the one becomes the other, and says it alike however often it is asked.
sealed interface RefundPlan {

    /// One transaction each, in the buyer's money.
    record Payments(List<Payment> payments) implements RefundPlan {}

    /// The payments do not hold so much.
    record Impossible(String why) implements RefundPlan {}

    /// A part that goes back to where one payment came from.
    record Payment(String parentId, String gateway, BigDecimal amount) {}

    /// Takes the amount from the payments in their order.
    ///
    /// @param amount in the buyer's money
    static RefundPlan of(BigDecimal amount, List<OrderTransaction> transactions) {
        BigDecimal left = amount;
        List<Payment> payments = new ArrayList<>();
        for (OrderTransaction paid : transactions) {
            @Nullable String gateway = paid.gateway();
            if (!paid.pays() || gateway == null) {
                continue;
            }
            BigDecimal take = refundable(paid, transactions).min(left);
            if (take.signum() > 0) {
                payments.add(new Payment(paid.id(), gateway, take));
                left = left.subtract(take);
            }
        }
        return left.signum() > 0
                ? new Impossible("%s of %s is more than the order's payments still hold"
                        .formatted(left.toPlainString(), amount.toPlainString()))
                : new Payments(List.copyOf(payments));
    }

    private static BigDecimal refundable(OrderTransaction paid, List<OrderTransaction> transactions) {
        BigDecimal back = transactions.stream()
                .filter(OrderTransaction::paysBack)
                .filter(transaction -> transaction.stands() || transaction.isUnderway())
                .filter(transaction -> transaction.parentTransaction() != null
                        && transaction.parentTransaction().id().equals(paid.id()))
                .map(RefundPlan::presented)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return presented(paid).subtract(back);
    }

    /// The shop's money said in the buyer's, by what was paid in both.
    static BigDecimal inBuyersMoney(BigDecimal amount, String currency, List<OrderTransaction> transactions) {
        BigDecimal shop = BigDecimal.ZERO;
        BigDecimal buyer = BigDecimal.ZERO;
        for (OrderTransaction paid : transactions) {
            if (paid.pays()) {
                shop = shop.add(new BigDecimal(paid.amountSet().shopMoney().amount()));
                buyer = buyer.add(presented(paid));
            }
        }
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return shop.signum() == 0
                ? amount.setScale(digits, RoundingMode.HALF_EVEN)
                : amount.multiply(buyer).divide(shop, digits, RoundingMode.HALF_EVEN);
    }

    /// In the buyer's money.
    static BigDecimal presented(OrderTransaction transaction) {
        return new BigDecimal(transaction.amountSet().presentmentMoney().amount());
    }
}
