package io.hubline.connector.spi;

import io.hubline.contracts.connector.ChannelSyncState.Issue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one offer's content stands at a channel.
public sealed interface ListingAnswer {

    /// What the channel calls it, as far as it said so.
    Ids ids();

    /// Seen at the channel as wanted.
    record Live(Ids ids) implements ListingAnswer {}

    /// Taken, and not yet seen: read it after that time.
    record Accepted(Ids ids, Duration lookAfter) implements ListingAnswer {}

    /// The channel will not have it as it is.
    ///
    /// @param issues what it finds wrong, at least one
    record Rejected(Ids ids, List<Issue> issues) implements ListingAnswer {

        public Rejected {
            issues = List.copyOf(issues);
        }
    }

    /// The channel's ids of an offer.
    record Ids(
            @Nullable String productId,
            @Nullable String variantId,
            @Nullable String inventoryItemId) {

        public static final Ids UNKNOWN = new Ids(null, null, null);
    }
}
