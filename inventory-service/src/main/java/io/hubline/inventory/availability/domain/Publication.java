package io.hubline.inventory.availability.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A number that was announced, with what it was decided upon.
///
/// @param permit the sequence of the publication that granted it
/// @param booked units sold through the offer, less those of cancelled sales
/// @param sold units ever sold through the offer
/// @param terms what adds up to the quantity
public record Publication(
        String offer,
        String account,
        String sku,
        long sequence,
        long permit,
        int quantity,
        long booked,
        long sold,
        Mode mode,
        List<Availability.Term> terms,
        Inputs inputs,
        Instant at) {

    public Publication {
        terms = List.copyOf(terms);
    }

    /// What a number was decided upon.
    ///
    /// @param computedSafety units that made an oversell as improbable as the limits asked for
    /// @param division what the division over the offers granted; null where all of them show what is left
    public record Inputs(
            Stock stock,
            Rule rule,
            int computedSafety,
            @Nullable Division division) {

        /// The number that follows from it.
        public Availability decide() {
            return division == null
                    ? Availability.shared(stock, rule.limits(), computedSafety)
                    : Availability.divided(stock, rule.limits(), division.exposedElsewhere(), division.quantity());
        }
    }

    /// What the division over the offers granted.
    ///
    /// @param exposedElsewhere units that the other offers could still sell then
    /// @param exposure units that this one can sell by it, at most
    /// @param unproven whether what the channel shows was not known, so that nothing but 0 could be granted
    public record Division(int exposedElsewhere, int quantity, int exposure, boolean unproven) {}
}
