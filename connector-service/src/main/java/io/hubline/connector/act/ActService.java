package io.hubline.connector.act;

import io.hubline.connector.account.Accounts;
import io.hubline.connector.act.domain.ActCounts;
import io.hubline.connector.act.domain.ActStatus;
import io.hubline.connector.act.domain.ActTask.Answer;
import io.hubline.connector.act.domain.ActTask.AnswerReturn;
import io.hubline.connector.act.domain.ActTask.Cancel;
import io.hubline.connector.act.domain.ActTask.Detail;
import io.hubline.connector.act.domain.ActTask.Refund;
import io.hubline.connector.act.domain.ActTask.RefundedUnits;
import io.hubline.connector.act.domain.ActTask.Ship;
import io.hubline.connector.act.domain.ActTask.ShippedUnits;
import io.hubline.connector.act.domain.ActView;
import io.hubline.connector.act.domain.Acts;
import io.hubline.connector.engine.Wakes;
import io.hubline.connector.inbound.BookedSales;
import io.hubline.connector.spi.Account;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderEvent.CancelledBy;
import io.hubline.contracts.order.OrderEvent.OrderCancelled;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.contracts.returns.ReturnFacts;
import io.hubline.kit.Ids;
import io.hubline.kit.audit.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the channels are to be told about orders and their returns.
@ApplicationScoped
public class ActService {

    private final Acts acts;
    private final Accounts accounts;
    private final BookedSales sales;
    private final Wakes wakes;
    private final Audit audit;
    private final InstantSource clock;

    ActService(Acts acts, Accounts accounts, BookedSales sales, Wakes wakes, Audit audit, InstantSource clock) {
        this.acts = acts;
        this.accounts = accounts;
        this.sales = sales;
        this.wakes = wakes;
        this.audit = audit;
        this.clock = clock;
    }

    /// Brings the acts of an order to its facts: one per parcel that left, and one for the seller's
    /// cancellation.
    ///
    /// An event of an older version adds what it knows as well: parcels only ever join the facts, and each
    /// act is there once, so nothing is told twice and nothing that a lost event said is missed.
    @Transactional
    public void follow(OrderEvent event) {
        OrderFacts facts = event.facts();
        Optional<Account> account = accounts.find(facts.account());
        if (account.isEmpty()) {
            // An order of an account that this connector does not serve.
            return;
        }
        acts.seen(facts.orderId(), facts.version());
        Map<String, Integer> left = new HashMap<>();
        for (OrderFacts.Shipment shipment : facts.shipments()) {
            add(facts, ship(shipment));
            shipment.lines().forEach(line -> left.merge(line.channelLineId(), line.quantity(), Integer::sum));
        }
        if (!left.isEmpty()) {
            sales.shipped(account.get(), facts.externalId(), left);
        }
        if (event instanceof OrderCancelled cancelled && cancelled.by() == CancelledBy.SELLER) {
            add(facts, new Cancel(cancelled.reason()));
        }
    }

    /// Brings the acts of a return to its facts: one per refund, and one per answer that the channel waits
    /// for.
    ///
    /// A refund is paid whichever version tells of it, for refunds only ever join the facts. An answer of a
    /// version that was overtaken is no longer the answer.
    @Transactional
    public void follow(ReturnEvent event) {
        ReturnFacts facts = event.facts();
        if (accounts.find(facts.account()).isEmpty()) {
            // A return of an account that this connector does not serve.
            return;
        }
        boolean newest = acts.seenReturn(facts.returnId(), facts.version());
        @Nullable String channelReturnId = facts.channelReturnId();
        if (newest && channelReturnId != null) {
            answer(facts.state())
                    .ifPresent(answer -> add(
                            facts.account(),
                            facts.orderId(),
                            facts.externalId(),
                            new AnswerReturn(channelReturnId, answer)));
        }
        for (ReturnFacts.Refund refund : facts.refunds()) {
            add(facts.account(), facts.orderId(), facts.externalId(), refund(facts, refund));
        }
        if (newest && event instanceof ReturnEvent.RefundRequested requested) {
            tryAgain(facts, requested.refundId());
        }
    }

    /// A refund that is asked for again after it failed: a person let it be tried once more. It is the same
    /// act, so the channel is looked at before anything is paid.
    private void tryAgain(ReturnFacts facts, String refundId) {
        acts.reviveRefund(facts.orderId(), refundId, clock.instant()).ifPresent(id -> {
            audit.record(
                    "act.retried",
                    "act",
                    id.toString(),
                    Map.of("status", ActStatus.FAILED.toString()),
                    Map.of("status", ActStatus.PENDING.toString()));
            wakes.ringAfterCommit(facts.account(), ActWork.NAME);
        });
    }

    private static Optional<Answer> answer(ReturnFacts.State state) {
        return switch (state) {
            case REQUESTED -> Optional.empty();
            case OPEN -> Optional.of(Answer.APPROVE);
            case DECLINED -> Optional.of(Answer.DECLINE);
            case CANCELLED -> Optional.of(Answer.CANCEL);
            case CLOSED -> Optional.of(Answer.CLOSE);
        };
    }

    private static Refund refund(ReturnFacts facts, ReturnFacts.Refund refund) {
        return new Refund(
                facts.returnId(),
                refund.refundId(),
                facts.channelReturnId(),
                refund.amount().currency(),
                refund.amount().minor(),
                refund.shipping().minor(),
                refund.reason(),
                refund.lines().stream()
                        .map(line -> new RefundedUnits(
                                line.channelLineId(),
                                line.quantity(),
                                line.amount().minor(),
                                line.tax().minor()))
                        .toList());
    }

    private void add(OrderFacts facts, Detail detail) {
        add(facts.account(), facts.orderId(), facts.externalId(), detail);
    }

    private void add(String account, String orderId, String externalId, Detail detail) {
        Instant now = clock.instant();
        UUID id = Ids.next();
        if (acts.add(id, account, orderId, externalId, detail, now)) {
            audit.record(
                    "act.added",
                    "act",
                    id.toString(),
                    Map.of(),
                    Map.of("orderId", orderId, "kind", detail.kind(), "subject", detail.subject()));
            wakes.ringAfterCommit(account, ActWork.NAME);
        }
    }

    private static Ship ship(OrderFacts.Shipment shipment) {
        return new Ship(
                shipment.shipmentId(),
                shipment.carrier(),
                shipment.trackingNumber(),
                shipment.trackingUrl(),
                shipment.lines().stream()
                        .map(line -> new ShippedUnits(line.channelLineId(), line.quantity()))
                        .toList());
    }

    /// Acts, newest first.
    @Transactional
    public List<ActView> list(@Nullable String account, @Nullable ActStatus status, @Nullable UUID before, int limit) {
        return acts.list(account, status, before, limit);
    }

    /// Counts per account.
    @Transactional
    public Map<String, ActCounts> counts() {
        return acts.counts();
    }

    /// Tries a failed act again, from the first look on.
    ///
    /// @return the act as it is then; empty when there is none
    /// @throws IllegalStateException when it has not failed
    @Transactional
    public Optional<ActView> retry(UUID id) {
        Optional<ActView> found = acts.find(id);
        found.ifPresent(act -> {
            if (!acts.revive(id, clock.instant())) {
                throw new IllegalStateException("the act has not failed; it is " + act.status());
            }
            audit.record(
                    "act.retried",
                    "act",
                    id.toString(),
                    Map.of("status", act.status()),
                    Map.of("status", ActStatus.PENDING.toString()));
            wakes.ringAfterCommit(act.account(), ActWork.NAME);
        });
        return found.isEmpty() ? found : acts.find(id);
    }
}
