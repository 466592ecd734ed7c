package io.hubline.connector.adapter.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubline.connector.adapter.shopify.ShopifyWire.Connection;
import io.hubline.connector.adapter.shopify.ShopifyWire.OrderTransaction;
import io.hubline.connector.adapter.shopify.ShopifyWire.RefundById.MadeRefund;
import io.hubline.connector.adapter.shopify.ShopifyWire.UserError;
import io.hubline.connector.spi.ActAnswer;
import io.hubline.connector.spi.ActAnswer.NotTaken;
import io.hubline.connector.spi.ActAnswer.Settled;
import io.hubline.connector.spi.ActAnswer.Underway;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.Unknown;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopifyReturnsTest {

    private static final BigDecimal TEN = new BigDecimal("10.00");

    @Test
    void a_refund_is_settled_when_its_payments_stand() {
        assertThat(settle(paid("SUCCESS", "6.00"), paid("SUCCESS", "4.0")))
                .isEqualTo(new Done<>(new Settled("the channel shows the refund", "refund")));
    }

    @Test
    void a_payment_that_the_provider_works_on_is_waited_for() {
        assertThat(settle(paid("SUCCESS", "6.00"), paid("PENDING", "4.00")))
                .isInstanceOfSatisfying(
                        Done.class, done -> assertThat(done.value()).isInstanceOf(Underway.class));
    }

    @Test
    void a_payment_that_failed_and_one_of_another_amount_are_refused() {
        assertThat(settle(paid("FAILURE", "10.00")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("PAYMENT_FAILED"));
        assertThat(settle(paid("SUCCESS", "9.99")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("AMOUNT_DIFFERS"));
    }

    @Test
    void an_error_about_the_key_is_no_answer_about_the_money() {
        assertThat(judge("A previous request with this idempotency key failed. Retry with a new idempotency key."))
                .isInstanceOfSatisfying(
                        Done.class,
                        done -> assertThat(done.value())
                                .isInstanceOfSatisfying(
                                        Underway.class,
                                        underway ->
                                                assertThat(underway.progress()).isEqualTo("fresh-key:3")));
        assertThat(judge("IDEMPOTENCY_CONCURRENT_REQUEST")).isInstanceOf(Unknown.class);
    }

    @Test
    void what_the_shop_refuses_is_told_under_another_key_the_next_time() {
        assertThat(judge("Refund amount exceeds what is left"))
                .isEqualTo(new Done<>(new NotTaken("USER_ERROR", "Refund amount exceeds what is left", "fresh-key:3")));
    }

    private static Outcome<ActAnswer> judge(String message) {
        return ShopifyReturns.judge(new UserError(null, null, message), 2);
    }

    private static Outcome<ActAnswer> settle(OrderTransaction... payments) {
        return ShopifyReturns.settle(new MadeRefund("refund", "note", new Connection<>(List.of(payments), null)), TEN);
    }

    private static OrderTransaction paid(String status, String amount) {
        return RefundPlanTest.transaction("t-" + status, "REFUND", status, amount, "sale");
    }
}
