package io.hubline.inventory.availability.domain;

import org.jspecify.annotations.Nullable;

/// One sellable entry at a channel, as the catalogue announced it.
///
/// @param listingSequence which announcement that was
/// @param pool the pool that its account draws on
/// @param sold units ever sold through it, those of cancelled sales included
/// @param booked units sold through it, ever, less those of cancelled sales
/// @param rule the limits that count for it
/// @param ways how its channel keeps its number; null where that is not known yet
/// @param lastSequence the newest sequence of its availability; zero before the first
/// @param announced what its channel was told last; null when it is to be told again, whatever it is
public record Offer(
        String id,
        long listingSequence,
        String account,
        String channel,
        String sku,
        String pool,
        boolean active,
        long sold,
        long booked,
        Rule rule,
        ChannelState.@Nullable Ways ways,
        long lastSequence,
        @Nullable Announced announced) {

    /// The same under the limits that count for it.
    public Offer under(Rule other) {
        return new Offer(
                id,
                listingSequence,
                account,
                channel,
                sku,
                pool,
                active,
                sold,
                booked,
                other,
                ways,
                lastSequence,
                announced);
    }

    /// What it takes its units from.
    public Source source() {
        return new Source(pool, sku);
    }

    /// Whether the channel has to hear of this: the quantity, the number of booked units or the mode is
    /// another than before.
    public boolean isNews(int quantity, Mode mode) {
        return active
                && (announced == null
                        || announced.quantity() != quantity
                        || announced.booked() != booked
                        || announced.sold() != sold
                        || announced.mode() != mode);
    }

    /// The permit under which the quantity may be written: that of the number before, where it only follows
    /// booked sales, by which the channel has lowered it already; otherwise one of its own.
    public long permit(int quantity, Mode mode, long sequence) {
        return announced != null
                        && announced.mode() == mode
                        && announced.quantity() + announced.booked() == quantity + booked
                ? announced.permit()
                : sequence;
    }

    /// What the channel was told last.
    public record Announced(long sequence, long permit, int quantity, long sold, long booked, Mode mode) {}
}
