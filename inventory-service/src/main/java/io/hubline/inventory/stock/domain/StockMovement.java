package io.hubline.inventory.stock.domain;

/// A change of the physical book. It never changes; a mistake is undone by another movement.
///
/// @param number 1, 2, 3, ... per position
/// @param onHandAfter what lay there afterwards
/// @param cause what asked for it; no cause moves a position twice for the same reason
public record StockMovement(PositionKey key, long number, int delta, int onHandAfter, Reason reason, String cause) {

    public StockMovement {
        if (delta == 0 || onHandAfter < 0) {
            throw new IllegalArgumentException("%s: a movement of %d to %d".formatted(key, delta, onHandAfter));
        }
    }

    /// Why units came or went.
    public enum Reason {
        /// They arrived.
        RECEIPT,
        /// They left for a buyer.
        SHIPMENT,
        /// Somebody says so: damage, theft, a find.
        ADJUSTMENT,
        /// Somebody counted, and this is the difference.
        COUNT,
        /// They were shipped, so they had lain there, though the book did not know of them.
        FOUND,
        /// A buyer sent them back, and they are fit to be sold again.
        RETURN,
        /// They are unfit, and thrown away.
        SCRAP,
        /// They left for another location of ours.
        TRANSFER_OUT,
        /// They came from another location of ours.
        TRANSFER_IN
    }
}
