package io.hubline.connector.sync;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one account stands.
///
/// @param inSync nothing is owed, nothing is in flight, nothing that came waits
/// @param reasons why it is not; empty when it is
/// @param waiting active offers for which the hub has no number yet; they do not count as out of sync
/// @param accepted offers whose number the channel took, until a reading has settled it
/// @param drifted offers whose number the channel contradicts, until it is known why
/// @param awaitingPermit offers that show another number than granted, and are written to again once
///     inventory has granted anew
/// @param inboundBacklog messages of the channel that wait to be worked
/// @param listingsUnsettled listings not as wanted at the channel, or not seen there yet
/// @param listingsRejected listings the channel will not have as they are
/// @param completePollBegunAt every change the channel showed before then has been announced; null before
///     the first
public record AccountSync(
        String account,
        String adapter,
        boolean inSync,
        List<String> reasons,
        long offers,
        long waiting,
        long unsatisfied,
        long inFlight,
        long unknown,
        long accepted,
        long drifted,
        long awaitingPermit,
        long oldestUnsentSeconds,
        long inboundBacklog,
        long oldestInboundSeconds,
        long inboundDead,
        long actsPending,
        long actsFailed,
        long listingsUnsettled,
        long listingsRejected,
        @Nullable Instant completePollBegunAt) {

    public AccountSync {
        reasons = List.copyOf(reasons);
    }
}
