package io.hubline.connector.sync.domain;

/// What should stand at a channel now, by what the hub has booked.
///
/// The channel lowers its own number with each sale and raises it with each cancellation. So from a known
/// base, the number moves by exactly what has been booked through the offer since. It is compared with by
/// the channel when the hub writes: a fresh read would hide a sale that the hub does not know of, and the
/// write would give that unit away twice.
public final class BookedExpectation {

    private BookedExpectation() {}

    /// The number by the base and what was booked since.
    ///
    /// @param baseQuantity what stood there
    /// @param baseBooked the units booked through the offer as of then
    /// @param booked the units booked through it now
    /// @return the expected number; negative where the channel sold more than it showed
    public static long of(long baseQuantity, long baseBooked, long booked) {
        return Math.subtractExact(baseQuantity, Math.subtractExact(booked, baseBooked));
    }
}
