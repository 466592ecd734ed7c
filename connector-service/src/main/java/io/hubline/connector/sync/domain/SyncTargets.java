package io.hubline.connector.sync.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The targets and the writes on their way. Every method joins the caller's transaction.
public interface SyncTargets {

    /// Applies a placement whose sequence is higher than the last. A target that moved or comes back to
    /// sale is read before it is written.
    ///
    /// @return false when it is not newer
    boolean apply(Placement placement, Instant now);

    /// Applies a desired quantity whose sequence is higher than the last. One that the channel shows
    /// already, by the booked expectation, is satisfied without a write.
    ///
    /// @return false when it is not newer
    boolean apply(DesiredQuantity desired, Instant now);

    /// Decides upon a write: the most valuable unsatisfied targets, which are in flight from then on.
    /// Falling numbers go first, for a number too high is sold; then the lowest, then the oldest.
    ///
    /// @param leaseUntil before then no other replica makes the call
    Optional<StockWrite> decideWrite(
            String account, String replica, UUID id, Instant now, Instant leaseUntil, int limit);

    /// Takes over a write whose outcome is not known and that is due for another try.
    Optional<StockWrite> resume(String account, String replica, Instant now, Instant leaseUntil);

    /// Lets writes that this replica was at when it was killed be resumed at once.
    int releaseWritesOf(String replica, Instant now);

    /// Every line stands at the channel.
    void applied(StockWrite write, Instant now);

    /// Every line was taken, and none is settled: the channel may have written over sales that nobody has
    /// told of. They are settled by readings.
    ///
    /// @param lookAt when to look for them; null where they are known to stand already
    /// @param lateAt from when on a number that is not seen is no longer on its way
    /// @param unknown whether nobody knows that they were taken at all
    void taken(StockWrite write, Instant now, @Nullable Instant lookAt, Instant lateAt, boolean unknown);

    /// Nothing of it happened: its targets are free again.
    ///
    /// @param stale the contradicted ones: suspect from now on, unless they are already
    /// @param rejected reasons by offer of those the channel will not have
    /// @param nextTryAt for those that are neither
    void notApplied(
            StockWrite write,
            Collection<String> stale,
            Map<String, String> rejected,
            Instant now,
            Instant nextTryAt,
            @Nullable String reason);

    /// Nobody knows: it stays outstanding until then.
    void unknown(StockWrite write, Instant nextTryAt, String reason);

    /// The write is given up after its outcome could not be learnt: these numbers were read instead, by
    /// offer.
    void givenUp(StockWrite write, Map<String, Long> read, Instant now);

    /// Targets of which nothing is known, or of which somebody wants to know.
    List<DueReading> unread(String account, Instant now, int limit);

    /// Targets whose number the channel took, and which are due to be looked for.
    List<DueReading> unseen(String account, Instant now, int limit);

    /// Targets whose number contradicted the expectation, or was read and not written by us, before a
    /// moment.
    List<DueReading> suspects(String account, Instant before, int limit);

    /// Targets of which a reading would settle something: a number that was on its way for as long as any
    /// can be, and in escrow one that needed no write, or, where the channel restocks, a cancelled sale.
    List<DueReading> unsettled(String account, boolean restocks, Instant now, int limit);

    /// Locks targets, in one order for all.
    void lock(Collection<String> offers);

    /// Targets last read before a moment, the longest unread first.
    List<DueReading> lastReadBefore(String account, Instant before, int limit);

    /// Applies a reading, unless something was written since the target was chosen.
    ///
    /// A number that becomes the base because it was read may hide a sale that is booked later. So it stays
    /// to be confirmed: it is read again until it is as expected while every announced sale is booked. So
    /// does a number that the channel took and shows. One that is not seen yet is looked for again, less
    /// and less often.
    ///
    /// @param booking whether every announced sale was booked before the reading
    /// @return false when the reading was overtaken
    boolean applyReading(
            DueReading reading,
            DueReading.Verdict verdict,
            DueReading.Booking booking,
            @Nullable Long read,
            Instant now);

    /// A reading did not come about: not before then again.
    void postpone(Collection<String> offers, Instant until, String reason);

    /// Whether it is known what stands at an offer's place.
    boolean isKnown(String offer);

    /// Whether anything of an offer was ever announced.
    boolean isAnnounced(String offer);

    /// The states to announce, each under a new sequence.
    List<TargetState> states(Collection<String> offers, Instant now);

    /// When something is due again; empty when nothing waits.
    Optional<Instant> nextDue(String account);

    /// Wants a target read.
    ///
    /// @return its account; empty when there is no such offer
    Optional<String> requestReading(String offer, Instant now);

    /// Counts per account.
    Map<String, TargetCounts> counts();

    /// Targets for a person, by offer.
    ///
    /// @param state only those in this state; null for all
    List<TargetView> list(@Nullable String account, @Nullable String state, @Nullable String afterOffer, int limit);
}
