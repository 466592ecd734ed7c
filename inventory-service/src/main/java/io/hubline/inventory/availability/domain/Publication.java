package io.hubline.inventory.availability.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A number that was announced, with what it was decided upon.
///
/// @param permit the sequence of the publication that granted it
/// @param booked units sold through the offer, less those of cancelled sales
/// @param sold units ever sold through the offer; null from before they were counted
/// @param terms what adds up to the quantity
public record Publication(
        String offer,
        String account,
        String sku,
        long sequence,
        long permit,
        int quantity,
        long booked,
        @Nullable Long sold,
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
    public record Inputs(Stock stock, Rule rule, int computedSafety) {}
}
