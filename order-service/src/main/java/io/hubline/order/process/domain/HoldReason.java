package io.hubline.order.process.domain;

/// Why an order may not go on to routing and picking. The names are a part of the published facts.
public enum HoldReason {
    PAYMENT_PENDING(
            Release.WAIVES,
            "Wait for the channel to confirm the payment, which lifts the hold; release it only to ship unpaid."),
    UNKNOWN_SKU(Release.NEVER, "Map the offer in the catalogue: the hold lifts itself when the mapping arrives."),
    MISSING_DESTINATION(
            Release.NEVER, "Complete the address at the channel: the hold lifts itself with the next snapshot."),
    UNROUTABLE(Release.ASKS_AGAIN, "Add stock, a location or a rate, then release the hold: routing plans again."),
    CHANNEL_CONFLICT(
            Release.WAIVES, "Settle with the channel and the buyer what has left already, then release the hold."),
    OPERATOR(Release.REMOVES, "Release the hold when the reason is settled.");

    private final Release release;
    private final String nextStep;

    HoldReason(Release release, String nextStep) {
        this.release = release;
        this.nextStep = nextStep;
    }

    /// What a person can do about it.
    public String nextStep() {
        return nextStep;
    }

    Release release() {
        return release;
    }

    /// What a release by a person does.
    enum Release {
        /// The cause stays and no longer counts, as long as it stays the same.
        WAIVES,
        /// The answer that placed the hold is forgotten, so that the question is asked again.
        ASKS_AGAIN,
        /// The hold had no cause but a person's word.
        REMOVES,
        /// No word of a person makes up for what is missing.
        NEVER
    }
}
