package io.hubline.connector.act;

import static java.util.stream.Collectors.toMap;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.account.ConnectorConfig;
import io.hubline.connector.act.domain.ActStatus;
import io.hubline.connector.act.domain.ActTask;
import io.hubline.connector.act.domain.ActTask.AnswerReturn;
import io.hubline.connector.act.domain.ActTask.Cancel;
import io.hubline.connector.act.domain.ActTask.Refund;
import io.hubline.connector.act.domain.ActTask.Ship;
import io.hubline.connector.act.domain.ActTask.ShippedUnits;
import io.hubline.connector.act.domain.Acts;
import io.hubline.connector.engine.AccountWork;
import io.hubline.connector.engine.Transactions;
import io.hubline.connector.spi.Account;
import io.hubline.connector.spi.ActAnswer;
import io.hubline.connector.spi.ActAnswer.NotTaken;
import io.hubline.connector.spi.ActAnswer.Settled;
import io.hubline.connector.spi.ActAnswer.Underway;
import io.hubline.connector.spi.CancellationPort;
import io.hubline.connector.spi.Outcome;
import io.hubline.connector.spi.Outcome.Done;
import io.hubline.connector.spi.Outcome.Refused;
import io.hubline.connector.spi.Outcome.TryAgain;
import io.hubline.connector.spi.Outcome.Unknown;
import io.hubline.connector.spi.RefundDemand;
import io.hubline.connector.spi.RefundPort;
import io.hubline.connector.spi.ReturnPort;
import io.hubline.connector.spi.ShipmentConfirmation;
import io.hubline.connector.spi.ShipmentPort;
import io.hubline.contracts.Money;
import io.hubline.contracts.Topic;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelRefundFailed;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelRefundSettled;
import io.hubline.kit.audit.Audit;
import io.hubline.kit.outbox.Outbox;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells the channels, and goes on until each act is settled or has to be decided by a person.
@Singleton
class ActWork implements AccountWork {

    static final String NAME = "acts";

    private static final Logger LOGGER = Logger.getLogger(ActWork.class);
    private static final int FIRST = 1;
    private static final int AT_ONCE = 4;
    // A channel may be between two states when it refuses; what it refuses three times it will go on refusing.
    private static final int REFUSALS_MAX = 3;
    private static final int TRIES_MAX = 40;
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration CLAIM = Duration.ofSeconds(90);
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);

    private final Accounts accounts;
    private final Acts acts;
    private final Transactions transactions;
    private final Audit audit;
    private final Outbox outbox;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final String replica;

    ActWork(
            Accounts accounts,
            Acts acts,
            Transactions transactions,
            Audit audit,
            Outbox outbox,
            InstantSource clock,
            MeterRegistry metrics,
            ConnectorConfig config) {
        this.accounts = accounts;
        this.acts = acts;
        this.transactions = transactions;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
        this.replica = config.replica();
    }

    void takeUpAgain(@Observes @Priority(FIRST) StartupEvent started) {
        int released = transactions.call(() -> acts.releaseClaimsOf(replica, clock.instant()));
        if (released > 0) {
            LOGGER.infof("%d acts of the last run have an unknown outcome, and are looked at", released);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean serves(Account account) {
        return true;
    }

    @Override
    public Duration step(Account account) throws InterruptedException {
        Instant now = clock.instant();
        List<ActTask> tasks = transactions.call(() -> acts.claim(account.id(), replica, now, now.plus(CLAIM), AT_ONCE));
        if (tasks.isEmpty()) {
            return transactions
                    .call(() -> acts.nextDue(account.id()))
                    .map(due -> Duration.between(now, due))
                    .filter(wait -> wait.compareTo(IDLE) < 0)
                    .map(wait -> wait.compareTo(Duration.ofMillis(50)) > 0 ? wait : Duration.ofMillis(50))
                    .orElse(IDLE);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Duration>> calls = tasks.stream()
                    .<Callable<Duration>>map(task -> () -> tell(account, task))
                    .toList();
            Duration longest = Duration.ZERO;
            for (Future<Duration> call : threads.invokeAll(calls)) {
                Duration pause = call.get();
                longest = pause.compareTo(longest) > 0 ? pause : longest;
            }
            return longest;
        } catch (ExecutionException e) {
            // The act comes back when its claim runs out, and is looked at before it is told again.
            throw new IllegalStateException("telling the channel broke", e.getCause());
        }
    }

    private Duration tell(Account account, ActTask task) {
        Optional<Outcome<ActAnswer>> told = switch (task.detail()) {
            case Ship ship ->
                accounts.port(account, ShipmentPort.class).map(port -> port.confirm(account, confirmation(task, ship)));
            case Cancel(String reason) ->
                accounts.port(account, CancellationPort.class)
                        .map(port -> port.cancel(account, task.externalId(), reason, task.progress()));
            case Refund refund ->
                accounts.port(account, RefundPort.class)
                        .map(port -> port.refund(account, task.id(), demand(task, refund), task.progress()));
            case AnswerReturn(String channelReturnId, ActTask.Answer answer) ->
                accounts.port(account, ReturnPort.class)
                        .map(port -> port.answer(
                                account, task.externalId(), channelReturnId, answer(answer), task.progress()));
        };
        Instant now = clock.instant();
        if (told.isEmpty()) {
            fail(task, "the channel cannot be told this by the hub", stepWithoutPort(task), null, now);
            return Duration.ZERO;
        }
        switch (told.get()) {
            case Done<ActAnswer>(Settled(String how, String reference)) -> settle(task, how, reference, now);
            case Done<ActAnswer>(Underway(String progress, Duration lookAfter)) -> {
                if (task.attempts() >= TRIES_MAX) {
                    fail(task, "the channel does not get done with it", "look at the order at the channel", null, now);
                } else {
                    transactions.run(
                            () -> acts.later(task.id(), ActStatus.RUNNING, now.plus(lookAfter), progress, null));
                }
            }
            case Done<ActAnswer>(NotTaken(String code, String why, String progress)) ->
                refused(task, code + ": " + why, progress, now);
            case TryAgain<ActAnswer>(Duration after, String why) -> {
                // The channel is away or busy, or its quota is spent, which says nothing about the act: it waits as
                // long
                // as that takes, and no longer the more often it was so.
                transactions.run(() -> acts.later(task.id(), ActStatus.PENDING, now.plus(after), null, why));
                return after;
            }
            case Unknown<ActAnswer>(String why) ->
                transactions.run(
                        () -> acts.later(task.id(), ActStatus.UNKNOWN, now.plus(pause(task.attempts())), null, why));
            case Refused<ActAnswer>(String code, String why) -> refused(task, code + ": " + why, null, now);
        }
        return Duration.ZERO;
    }

    /// @param progress what another try begins with
    private void refused(ActTask task, String reason, @Nullable String progress, Instant now) {
        if (task.attempts() >= REFUSALS_MAX) {
            fail(task, reason, nextStep(task), progress, now);
        } else {
            transactions.run(
                    () -> acts.later(task.id(), ActStatus.PENDING, now.plus(pause(task.attempts())), progress, reason));
        }
    }

    private ShipmentConfirmation confirmation(ActTask task, Ship ship) {
        Map<String, Integer> before =
                transactions.call(() -> acts.confirmedUnder(task.orderId(), ship.trackingNumber()).stream()
                        .collect(toMap(ShippedUnits::channelLineId, ShippedUnits::quantity)));
        return new ShipmentConfirmation(
                task.externalId(),
                ship.shipmentId(),
                ship.carrier(),
                ship.trackingNumber(),
                ship.trackingUrl(),
                ship.quantities(),
                before);
    }

    private static RefundDemand demand(ActTask task, Refund refund) {
        return new RefundDemand(
                task.externalId(),
                refund.refundId(),
                refund.channelReturnId(),
                new Money(refund.amount(), refund.currency()),
                new Money(refund.shipping(), refund.currency()),
                refund.reason(),
                refund.lines().stream()
                        .map(line -> new RefundDemand.Line(
                                line.channelLineId(),
                                line.quantity(),
                                new Money(line.amount(), refund.currency()),
                                new Money(line.tax(), refund.currency())))
                        .toList());
    }

    private static ReturnPort.Answer answer(ActTask.Answer answer) {
        return switch (answer) {
            case APPROVE -> ReturnPort.Answer.APPROVE;
            case DECLINE -> ReturnPort.Answer.DECLINE;
            case CANCEL -> ReturnPort.Answer.CANCEL;
            case CLOSE -> ReturnPort.Answer.CLOSE;
        };
    }

    private void settle(ActTask task, String how, @Nullable String reference, Instant now) {
        transactions.run(() -> {
            acts.done(task.id(), how, now);
            audit.record(
                    "act.done",
                    "act",
                    task.id().toString(),
                    Map.of(),
                    reference == null ? Map.of("how", how) : Map.of("how", how, "reference", reference));
            if (task.detail() instanceof Refund refund) {
                outbox.publish(
                        Topic.CHANNEL_RETURNS,
                        new ChannelRefundSettled(
                                task.account(),
                                task.externalId(),
                                refund.returnId(),
                                refund.refundId(),
                                reference,
                                new Money(refund.amount(), refund.currency()),
                                now));
            }
        });
        count(task, "done");
    }

    private void fail(ActTask task, String reason, String nextStep, @Nullable String progress, Instant now) {
        transactions.run(() -> {
            acts.failed(task.id(), reason, nextStep, progress, now);
            audit.record("act.failed", "act", task.id().toString(), Map.of(), Map.of("reason", reason));
            if (task.detail() instanceof Refund refund) {
                outbox.publish(
                        Topic.CHANNEL_RETURNS,
                        new ChannelRefundFailed(
                                task.account(),
                                task.externalId(),
                                refund.returnId(),
                                refund.refundId(),
                                reason,
                                nextStep,
                                now));
            }
        });
        count(task, "failed");
        LOGGER.warnf("Act %s of order %s failed: %s", task.id(), task.orderId(), reason);
    }

    private void count(ActTask task, String outcome) {
        metrics.counter(
                        "hubline_connector_acts",
                        "account",
                        task.account(),
                        "kind",
                        task.detail().kind(),
                        "outcome",
                        outcome)
                .increment();
    }

    private static String nextStep(ActTask task) {
        return switch (task.detail()) {
            case Ship _ ->
                "compare the order at the channel with the parcel; when they agree, nothing is left to do, otherwise mend"
                        + " it there and retry this act";
            case Cancel _ -> "cancel the order at the channel by hand, or mend the reason and retry this act";
            case Refund _ ->
                "look at the order's payments at the channel; mend what the reason names there, or pay the buyer back there"
                        + " by hand, and retry this act: it looks before it pays";
            case AnswerReturn _ ->
                "look at the return at the channel; answer it there by hand, or mend the reason, and retry this act";
        };
    }

    /// What a person can do where trying again would change nothing.
    private static String stepWithoutPort(ActTask task) {
        return switch (task.detail()) {
            case Ship _, Cancel _ -> "tell the channel by hand";
            case Refund _ -> "pay the buyer back at the channel by hand: the hub cannot pay there";
            case AnswerReturn _ -> "answer the return at the channel by hand";
        };
    }

    private static Duration pause(int attempts) {
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 10));
        return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }
}
