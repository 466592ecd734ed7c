package io.hubline.connector.listing.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The listings and their pages. Every method joins the caller's transaction.
public interface ListingTargets {

    /// Applies a listing whose sequence is higher than the last. One that says what was answered for
    /// already is settled without a write.
    Applied apply(DesiredListing desired, Instant now);

    /// The hub only keeps the offer's number from this sequence on: nothing of it is written any more.
    ///
    /// @return false when nothing was to be forgotten
    boolean forget(String offer, long sequence, Instant now);

    /// Takes pages of which something is to be written or looked at; other replicas do not get them before
    /// `until`.
    List<DuePage> claim(String account, String replica, Instant now, Instant until, int limit);

    /// Notes how listings of a page stand and gives it back.
    ///
    /// @param answers by offer; of one that is left out, nothing is known
    /// @param lookAgainAt when to look again at what is taken and not seen; what differs by then goes at
    ///     once
    void answered(DuePage page, Map<String, Standing> answers, Instant now, Instant lookAgainAt);

    /// Gives a page back without an answer: not before then again.
    void later(DuePage page, Instant nextTryAt, String reason);

    /// Forgets what was written of a listing, so that it is written again.
    ///
    /// @return its account; empty when there is no such listing
    Optional<String> rewrite(String offer, Instant now);

    /// The same for what was rejected under a code at an account.
    int rewriteRejected(String account, String code, Instant now);

    /// What this replica was at when it was killed is due at once.
    int releaseClaimsOf(String replica, Instant now);

    Optional<Instant> nextDue(String account);

    /// How listings stand, by offer; those without an answer are left out.
    Map<String, Standing> standings(Collection<String> offers);

    /// Counts per account.
    Map<String, ListingCounts> counts();

    /// Listings for a person, by offer.
    List<ListingView> list(@Nullable String account, @Nullable String state, @Nullable String afterOffer, int limit);

    /// What became of a listing that came.
    enum Applied {
        /// Not newer than what is known.
        OLD,
        /// To be written.
        OWED,
        /// It says what the channel answered for.
        STANDS
    }
}
