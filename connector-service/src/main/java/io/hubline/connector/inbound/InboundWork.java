package io.hubline.connector.inbound;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.account.ConnectorConfig;
import io.hubline.connector.engine.AccountWork;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.inbound.domain.ClaimedMessage;
import io.hubline.connector.inbound.domain.InboundMessages;
import io.hubline.connector.inbound.domain.MessageStatus;
import io.hubline.connector.inbound.domain.OrderSnapshot;
import io.hubline.connector.inbound.domain.OrderSnapshots;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.FetchedOrders;
import io.hubline.connector.spi.OrderMark;
import io.hubline.connector.spi.OrderPort;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.TryAgain;
import io.hubline.connector.spi.Outcome.Unknown;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks up the orders that stored messages name, each once however many name it, and announces what
/// changed.
@Singleton
class InboundWork implements AccountWork {

    static final String NAME = "inbound";

    // Before the loops start, or their claims would be given back as well.
    private static final int FIRST = 1;

    private static final Logger LOGGER = Logger.getLogger(InboundWork.class);
    private static final Duration IDLE = Duration.ofSeconds(2);
    // Longer than the calls of one step take; who is killed meanwhile gives its claims back at the next start.
    private static final Duration CLAIM = Duration.ofSeconds(60);
    private static final Duration UNKNOWN_PAUSE = Duration.ofSeconds(2);
    private static final int CALLS_AT_ONCE = 4;
    private static final int REFUSALS_MAX = 8;
    private static final int TOO_EARLY_MAX = 5;

    private final Accounts accounts;
    private final InboundMessages messages;
    private final OrderSnapshots snapshots;
    private final Observations observations;
    private final Transactions transactions;
    private final InstantSource clock;
    private final String replica;

    InboundWork(
            Accounts accounts,
            InboundMessages messages,
            OrderSnapshots snapshots,
            Observations observations,
            Transactions transactions,
            InstantSource clock,
            ConnectorConfig config) {
        this.accounts = accounts;
        this.messages = messages;
        this.snapshots = snapshots;
        this.observations = observations;
        this.transactions = transactions;
        this.clock = clock;
        this.replica = config.replica();
    }

    void takeUpAgain(@Observes @Priority(FIRST) StartupEvent started) {
        int released = transactions.call(() -> messages.releaseClaimsOf(replica, clock.instant()));
        if (released > 0) {
            LOGGER.infof("%d inbound messages of the last run are taken up again", released);
        }
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
        OrderPort port = accounts.portOf(account, OrderPort.class);
        int atOnce = port.ordersAtOnce(account);
        Instant now = clock.instant();
        List<ClaimedMessage> claimed = transactions.call(
                () -> messages.claim(account.id(), replica, now, now.plus(CLAIM), atOnce * CALLS_AT_ONCE));
        if (claimed.isEmpty()) {
            return untilNext(account, now);
        }
        List<Hints> orders = coalesce(settleOutdated(account, claimed));
        List<Callable<Duration>> calls = new ArrayList<>();
        for (int from = 0; from < orders.size(); from += atOnce) {
            List<Hints> part = orders.subList(from, Math.min(orders.size(), from + atOnce));
            calls.add(() -> lookUp(account, port, part));
        }
        return longest(calls);
    }

    private Duration untilNext(Account account, Instant now) {
        return transactions
                .call(() -> messages.nextDue(account.id()))
                .map(due -> Duration.between(now, due))
                .filter(wait -> wait.compareTo(IDLE) < 0)
                .map(wait -> wait.isPositive() ? wait : Duration.ofMillis(1))
                .orElse(IDLE);
    }

    /// A message about a change older than what was announced since needs no look.
    private List<ClaimedMessage> settleOutdated(Account account, List<ClaimedMessage> claimed) {
        return transactions.call(() -> {
            Map<String, OrderSnapshot> known = snapshots.find(
                    account.id(),
                    claimed.stream().map(ClaimedMessage::externalId).distinct().toList());
            List<UUID> outdated = new ArrayList<>();
            List<ClaimedMessage> rest = new ArrayList<>();
            for (ClaimedMessage message : claimed) {
                @Nullable OrderSnapshot snapshot = known.get(message.externalId());
                @Nullable Instant changed = message.channelUpdatedAt();
                if (snapshot != null && changed != null && changed.isBefore(snapshot.updatedAt())) {
                    outdated.add(message.id());
                } else {
                    rest.add(message);
                }
            }
            if (!outdated.isEmpty()) {
                messages.settle(outdated, MessageStatus.DONE, null, clock.instant());
            }
            return rest;
        });
    }

    private static List<Hints> coalesce(List<ClaimedMessage> claimed) {
        Map<String, List<ClaimedMessage>> byOrder = new LinkedHashMap<>();
        claimed.forEach(message -> byOrder.computeIfAbsent(message.externalId(), _ -> new ArrayList<>())
                .add(message));
        return byOrder.entrySet().stream()
                .map(order -> new Hints(order.getKey(), order.getValue()))
                .toList();
    }

    private static Duration longest(List<Callable<Duration>> calls) throws InterruptedException {
        if (calls.isEmpty()) {
            return Duration.ZERO;
        }
        Duration longest = Duration.ZERO;
        @Nullable ExecutionException failed = null;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Duration> call : threads.invokeAll(calls)) {
                try {
                    Duration pause = call.get();
                    longest = pause.compareTo(longest) > 0 ? pause : longest;
                } catch (ExecutionException e) {
                    failed = e;
                }
            }
        }
        if (failed != null) {
            // What it had claimed comes back when the claim runs out.
            throw new IllegalStateException("looking up orders broke", failed.getCause());
        }
        return longest;
    }

    private Duration lookUp(Account account, OrderPort port, List<Hints> orders) {
        long fetchNumber = transactions.call(snapshots::nextNumber);
        Outcome<FetchedOrders> outcome =
                port.fetchOrders(account, orders.stream().map(Hints::externalId).toList());
        switch (outcome) {
            case Done<FetchedOrders>(FetchedOrders fetched) -> {
                Map<String, Hints> asked = new LinkedHashMap<>();
                orders.forEach(order -> asked.put(order.externalId(), order));
                observations.record(account, asked, fetched, fetchNumber);
                return Duration.ZERO;
            }
            case TryAgain<FetchedOrders>(Duration after, String why) -> {
                release(ids(orders), after, why);
                return after;
            }
            case Unknown<FetchedOrders>(String why) -> {
                release(ids(orders), UNKNOWN_PAUSE, why);
                return UNKNOWN_PAUSE;
            }
            case Refused<FetchedOrders>(String code, String why) -> {
                refused(account, port, orders, code + ": " + why);
                return Duration.ZERO;
            }
        }
    }

    /// One bad order must not hold up those that were asked for with it: after a refusal each goes alone,
    /// and only what is refused again and again becomes a dead letter.
    private void refused(Account account, OrderPort port, List<Hints> orders, String why) {
        if (orders.size() > 1) {
            orders.forEach(order -> lookUp(account, port, List.of(order)));
            return;
        }
        Hints order = orders.getFirst();
        if (order.attempts() >= REFUSALS_MAX) {
            transactions.run(() -> messages.settle(order.ids(), MessageStatus.DEAD, why, clock.instant()));
        } else {
            release(order.ids(), Duration.ofSeconds(1L << Math.min(order.attempts(), REFUSALS_MAX)), why);
        }
    }

    private void release(Collection<UUID> ids, Duration after, String why) {
        transactions.run(() -> messages.release(ids, clock.instant().plus(after), why));
    }

    private static List<UUID> ids(List<Hints> orders) {
        return orders.stream().flatMap(order -> order.ids().stream()).toList();
    }

    /// All messages at hand that name one order.
    record Hints(String externalId, List<ClaimedMessage> messages) {

        List<UUID> ids() {
            return messages.stream().map(ClaimedMessage::id).toList();
        }

        int attempts() {
            return messages.stream().mapToInt(ClaimedMessage::attempts).max().orElse(0);
        }

        /// The messages about a change that a look at the order did not show yet.
        List<UUID> notShownIn(OrderMark mark) {
            return messages.stream()
                    .filter(message -> message.attempts() < TOO_EARLY_MAX)
                    .filter(message -> {
                        @Nullable Instant changed = message.channelUpdatedAt();
                        // Whole seconds, for channels do not write the same time alike everywhere.
                        return changed != null
                                && changed.truncatedTo(SECONDS)
                                        .isAfter(mark.updatedAt().truncatedTo(SECONDS));
                    })
                    .map(ClaimedMessage::id)
                    .toList();
        }

        /// When the hub first heard of it.
        Instant firstHeard() {
            return messages.stream()
                    .map(ClaimedMessage::receivedAt)
                    .min(Instant::compareTo)
                    .orElseThrow();
        }
    }
}
