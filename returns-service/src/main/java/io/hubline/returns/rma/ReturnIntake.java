package io.hubline.returns.rma;

import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static java.time.temporal.ChronoUnit.MICROS;

import io.hubline.contracts.connector.ChannelReturn;
import io.hubline.contracts.connector.ChannelReturnEvent;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelRefundFailed;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelRefundSettled;
import io.hubline.contracts.connector.ChannelReturnEvent.ChannelReturnObserved;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.kit.Ids;
import io.hubline.returns.rma.domain.ChannelView;
import io.hubline.returns.rma.domain.Command;
import io.hubline.returns.rma.domain.Decision;
import io.hubline.returns.rma.domain.Refund;
import io.hubline.returns.rma.domain.Returns;
import io.hubline.returns.rma.domain.Rma;
import io.hubline.returns.rma.domain.RmaMachine;
import io.hubline.returns.rma.domain.SoldLine;
import io.hubline.returns.rma.domain.SoldOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes in what the order book and the channels say.
@ApplicationScoped
public class ReturnIntake {

    private final Returns returns;
    private final RmaAdvance advance;

    ReturnIntake(Returns returns, RmaAdvance advance) {
        this.returns = returns;
        this.advance = advance;
    }

    /// Copies what returns need of an order, and lets returns go on that waited for it. Facts not newer
    /// than those seen change nothing.
    @Transactional(MANDATORY)
    public void learn(OrderFacts facts) {
        returns.lockOrder(facts.account(), facts.externalId());
        if (returns.learn(order(facts))) {
            advance.goOn(facts.account(), facts.externalId());
        }
    }

    /// Follows a channel.
    ///
    /// @throws IllegalArgumentException when it speaks of a return or a refund that does not exist here: a
    ///     person has to look
    @Transactional(MANDATORY)
    public void take(ChannelReturnEvent event) {
        returns.lockOrder(event.account(), event.externalId());
        switch (event) {
            case ChannelReturnObserved observed -> observe(observed);
            case ChannelRefundSettled settled ->
                follow(
                        settled,
                        settled.returnId(),
                        new Command.RefundSettled(
                                settled.refundId(),
                                new Refund.Settled(
                                        settled.channelRefundId(),
                                        settled.amount().minor(),
                                        settled.amount().currency())),
                        "refund-settled",
                        settled.refundId());
            case ChannelRefundFailed failed ->
                follow(
                        failed,
                        failed.returnId(),
                        new Command.RefundFailed(
                                failed.refundId(), new Refund.Failure(failed.reason(), failed.nextStep())),
                        "refund-failed",
                        failed.refundId());
        }
    }

    private void observe(ChannelReturnObserved event) {
        ChannelView view = view(event);
        String detail = "snapshot %d shows %s".formatted(event.fetchNumber(), view.status());
        Optional<Rma> known = returns.find(event.account(), event.channelReturnId());
        if (known.isEmpty()) {
            Rma.Identity identity = new Rma.Identity(
                    Ids.text(), event.account(), event.channel(), event.externalId(), event.channelReturnId());
            advance.keep(
                    null,
                    RmaMachine.observe(identity, view, advance.context(event.account(), event.externalId())),
                    "observed",
                    detail);
            return;
        }
        Rma rma = known.get();
        if (!rma.identity().externalId().equals(event.externalId())) {
            throw new IllegalArgumentException("return %s belongs to order %s, and is now shown with order %s"
                    .formatted(event.channelReturnId(), rma.identity().externalId(), event.externalId()));
        }
        keep(rma, advance.decide(rma, new Command.Observed(view)), "observed", detail);
    }

    private void follow(ChannelReturnEvent event, String returnId, Command command, String what, String refundId) {
        Rma rma = returns.find(returnId)
                .filter(found -> found.identity().account().equals(event.account())
                        && found.identity().externalId().equals(event.externalId()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "order %s of %s has no return %s".formatted(event.externalId(), event.account(), returnId)));
        keep(rma, advance.decide(rma, command), what, "refund " + refundId);
    }

    private void keep(Rma before, Decision decision, String what, String detail) {
        switch (decision) {
            case Decision.Advanced advanced -> advance.keep(before, advanced, what, detail);
            case Decision.Unchanged _ -> {}
            case Decision.Refused refused -> {
                advance.refused(refused);
                throw new IllegalArgumentException("return %s: %s"
                        .formatted(
                                before.identity().returnId(), refused.refusal().text()));
            }
        }
    }

    private static ChannelView view(ChannelReturnObserved event) {
        ChannelReturn goods = event.goods();
        return new ChannelView(
                event.channelUpdatedAt().truncatedTo(MICROS),
                event.fetchNumber(),
                goods.number(),
                switch (goods.status()) {
                    case REQUESTED -> ChannelView.Status.REQUESTED;
                    case OPEN -> ChannelView.Status.OPEN;
                    case CLOSED -> ChannelView.Status.CLOSED;
                    case CANCELLED -> ChannelView.Status.CANCELLED;
                    case DECLINED -> ChannelView.Status.DECLINED;
                },
                goods.lines().stream()
                        .map(line -> new ChannelView.Line(line.channelLineId(), line.quantity(), line.reason()))
                        .toList());
    }

    private static SoldOrder order(OrderFacts facts) {
        return new SoldOrder(
                facts.orderId(),
                facts.version(),
                facts.account(),
                facts.channel(),
                facts.externalId(),
                null,
                0,
                facts.lines().stream().map(line -> line(facts, line)).toList());
    }

    private static SoldLine line(OrderFacts facts, OrderFacts.DemandLine line) {
        int shipped = 0;
        @Nullable Instant shippedAt = null;
        OrderFacts.@Nullable Sale sale = line.sale();
        @Nullable String channelLineId = sale == null ? null : sale.channelLineId();
        for (OrderFacts.Shipment parcel : facts.shipments()) {
            for (OrderFacts.ShippedLine part : parcel.lines()) {
                if (part.lineId().equals(line.lineId())) {
                    shipped = Math.addExact(shipped, part.quantity());
                    channelLineId = part.channelLineId();
                    shippedAt = later(shippedAt, parcel.shippedAt());
                }
            }
        }
        return new SoldLine(
                line.lineId(),
                channelLineId,
                line.sku(),
                shipped,
                shippedAt,
                sale == null
                        ? null
                        : new SoldLine.Sale(
                                sale.ordered(),
                                sale.paid().minor(),
                                sale.tax().minor(),
                                sale.paid().currency()),
                0,
                Set.of());
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || one.isBefore(other) ? other : one;
    }
}
