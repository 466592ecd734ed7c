package io.hubline.inventory.stock.domain;

import static java.lang.Math.addExact;
import static java.lang.Math.max;
import static java.lang.Math.min;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The most that one offer can still sell without the hub having booked it, while its SKU is in escrow
/// (design section 5).
///
/// It is counted by sales and cancellations, which are facts that the hub books itself, and never by
/// clocks. The thought behind it: a sale and, where the channel restocks, a cancellation leave "sold for
/// good, plus still on show" as it was. So what is known of a channel's number is a **ceiling** of what it
/// can ever have sold for good, and the exposure is that ceiling less what was booked. A sale booked lowers
/// it at once (E2), a cancellation raises it (E7), and nothing else but a permit does.
///
/// How permits raise the ceiling depends on the channel's ways:
///
/// - A channel that sets **blindly** may sell all that it showed before, and then shows the new number:
///   each permit adds its whole quantity (E3).
/// - A channel that **compares** takes a number only where exactly what the hub had booked stood before:
///   the ceiling is that of the base or of one of the permits, so the highest counts (E5).
///
/// A number published for a permit after further sales must be lower by those sales, and for a channel that
/// sets blindly it must not be higher by restocked units: those are in the ceiling already.
///
/// @param parts what one unit of the offer takes out of the pools: one entry, or several for a bundle
/// @param compares whether the channel compares before it sets
/// @param restocks whether a cancelled sale may raise the channel's number again
/// @param sold units booked as sold through the offer, ever, those of cancelled sales included; never falls
/// @param cancelled units of those that nobody wants any more
/// @param base the last settled number; null while nothing is proved of what the channel shows (E10)
/// @param permits published and not settled, in the order of their sequences
/// @param settledThrough the newest permit that a settlement covered; settlements that cover less are old
/// @param settledSold the units sold that the last settlement told; settlements that tell fewer are old
public record Exposure(
        String offer,
        SortedMap<StockKey, Integer> parts,
        boolean compares,
        boolean restocks,
        long sold,
        long cancelled,
        @Nullable Base base,
        List<Permit> permits,
        long settledThrough,
        long settledSold) {

    private static final int FAR_ABOVE = 2;
    private static final int A_FEW = 10;

    public Exposure {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
        permits = List.copyOf(permits);
        if (parts.isEmpty() || parts.values().stream().anyMatch(per -> per <= 0)) {
            throw new IllegalArgumentException("offer %s takes %s".formatted(offer, parts));
        }
        if (sold < 0 || cancelled < 0) {
            throw new IllegalArgumentException(
                    "offer %s sold %d, of which %d are cancelled".formatted(offer, sold, cancelled));
        }
        for (int i = 1; i < permits.size(); i++) {
            if (permits.get(i - 1).sequence() >= permits.get(i).sequence()) {
                throw new IllegalArgumentException("offer %s has permits %s".formatted(offer, permits));
            }
        }
    }

    /// An offer of whose number at the channel nothing is known: before its first number (E10), or when its
    /// SKU comes into escrow, because numbers that are shared may be written any number of times.
    ///
    /// @param provenFrom settlements prove something from this sequence on: one more than the last number
    ///     that was published without a permit; zero where none ever was
    public static Exposure unknown(
            String offer,
            SortedMap<StockKey, Integer> parts,
            boolean compares,
            boolean restocks,
            long sold,
            long cancelled,
            long provenFrom) {
        return new Exposure(offer, parts, compares, restocks, sold, cancelled, null, List.of(), provenFrom, 0);
    }

    /// Whether nothing is proved of what the channel shows. What is counted may then be too little, and no
    /// number but 0 may be published.
    public boolean isUnproven() {
        return base == null;
    }

    /// Whether the newest number on its way is 0: what an unproven offer must be shown as.
    public boolean isCleared() {
        return !permits.isEmpty() && permits.getLast().quantity() == 0;
    }

    /// The most that the channel can still sell without the hub having booked it. Of an unproven offer it
    /// is what its permits allow, and the truth may be more.
    public int units() {
        return (int) min(Integer.MAX_VALUE, max(0, raw()));
    }

    /// What is counted of one key: units times what one unit takes out of it.
    public int unitsOf(StockKey key) {
        return Math.multiplyExact(units(), parts.getOrDefault(key, 0));
    }

    /// What the exposure would be if this number were published now.
    public int unitsWith(int quantity) {
        return published(Long.MAX_VALUE, quantity).units();
    }

    /// The highest number that can be published when the exposure may rise by so much: a channel that
    /// compares may always be given what it is counted with already, one that sets blindly only what is to
    /// spare. Of an unproven offer it is 0 (E10).
    public int mostWithin(int headroom) {
        if (isUnproven()) {
            return 0;
        }
        int spare = max(0, headroom);
        return compares ? addExact(units(), spare) : spare;
    }

    /// The number of the newest permit less what was booked as sold since: what the channel comes to show
    /// when nothing more is published. Without an open permit it is what can be on show at most.
    public int level() {
        if (permits.isEmpty()) {
            return units();
        }
        Permit newest = permits.getLast();
        // What a channel puts back is not in the number that was granted where it is set blindly: whether the
        // write came before or after is not known.
        long restocked = compares ? restocked(newest.cancelledAt()) : 0;
        return (int) max(0, newest.quantity() - (sold - newest.soldAt()) + restocked);
    }

    /// Units were booked as sold (E2).
    public Exposure sold(int units) {
        return with(addExact(sold, notNegative(units)), cancelled);
    }

    /// Units of booked sales are no longer wanted (E7).
    public Exposure cancelled(int units) {
        return with(sold, addExact(cancelled, notNegative(units)));
    }

    /// The books say that so much was sold and so much of it cancelled. Either may be less than before
    /// where a line turns out to have been sold through another offer, or is wanted again.
    Exposure counted(long soldUnits, long cancelledUnits) {
        return with(soldUnits, cancelledUnits);
    }

    /// A number is published under a new permit (E1).
    ///
    /// @throws IllegalArgumentException when the sequence is not the newest
    /// @throws IllegalStateException when the offer is unproven and the number is not 0 (E10)
    public Exposure published(long sequence, int quantity) {
        if (isUnproven() && quantity > 0) {
            throw new IllegalStateException(
                    "offer %s cannot show %d: what it shows is unknown".formatted(offer, quantity));
        }
        List<Permit> more = new ArrayList<>(permits);
        more.add(new Permit(sequence, notNegative(quantity), sold, cancelled));
        return with(base, more, settledThrough, settledSold);
    }

    /// A number settled (E4): what the channel can sell is the quantity less what was sold since, or what
    /// was granted before, whichever is less. Both are true, and so the exposure never rises by it. An old
    /// settlement changes nothing.
    ///
    /// A number far above everything that was granted was typed in behind the hub's back. Then nothing is
    /// proved any more, until a later permit settles. A little above it may be: units that were taken back
    /// and that nobody told of yet.
    ///
    /// @param throughSequence every permit up to this one is done with at the channel
    /// @param soldUnits units ever sold that contain every sale made before the number stood there
    /// @param cancelledUnits units of cancelled sales that the channel had told before the number was
    ///     written or read; null where that is not known, and then what was restocked stays counted. The
    ///     first number of a channel that sets blindly proves nothing without it. One that compares has
    ///     proved by taking it that what was cancelled when the permit was granted had been put back
    public Exposure settled(long throughSequence, int quantity, long soldUnits, @Nullable Long cancelledUnits) {
        if (throughSequence < settledThrough || soldUnits < settledSold) {
            return this;
        }
        List<Permit> left = permits.stream()
                .filter(permit -> permit.sequence() > throughSequence)
                .toList();
        @Nullable Base before = base;
        if (before == null) {
            long cancelledBefore = firstCancelledAt(throughSequence, cancelledUnits);
            if (cancelledUnits == null && restocks && !compares && cancelledBefore > 0) {
                return this;
            }
            Base first = new Base(notNegative(quantity), soldUnits, cancelledBefore);
            return with(first, left, throughSequence, soldUnits);
        }
        long cancelledAt = cancelledUnits == null ? before.cancelledAt() : cancelledUnits;
        Base told = new Base(notNegative(quantity), soldUnits, cancelledAt);
        Base granted = granted(before, throughSequence);
        long mostOnShow = ceiling(granted) - settledSold + (restocks ? max(cancelled, cancelledAt) : 0);
        if (quantity > FAR_ABOVE * max(0, mostOnShow) + A_FEW) {
            return with(null, left, addExact(newest(throughSequence), 1), soldUnits);
        }
        return with(ceiling(told) <= ceiling(granted) ? told : granted, left, throughSequence, soldUnits);
    }

    /// The same, where the first number of an offer counts only when it fits into what is to spare.
    /// Otherwise nothing is proved by it: the 0 that is on its way will settle, and does (E10).
    public Exposure settledWithin(
            int headroom, long throughSequence, int quantity, long soldUnits, @Nullable Long cancelledUnits) {
        Exposure settled = settled(throughSequence, quantity, soldUnits, cancelledUnits);
        return isUnproven() && settled.units() - units() > max(0, headroom) ? this : settled;
    }

    /// The same offer where its channel's ways, or what it is made of, are others now.
    public Exposure with(SortedMap<StockKey, Integer> parts, boolean compares, boolean restocks) {
        return new Exposure(
                offer, parts, compares, restocks, sold, cancelled, base, permits, settledThrough, settledSold);
    }

    private long raw() {
        @Nullable Base from = base;
        Base at = granted(from == null ? new Base(0, sold, cancelled) : from, Long.MAX_VALUE);
        return ceiling(at) - sold + (restocks ? cancelled : 0);
    }

    /// What the permits up to a sequence make of the base.
    private Base granted(Base from, long throughSequence) {
        Base most = from;
        for (Permit permit : permits) {
            if (permit.sequence() > throughSequence) {
                break;
            }
            if (!compares) {
                most = new Base(addExact(most.quantity(), permit.quantity()), most.soldAt(), most.cancelledAt());
            } else if (ceiling(permit.asBase()) > ceiling(most)) {
                most = permit.asBase();
            }
        }
        return most;
    }

    private long ceiling(Base of) {
        return of.quantity() + of.soldAt() - (restocks ? of.cancelledAt() : 0);
    }

    private long restocked(long since) {
        return restocks ? max(0, cancelled - since) : 0;
    }

    /// What was cancelled before the first number stood there. Where it was written, that is what was
    /// cancelled when the permit for it was granted.
    private long firstCancelledAt(long throughSequence, @Nullable Long cancelledUnits) {
        if (cancelledUnits != null) {
            return min(cancelledUnits, cancelled);
        }
        return permits.stream()
                .filter(permit -> permit.sequence() <= throughSequence)
                .mapToLong(Permit::cancelledAt)
                .max()
                .orElse(0);
    }

    private long newest(long throughSequence) {
        return permits.isEmpty()
                ? throughSequence
                : max(throughSequence, permits.getLast().sequence());
    }

    private Exposure with(long sold, long cancelled) {
        return new Exposure(
                offer, parts, compares, restocks, sold, cancelled, base, permits, settledThrough, settledSold);
    }

    private Exposure with(@Nullable Base base, List<Permit> permits, long settledThrough, long settledSold) {
        return new Exposure(
                offer, parts, compares, restocks, sold, cancelled, base, permits, settledThrough, settledSold);
    }

    private static int notNegative(int units) {
        if (units < 0) {
            throw new IllegalArgumentException("%d units".formatted(units));
        }
        return units;
    }

    /// A number of which it is proved that the channel sells no more than it, less what was sold since,
    /// plus what was cancelled since.
    ///
    /// @param soldAt the count of sold units that it is compared with
    /// @param cancelledAt the count of cancelled units that it is compared with
    public record Base(int quantity, long soldAt, long cancelledAt) {}

    /// A number that a channel may come to show, once.
    ///
    /// @param sequence of the publication that granted it
    /// @param soldAt units sold when it was published
    /// @param cancelledAt units of cancelled sales then
    public record Permit(long sequence, int quantity, long soldAt, long cancelledAt) {

        /// In the order in which they were granted.
        public static final Comparator<Permit> ORDER = Comparator.comparingLong(Permit::sequence);

        private Base asBase() {
            return new Base(quantity, soldAt, cancelledAt);
        }
    }
}
