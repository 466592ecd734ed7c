package io.hubline.sandbox.shopify.store;

import java.math.BigDecimal;

/// An amount in minor units of a currency with two decimals.
public record Money(long minor, String currency) {

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
