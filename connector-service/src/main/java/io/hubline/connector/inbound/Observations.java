package io.hubline.connector.inbound;

import io.hubline.connector.engine.Transactions;
import io.hubline.connector.inbound.InboundWork.Hints;
import io.hubline.connector.inbound.domain.InboundMessages;
import io.hubline.connector.inbound.domain.MessageStatus;
import io.hubline.connector.inbound.domain.OrderSnapshot;
import io.hubline.connector.inbound.domain.OrderSnapshot.Verdict;
import io.hubline.connector.inbound.domain.OrderSnapshots;
import io.hubline.connector.inbound.domain.ReturnSnapshot;
import io.hubline.connector.inbound.domain.ReturnSnapshots;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.FetchedOrders;
import io.hubline.connector.spi.ForeignOrder;
import io.hubline.connector.spi.ForeignReturn;
import io.hubline.connector.spi.OrderMark;
import io.hubline.contracts.Topic;
import io.hubline.kit.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Announces what changed and ends the messages that led to it, in one transaction: killed at any moment,
/// an order is announced by the next look and not twice by this one.
@Singleton
class Observations {

    private static final Duration TOO_EARLY_PAUSE = Duration.ofSeconds(1);

    private final InboundMessages messages;
    private final OrderSnapshots snapshots;
    private final ReturnSnapshots returns;
    private final ChannelOrderEvents events;
    private final Outbox outbox;
    private final Transactions transactions;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    Observations(
            InboundMessages messages,
            OrderSnapshots snapshots,
            ReturnSnapshots returns,
            ChannelOrderEvents events,
            Outbox outbox,
            Transactions transactions,
            InstantSource clock,
            MeterRegistry metrics) {
        this.messages = messages;
        this.snapshots = snapshots;
        this.returns = returns;
        this.events = events;
        this.outbox = outbox;
        this.transactions = transactions;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// @param asked the messages by the order they name
    /// @param fetchNumber taken before the orders were fetched
    void record(Account account, Map<String, Hints> asked, FetchedOrders fetched, long fetchNumber) {
        transactions.run(() -> {
            Instant now = clock.instant();
            List<UUID> done = new ArrayList<>();
            // In one order, so that two replicas with common orders cannot deadlock.
            fetched.orders().stream()
                    .map(ChannelOrderEvents::scrubbed)
                    .sorted(Comparator.comparing(order -> order.mark().externalId()))
                    .forEach(order -> {
                        @Nullable Hints hints = asked.get(order.mark().externalId());
                        if (hints == null) {
                            return;
                        }
                        Verdict verdict = observe(account, order, fetchNumber, hints.firstHeard(), now);
                        count(account, verdict.name().toLowerCase(Locale.ROOT));
                        if (verdict == Verdict.LOOK_AGAIN) {
                            messages.release(hints.ids(), now, "two looks at the order overlapped");
                        } else {
                            done.addAll(hints.ids());
                            // The look came before the channel showed the change: what it showed counts all the same.
                            List<UUID> tooEarly = hints.notShownIn(order.mark());
                            if (!tooEarly.isEmpty()) {
                                done.removeAll(tooEarly);
                                messages.release(tooEarly, now.plus(TOO_EARLY_PAUSE), "not shown by the channel yet");
                            }
                        }
                    });
            if (!done.isEmpty()) {
                messages.settle(done, MessageStatus.DONE, null, now);
            }
            fetched.unreadable().forEach((externalId, why) -> bury(account, asked.get(externalId), why, now));
            fetched.missing()
                    .forEach(externalId ->
                            bury(account, asked.get(externalId), "the channel does not know the order", now));
        });
    }

    /// Announces what changed of the orders that a listing carried. Joins the caller's transaction.
    ///
    /// @param fetchNumber taken before the listing was asked for
    /// @return those of which another look is needed
    List<OrderMark> listed(Account account, List<ForeignOrder> orders, long fetchNumber, Instant now) {
        List<OrderMark> again = new ArrayList<>();
        orders.stream()
                .map(ChannelOrderEvents::scrubbed)
                .sorted(Comparator.comparing(order -> order.mark().externalId()))
                .forEach(order -> {
                    Verdict verdict = observe(account, order, fetchNumber, now, now);
                    count(account, verdict.name().toLowerCase(Locale.ROOT));
                    if (verdict == Verdict.LOOK_AGAIN) {
                        again.add(order.mark());
                    }
                });
        return again;
    }

    private Verdict observe(Account account, ForeignOrder order, long fetchNumber, Instant firstHeard, Instant now) {
        String externalId = order.mark().externalId();
        @Nullable OrderSnapshot last = snapshots.lock(account.id(), externalId).orElse(null);
        String hash = events.contentHash(order);
        Verdict verdict = OrderSnapshot.judge(last, order.mark().updatedAt(), hash, fetchNumber);
        if (verdict == Verdict.STALE || verdict == Verdict.LOOK_AGAIN) {
            return verdict;
        }
        List<JudgedReturn> judged = judge(account, order, fetchNumber);
        if (judged.stream().anyMatch(returned -> returned.verdict() == Verdict.LOOK_AGAIN)) {
            return Verdict.LOOK_AGAIN;
        }
        // Taken under the order's lock, so the numbers of one order rise in the order of its snapshots.
        long savedNumber = snapshots.nextNumber();
        OrderSnapshot snapshot =
                new OrderSnapshot(order.mark().updatedAt(), order.mark().fingerprint(), hash, savedNumber);
        if (verdict == Verdict.REMEMBER) {
            snapshots.touch(account.id(), externalId, snapshot);
        } else {
            snapshots.save(
                    account.id(),
                    externalId,
                    new OrderSnapshot.Saved(snapshot, ChannelOrderEvents.soldLines(order.order())),
                    now);
            outbox.publish(Topic.CHANNEL_ORDERS, events.observed(account, order, savedNumber, firstHeard));
        }
        for (JudgedReturn returned : judged) {
            remember(account, order.mark(), returned, savedNumber, firstHeard, now);
        }
        return verdict;
    }

    /// The returns that came with an order, under the order's lock.
    private List<JudgedReturn> judge(Account account, ForeignOrder order, long fetchNumber) {
        if (order.returns().isEmpty()) {
            return List.of();
        }
        Map<String, ReturnSnapshot> known =
                returns.find(account.id(), order.mark().externalId());
        return order.returns().stream()
                .map(returned -> {
                    String hash = events.contentHash(returned);
                    return new JudgedReturn(
                            returned,
                            hash,
                            ReturnSnapshot.judge(
                                    known.get(returned.channelReturnId()),
                                    order.mark().updatedAt(),
                                    hash,
                                    fetchNumber));
                })
                .toList();
    }

    private void remember(
            Account account, OrderMark mark, JudgedReturn judged, long savedNumber, Instant firstHeard, Instant now) {
        boolean announce = judged.verdict() == Verdict.ANNOUNCE;
        if (!announce && judged.verdict() != Verdict.REMEMBER) {
            return;
        }
        returns.save(
                account.id(),
                mark.externalId(),
                judged.foreign().channelReturnId(),
                new ReturnSnapshot(mark.updatedAt(), judged.hash(), savedNumber),
                announce ? now : null);
        if (announce) {
            outbox.publish(
                    Topic.CHANNEL_RETURNS, events.observed(account, mark, judged.foreign(), savedNumber, firstHeard));
            metrics.counter("hubline_connector_returns_observed", "account", account.id())
                    .increment();
        }
    }

    private void bury(Account account, @Nullable Hints hints, String why, Instant now) {
        if (hints != null) {
            messages.settle(hints.ids(), MessageStatus.DEAD, why, now);
            count(account, "dead");
        }
    }

    private void count(Account account, String verdict) {
        metrics.counter("hubline_connector_orders_observed", "account", account.id(), "verdict", verdict)
                .increment();
    }

    private record JudgedReturn(ForeignReturn foreign, String hash, Verdict verdict) {}
}
