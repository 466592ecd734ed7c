package io.hubline.connector.inbound.domain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the polls are. Every method joins the caller's transaction.
public interface PollPositions {

    /// [PollPosition#NONE] before the first poll.
    PollPosition find(String account);

    /// Opens a listing. Its begin is taken from the clock of the store, like every moment that is compared
    /// with it.
    ///
    /// @param since from which change on
    void begin(String account, Instant since, Instant now, boolean deep);

    /// Takes the next page of the open listing: nobody else gets it before `until`. Empty when none is due.
    Optional<PollPosition.Open> take(String account, Instant now, Instant until);

    /// A page is stored, and there are more.
    void turn(String account, String cursor, @Nullable Instant watermark, @Nullable Instant latest, Instant nextAt);

    /// The page did not come: not before then again.
    void wait(String account, Instant nextAt);

    /// The listing begins again with its first page, for the channel no longer knows the next.
    void rewind(String account, Instant nextAt);

    /// Lets every open listing go on at once, whoever was at it.
    void releaseAll(Instant now);

    /// The listing is over.
    void close(String account);

    /// A page is stored: the cursor moves forward, and never back.
    void advance(String account, Instant cursor);

    void listed(String account, PollPosition.Listed listed);

    void complete(String account, PollPosition.Complete complete);

    /// Says for a person why polling does not get on; null when it does.
    void explain(String account, @Nullable String reason);
}
