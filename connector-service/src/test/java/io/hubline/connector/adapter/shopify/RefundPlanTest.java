package io.hubline.connector.adapter.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.connector.adapter.shopify.RefundPlan.Impossible;
import io.hubline.connector.adapter.shopify.RefundPlan.Payment;
import io.hubline.connector.adapter.shopify.RefundPlan.Payments;
import io.hubline.connector.adapter.shopify.ShopifyWire.BothMoney;
import io.hubline.connector.adapter.shopify.ShopifyWire.MoneyV2;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderTransaction;
import io.hubline.connector.adapter.shopify.ShopifyWire.Ref;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefundPlanTest {

    @Test
    void it_takes_from_what_each_payment_still_holds() {
        List<OrderTransaction> transactions = List.of(
                transaction("a", "SALE", "SUCCESS", "10.00", null),
                transaction("b", "CAPTURE", "SUCCESS", "20.00", null),
                transaction("r", "REFUND", "SUCCESS", "4.00", "a"));

        assertThat(RefundPlan.of(new BigDecimal("8.50"), transactions))
                .isEqualTo(new Payments(List.of(
                        new Payment("a", "bank", new BigDecimal("6.00")),
                        new Payment("b", "bank", new BigDecimal("2.50")))));
    }

    @Test
    void a_refund_under_way_counts_and_a_failed_one_does_not() {
        List<OrderTransaction> transactions = List.of(
                transaction("a", "SALE", "SUCCESS", "10.00", null),
                transaction("r", "REFUND", "PENDING", "4.00", "a"),
                transaction("f", "REFUND", "FAILURE", "5.00", "a"));

        assertThat(RefundPlan.of(new BigDecimal("6.00"), transactions)).isInstanceOf(Payments.class);
        assertThat(RefundPlan.of(new BigDecimal("6.01"), transactions)).isInstanceOf(Impossible.class);
    }

    @Test
    void what_was_only_authorised_or_failed_holds_nothing() {
        List<OrderTransaction> transactions = List.of(
                transaction("a", "AUTHORIZATION", "SUCCESS", "10.00", null),
                transaction("s", "SALE", "FAILURE", "10.00", null));

        assertThat(RefundPlan.of(new BigDecimal("0.01"), transactions))
                .isEqualTo(new Impossible("0.01 of 0.01 is more than the order's payments still hold"));
    }

    @Test
    void the_buyer_gets_the_money_he_paid_with() {
        OrderTransaction paid = new OrderTransaction(
                "a",
                "SALE",
                "SUCCESS",
                "bank",
                null,
                new BothMoney(new MoneyV2("30.00", "USD"), new MoneyV2("27.00", "EUR")));

        assertThat(RefundPlan.inBuyersMoney(new BigDecimal("9.99"), "EUR", List.of(paid)))
                .isEqualTo(new BigDecimal("8.99"));
        assertThat(RefundPlan.inBuyersMoney(new BigDecimal("30.00"), "EUR", List.of(paid)))
                .isEqualTo(new BigDecimal("27.00"));
    }

    static OrderTransaction transaction(String id, String kind, String status, String amount, @Nullable String parent) {
        MoneyV2 money = new MoneyV2(amount, "USD");
        return new OrderTransaction(
                id, kind, status, "bank", parent == null ? null : new Ref(parent), new BothMoney(money, money));
    }
}
