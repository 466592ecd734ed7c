package io.hubline.connector.sync;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.act.ActService;
import io.hubline.connector.act.domain.ActCounts;
import io.hubline.connector.engine.Wakes;
import io.hubline.connector.inbound.BookedSales;
import io.hubline.connector.inbound.InboundService;
import io.hubline.connector.inbound.domain.InboundMessages.Backlog;
import io.hubline.connector.inbound.domain.PollPosition.Complete;
import io.hubline.connector.listing.ListingService;
import io.hubline.connector.listing.domain.ListingCounts;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.OfferAddress;
import io.hubline.connector.spi.StockPort;
import io.hubline.connector.sync.domain.DesiredQuantity;
import io.hubline.connector.sync.domain.Placement;
import io.hubline.connector.sync.domain.Settlements;
import io.hubline.connector.sync.domain.SyncTargets;
import io.hubline.connector.sync.domain.TargetCounts;
import io.hubline.connector.sync.domain.TargetView;
import io.hubline.kit.audit.Audit;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What should stand at the channels, and how far it is.
@ApplicationScoped
public class SyncService {

    private final SyncTargets targets;
    private final SyncAnnouncements announcements;
    private final Settlement settlement;
    private final Settlements settlements;
    private final Accounts accounts;
    private final InboundService inbound;
    private final BookedSales bookedSales;
    private final ActService acts;
    private final ListingService listings;
    private final Wakes wakes;
    private final Audit audit;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final Map<String, AccountSync> lastSummary = new ConcurrentHashMap<>();

    SyncService(
            SyncTargets targets,
            SyncAnnouncements announcements,
            Settlement settlement,
            Settlements settlements,
            Accounts accounts,
            InboundService inbound,
            BookedSales bookedSales,
            ActService acts,
            ListingService listings,
            Wakes wakes,
            Audit audit,
            InstantSource clock,
            MeterRegistry metrics) {
        this.targets = targets;
        this.announcements = announcements;
        this.settlement = settlement;
        this.settlements = settlements;
        this.accounts = accounts;
        this.inbound = inbound;
        this.bookedSales = bookedSales;
        this.acts = acts;
        this.listings = listings;
        this.wakes = wakes;
        this.audit = audit;
        this.clock = clock;
        this.metrics = metrics;
    }

    void measure(@Observes StartupEvent started) {
        for (Account account : accounts.all()) {
            gauge("hubline_connector_targets_unsatisfied", account, AccountSync::unsatisfied);
            gauge("hubline_connector_targets_drifted", account, AccountSync::drifted);
            gauge("hubline_connector_targets_accepted", account, AccountSync::accepted);
            gauge("hubline_connector_targets_awaiting_permit", account, AccountSync::awaitingPermit);
            gauge("hubline_connector_writes_unknown", account, AccountSync::unknown);
            gauge("hubline_connector_oldest_unsent_seconds", account, AccountSync::oldestUnsentSeconds);
            gauge("hubline_connector_inbound_pending", account, AccountSync::inboundBacklog);
            gauge("hubline_connector_inbound_dead", account, AccountSync::inboundDead);
            gauge("hubline_connector_acts_pending", account, AccountSync::actsPending);
            gauge("hubline_connector_acts_failed", account, AccountSync::actsFailed);
            gauge("hubline_connector_listings_unsettled", account, AccountSync::listingsUnsettled);
            gauge("hubline_connector_listings_rejected", account, AccountSync::listingsRejected);
        }
    }

    private void gauge(String name, Account account, java.util.function.ToLongFunction<AccountSync> figure) {
        Gauge.builder(name, () -> {
                    @Nullable AccountSync last = lastSummary.get(account.id());
                    return last == null ? 0 : figure.applyAsLong(last);
                })
                .tag("account", account.id())
                .register(metrics);
    }

    /// Measures for the gauges, so that a scrape costs no query.
    @io.quarkus.scheduler.Scheduled(every = "10s", delayed = "10s")
    @Transactional
    void refresh() {
        summary();
    }

    /// Takes over where an offer stands: its number where the account's adapter says.
    @Transactional
    public void place(Placement placement) {
        Instant now = clock.instant();
        if (targets.apply(placed(placement), now)) {
            if (!targets.isKnown(placement.offer())) {
                settlements.forget(placement.offer());
            }
            if (stocks(placement.account()) && !targets.isAnnounced(placement.offer())) {
                // Before a first number can be granted it must be known how the channel takes one.
                announcements.announce(placement.account(), List.of(placement.offer()), now);
            }
            wakes.ringAfterCommit(placement.account(), StockWork.NAME);
        }
    }

    private boolean stocks(String account) {
        return accounts.find(account)
                .flatMap(known -> accounts.port(known, StockPort.class))
                .isPresent();
    }

    private Placement placed(Placement placement) {
        OfferAddress address = new OfferAddress(
                placement.channelSku(), placement.variantId(), placement.inventoryItem(), placement.channelLocation());
        return accounts.find(placement.account())
                .flatMap(account -> accounts.port(account, StockPort.class))
                .flatMap(port -> port.place(address))
                .map(place -> placement.at(place.item(), place.location()))
                .orElseGet(() -> placement.at(null, null));
    }

    /// Takes over what an offer should show.
    @Transactional
    public void desire(DesiredQuantity desired) {
        Instant now = clock.instant();
        if (targets.apply(desired, now)) {
            settlement.booked(desired, now);
            wakes.ringAfterCommit(desired.account(), StockWork.NAME);
        }
    }

    /// Is everything in sync right now, and if not, why: an answer per account.
    @Transactional
    public List<AccountSync> summary() {
        Map<String, TargetCounts> counts = targets.counts();
        Map<String, ActCounts> actCounts = acts.counts();
        Map<String, ListingCounts> listingCounts = listings.counts();
        Instant now = clock.instant();
        List<AccountSync> summary = accounts.all().stream()
                .map(account -> summary(
                        account,
                        counts.getOrDefault(account.id(), TargetCounts.NONE),
                        actCounts.getOrDefault(account.id(), ActCounts.NONE),
                        listingCounts.getOrDefault(account.id(), ListingCounts.NONE),
                        now))
                .toList();
        summary.forEach(account -> lastSummary.put(account.account(), account));
        return summary;
    }

    private AccountSync summary(
            Account account, TargetCounts count, ActCounts act, ListingCounts listing, Instant now) {
        Backlog backlog = inbound.backlog(account.id());
        List<String> reasons = new ArrayList<>();
        reason(reasons, count.unsatisfied(), "offers are not sent yet");
        reason(reasons, count.inFlight(), "offers are in flight");
        reason(reasons, count.unknown(), "offers were sent with an unknown outcome");
        reason(reasons, count.accepted(), "offers were taken by the channel and wait to be seen there");
        reason(reasons, count.drifted(), "offers show another number than the booked sales explain");
        reason(reasons, count.awaitingPermit(), "offers wait for a new permit, for theirs was used");
        reason(reasons, backlog.pending(), "inbound messages wait");
        reason(reasons, listing.unsettled(), "listings are not live yet");
        reason(reasons, listing.rejected(), "listings are rejected by the channel");
        @Nullable Instant owed = count.oldestOwed();
        @Nullable Duration oldestInbound = backlog.oldestAge();
        return new AccountSync(
                account.id(),
                account.adapter(),
                reasons.isEmpty(),
                reasons,
                count.offers(),
                count.waiting(),
                count.unsatisfied(),
                count.inFlight(),
                count.unknown(),
                count.accepted(),
                count.drifted(),
                count.awaitingPermit(),
                owed == null ? 0 : Math.max(0, Duration.between(owed, now).toSeconds()),
                backlog.pending(),
                oldestInbound == null ? 0 : oldestInbound.toSeconds(),
                backlog.dead(),
                act.pending(),
                act.failed(),
                listing.unsettled(),
                listing.rejected(),
                bookedSales
                        .lastCompletePoll(account.id())
                        .map(Complete::begunAt)
                        .orElse(null));
    }

    private static void reason(List<String> reasons, long count, String what) {
        if (count > 0) {
            reasons.add(count + " " + what);
        }
    }

    /// Targets, by offer.
    @Transactional
    public List<TargetView> list(
            @Nullable String account, @Nullable String state, @Nullable String afterOffer, int limit) {
        return targets.list(account, state, afterOffer, limit);
    }

    /// Wants an offer's number read at its channel, as soon as nothing of it is in flight.
    ///
    /// @return false when there is no such offer
    @Transactional
    public boolean readBack(String offer) {
        return targets.requestReading(offer, clock.instant())
                .map(account -> {
                    audit.record("target.read-back-requested", "offer", offer, Map.of(), Map.of());
                    wakes.ringAfterCommit(account, StockWork.NAME);
                    return true;
                })
                .orElse(false);
    }
}
