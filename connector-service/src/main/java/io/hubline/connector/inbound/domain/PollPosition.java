package io.hubline.connector.inbound.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far polling of one account is.
///
/// @param cursor the latest change, by the channel's clock, up to which pages have been stored; null before
///     the first
/// @param begunAt when the last poll began; null before the first
/// @param deepAt when a poll last looked back deeply
/// @param open the listing under way; null when none is
/// @param listed the last poll whose every page has been stored; null when none, or when it is complete
/// @param complete the last poll whose every order has been announced; null before the first
public record PollPosition(
        @Nullable Instant cursor,
        @Nullable Instant begunAt,
        @Nullable Instant deepAt,
        @Nullable Open open,
        @Nullable Listed listed,
        @Nullable Complete complete) {

    public static final PollPosition NONE = new PollPosition(null, null, null, null, null, null);

    /// When the next poll is due.
    public Instant nextDue(Duration interval) {
        return begunAt == null ? Instant.MIN : begunAt.plus(interval);
    }

    /// From which change on to list. It overlaps what has been listed, for a channel may show a change
    /// late.
    ///
    /// @param overlap how much; a deep look back is one with a larger overlap
    public Instant since(Instant now, Duration overlap, Duration backfill) {
        return cursor == null ? now.minus(backfill) : cursor.minus(overlap);
    }

    public boolean isDeepDue(Instant now, Duration interval) {
        return cursor != null && (deepAt == null || !now.isBefore(deepAt.plus(interval)));
    }

    /// A listing under way. It is a row, so that it goes on after a pause of minutes or a restart with the
    /// page it was at.
    ///
    /// @param since from which change on it lists
    /// @param cursor the page that is next; null for the first
    /// @param watermark as the first page said
    /// @param latest the latest change on the pages so far
    /// @param pages how many were stored
    /// @param nextAt not before then
    public record Open(
            Instant begunAt,
            Instant since,
            @Nullable String cursor,
            @Nullable Instant watermark,
            @Nullable Instant latest,
            int pages,
            Instant nextAt) {}

    /// A poll whose pages have been stored, and whose orders may still wait to be looked up.
    ///
    /// @param at when the last page was stored
    /// @param watermark every change before this moment of the channel's clock was listed; null when
    ///     unknown
    public record Listed(
            Instant begunAt, Instant at, @Nullable Instant watermark) {}

    /// A poll whose every order has been announced.
    public record Complete(
            Instant begunAt, Instant at, @Nullable Instant watermark) {}
}
