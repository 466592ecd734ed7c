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
import io.hubline.connector.inbound.domain.PollPosition.Open;
import io.hubline.connector.inbound.domain.PollPositions;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.Cursor;
import io.hubline.connector.spi.ForeignOrder;
import io.hubline.connector.spi.OrderMark;
import io.hubline.connector.spi.OrderPage;
import io.hubline.connector.spi.OrderPort;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.TryAgain;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.kit.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lists, always and however well webhooks work, what changed at the channel, and notes the orders that
/// look different from what was announced. They are looked up by [InboundWork], like those that webhooks
/// name.
///
/// A poll is complete once every order it listed has been announced. What is known of a complete poll is
/// the **watermark**: everything the channel changed before its begin has been told to the hub.
@Singleton
class PollWork implements AccountWork {

    static final String NAME = "poll";

    private static final Duration COMPLETION_LOOK = Duration.ofMillis(250);
    private static final Duration HURRIED_INTERVAL = Duration.ofSeconds(2);
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(30);
    private static final int PAGES_MAX = 10_000;
    // Longer than a call takes, its token included.
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final int FIRST = 1;

    private final Accounts accounts;
    private final InboundMessages messages;
    private final OrderSnapshots snapshots;
    private final Observations observations;
    private final PollPositions positions;
    private final PollRequests requests;
    private final PollNews news;
    private final Transactions transactions;
    private final Wakes wakes;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    PollWork(
            Accounts accounts,
            InboundMessages messages,
            OrderSnapshots snapshots,
            Observations observations,
            PollPositions positions,
            PollRequests requests,
            PollNews news,
            Transactions transactions,
            Wakes wakes,
            InstantSource clock,
            MeterRegistry metrics) {
        this.accounts = accounts;
        this.messages = messages;
        this.snapshots = snapshots;
        this.observations = observations;
        this.positions = positions;
        this.requests = requests;
        this.news = news;
        this.transactions = transactions;
        this.wakes = wakes;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Pages that were asked for when the service was killed are asked for again.
    void takeUpAgain(@Observes @Priority(FIRST) StartupEvent started) {
        transactions.run(() -> positions.releaseAll(clock.instant()));
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
    public Duration step(Account account) {
        AccountConfig config = accounts.configuration(account);
        OrderPort port = accounts.portOf(account, OrderPort.class);
        PollPosition position = transactions.call(() -> complete(account));
        Instant now = clock.instant();
        if (position.open() == null) {
            Instant due = position.nextDue(interval(account, port));
            if (now.isBefore(due)) {
                return pause(position, Duration.between(now, due));
            }
            boolean deep = position.isDeepDue(now, config.deepPollInterval());
            // What the channel had not listed yet when it listed later changes is found by the next poll.
            Duration overlap =
                    longer(deep ? config.deepPollOverlap() : config.pollOverlap(), port.visibilityAllowance(account));
            requests.begun(account.id());
            transactions.run(
                    () -> positions.begin(account.id(), position.since(now, overlap, config.backfill()), now, deep));
        }
        Optional<Open> page = transactions.call(() -> positions.take(account.id(), now, now.plus(LEASE)));
        return page.map(open -> turn(account, port, open))
                .orElseGet(() -> pause(
                        position,
                        position.open() == null
                                ? LEASE
                                : Duration.between(now, position.open().nextAt())));
    }

    private Duration interval(Account account, OrderPort port) {
        Duration usual = accounts.pollInterval(account);
        boolean hurry = requests.isWanted(account.id())
                && port.shortestPollInterval(account).compareTo(HURRIED_INTERVAL) <= 0;
        return hurry && usual.compareTo(HURRIED_INTERVAL) > 0 ? HURRIED_INTERVAL : usual;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration pause(PollPosition position, Duration wait) {
        return position.listed() != null && wait.compareTo(COMPLETION_LOOK) > 0 ? COMPLETION_LOOK : wait;
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
        news.completed(account);
        metrics.timer("hubline_connector_poll", "account", account.id())
                .record(Duration.between(listed.begunAt(), now));
        // Writes that the channel refused as stale may wait for this.
        wakes.ringAfterCommit(account.id(), "stock");
        return positions.find(account.id());
    }

    /// Asks for one page and stores it. Whatever keeps the page from coming, the listing stays where it is
    /// and the thread is free: a channel may want minutes between two calls.
    private Duration turn(Account account, OrderPort port, Open open) {
        long fetchNumber = transactions.call(snapshots::nextNumber);
        @Nullable Cursor cursor = open.cursor() == null ? null : new Cursor(open.cursor());
        return switch (port.changedOrders(account, open.since(), cursor)) {
            case Done<OrderPage>(OrderPage page) -> {
                transactions.run(() -> store(account, port, open, page, fetchNumber));
                yield page.next() == null ? COMPLETION_LOOK : Duration.ZERO;
            }
            case TryAgain<OrderPage>(Duration after, String why) -> {
                transactions.run(() -> {
                    positions.wait(account.id(), clock.instant().plus(after));
                    positions.explain(account.id(), why);
                });
                yield pause(transactions.call(() -> positions.find(account.id())), after);
            }
            case Unknown<OrderPage>(String why) -> refused(account, port, open, why);
            case Refused<OrderPage>(String code, String why) -> refused(account, port, open, code + ": " + why);
        };
    }

    /// A page that is refused may be one that the channel has forgotten, or will not go on to. Where the
    /// earliest change came first, the next poll goes on from there; where not, the listing begins again.
    private Duration refused(Account account, OrderPort port, Open open, String why) {
        Instant later = clock.instant().plus(REFUSED_PAUSE);
        transactions.run(() -> {
            if (open.cursor() == null || port.listsEarliestFirst()) {
                positions.close(account.id());
            } else {
                positions.rewind(account.id(), later);
            }
            positions.explain(account.id(), why);
        });
        return REFUSED_PAUSE;
    }

    /// Stores what a page says and turns to the next in one transaction: a listing that is cut off goes on
    /// where it was.
    private void store(Account account, OrderPort port, Open open, OrderPage page, long fetchNumber) {
        Instant now = clock.instant();
        List<OrderMark> again = observations.listed(account, page.orders(), fetchNumber, now);
        note(
                account,
                Stream.concat(unlikeAnnounced(account, page.marks()), again.stream())
                        .map(mark -> hint(account, mark, now))
                        .toList());
        @Nullable
        Instant latest = Stream.concat(
                        page.marks().stream(), page.orders().stream().map(ForeignOrder::mark))
                .map(OrderMark::updatedAt)
                .max(Instant::compareTo)
                .map(last -> open.latest() == null || last.isAfter(open.latest()) ? last : open.latest())
                .orElse(open.latest());
        if (latest != null && (page.next() == null || port.listsEarliestFirst())) {
            positions.advance(account.id(), latest);
        }
        @Nullable Instant watermark = open.cursor() == null ? page.channelTime() : open.watermark();
        if (page.next() == null) {
            finish(account, open.begunAt(), now, watermark);
        } else if (open.pages() + 1 >= PAGES_MAX) {
            positions.close(account.id());
            positions.explain(account.id(), "the listing did not end after %d pages".formatted(PAGES_MAX));
        } else {
            positions.turn(account.id(), page.next().value(), watermark, latest, now);
            positions.explain(account.id(), null);
        }
    }

    private Stream<OrderMark> unlikeAnnounced(Account account, List<OrderMark> marks) {
        if (marks.isEmpty()) {
            return Stream.empty();
        }
        Map<String, OrderSnapshot> known = snapshots.find(
                account.id(), marks.stream().map(OrderMark::externalId).toList());
        return marks.stream().filter(mark -> differs(mark, known.get(mark.externalId())));
    }

    private void note(Account account, List<Arrival> hints) {
        int fresh = messages.storeNew(hints);
        if (fresh > 0) {
            metrics.counter("hubline_connector_orders_found_by_poll", "account", account.id())
                    .increment(fresh);
            wakes.ringAfterCommit(account.id(), InboundWork.NAME);
        }
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

    private void finish(Account account, Instant begunAt, Instant now, @Nullable Instant watermark) {
        // While an earlier poll still waits for its last orders, it stays the one to complete: under load a completion
        // that was put off with every poll would never come.
        if (positions.find(account.id()).listed() == null) {
            positions.listed(account.id(), new Listed(begunAt, now, watermark));
        }
        positions.close(account.id());
        positions.explain(account.id(), null);
    }
}
