package io.hubline.sandbox.shopify.store;

import java.math.BigDecimal;
import java.util.OptionalLong;

/// An amount in minor units of a currency with two decimals.
public record Money(long minor, String currency) {

    private static final int DECIMALS = 2;

    /// The minor units of a decimal amount; empty when it has more than two decimals or is too large.
    public static OptionalLong minor(String decimal) {
        try {
            return OptionalLong.of(
                    new BigDecimal(decimal).movePointRight(DECIMALS).longValueExact());
        } catch (ArithmeticException | NumberFormatException notExact) {
            return OptionalLong.empty();
        }
    }

    /// As in REST bodies and webhooks: always two decimals, `"10.00"`.
    public String restText() {
        return BigDecimal.valueOf(minor, 2).toPlainString();
    }

    /// As in GraphQL: trailing zeros dropped down to one decimal, `"10.0"`.
    public String graphText() {
        BigDecimal amount = BigDecimal.valueOf(minor, 2).stripTrailingZeros();
        return (amount.scale() < 1 ? amount.setScale(1) : amount).toPlainString();
    }
}
