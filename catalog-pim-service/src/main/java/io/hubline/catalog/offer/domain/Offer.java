package io.hubline.catalog.offer.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An offer as it stands.
///
/// @param id made from the key when the offer came to be, and never changed
/// @param sequence rises with every announcement; 0 before the first. Readers apply only what is higher
///     than what they have
/// @param learnt what the channel calls it, as the connector read it
/// @param said a digest of what was announced last; null where that was before digests were kept
/// @param obstacles why its content cannot be announced; empty when nothing is in the way, or when it is
///     not managed
/// @param syncSequence the newest answer of the channel that was looked at
/// @param report how the channel last answered; null where it never did
public record Offer(
        String id,
        long sequence,
        OfferDraft terms,
        ChannelIds learnt,
        @Nullable String said,
        List<Obstacle> obstacles,
        long syncSequence,
        @Nullable ChannelReport report) {

    public Offer {
        obstacles = List.copyOf(obstacles);
    }

    /// A new offer, of which nothing was announced yet.
    public static Offer of(String id, OfferDraft terms) {
        return new Offer(id, 0, terms, ChannelIds.NONE, null, List.of(), 0, null);
    }

    public OfferKey key() {
        return terms.key();
    }

    /// What the channel calls the thing it sells: what a person set, or else what was learnt.
    ///
    /// A learnt inventory item belongs to the learnt variant, so it does not stand beside another one.
    public ChannelIds ids() {
        if (terms.variantId() == null || terms.variantId().equals(learnt.variantId())) {
            return new ChannelIds(
                    learnt.variantId(),
                    terms.inventoryItemId() == null ? learnt.inventoryItemId() : terms.inventoryItemId());
        }
        return new ChannelIds(terms.variantId(), terms.inventoryItemId());
    }

    /// The channel's own thing at the channel's own place, which only one offer may sell; null where there
    /// is none.
    public @Nullable VariantKey variant() {
        @Nullable String variantId = ids().variantId();
        return variantId == null ? null : new VariantKey(terms.account(), variantId, terms.channelLocation());
    }

    /// The same under other terms.
    public Offer under(OfferDraft newTerms) {
        return new Offer(id, sequence, newTerms, learnt, said, obstacles, syncSequence, report);
    }

    /// The same with something said of it.
    public Offer said(long newSequence, String digest, List<Obstacle> inTheWay) {
        return new Offer(id, newSequence, terms, learnt, digest, inTheWay, syncSequence, report);
    }

    /// The same with an answer of its channel.
    public Offer answered(long newSyncSequence, ChannelIds newlyLearnt, ChannelReport newReport) {
        return new Offer(id, sequence, terms, newlyLearnt, said, obstacles, newSyncSequence, newReport);
    }
}
