package io.hubline.connector.inbound.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is remembered of an order as it was last seen.
///
/// @param updatedAt the channel's clock
/// @param fingerprint the cheap look that a poll compares
/// @param contentHash of everything that is announced
/// @param savedNumber the fetch number under which it was saved; rises with every fetch and every save
public record OrderSnapshot(Instant updatedAt, String fingerprint, String contentHash, long savedNumber) {

    /// What a fresh look at an order asks for.
    public enum Verdict {
        /// It changed: announce it, and remember it.
        ANNOUNCE,
        /// Nothing that is announced changed: remember the newer look.
        REMEMBER,
        /// What is remembered is newer: forget the fresh look.
        STALE,
        /// The two looks overlapped, and nobody can say which is the newer: look again.
        LOOK_AGAIN
    }

    /// Compares a fresh look with what is remembered.
    ///
    /// The channel's clock decides; where it stamps both alike and they differ, the later fetch is the
    /// newer, provided it began after the other had been saved.
    ///
    /// @param last null when the order was never seen
    /// @param fetchNumber taken before the fresh fetch began
    public static Verdict judge(@Nullable OrderSnapshot last, Instant updatedAt, String contentHash, long fetchNumber) {
        if (last == null) {
            return Verdict.ANNOUNCE;
        }
        if (updatedAt.isBefore(last.updatedAt)) {
            return Verdict.STALE;
        }
        if (contentHash.equals(last.contentHash)) {
            return Verdict.REMEMBER;
        }
        boolean sameStamp = updatedAt.equals(last.updatedAt);
        return sameStamp && fetchNumber < last.savedNumber ? Verdict.LOOK_AGAIN : Verdict.ANNOUNCE;
    }

    /// Units of one line as announced.
    ///
    /// @param quantity units still wanted; zero for a cancelled order
    /// @param ordered units that were ever ordered of us
    public record SoldLine(
            String lineId,
            String channelSku,
            @Nullable String variantId,
            @Nullable String channelLocation,
            int quantity,
            int ordered) {}

    /// A snapshot with its lines, to remember.
    public record Saved(OrderSnapshot snapshot, List<SoldLine> lines) {

        public Saved {
            lines = List.copyOf(lines);
        }
    }
}
