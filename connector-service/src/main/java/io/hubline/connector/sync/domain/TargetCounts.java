package io.hubline.connector.sync.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The targets of one account, counted.
///
/// @param offers active ones
/// @param waiting active ones the hub has no number for yet
/// @param accepted those whose number the channel took, until a reading has settled it
/// @param drifted those the channel contradicts, until it is known why
/// @param awaitingPermit those that are off and whose permit is spent: inventory grants anew
/// @param oldestOwed since when the oldest unsent change is owed; null when none is
public record TargetCounts(
        long offers,
        long waiting,
        long unsatisfied,
        long inFlight,
        long unknown,
        long accepted,
        long drifted,
        long awaitingPermit,
        @Nullable Instant oldestOwed) {

    public static final TargetCounts NONE = new TargetCounts(0, 0, 0, 0, 0, 0, 0, 0, null);
}
