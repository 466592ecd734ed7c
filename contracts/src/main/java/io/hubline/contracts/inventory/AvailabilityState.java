package io.hubline.contracts.inventory;

import io.hubline.contracts.EventName;
import io.hubline.contracts.StateEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one offer should show at its channel, on `availability`.
///
/// @param quantity units to show; never negative
/// @param bookedUnits units booked as sold through this offer, ever, less those of cancelled sales. The
///     channel lowers its own number with each sale, so the difference of two values is by how much it
///     moved without a write of ours: what compare-and-set compares with (design section 5, E5)
/// @param permit the sequence of the publication that granted the number. A publication that only follows
///     booked sales carries the permit of the one it follows and grants nothing new; in [Mode#ESCROW] a
///     channel that cannot compare is written to once per permit. Null in events from before it was told
/// @param soldUnits units ever booked as sold through this offer, those of cancelled sales included: it
///     never falls. Null in events from before it was told
/// @param terms the terms that add up to the quantity, in order, for a person to read
@EventName("availability.v1")
public record AvailabilityState(
        String offer,
        long sequence,
        String account,
        String sku,
        int quantity,
        long bookedUnits,
        Mode mode,
        @Nullable Long permit,
        @Nullable Long soldUnits,
        List<Term> terms,
        Instant at)
        implements StateEvent {

    public AvailabilityState {
        if (quantity < 0) {
            throw new IllegalArgumentException("offer %s cannot show %d".formatted(offer, quantity));
        }
        terms = List.copyOf(terms);
    }

    @Override
    public String key() {
        return offer;
    }

    /// How the units of a SKU are divided over its offers.
    public enum Mode {
        /// Every offer shows what is left.
        SHARED,
        /// The units are divided, so that all offers together never show more than can be promised.
        ESCROW
    }

    /// One term of the sum.
    ///
    /// @param name a stable word, such as `promisable` or `safety-stock`
    /// @param units what it adds; negative for what it takes away
    public record Term(String name, int units) {}
}
