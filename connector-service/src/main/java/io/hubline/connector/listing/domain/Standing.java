package io.hubline.connector.listing.domain;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a listing stands at its channel.
///
/// @param sequence which listing the channel answered for
/// @param productId the channel's id of the page
/// @param variantId the channel's id of the sellable thing
/// @param inventoryItem the channel's id of what it counts
/// @param issues what the channel finds wrong; at least one when it is rejected
public record Standing(
        long sequence,
        Word word,
        @Nullable String productId,
        @Nullable String variantId,
        @Nullable String inventoryItem,
        List<Issue> issues,
        Instant at) {

    public Standing {
        issues = List.copyOf(issues);
    }

    /// How far the channel is.
    public enum Word {
        /// Taken, and not yet seen.
        ACCEPTED,
        LIVE,
        REJECTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The word of that name in the database.
        ///
        /// @throws IllegalArgumentException when there is none
        public static Word of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// One thing a channel finds wrong.
    ///
    /// @param code the channel's own word, to look up
    public record Issue(String code, String message) {}
}
