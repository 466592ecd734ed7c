package io.hubline.contracts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/// An amount of money in the minor units of its currency: cents for USD, yen for JPY, fils for KWD.
///
/// Integers, because a sum of rounded binary fractions is not the rounded sum.
///
/// @param minor minor units; may be negative
/// @param currency ISO 4217 code; its default fraction digits say what a minor unit is
public record Money(long minor, String currency) {

    public Money {
        Currency.getInstance(currency);
    }

    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    /// Reads a decimal as channels write it, such as `"254.98"`.
    ///
    /// @throws ArithmeticException when the text is finer than a minor unit or does not fit, for a silent
    ///     rounding here would be a difference at reconciliation
    /// @throws NumberFormatException when the text is no number
    public static Money ofDecimal(String decimal, String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return new Money(
                new BigDecimal(decimal)
                        .setScale(digits, RoundingMode.UNNECESSARY)
                        .movePointRight(digits)
                        .longValueExact(),
                currency);
    }

    /// The decimal text that channels expect, with exactly the currency's fraction digits.
    public String toDecimal() {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return BigDecimal.valueOf(minor, digits).toPlainString();
    }

    /// The sum of two amounts of one currency.
    ///
    /// @throws IllegalArgumentException when the currencies differ
    /// @throws ArithmeticException on overflow
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add %s to %s".formatted(other.currency, currency));
        }
        return new Money(Math.addExact(minor, other.minor), currency);
    }

    /// A unit price times a number of units.
    ///
    /// @throws ArithmeticException on overflow
    public Money times(int factor) {
        return new Money(Math.multiplyExact(minor, (long) factor), currency);
    }
}
