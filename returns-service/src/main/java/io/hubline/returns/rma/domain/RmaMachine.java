package io.hubline.returns.rma.domain;

import io.hubline.returns.rma.domain.Announcement.Kind;
import io.hubline.returns.rma.domain.ChannelView.Status;
import io.hubline.returns.rma.domain.Command.Disposition;
import io.hubline.returns.rma.domain.Command.Finding;
import io.hubline.returns.rma.domain.Decision.Advanced;
import io.hubline.returns.rma.domain.Decision.Refused;
import io.hubline.returns.rma.domain.Decision.Unchanged;
import io.hubline.returns.rma.domain.Rma.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Returns: what every command makes of one, and what the others are to be told.
///
/// Goods and money are two machines per unit ([Custody], [MoneyState]); the state of the return follows
/// from both. Nothing here takes more units than left, or pays back more than was paid; the tables hold
/// both again.
public final class RmaMachine {

    private RmaMachine() {}

    /// What a decision may look at.
    ///
    /// @param order null while the order is not known
    public record Context(@Nullable SoldOrder order, ReturnPolicy policy, Instant now) {

        SoldOrder known() {
            return Objects.requireNonNull(order, "a return with units has an order");
        }
    }

    /// Units of one order line that the seller expects back.
    public record Asked(String lineId, int quantity, String reason) {}

    /// A return that the seller opens: the buyer may send the goods at once.
    ///
    /// @param asked each line once
    public static Decision open(Rma.Identity identity, SoldOrder order, List<Asked> asked) {
        List<ReturnLine> lines = new ArrayList<>();
        List<Unit> units = new ArrayList<>();
        Rma blank = blank(identity, order.orderId(), null);
        for (int i = 0; i < asked.size(); i++) {
            Asked part = asked.get(i);
            Optional<SoldLine> line = order.line(part.lineId());
            if (line.isEmpty()) {
                return new Refused(blank, new Refusal.UnknownLine(field(i, "lineId"), part.lineId()));
            }
            List<Integer> free = line.get().free();
            if (free.size() < part.quantity()) {
                return new Refused(
                        blank,
                        new Refusal.TooManyUnits(
                                field(i, "quantity"),
                                part.lineId(),
                                part.quantity(),
                                free.size(),
                                "that left and are in no return"));
            }
            lines.add(line(line.get(), part.reason()));
            free.stream().limit(part.quantity()).forEach(number -> units.add(Unit.expected(part.lineId(), number)));
        }
        return told(blank.of(order, lines, units).in(RmaState.OPEN, null), Kind.AUTHORISED);
    }

    /// The first sight of a return at a channel.
    public static Advanced observe(Rma.Identity identity, ChannelView view, Context context) {
        return place(blank(identity, null, view), view, context);
    }

    /// What a command makes of a known return.
    public static Decision decide(Rma rma, Command command, Context context) {
        return switch (command) {
            case Command.Authorise _ -> authorise(rma);
            case Command.Decline(String reason) -> decline(rma, reason);
            case Command.Cancel _ -> cancel(rma);
            case Command.Receive receive -> receive(rma, receive);
            case Command.Inspect inspect -> inspect(rma, inspect, context);
            case Command.GiveUp giveUp -> giveUp(rma, giveUp);
            case Command.PayBack payBack -> payBack(rma, payBack, context);
            case Command.Retry(String refundId) -> retry(rma, refundId);
            case Command.RefundSettled(String refundId, Refund.Settled paid) -> settled(rma, refundId, paid);
            case Command.RefundFailed(String refundId, Refund.Failure why) -> failed(rma, refundId, why);
            case Command.Observed(ChannelView view) -> observed(rma, view, context);
            case Command.OrderLearnt _ -> orderLearnt(rma, context);
        };
    }

    // The channel's word

    private static Advanced place(Rma rma, ChannelView view, Context context) {
        return switch (view.status()) {
            case CLOSED -> silently(rma.in(RmaState.CLOSED, "the channel closed it before the hub could place it"));
            case CANCELLED -> silently(rma.in(RmaState.CANCELLED, "the channel shows it as cancelled"));
            case DECLINED -> silently(rma.in(RmaState.DECLINED, "the channel shows it as declined"));
            case REQUESTED, OPEN -> claim(rma, view, context);
        };
    }

    private static Advanced claim(Rma rma, ChannelView view, Context context) {
        @Nullable SoldOrder order = context.order();
        if (order == null) {
            return silently(rma.waitingFor(new Waiting(
                    Waiting.Reason.ORDER_UNKNOWN,
                    "the order book has not told of order %s of %s"
                            .formatted(
                                    rma.identity().externalId(), rma.identity().account()))));
        }
        return switch (claimed(order, view)) {
            case Claim.Impossible(Waiting why) ->
                silently(rma.of(order, List.of(), List.of()).waitingFor(why));
            case Claim.Units(List<ReturnLine> lines, List<Unit> units) ->
                answer(rma.of(order, lines, units), view, order, context);
        };
    }

    private static Advanced answer(Rma placed, ChannelView view, SoldOrder order, Context context) {
        if (view.status() == Status.OPEN) {
            return told(placed.in(RmaState.OPEN, null), Kind.AUTHORISED);
        }
        return context.policy()
                .objection(order, placed, context.now())
                .map(objection -> told(placed.in(RmaState.REQUESTED, objection), Kind.REQUESTED))
                .orElseGet(() -> told(placed.in(RmaState.OPEN, null), Kind.REQUESTED, Kind.AUTHORISED));
    }

    /// The units that a channel's return is about, or why they cannot be had.
    private sealed interface Claim {

        record Units(List<ReturnLine> lines, List<Unit> units) implements Claim {}

        record Impossible(Waiting why) implements Claim {}
    }

    private static Claim claimed(SoldOrder order, ChannelView view) {
        List<ReturnLine> lines = new ArrayList<>();
        List<Unit> units = new ArrayList<>();
        Map<String, Integer> wanted = quantities(view);
        if (wanted.isEmpty()) {
            return new Claim.Impossible(
                    new Waiting(Waiting.Reason.LINE_UNKNOWN, "the channel shows the return without a line"));
        }
        for (Map.Entry<String, Integer> part : wanted.entrySet()) {
            Optional<SoldLine> known = order.channelLine(part.getKey());
            if (known.isEmpty()) {
                return new Claim.Impossible(new Waiting(
                        Waiting.Reason.LINE_UNKNOWN,
                        "the order has no line %s with a known SKU".formatted(part.getKey())));
            }
            SoldLine line = known.get();
            int quantity = part.getValue();
            if (line.shipped() < quantity) {
                return new Claim.Impossible(new Waiting(
                        Waiting.Reason.UNITS_NOT_SHIPPED,
                        "%d units of %s are to come back, and %d have left"
                                .formatted(quantity, line.sku(), line.shipped())));
            }
            List<Integer> free = line.free();
            if (free.size() < quantity) {
                return new Claim.Impossible(new Waiting(
                        Waiting.Reason.UNITS_IN_ANOTHER_RETURN,
                        "%d units of %s are to come back, and %d are in no other return"
                                .formatted(quantity, line.sku(), free.size())));
            }
            lines.add(line(line, reasons(view, part.getKey())));
            free.stream().limit(quantity).forEach(number -> units.add(Unit.expected(line.lineId(), number)));
        }
        return new Claim.Units(lines, units);
    }

    private static Map<String, Integer> quantities(ChannelView view) {
        return view.lines().stream()
                .collect(Collectors.toMap(
                        ChannelView.Line::channelLineId,
                        ChannelView.Line::quantity,
                        Math::addExact,
                        LinkedHashMap::new));
    }

    private static String reasons(ChannelView view, String channelLineId) {
        return view.lines().stream()
                .filter(line -> line.channelLineId().equals(channelLineId))
                .map(ChannelView.Line::reason)
                .distinct()
                .collect(Collectors.joining(","));
    }

    /// Whether the channel shows the return with other units than it has here.
    static boolean differs(Rma rma, ChannelView view) {
        Map<String, Integer> here = new TreeMap<>();
        rma.lines()
                .forEach(line -> here.merge(
                        line.channelLineId(), rma.units(line.lineId()).size(), Integer::sum));
        return !here.equals(new TreeMap<>(quantities(view)));
    }

    private static Decision observed(Rma rma, ChannelView view, Context context) {
        @Nullable ChannelView before = rma.seen();
        if (before != null && !view.isNewerThan(before)) {
            return new Unchanged(rma);
        }
        Rma seen = rma.seenAs(view);
        return switch (rma.state()) {
            case WAITING -> place(seen, view, context);
            case REQUESTED ->
                switch (view.status()) {
                    case REQUESTED -> {
                        Rma after = followed(seen, view, context);
                        yield after.equals(seen) ? silently(seen) : answer(after, view, context.known(), context);
                    }
                    case OPEN -> told(followed(seen, view, context).in(RmaState.OPEN, null), Kind.AUTHORISED);
                    case CLOSED, CANCELLED -> calledOff(seen, RmaState.CANCELLED, Kind.CANCELLED, view);
                    case DECLINED -> calledOff(seen, RmaState.DECLINED, Kind.DECLINED, view);
                };
            case OPEN ->
                switch (view.status()) {
                    case REQUESTED, OPEN -> {
                        Rma after = followed(seen, view, context);
                        yield after.equals(seen) ? silently(seen) : told(after, Kind.AUTHORISED);
                    }
                    case CLOSED -> silently(seen);
                    case CANCELLED ->
                        seen.nothingMoved()
                                ? calledOff(seen, RmaState.CANCELLED, Kind.CANCELLED, view)
                                : silently(seen);
                    case DECLINED ->
                        seen.nothingMoved() ? calledOff(seen, RmaState.DECLINED, Kind.DECLINED, view) : silently(seen);
                };
            case CLOSED, DECLINED, CANCELLED -> silently(seen);
        };
    }

    private static Advanced calledOff(Rma seen, RmaState state, Kind kind, ChannelView view) {
        return told(seen.in(state, "the channel shows it as " + view.status()), kind);
    }

    /// The return with the channel's lines, where nothing has moved and the units can be had; otherwise as
    /// it is, and the difference shows among what is to be done.
    private static Rma followed(Rma seen, ChannelView view, Context context) {
        if (!differs(seen, view) || !seen.nothingMoved()) {
            return seen;
        }
        SoldOrder order = context.known();
        return switch (claimed(order.without(seen.numbers()), view)) {
            case Claim.Units(List<ReturnLine> lines, List<Unit> units) -> seen.of(order, lines, units);
            case Claim.Impossible _ -> seen;
        };
    }

    private static Decision orderLearnt(Rma rma, Context context) {
        @Nullable ChannelView view = rma.seen();
        if (rma.state() == RmaState.WAITING && view != null) {
            Advanced placed = place(rma, view, context);
            return placed.rma().equals(rma) ? new Unchanged(rma) : placed;
        }
        Rma after = rma;
        Told told = new Told(rma);
        for (Refund refund : rma.refunds()) {
            if (refund.state() == MoneyState.APPROVED) {
                Optional<Refund> priced = priced(refund, after, context.known());
                if (priced.isPresent()) {
                    after = paying(after, priced.get(), told);
                }
            }
        }
        return after.equals(rma) ? new Unchanged(rma) : finish(rma, after, told);
    }

    // People's answers

    private static Decision authorise(Rma rma) {
        return switch (rma.state()) {
            case REQUESTED -> told(rma.in(RmaState.OPEN, null), Kind.AUTHORISED);
            case OPEN, CLOSED -> new Unchanged(rma);
            case WAITING -> wrongState(rma, "the return cannot be placed yet, so nobody can answer it");
            case DECLINED, CANCELLED -> wrongState(rma, "the return is over");
        };
    }

    private static Decision decline(Rma rma, String reason) {
        return switch (rma.state()) {
            case REQUESTED -> told(rma.in(RmaState.DECLINED, reason), Kind.DECLINED);
            case DECLINED -> new Unchanged(rma);
            case OPEN -> wrongState(rma, "the return was authorised; cancel it while nothing has moved");
            case WAITING -> wrongState(rma, "the return cannot be placed yet, so nobody can answer it");
            case CLOSED, CANCELLED -> wrongState(rma, "the return is over");
        };
    }

    private static Decision cancel(Rma rma) {
        return switch (rma.state()) {
            case WAITING -> silently(rma.in(RmaState.CANCELLED, "a person dropped it while it waited"));
            case REQUESTED -> told(rma.in(RmaState.CANCELLED, "cancelled by the seller"), Kind.CANCELLED);
            case OPEN ->
                rma.nothingMoved()
                        ? told(rma.in(RmaState.CANCELLED, "cancelled by the seller"), Kind.CANCELLED)
                        : wrongState(rma, "goods or money have moved, so the return goes on to its end");
            case CANCELLED -> new Unchanged(rma);
            case CLOSED, DECLINED -> wrongState(rma, "the return is over");
        };
    }

    // Goods

    private static Decision receive(Rma rma, Command.Receive receive) {
        Optional<Refused> closed = unlessGoodsMayMove(rma);
        if (closed.isPresent()) {
            return closed.get();
        }
        Goods goods = new Goods(rma);
        for (int i = 0; i < receive.lines().size(); i++) {
            Command.Units part = receive.lines().get(i);
            Optional<Refusal> refusal = goods.move(
                    i,
                    part,
                    List.of(Custody.EXPECTED, Custody.MISSING),
                    "that have not arrived",
                    unit -> unit.moved(Custody.Step.RECEIVE, null, receive.location()));
            if (refusal.isPresent()) {
                return new Refused(rma, refusal.get());
            }
        }
        Told told = new Told(rma);
        told.add(Kind.RECEIVED);
        return finish(rma, rma.with(goods.units), told);
    }

    private static Decision inspect(Rma rma, Command.Inspect inspect, Context context) {
        Optional<Refused> closed = unlessGoodsMayMove(rma);
        if (closed.isPresent()) {
            return closed.get();
        }
        Goods goods = new Goods(rma);
        List<Restock> restocks = new ArrayList<>(rma.restocks());
        List<Unit> toRefund = new ArrayList<>();
        Told told = new Told(rma);
        told.add(Kind.INSPECTED);
        for (int i = 0; i < inspect.findings().size(); i++) {
            Finding finding = inspect.findings().get(i);
            Custody.Step end = finding.disposition() == Disposition.RESTOCK ? Custody.Step.RESTOCK : Custody.Step.SCRAP;
            List<Unit> moved = new ArrayList<>();
            Optional<Refusal> refusal = goods.move(
                    i,
                    new Command.Units(finding.lineId(), finding.quantity()),
                    List.of(Custody.RECEIVED),
                    "that arrived and are not inspected",
                    unit -> {
                        Unit after = unit.moved(Custody.Step.INSPECT, finding.condition(), finding.location())
                                .moved(end, null, null);
                        moved.add(after);
                        return after;
                    });
            if (refusal.isPresent()) {
                return new Refused(rma, refusal.get());
            }
            ReturnLine line = rma.line(finding.lineId()).orElseThrow();
            if (finding.disposition() == Disposition.RESTOCK) {
                restocks.add(new Restock(
                        "%s:%s:%d".formatted(rma.identity().returnId(), inspect.inspectionId(), i + 1),
                        line.lineId(),
                        line.sku(),
                        Objects.requireNonNull(finding.location(), "restocked units lie somewhere"),
                        finding.quantity()));
            }
            moved.stream()
                    .filter(unit -> unit.money() == MoneyState.NONE)
                    .filter(_ -> context.policy().refunds(finding.disposition(), line.reason()))
                    .forEach(toRefund::add);
        }
        if (restocks.size() > rma.restocks().size()) {
            told.add(Kind.RESTOCKED);
        }
        if (inspect.findings().stream().anyMatch(finding -> finding.disposition() == Disposition.SCRAP)) {
            told.add(Kind.SCRAPPED);
        }
        Rma inspected = rma.with(goods.units).withRestocks(restocks);
        return finish(rma, refundedByItself(inspected, inspect.inspectionId(), toRefund, context, told), told);
    }

    private static Rma refundedByItself(Rma rma, String inspectionId, List<Unit> units, Context context, Told told) {
        if (units.isEmpty()) {
            return rma;
        }
        String refundId = rma.identity().returnId() + ":" + inspectionId;
        Refund approved = approved(
                rma,
                refundId,
                units,
                rma.line(units.getFirst().lineId()).orElseThrow().reason());
        Rma owing = rma.withRefunds(plus(rma.refunds(), approved)).with(marked(rma, refundId, units));
        Optional<Refund> priced = priced(approved, owing, context.known());
        if (priced.isEmpty()) {
            return owing;
        }
        // Nothing was paid, so nothing is owed.
        return priced.get().amountMinor() == 0 ? rma : paying(owing, priced.get(), told);
    }

    private static Decision giveUp(Rma rma, Command.GiveUp giveUp) {
        Optional<Refused> closed = unlessGoodsMayMove(rma);
        if (closed.isPresent()) {
            return closed.get();
        }
        Goods goods = new Goods(rma);
        for (int i = 0; i < giveUp.lines().size(); i++) {
            Command.Units part = giveUp.lines().get(i);
            int already = (int) goods.units.stream()
                    .filter(unit -> unit.lineId().equals(part.lineId()) && unit.custody() == Custody.MISSING)
                    .count();
            Optional<Refusal> refusal = goods.move(
                    i,
                    new Command.Units(part.lineId(), Math.max(0, part.quantity() - already)),
                    List.of(Custody.EXPECTED),
                    "that are expected beside the %d given up".formatted(already),
                    unit -> unit.moved(Custody.Step.GIVE_UP, null, null));
            if (refusal.isPresent()) {
                return new Refused(rma, refusal.get());
            }
        }
        Rma after = rma.with(goods.units);
        return after.equals(rma) ? new Unchanged(rma) : finish(rma, after, new Told(rma));
    }

    private static Optional<Refused> unlessGoodsMayMove(Rma rma) {
        return switch (rma.state()) {
            case OPEN, CLOSED -> Optional.empty();
            case WAITING, REQUESTED ->
                Optional.of(wrongState(rma, "the return is not authorised, so its goods are not expected"));
            case DECLINED, CANCELLED -> Optional.of(wrongState(rma, "the return is over"));
        };
    }

    /// The units of a return while a command moves some of them.
    private static final class Goods {

        private final Rma rma;
        private final List<Unit> units;

        Goods(Rma rma) {
            this.rma = rma;
            this.units = new ArrayList<>(rma.units());
        }

        /// Moves as many units of a line as are asked for, those in the first place first; or says why not.
        Optional<Refusal> move(
                int index, Command.Units part, List<Custody> places, String which, UnaryOperator<Unit> step) {
            if (rma.line(part.lineId()).isEmpty()) {
                return Optional.of(new Refusal.UnknownLine(field(index, "lineId"), part.lineId()));
            }
            List<Integer> there = new ArrayList<>();
            for (Custody place : places) {
                for (int i = 0; i < units.size(); i++) {
                    Unit unit = units.get(i);
                    if (unit.lineId().equals(part.lineId()) && unit.custody() == place) {
                        there.add(i);
                    }
                }
            }
            if (there.size() < part.quantity()) {
                return Optional.of(new Refusal.TooManyUnits(
                        field(index, "quantity"), part.lineId(), part.quantity(), there.size(), which));
            }
            there.stream().limit(part.quantity()).forEach(i -> units.set(i, step.apply(units.get(i))));
            return Optional.empty();
        }
    }

    // Money

    private static Decision payBack(Rma rma, Command.PayBack asked, Context context) {
        switch (rma.state()) {
            case WAITING, REQUESTED -> {
                return wrongState(rma, "the return is not authorised, so nobody is paid back for it");
            }
            case DECLINED, CANCELLED -> {
                return wrongState(rma, "the return is over");
            }
            case OPEN, CLOSED -> {}
        }
        SoldOrder order = context.known();
        List<Unit> chosen = new ArrayList<>();
        for (int i = 0; i < asked.lines().size(); i++) {
            Command.Units part = asked.lines().get(i);
            Optional<Refusal> refusal = choose(rma, order, i, part, chosen);
            if (refusal.isPresent()) {
                return new Refused(rma, refusal.get());
            }
        }
        Optional<Refusal> shipping = shipping(order, asked.shippingMinor());
        if (shipping.isPresent()) {
            return new Refused(rma, shipping.get());
        }
        Refund approved = approved(rma, asked.refundId(), chosen, asked.reason());
        Refund demanded = new Refund(
                approved.refundId(),
                approved.state(),
                0,
                asked.shippingMinor(),
                approved.currency(),
                approved.reason(),
                approved.lines(),
                null,
                null);
        Rma owing = rma.withRefunds(plus(rma.refunds(), demanded)).with(marked(rma, asked.refundId(), chosen));
        Refund priced = priced(demanded, owing, order).orElseThrow();
        if (priced.amountMinor() == 0) {
            return new Refused(rma, new Refusal.NothingToRefund());
        }
        Told told = new Told(rma);
        return finish(rma, paying(owing, priced, told), told);
    }

    private static Optional<Refusal> choose(
            Rma rma, SoldOrder order, int index, Command.Units part, List<Unit> chosen) {
        if (rma.line(part.lineId()).isEmpty()) {
            return Optional.of(new Refusal.UnknownLine(field(index, "lineId"), part.lineId()));
        }
        if (order.line(part.lineId()).map(SoldLine::sale).isEmpty()) {
            return Optional.of(new Refusal.PriceNotKnown(field(index, "lineId"), part.lineId()));
        }
        List<Unit> open = rma.units(part.lineId()).stream()
                .filter(unit -> unit.money() == MoneyState.NONE && !chosen.contains(unit))
                .sorted(Comparator.comparing((Unit unit) -> refundRank(unit.custody()))
                        .thenComparing(Unit::number))
                .toList();
        if (open.size() < part.quantity()) {
            return Optional.of(new Refusal.TooManyUnits(
                    field(index, "quantity"),
                    part.lineId(),
                    part.quantity(),
                    open.size(),
                    "that no refund was asked for"));
        }
        chosen.addAll(open.subList(0, part.quantity()));
        return Optional.empty();
    }

    /// Whose money goes back first where a line's units are not alike: goods that are there before goods
    /// that are not.
    private static int refundRank(Custody custody) {
        return switch (custody) {
            case RESTOCKED -> 0;
            case SCRAPPED -> 1;
            case INSPECTED -> 2;
            case RECEIVED -> 3;
            case EXPECTED -> 4;
            case MISSING -> 5;
        };
    }

    private static Optional<Refusal> shipping(SoldOrder order, long asked) {
        if (asked == 0) {
            return Optional.empty();
        }
        @Nullable Long paid = order.shippingMinor();
        if (paid == null) {
            return Optional.of(new Refusal.ShippingNotKnown());
        }
        long left = paid - order.shippingRefundedMinor();
        return asked > left ? Optional.of(new Refusal.TooMuchShipping(asked, left)) : Optional.empty();
    }

    private static Decision retry(Rma rma, String refundId) {
        Optional<Refund> refund = rma.refund(refundId);
        if (refund.isEmpty()) {
            return new Refused(rma, new Refusal.UnknownRefund(refundId));
        }
        return switch (refund.get().state()) {
            case SENT -> new Unchanged(rma);
            case FAILED -> {
                Told told = new Told(rma);
                MoneyState approved =
                        refund.get().state().after(MoneyState.Step.RETRY).orElseThrow();
                yield finish(rma, paying(rma, refund.get().at(approved), told), told);
            }
            case NONE, APPROVED, CONFIRMED ->
                new Refused(rma, new Refusal.NotRetryable(refundId, refund.get().state()));
        };
    }

    private static Decision settled(Rma rma, String refundId, Refund.Settled paid) {
        Optional<Refund> refund = rma.refund(refundId);
        if (refund.isEmpty()) {
            return new Refused(rma, new Refusal.UnknownRefund(refundId));
        }
        if (refund.get().state() == MoneyState.CONFIRMED) {
            return new Unchanged(rma);
        }
        Optional<MoneyState> confirmed = refund.get().state().after(MoneyState.Step.CONFIRM);
        if (confirmed.isEmpty()) {
            return wrongState(rma, "refund %s was never sent".formatted(refundId));
        }
        Told told = new Told(rma);
        told.add(Kind.REFUND_CONFIRMED, refundId);
        return finish(rma, replaced(rma, refund.get().settled(confirmed.get(), paid)), told);
    }

    private static Decision failed(Rma rma, String refundId, Refund.Failure why) {
        Optional<Refund> refund = rma.refund(refundId);
        if (refund.isEmpty()) {
            return new Refused(rma, new Refusal.UnknownRefund(refundId));
        }
        return refund.get()
                .state()
                .after(MoneyState.Step.FAIL)
                .<Decision>map(failed -> finish(rma, replaced(rma, refund.get().failed(failed, why)), new Told(rma)))
                .orElseGet(() -> new Unchanged(rma));
    }

    private static Refund approved(Rma rma, String refundId, List<Unit> units, String reason) {
        MoneyState approved = MoneyState.NONE.after(MoneyState.Step.APPROVE).orElseThrow();
        List<Refund.Line> lines = new ArrayList<>();
        for (ReturnLine line : rma.lines()) {
            int quantity = (int) units.stream()
                    .filter(unit -> unit.lineId().equals(line.lineId()))
                    .count();
            if (quantity > 0) {
                lines.add(new Refund.Line(line.lineId(), line.channelLineId(), quantity, 0, 0));
            }
        }
        return new Refund(refundId, approved, 0, 0, null, reason, lines, null, null);
    }

    private static List<Unit> marked(Rma rma, String refundId, List<Unit> chosen) {
        return rma.units().stream()
                .map(unit -> chosen.contains(unit)
                        ? unit.inRefund(
                                refundId,
                                unit.money().after(MoneyState.Step.APPROVE).orElseThrow())
                        : unit)
                .toList();
    }

    /// The refund with its amounts; empty while a price is missing. Each unit's money is its own share of
    /// what was paid, and all together never more than is left of it.
    private static Optional<Refund> priced(Refund refund, Rma rma, SoldOrder order) {
        List<Refund.Line> lines = new ArrayList<>();
        long amount = refund.shippingMinor();
        @Nullable String currency = null;
        for (Refund.Line part : refund.lines()) {
            SoldLine line = order.line(part.lineId()).orElseThrow();
            SoldLine.@Nullable Sale sale = line.sale();
            if (sale == null) {
                return Optional.empty();
            }
            List<Unit> units = rma.units(part.lineId()).stream()
                    .filter(unit -> refund.refundId().equals(unit.refundId()))
                    .toList();
            long shares =
                    units.stream().mapToLong(unit -> sale.share(unit.number())).sum();
            long tax = units.stream()
                    .mapToLong(unit -> sale.taxShare(unit.number()))
                    .sum();
            // Below the shares only where the price fell after money had gone back.
            long paid = Math.max(0, Math.min(shares, sale.paidMinor() - line.refundedMinor()));
            lines.add(new Refund.Line(
                    part.lineId(), part.channelLineId(), part.quantity(), paid, Math.clamp(tax, 0, paid)));
            amount = Math.addExact(amount, paid);
            currency = sale.currency();
        }
        return Optional.of(new Refund(
                refund.refundId(),
                refund.state(),
                amount,
                refund.shippingMinor(),
                currency,
                refund.reason(),
                lines,
                null,
                null));
    }

    /// Sends an approved refund. One of nothing is confirmed at once: there is nothing to tell.
    private static Rma paying(Rma rma, Refund approved, Told told) {
        Refund sent = approved.at(approved.state().after(MoneyState.Step.SEND).orElseThrow());
        @Nullable String currency = sent.currency();
        if (sent.amountMinor() == 0 && currency != null) {
            return replaced(
                    rma,
                    sent.settled(
                            sent.state().after(MoneyState.Step.CONFIRM).orElseThrow(),
                            new Refund.Settled(null, 0, currency)));
        }
        told.add(Kind.REFUND_REQUESTED, sent.refundId());
        return replaced(rma, sent);
    }

    /// The return with a refund in another state, and its units' money with it.
    private static Rma replaced(Rma rma, Refund refund) {
        return rma.withRefunds(rma.refunds().stream()
                        .map(known -> known.refundId().equals(refund.refundId()) ? refund : known)
                        .toList())
                .with(rma.units().stream()
                        .map(unit -> refund.refundId().equals(unit.refundId())
                                ? unit.inRefund(refund.refundId(), refund.state())
                                : unit)
                        .toList());
    }

    // Telling

    /// Lets the return's state follow from its goods and its money.
    private static Advanced finish(Rma before, Rma changed, Told told) {
        RmaState state = changed.isDone() ? RmaState.CLOSED : RmaState.OPEN;
        if (state == RmaState.CLOSED && before.state() != RmaState.CLOSED) {
            told.add(Kind.CLOSED);
        }
        return told.with(changed.state() == state ? changed : changed.in(state, null));
    }

    private static Advanced told(Rma rma, Kind... kinds) {
        Told told = new Told(rma);
        for (Kind kind : kinds) {
            told.add(kind);
        }
        return told.with(rma);
    }

    private static Advanced silently(Rma rma) {
        return new Advanced(rma, List.of());
    }

    private static Refused wrongState(Rma rma, String text) {
        return new Refused(rma, new Refusal.WrongState(rma.state(), text));
    }

    private static ReturnLine line(SoldLine line, String reason) {
        return new ReturnLine(
                line.lineId(),
                Objects.requireNonNull(line.channelLineId(), "a line that left has told its channel line"),
                line.sku(),
                reason);
    }

    private static Rma blank(Rma.Identity identity, @Nullable String orderId, @Nullable ChannelView seen) {
        return new Rma(
                identity, orderId, 0, RmaState.WAITING, null, null, List.of(), List.of(), List.of(), List.of(), seen);
    }

    private static List<Refund> plus(List<Refund> refunds, Refund more) {
        List<Refund> all = new ArrayList<>(refunds);
        all.add(more);
        return all;
    }

    private static String field(int index, String name) {
        return "lines[%d].%s".formatted(index, name);
    }

    /// Announcements in the making, each with the next version.
    private static final class Told {

        private final List<Announcement> announcements = new ArrayList<>();
        private long version;

        Told(Rma before) {
            this.version = before.version();
        }

        void add(Kind kind) {
            add(kind, null);
        }

        void add(Kind kind, @Nullable String refundId) {
            announcements.add(new Announcement(kind, ++version, refundId));
        }

        Advanced with(Rma rma) {
            return new Advanced(rma.at(version), announcements);
        }
    }
}
