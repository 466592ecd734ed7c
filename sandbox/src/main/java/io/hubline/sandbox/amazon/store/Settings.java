package io.hubline.sandbox.amazon.store;

import java.time.Duration;

/// How an account behaves in time and in stock.
///
/// @param lowersAtPlacement whether the shown number falls when an order is placed, pending ones too;
///     otherwise it falls when the order leaves PENDING
/// @param raisesAtCancellation whether it rises again when units of an order are cancelled
/// @param pending how long an order of a buyer stays PENDING unless the basket says otherwise
/// @param applyAfter from an accepted listing submission to its effect
/// @param feedTakes from `createFeed` to DONE; the first half of it is IN_QUEUE
/// @param postedAfter from a shipment or refund to its transaction
/// @param listedAfter how old a change must be to be listed by a search of orders
/// @param amazonShipsAfter from UNSHIPPED to SHIPPED for orders that the vendor fulfills
public record Settings(
        boolean lowersAtPlacement,
        boolean raisesAtCancellation,
        Duration pending,
        Duration applyAfter,
        Duration feedTakes,
        Duration postedAfter,
        Duration listedAfter,
        Duration amazonShipsAfter) {

    /// The vendor's two minutes, and short waits for all that takes the vendor longer.
    public static final Settings USUAL = new Settings(
            true,
            true,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMinutes(2),
            Duration.ofSeconds(5));

    public Settings {
        for (Duration each :
                new Duration[] {pending, applyAfter, feedTakes, postedAfter, listedAfter, amazonShipsAfter}) {
            if (each.isNegative() || each.compareTo(Duration.ofDays(2)) > 0) {
                throw new IllegalArgumentException("waits are between nothing and two days, not " + each);
            }
        }
    }
}
