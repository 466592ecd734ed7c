package io.hubline.inventory.availability.domain;

import org.jspecify.annotations.Nullable;

/// One sellable entry at a channel, as the catalogue announced it.
///
/// @param listingSequence which announcement that was
/// @param booked units sold through it, ever, less those of cancelled sales
/// @param lastSequence the newest sequence of its availability; zero before the first
/// @param announced what its channel was told last; null when it is to be told again, whatever it is
public record Offer(
        String id,
        long listingSequence,
        String account,
        String channel,
        String sku,
        boolean active,
        long booked,
        Limits limits,
        long lastSequence,
        @Nullable Announced announced) {

    /// Whether the channel has to hear of this quantity: it, or the number of booked units, is another
    /// than before.
    public boolean isNews(int quantity) {
        return active && (announced == null || announced.quantity() != quantity || announced.booked() != booked);
    }

    /// What the channel was told last.
    public record Announced(long sequence, int quantity, long booked) {}
}
