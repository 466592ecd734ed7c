package io.hubline.returns.rma.domain;

import org.jspecify.annotations.Nullable;

/// One piece of one order line.
///
/// @param number its place within the line, from 0; it says which share of the paid amount is its own
/// @param condition what the inspector found; null before
/// @param location where it arrived or lies; null before it is received
/// @param refundId the refund it is part of; null while its money is NONE
public record Unit(
        String lineId,
        int number,
        Custody custody,
        MoneyState money,
        @Nullable String condition,
        @Nullable String location,
        @Nullable String refundId) {

    static Unit expected(String lineId, int number) {
        return new Unit(lineId, number, Custody.EXPECTED, MoneyState.NONE, null, null, null);
    }

    /// @throws IllegalStateException when the step cannot happen here: the caller chose the unit by where
    ///     it is
    Unit moved(Custody.Step step, @Nullable String found, @Nullable String place) {
        Custody next = custody.after(step)
                .orElseThrow(() -> new IllegalStateException("a unit that is %s cannot %s".formatted(custody, step)));
        return new Unit(
                lineId,
                number,
                next,
                money,
                found == null ? condition : found,
                place == null ? location : place,
                refundId);
    }

    Unit inRefund(String refund, MoneyState state) {
        return new Unit(lineId, number, custody, state, condition, location, refund);
    }

    /// Whether goods or money have moved, so that the unit cannot be let go.
    boolean hasMoved() {
        return custody != Custody.EXPECTED || money != MoneyState.NONE;
    }
}
