package io.hubline.connector.sync;

import io.hubline.connector.inbound.BookedSales;
import io.hubline.connector.inbound.domain.PollPosition.Complete;
import io.hubline.connector.sync.domain.SyncTargets;
import io.hubline.connector.sync.domain.TargetState;
import io.hubline.connector.sync.domain.TargetState.Read;
import io.hubline.connector.sync.domain.TargetState.Written;
import io.hubline.contracts.Topic;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.connector.ChannelSyncState.ReadBack;
import io.hubline.contracts.connector.ChannelSyncState.Write;
import io.hubline.kit.outbox.Outbox;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// How far offers are in sync, said in the published language. Joins the caller's transaction.
@Singleton
class SyncAnnouncements {

    private final SyncTargets targets;
    private final BookedSales bookedSales;
    private final Outbox outbox;

    SyncAnnouncements(SyncTargets targets, BookedSales bookedSales, Outbox outbox) {
        this.targets = targets;
        this.bookedSales = bookedSales;
        this.outbox = outbox;
    }

    void announce(String account, Collection<String> offers, Instant now) {
        if (offers.isEmpty()) {
            return;
        }
        @Nullable
        Instant bookedThrough =
                bookedSales.lastCompletePoll(account).map(Complete::watermark).orElse(null);
        outbox.publishAll(
                Topic.CHANNEL_SYNC,
                targets.states(offers, now).stream()
                        .map(state -> event(state, bookedThrough))
                        .toList());
    }

    private static ChannelSyncState event(TargetState state, @Nullable Instant bookedThrough) {
        @Nullable Read read = state.readBack();
        return new ChannelSyncState(
                state.offer(),
                state.sequence(),
                state.account(),
                write(state.acknowledged()),
                write(state.outstanding()),
                read == null ? null : new ReadBack(read.quantity(), read.at()),
                bookedThrough,
                null);
    }

    private static @Nullable Write write(@Nullable Written written) {
        return written == null ? null : new Write(written.availabilitySequence(), written.quantity(), written.at());
    }
}
