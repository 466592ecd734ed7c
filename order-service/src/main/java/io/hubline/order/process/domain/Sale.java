package io.hubline.order.process.domain;

/// What the buyer pays for a line: the bound of everything that is ever paid back for it (invariant I7).
///
/// @param ordered units ever ordered, those removed since included; at least 1
/// @param paid for all of them together, discounts taken off, tax included; not negative
public record Sale(int ordered, Amount paid) {

    public Sale {
        if (ordered <= 0) {
            throw new IllegalArgumentException("a sale of %d units".formatted(ordered));
        }
        if (paid.minor() < 0) {
            throw new IllegalArgumentException("a sale is paid with %d minor units".formatted(paid.minor()));
        }
    }
}
