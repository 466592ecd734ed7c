package io.hubline.connector.sync;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.inbound.BookedSales;
import io.hubline.connector.inbound.domain.PollPosition.Complete;
import io.hubline.connector.listing.ListingNews;
import io.hubline.connector.listing.domain.ListingTargets;
import io.hubline.connector.listing.domain.Standing;
import io.hubline.connector.spi.StockPort;
import io.hubline.connector.sync.domain.SyncTargets;
import io.hubline.connector.sync.domain.TargetState;
import io.hubline.connector.sync.domain.TargetState.Read;
import io.hubline.connector.sync.domain.TargetState.Written;
import io.hubline.contracts.Topic;
import io.hubline.contracts.connector.ChannelSyncState;
import io.hubline.contracts.connector.ChannelSyncState.Issue;
import io.hubline.contracts.connector.ChannelSyncState.ListingAtChannel;
import io.hubline.contracts.connector.ChannelSyncState.ReadBack;
import io.hubline.contracts.connector.ChannelSyncState.Ways;
import io.hubline.contracts.connector.ChannelSyncState.Write;
import io.hubline.kit.outbox.Outbox;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far offers are in sync, said in the published language. Joins the caller's transaction.
@Singleton
class SyncAnnouncements implements ListingNews {

    private final Accounts accounts;
    private final SyncTargets targets;
    private final ListingTargets listings;
    private final BookedSales bookedSales;
    private final Outbox outbox;

    SyncAnnouncements(
            Accounts accounts, SyncTargets targets, ListingTargets listings, BookedSales bookedSales, Outbox outbox) {
        this.accounts = accounts;
        this.targets = targets;
        this.listings = listings;
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
        // The states lock their offers, so that what is read after them is not older than what is announced.
        List<TargetState> states = targets.states(offers, now);
        Map<String, Standing> standings = listings.standings(offers);
        @Nullable Ways ways = ways(account);
        outbox.publishAll(
                Topic.CHANNEL_SYNC,
                states.stream()
                        .map(state -> event(state, bookedThrough, standings.get(state.offer()), ways))
                        .toList());
    }

    @Override
    public void changed(String account, Collection<String> offers, Instant now) {
        announce(account, offers, now);
    }

    private static ChannelSyncState event(
            TargetState state, @Nullable Instant bookedThrough, @Nullable Standing standing, @Nullable Ways ways) {
        @Nullable Read read = state.readBack();
        return new ChannelSyncState(
                state.offer(),
                state.sequence(),
                state.account(),
                write(state.acknowledged()),
                write(state.outstanding()),
                read == null ? null : new ReadBack(read.quantity(), read.at()),
                bookedThrough,
                standing == null ? null : listing(standing),
                ways,
                settled(state.settled()));
    }

    /// How the account's channel keeps its numbers; null where the hub writes none there.
    private @Nullable Ways ways(String account) {
        return accounts.find(account)
                .flatMap(known -> accounts.port(known, StockPort.class))
                .map(port -> new Ways(port.comparesBeforeSetting(), port.restocksCancelled()))
                .orElse(null);
    }

    private static ListingAtChannel listing(Standing standing) {
        return new ListingAtChannel(
                standing.sequence(),
                switch (standing.word()) {
                    case ACCEPTED -> ChannelSyncState.Standing.ACCEPTED;
                    case LIVE -> ChannelSyncState.Standing.LIVE;
                    case REJECTED -> ChannelSyncState.Standing.REJECTED;
                },
                standing.productId(),
                standing.variantId(),
                standing.inventoryItem(),
                standing.issues().stream()
                        .map(issue -> new Issue(issue.code(), issue.message()))
                        .toList(),
                standing.at());
    }

    private static ChannelSyncState.@Nullable Settled settled(TargetState.@Nullable Settled settled) {
        return settled == null
                ? null
                : new ChannelSyncState.Settled(
                        settled.throughSequence(), settled.quantity(), settled.sold(), settled.cancelled());
    }

    private static @Nullable Write write(@Nullable Written written) {
        return written == null ? null : new Write(written.availabilitySequence(), written.quantity(), written.at());
    }
}
