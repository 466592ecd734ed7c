package io.hubline.connector.inbound.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where the polls are. Every method joins the caller's transaction.
public interface PollPositions {

    /// [PollPosition#NONE] before the first poll.
    PollPosition find(String account);

    void begin(String account, Instant now, boolean deep);

    /// A page is stored: the cursor moves forward, and never back.
    void advance(String account, Instant cursor);

    void listed(String account, PollPosition.Listed listed);

    void complete(String account, PollPosition.Complete complete);

    /// Says for a person why polling does not get on; null when it does.
    void explain(String account, @Nullable String reason);
}
