package io.hubline.connector.inbound;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.account.ConnectorConfig.AccountConfig;
import io.hubline.connector.engine.AccountWork;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.engine.Wakes;
import io.hubline.connector.inbound.domain.Arrival;
import io.hubline.connector.inbound.domain.InboundMessages;
import io.hubline.connector.inbound.domain.MessageStatus;
import io.hubline.connector.inbound.domain.OrderSnapshot;
import io.hubline.connector.inbound.domain.OrderSnapshots;
import io.hubline.connector.inbound.domain.PollPosition;
import io.hubline.connector.inbound.domain.PollPosition.Complete;
import io.hubline.connector.inbound.domain.PollPosition.Listed;
import io.hubline.connector.inbound.domain.PollPositions;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Cursor;
import io.hubline.connector.spi.OrderMark;
import io.hubline.connector.spi.OrderPage;
import io.hubline.connector.spi.OrderPort;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.TryAgain;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.kit.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists, always and however well webhooks work, what changed at the channel, and notes the orders that
/// look different
/// from what was announced. They are looked up by [InboundWork], like those that webhooks name.
///
/// A poll is complete once every order it listed has been announced. What is known of a complete poll is
/// the
/// **watermark**: everything the channel changed before its begin has been told to the hub.
@Singleton
class PollWork implements AccountWork {

    static final String NAME = "poll";

    private static final Duration COMPLETION_LOOK = Duration.ofMillis(250);
    private static final Duration HURRIED_INTERVAL = Duration.ofSeconds(2);
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(30);
    private static final int PAGES_MAX = 10_000;
    private static final int PAGE_TRIES_MAX = 5;

    private final Accounts accounts;
    private final InboundMessages messages;
    private final OrderSnapshots snapshots;
    private final PollPositions positions;
    private final PollRequests requests;
    private final Transactions transactions;
    private final Wakes wakes;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    PollWork(
            Accounts accounts,
            InboundMessages messages,
            OrderSnapshots snapshots,
            PollPositions positions,
            PollRequests requests,
            Transactions transactions,
            Wakes wakes,
            InstantSource clock,
            MeterRegistry metrics) {
        this.accounts = accounts;
        this.messages = messages;
        this.snapshots = snapshots;
        this.positions = positions;
        this.requests = requests;
        this.transactions = transactions;
        this.wakes = wakes;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean serves(Account account) {
        return accounts.port(account, OrderPort.class).isPresent();
    }

    @Override
    public Duration step(Account account) throws InterruptedException {
        AccountConfig config = accounts.configuration(account);
        PollPosition position = transactions.call(() -> complete(account));
        Instant now = clock.instant();
        Duration interval = config.pollInterval();
        boolean hurry = requests.isWanted(account.id()) && interval.compareTo(HURRIED_INTERVAL) > 0;
        Instant due = position.nextDue(hurry ? HURRIED_INTERVAL : interval);
        if (now.isBefore(due)) {
            Duration wait = Duration.between(now, due);
            return position.listed() != null && wait.compareTo(COMPLETION_LOOK) > 0 ? COMPLETION_LOOK : wait;
        }
        boolean deep = position.isDeepDue(now, config.deepPollInterval());
        requests.begun(account.id());
        transactions.run(() -> positions.begin(account.id(), now, deep));
        Duration overlap = deep ? config.deepPollOverlap() : config.pollOverlap();
        return poll(account, position, now, position.since(now, overlap, config.backfill()));
    }

    /// Notes that the last poll is complete, if it is.
    private PollPosition complete(Account account) {
        PollPosition position = positions.find(account.id());
        @Nullable Listed listed = position.listed();
        if (listed == null || messages.anyPendingUntil(account.id(), listed.at())) {
            return position;
        }
        Instant now = clock.instant();
        positions.complete(account.id(), new Complete(listed.begunAt(), now, listed.watermark()));
        metrics.timer("hubline_connector_poll", "account", account.id())
                .record(Duration.between(listed.begunAt(), now));
        // Writes that the channel refused as stale may wait for this.
        wakes.ringAfterCommit(account.id(), "stock");
        return positions.find(account.id());
    }

    private Duration poll(Account account, PollPosition before, Instant begunAt, Instant since)
            throws InterruptedException {
        OrderPort port = accounts.portOf(account, OrderPort.class);
        @Nullable Cursor cursor = null;
        @Nullable Instant watermark = null;
        int tries = 0;
        int pages = 0;
        while (true) {
            switch (port.changedOrders(account, since, cursor)) {
                case Done<OrderPage>(OrderPage page) -> {
                    tries = 0;
                    pages++;
                    watermark = cursor == null ? page.channelTime() : watermark;
                    cursor = page.next();
                    store(account, page.marks());
                    if (cursor == null || pages >= PAGES_MAX) {
                        finish(account, before, begunAt, watermark, cursor == null);
                        return COMPLETION_LOOK;
                    }
                }
                case TryAgain<OrderPage>(Duration after, String why) -> {
                    explain(account, why);
                    if (++tries >= PAGE_TRIES_MAX) {
                        return after;
                    }
                    Thread.sleep(after);
                }
                case Unknown<OrderPage>(String why) -> {
                    explain(account, why);
                    return REFUSED_PAUSE;
                }
                case Refused<OrderPage>(String code, String why) -> {
                    explain(account, code + ": " + why);
                    return REFUSED_PAUSE;
                }
            }
        }
    }

    /// Stores what a page says and moves the cursor in one transaction: a poll that is cut off goes on
    /// where it was.
    private void store(Account account, List<OrderMark> marks) {
        if (marks.isEmpty()) {
            return;
        }
        transactions.run(() -> {
            Map<String, OrderSnapshot> known = snapshots.find(
                    account.id(), marks.stream().map(OrderMark::externalId).toList());
            Instant now = clock.instant();
            List<Arrival> hints = marks.stream()
                    .filter(mark -> differs(mark, known.get(mark.externalId())))
                    .map(mark -> hint(account, mark, now))
                    .toList();
            int fresh = messages.storeNew(hints);
            positions.advance(
                    account.id(),
                    marks.stream()
                            .map(OrderMark::updatedAt)
                            .max(Instant::compareTo)
                            .orElseThrow());
            if (fresh > 0) {
                metrics.counter("hubline_connector_orders_found_by_poll", "account", account.id())
                        .increment(fresh);
                wakes.ringAfterCommit(account.id(), InboundWork.NAME);
            }
        });
    }

    private static boolean differs(OrderMark mark, @Nullable OrderSnapshot known) {
        return known == null
                || mark.updatedAt().isAfter(known.updatedAt())
                || (mark.updatedAt().equals(known.updatedAt())
                        && !mark.fingerprint().equals(known.fingerprint()));
    }

    /// The same look at the same order is one delivery, so polls that overlap do not ask twice.
    private static Arrival hint(Account account, OrderMark mark, Instant now) {
        return new Arrival(
                Ids.next(),
                account.id(),
                account.adapter(),
                Arrival.Source.POLL,
                "poll:" + mark.externalId() + ":" + mark.fingerprint(),
                null,
                Map.of(),
                null,
                mark.externalId(),
                null,
                now,
                MessageStatus.PENDING,
                null);
    }

    private void finish(
            Account account, PollPosition before, Instant begunAt, @Nullable Instant watermark, boolean toTheEnd) {
        transactions.run(() -> {
            // While an earlier poll still waits for its last orders, it stays the one to complete: under load a
            // completion that was put off with every poll would never come.
            if (toTheEnd && before.listed() == null) {
                positions.listed(account.id(), new Listed(begunAt, clock.instant(), watermark));
            }
            positions.explain(account.id(), null);
        });
    }

    private void explain(Account account, String why) {
        transactions.run(() -> positions.explain(account.id(), why));
    }
}
