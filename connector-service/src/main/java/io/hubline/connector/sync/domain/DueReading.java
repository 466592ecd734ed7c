package io.hubline.connector.sync.domain;

import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A number to read at a channel.
///
/// @param revision the target's revision before the reading: a reading that was overtaken by a write is
///     forgotten
/// @param base null when nothing is known of what stands there
/// @param booked the units booked before the reading
/// @param unseen the number that the channel took and has not shown yet; null when there is none
/// @param sold the units ever booked before the reading; null where inventory does not say
/// @param begunAt before the reading, by the clock of the store
/// @param suspectSince since when the channel contradicts the expectation, or the base was read and is to
///     be confirmed; null when neither
public record DueReading(
        String offer,
        String account,
        String item,
        String location,
        String channelSku,
        @Nullable String variantId,
        long revision,
        @Nullable Base base,
        long booked,
        @Nullable Long sold,
        Instant begunAt,
        @Nullable Instant suspectSince,
        @Nullable Unseen unseen) {

    /// What a reading means.
    public enum Verdict {
        /// The first number: what it is goes.
        TAKEN,
        /// As expected.
        CONFIRMED,
        /// The number that the channel took is there. What it wrote over is known once every sale until
        /// then is booked.
        SEEN,
        /// The number that the channel took is not there yet, which settles nothing.
        UNSEEN,
        /// Not as expected, which a sale that is not booked yet may explain: wait for it.
        SUSPECTED,
        /// Not as expected, and every sale is booked: somebody changed it behind the hub's back.
        DRIFTED,
        /// The channel does not count the item at the location.
        NOT_STOCKED
    }

    /// How far the sales that the channel made until a moment are booked.
    public enum Booking {
        /// Some are not announced or not booked yet.
        OPEN,
        /// All are announced, and it has taken too long to book them: some may never be, as with orders
        /// from before the hub.
        OVERDUE,
        /// All are announced and booked.
        COMPLETE
    }

    /// What stood there, as of how many booked units.
    public record Base(long quantity, long booked) {}

    /// A number that a channel took.
    ///
    /// @param lateAt from when on it is no longer on its way: what stands there then is what stands there
    /// @param unknown whether nobody knows that the channel took it at all
    public record Unseen(long quantity, Instant lateAt, boolean unknown) {}

    /// Whether the outcome of a write is given up, and what was read instead goes.
    public boolean givesUp(Verdict verdict) {
        return verdict == Verdict.TAKEN && unseen != null && unseen.unknown();
    }

    /// What should be read, where that is known.
    public OptionalLong expected() {
        return base == null
                ? OptionalLong.empty()
                : OptionalLong.of(BookedExpectation.of(base.quantity(), base.booked(), booked));
    }

    /// Judges the number read.
    ///
    /// @param booking how far the sales up to the contradiction were booked before the reading
    public Verdict judge(OptionalLong read, Booking booking, Instant now) {
        if (unseen != null && isThere(unseen, read)) {
            return Verdict.SEEN;
        }
        if (unseen != null && now.isBefore(unseen.lateAt())) {
            return Verdict.UNSEEN;
        }
        if (read.isEmpty()) {
            return Verdict.NOT_STOCKED;
        }
        OptionalLong expected = expected();
        if (expected.isEmpty() || (unseen != null && unseen.unknown())) {
            return Verdict.TAKEN;
        }
        if (expected.getAsLong() == read.getAsLong()) {
            return Verdict.CONFIRMED;
        }
        return suspectSince != null && booking != Booking.OPEN ? Verdict.DRIFTED : Verdict.SUSPECTED;
    }

    /// As it was written, or less what has been sold and booked since.
    private boolean isThere(Unseen number, OptionalLong read) {
        return read.isPresent() && (read.getAsLong() == number.quantity() || read.equals(expected()));
    }
}
