package io.hubline.inventory.stock.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checkout holds, to look up. It locks nothing.
public interface Holds {

    /// One hold, as it was left last: it may be past its time without anybody having said so.
    Optional<Hold> find(String id);

    /// Holds in a state, in the order of their ids.
    ///
    /// @param after the hold behind which to start; null for the first
    List<Hold> page(Hold.State state, @Nullable String after, int size);

    /// What is to be asked of the books now: holds whose time is over, the first to expire first, and then
    /// those whose buyer has paid and whose order is here. Of the latter there are some only where both
    /// came at the same moment.
    List<Request> due(Instant now, int limit);

    /// Forgets holds that ended before a moment, those that ended first before the others. Whoever has one
    /// in hand is not waited for.
    ///
    /// @return how many were forgotten; fewer than the limit where none is left
    int forget(Instant endedBefore, int limit);
}
