package io.hubline.returns.rma;

import io.hubline.contracts.EventName;
import io.hubline.contracts.Money;
import io.hubline.contracts.returns.ReturnEvent;
import io.hubline.contracts.returns.ReturnFacts;
import io.hubline.returns.rma.domain.Announcement;
import io.hubline.returns.rma.domain.Custody;
import io.hubline.returns.rma.domain.MoneyState;
import io.hubline.returns.rma.domain.Refund;
import io.hubline.returns.rma.domain.ReturnLine;
import io.hubline.returns.rma.domain.Rma;
import io.hubline.returns.rma.domain.RmaState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Returns said in the published language.
final class ReturnEvents {

    private ReturnEvents() {}

    /// One announcement as an event that carries the whole return.
    static ReturnEvent event(Rma rma, Announcement announcement, Instant at) {
        ReturnFacts facts = facts(rma, announcement.version());
        return switch (announcement.kind()) {
            case REQUESTED -> new ReturnEvent.ReturnRequested(facts, at);
            case AUTHORISED -> new ReturnEvent.ReturnAuthorised(facts, at);
            case DECLINED -> new ReturnEvent.ReturnDeclined(facts, at);
            case CANCELLED -> new ReturnEvent.ReturnCancelled(facts, at);
            case RECEIVED -> new ReturnEvent.ReturnReceived(facts, at);
            case INSPECTED -> new ReturnEvent.ReturnInspected(facts, at);
            case RESTOCKED -> new ReturnEvent.UnitsRestocked(facts, at);
            case SCRAPPED -> new ReturnEvent.UnitsScrapped(facts, at);
            case REFUND_REQUESTED -> new ReturnEvent.RefundRequested(facts, at, refundId(announcement));
            case REFUND_CONFIRMED -> new ReturnEvent.RefundConfirmed(facts, at, refundId(announcement));
            case CLOSED -> new ReturnEvent.ReturnClosed(facts, at);
        };
    }

    /// The name of an event on the wire.
    static String name(ReturnEvent event) {
        EventName name = event.getClass().getAnnotation(EventName.class);
        if (name == null) {
            throw new IllegalStateException(event.getClass() + " has no name");
        }
        return name.value();
    }

    private static String refundId(Announcement announcement) {
        return Objects.requireNonNull(announcement.refundId(), "a refund is told with its id");
    }

    private static ReturnFacts facts(Rma rma, long version) {
        return new ReturnFacts(
                rma.identity().returnId(),
                version,
                Objects.requireNonNull(rma.orderId(), "a return is told once its order is known"),
                rma.identity().account(),
                rma.identity().channel(),
                rma.identity().externalId(),
                rma.identity().channelReturnId(),
                state(rma.state()),
                rma.lines().stream().map(line -> line(rma, line)).toList(),
                rma.restocks().stream()
                        .map(restock -> new ReturnFacts.Restock(
                                restock.restockId(),
                                restock.lineId(),
                                restock.sku(),
                                restock.location(),
                                restock.quantity()))
                        .toList(),
                refunds(rma));
    }

    private static ReturnFacts.State state(RmaState state) {
        return switch (state) {
            case REQUESTED -> ReturnFacts.State.REQUESTED;
            case OPEN -> ReturnFacts.State.OPEN;
            case CLOSED -> ReturnFacts.State.CLOSED;
            case DECLINED -> ReturnFacts.State.DECLINED;
            case CANCELLED -> ReturnFacts.State.CANCELLED;
            case WAITING -> throw new IllegalStateException("nobody is told of a return that waits");
        };
    }

    private static ReturnFacts.Line line(Rma rma, ReturnLine line) {
        return new ReturnFacts.Line(
                line.lineId(),
                line.channelLineId(),
                line.sku(),
                line.reason(),
                units(rma, line, Custody.EXPECTED),
                units(rma, line, Custody.RECEIVED),
                units(rma, line, Custody.INSPECTED),
                units(rma, line, Custody.RESTOCKED),
                units(rma, line, Custody.SCRAPPED),
                units(rma, line, Custody.MISSING));
    }

    private static int units(Rma rma, ReturnLine line, Custody custody) {
        return (int) rma.units(line.lineId()).stream()
                .filter(unit -> unit.custody() == custody)
                .count();
    }

    /// Those that were ever sent. A refund of nothing is told to nobody.
    private static List<ReturnFacts.Refund> refunds(Rma rma) {
        return rma.refunds().stream()
                .filter(refund -> refund.state() != MoneyState.APPROVED && refund.amountMinor() > 0)
                .map(ReturnEvents::refund)
                .toList();
    }

    private static ReturnFacts.Refund refund(Refund refund) {
        String currency = Objects.requireNonNull(refund.currency(), "a refund that was sent has a currency");
        return new ReturnFacts.Refund(
                refund.refundId(),
                new Money(refund.amountMinor(), currency),
                new Money(refund.shippingMinor(), currency),
                refund.reason(),
                refund.lines().stream()
                        .map(line -> new ReturnFacts.RefundLine(
                                line.lineId(),
                                line.channelLineId(),
                                line.quantity(),
                                new Money(line.amountMinor(), currency),
                                new Money(line.taxMinor(), currency)))
                        .toList());
    }
}
