package io.hubline.order.process.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hubline.order.process.domain.Decision.Advanced;
import io.hubline.order.process.domain.Decision.Ignored;
import io.hubline.order.process.domain.Decision.Refused;
import io.hubline.order.process.domain.OrderInput.CancellationRequested;
import io.hubline.order.process.domain.OrderInput.HoldPlaced;
import io.hubline.order.process.domain.OrderInput.HoldReleased;
import io.hubline.order.process.domain.OrderInput.MappingArrived;
import io.hubline.order.process.domain.OrderInput.PromiseChanged;
import io.hubline.order.process.domain.OrderInput.RouteImpossible;
import io.hubline.order.process.domain.OrderInput.RoutePlanned;
import io.hubline.order.process.domain.OrderInput.ShipmentReported;
import io.hubline.order.process.domain.OrderInput.SnapshotObserved;
import io.hubline.order.process.domain.Snapshot.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The order process: what every input makes of an order, and what the others are to be told.
///
/// An input changes what is known (the snapshot, the promise, the route, the parcels, a decision of a
/// person). Holds, stage and announcements then follow from what is known before and after, so that it does
/// not matter which of two inputs came first, and a repeated one changes nothing.
public final class OrderMachine {

    private OrderMachine() {}

    /// The first sight of an order. A cancelled one is recorded too: its next snapshot must find it.
    public static Advanced accept(Order.Identity identity, Snapshot first, Instant now) {
        List<Line> lines = merge(identity, List.of(), first.lines());
        @Nullable Cancellation cancellation = first.status() == Status.CANCELLED ? byChannel(first, now) : null;
        Order draft = new Order(
                identity,
                0,
                1,
                Stage.AWAITING_PROMISE,
                first.asHeader(null),
                lines,
                cancellation,
                List.of(),
                Promise.NONE,
                Route.NONE,
                List.of());
        Order settled = settled(draft, now);
        List<Announcement> told = new ArrayList<>();
        told.add(new Announcement.Accepted(1));
        if (settled.stage() == Stage.CANCELLED) {
            told.add(cancelled(settled, 2));
        }
        return new Advanced(at(settled, told.size()), told);
    }

    /// What an input makes of a known order.
    public static Decision decide(Order order, OrderInput input, Instant now) {
        return switch (input) {
            case SnapshotObserved(Snapshot snapshot) -> observe(order, snapshot, now);
            case MappingArrived(Map<String, Mapping> found) -> map(order, found, now);
            case PromiseChanged(Promise promise, var refusedPlan) -> promised(order, promise, refusedPlan, now);
            case RoutePlanned(long sequence, long orderVersion, Instant at, String planId, int attempt) ->
                routed(order, new Route(sequence, orderVersion, at, planId, attempt, null), now);
            case RouteImpossible(long sequence, long orderVersion, Instant at, String reason) ->
                routed(order, new Route(sequence, orderVersion, at, null, 0, reason), now);
            case ShipmentReported(Shipment shipment) -> ship(order, shipment, now);
            case CancellationRequested(String reason) -> cancel(order, reason, now);
            case HoldPlaced(String detail) -> placeHold(order, detail, now);
            case HoldReleased(HoldReason reason) -> releaseHold(order, reason, now);
        };
    }

    private static Decision observe(Order order, Snapshot snapshot, Instant now) {
        if (!snapshot.isNewerThan(order.header())) {
            return new Ignored(order, "the snapshot is not newer than the one known");
        }
        Order seen = new Order(
                order.identity(),
                order.version(),
                order.demandVersion(),
                order.stage(),
                snapshot.asHeader(order.header().destination()),
                merge(order.identity(), order.lines(), snapshot.lines()),
                cancellationBy(order, snapshot, now),
                order.holds(),
                order.promise(),
                order.route(),
                order.shipments());
        return advance(order, seen, now);
    }

    /// The seller's word stands whatever the channel shows, which hears of it later. The channel's own word
    /// follows its newest snapshot, save that it comes too late for an order that has left as a whole.
    private static @Nullable Cancellation cancellationBy(Order order, Snapshot snapshot, Instant now) {
        if (order.isCancelledBy(Cancellation.By.SELLER)) {
            return order.cancellation();
        }
        if (snapshot.status() != Status.CANCELLED) {
            return null;
        }
        if (order.cancellation() != null) {
            return order.cancellation();
        }
        return leftAsAWhole(order) ? null : byChannel(snapshot, now);
    }

    private static boolean leftAsAWhole(Order order) {
        return order.anythingShipped() && !order.anythingOpen();
    }

    private static Cancellation byChannel(Snapshot snapshot, Instant now) {
        String word = snapshot.cancelReason();
        return new Cancellation(Cancellation.By.CHANNEL, word == null ? "cancelled at the channel" : word, now);
    }

    private static List<Line> merge(Order.Identity identity, List<Line> known, List<Snapshot.Line> seen) {
        Map<String, Line> lines = new LinkedHashMap<>();
        known.forEach(line -> lines.put(line.channelLineId(), line.removed()));
        for (Snapshot.Line line : seen) {
            @Nullable Line before = lines.get(line.channelLineId());
            Line base = before == null ? first(identity, lines.size() + 1, line) : before;
            lines.put(line.channelLineId(), base.seenAs(line));
        }
        return List.copyOf(lines.values());
    }

    private static Line first(Order.Identity identity, int position, Snapshot.Line line) {
        return new Line(
                lineId(identity.orderId(), line.channelLineId()),
                line.channelLineId(),
                position,
                line.channelSku(),
                line.variantId(),
                line.channelLocation(),
                line.title(),
                line.quantity(),
                line.unitPrice(),
                line.tax(),
                line.sale(),
                line.mapping());
    }

    private static String lineId(String orderId, String channelLineId) {
        return UUID.nameUUIDFromBytes((orderId + "/" + channelLineId).getBytes(UTF_8))
                .toString();
    }

    private static Decision map(Order order, Map<String, Mapping> found, Instant now) {
        List<Line> lines = order.lines().stream()
                .map(line -> {
                    @Nullable Mapping mapping = found.get(line.lineId());
                    return line.mapping() == null && mapping != null ? line.mappedTo(mapping) : line;
                })
                .toList();
        return lines.equals(order.lines())
                ? new Ignored(order, "no line waits for this mapping")
                : advance(order, with(order, lines, order.cancellation(), order.promise(), order.route()), now);
    }

    private static Decision promised(Order order, Promise said, @Nullable String refusedPlan, Instant now) {
        if (said.sequence() <= order.promise().sequence()) {
            return new Ignored(order, "the promise is not newer than the one known");
        }
        // A refusal may overtake the plan it refuses, so the last one is remembered.
        Promise promise = new Promise(
                said.sequence(),
                said.lines(),
                refusedPlan == null ? order.promise().refusedPlan() : refusedPlan);
        return advance(order, with(order, order.lines(), order.cancellation(), promise, order.route()), now);
    }

    private static Decision routed(Order order, Route route, Instant now) {
        return route.sequence() <= order.route().sequence()
                ? new Ignored(order, "the route is not newer than the one known")
                : advance(order, with(order, order.lines(), order.cancellation(), order.promise(), route), now);
    }

    private static Decision ship(Order order, Shipment shipment, Instant now) {
        // Asked before any rule: a repeated report gets its first answer, whatever became of the order since.
        Optional<Shipment> known = order.shipments().stream()
                .filter(parcel -> parcel.shipmentId().equals(shipment.shipmentId()))
                .findFirst();
        if (known.isPresent()) {
            return known.get().saysTheSameAs(shipment)
                    ? new Ignored(order, "the shipment was reported before")
                    : new Refused(order, new Refusal.ShipmentDiffers(shipment.shipmentId()));
        }
        if (order.stage().standing() != Stage.Standing.OPEN) {
            return new Refused(order, new Refusal.OrderClosed(order.stage()));
        }
        Map<String, Integer> units = shipment.lines().stream()
                .collect(Collectors.toMap(
                        Shipment.ShippedLine::lineId,
                        Shipment.ShippedLine::quantity,
                        Math::addExact,
                        LinkedHashMap::new));
        for (Map.Entry<String, Integer> asked : units.entrySet()) {
            @Nullable Refusal refusal = refusal(order, shipment.locationId(), asked.getKey(), asked.getValue());
            if (refusal != null) {
                return new Refused(order, refusal);
            }
        }
        List<Shipment> parcels = new ArrayList<>(order.shipments());
        parcels.add(shipment);
        return advance(order, with(order, parcels), now);
    }

    private static @Nullable Refusal refusal(Order order, String locationId, String lineId, int units) {
        Optional<Line> line = order.lines().stream()
                .filter(candidate -> candidate.lineId().equals(lineId))
                .findFirst();
        if (line.isEmpty()) {
            return new Refusal.UnknownLine(lineId);
        }
        int there = order.allocated(line.get()).getOrDefault(locationId, 0);
        int shippable = Math.min(order.open(line.get()), there);
        return units > shippable ? new Refusal.NotAllocatedThere(lineId, locationId, units, shippable) : null;
    }

    private static Decision cancel(Order order, String reason, Instant now) {
        return switch (order.stage().standing()) {
            case CANCELLED -> new Ignored(order, "the order is cancelled already");
            case COMPLETED -> new Refused(order, new Refusal.OrderClosed(order.stage()));
            case OPEN ->
                advance(
                        order,
                        with(
                                order,
                                order.lines(),
                                new Cancellation(Cancellation.By.SELLER, reason, now),
                                order.promise(),
                                order.route()),
                        now);
        };
    }

    private static Decision placeHold(Order order, String detail, Instant now) {
        return switch (order.stage().standing()) {
            case CANCELLED, COMPLETED -> new Refused(order, new Refusal.OrderClosed(order.stage()));
            case OPEN -> {
                List<Hold> holds = new ArrayList<>(order.holds());
                holds.removeIf(hold -> hold.reason() == HoldReason.OPERATOR);
                holds.add(new Hold(HoldReason.OPERATOR, detail, now, false));
                yield advance(order, held(order, holds), now);
            }
        };
    }

    private static Decision releaseHold(Order order, HoldReason reason, Instant now) {
        Optional<Hold> standing =
                order.holds().stream().filter(hold -> hold.reason() == reason).findFirst();
        if (standing.isEmpty()) {
            return new Refused(order, new Refusal.NoSuchHold(reason));
        }
        if (standing.get().waived()) {
            return new Ignored(order, "the hold is released already");
        }
        return switch (reason.release()) {
            case NEVER -> new Refused(order, new Refusal.HoldLiftsItself(reason));
            case WAIVES -> advance(order, held(order, waived(order.holds(), standing.get())), now);
            case REMOVES -> advance(order, held(order, without(order.holds(), standing.get())), now);
            case ASKS_AGAIN ->
                advance(
                        order,
                        with(
                                order,
                                order.lines(),
                                order.cancellation(),
                                order.promise(),
                                order.route().askedAgain()),
                        now);
        };
    }

    private static List<Hold> waived(List<Hold> holds, Hold decided) {
        return holds.stream()
                .map(hold ->
                        hold.equals(decided) ? new Hold(hold.reason(), hold.detail(), hold.placedAt(), true) : hold)
                .toList();
    }

    private static List<Hold> without(List<Hold> holds, Hold decided) {
        return holds.stream().filter(hold -> !hold.equals(decided)).toList();
    }

    /// Lets holds and stage follow from what is known now, and tells the difference.
    private static Advanced advance(Order before, Order known, Instant now) {
        long next = before.version() + 1;
        boolean demandChanged = !Demand.of(before).equals(Demand.of(known));
        Order after = settled(demandChanged ? demanding(known, next) : known, now);
        List<Announcement> told = announcements(before, after, demandChanged || salesChanged(before, after), next);
        return new Advanced(at(after, before.version() + told.size()), told);
    }

    /// Whether what is told of the lines' prices changed. Nobody plans by prices, so this makes a version
    /// and leaves the demand's as it is: a promise and a plan stand.
    private static boolean salesChanged(Order before, Order after) {
        return !sales(before).equals(sales(after));
    }

    private static List<Sold> sales(Order order) {
        return order.lines().stream()
                .filter(line -> line.mapping() != null && line.sale() != null)
                .map(line -> new Sold(line.lineId(), line.title(), line.sale(), line.tax()))
                .toList();
    }

    private static List<Announcement> announcements(Order before, Order after, boolean linesChanged, long next) {
        Told told = new Told(next);
        Stage.Standing was = before.stage().standing();
        Stage.Standing is = after.stage().standing();
        boolean cancelled = is == Stage.Standing.CANCELLED && was != Stage.Standing.CANCELLED;
        boolean completed = is == Stage.Standing.COMPLETED && was != Stage.Standing.COMPLETED;
        if (linesChanged && !cancelled) {
            told.add(Announcement.LinesChanged::new);
        }
        if (after.shipments().size() > before.shipments().size()) {
            told.add(version -> new Announcement.Shipped(
                    version, after.shipments().getLast().shipmentId()));
        }
        if (!words(before).containsAll(words(after))) {
            told.add(Announcement.Held::new);
        }
        // The end of an order says by itself that nothing holds it any more.
        if (!reasons(after).containsAll(reasons(before)) && !cancelled && !completed) {
            told.add(Announcement.HoldLifted::new);
        }
        if (cancelled) {
            told.add(version -> cancelled(after, version));
        }
        if (completed) {
            told.add(Announcement.Completed::new);
        }
        if (after.stage().isPickable() && !before.stage().isPickable()) {
            told.add(Announcement.Released::new);
        }
        return told.all();
    }

    private static Set<HoldReason> reasons(Order order) {
        return order.activeHolds().stream().map(Hold::reason).collect(Collectors.toSet());
    }

    private static List<String> words(Order order) {
        return order.activeHolds().stream()
                .map(hold -> hold.reason() + ":" + hold.detail())
                .toList();
    }

    private static Announcement cancelled(Order order, long version) {
        @Nullable Cancellation cancellation = order.cancellation();
        return cancellation == null
                ? new Announcement.Cancelled(version, Cancellation.By.CHANNEL, "every line was removed")
                : new Announcement.Cancelled(version, cancellation.by(), cancellation.reason());
    }

    private static Order settled(Order known, Instant now) {
        List<Hold> holds = holds(known, now);
        Order held = held(known, holds);
        return staged(held, stage(held));
    }

    private static Stage stage(Order order) {
        return closed(order).orElseGet(() -> {
            if (!order.activeHolds().isEmpty()) {
                return Stage.AWAITING_DECISION;
            }
            return promiseStage(order);
        });
    }

    /// The stage of an order that nobody waits for any longer; empty while somebody does.
    private static Optional<Stage> closed(Order order) {
        if (order.cancellation() != null) {
            return Optional.of(Stage.CANCELLED);
        }
        if (order.header().fulfilledByChannel()) {
            return Optional.of(Stage.AT_CHANNEL);
        }
        if (order.anythingOpen()) {
            return Optional.empty();
        }
        boolean emptied = !order.anythingShipped() && !order.lines().isEmpty();
        return Optional.of(emptied ? Stage.CANCELLED : Stage.COMPLETED);
    }

    /// How far inventory and routing are with an order that nothing holds. Judged by amounts and not by
    /// versions: what covers the demand covers it, whichever version it was promised for.
    private static Stage promiseStage(Order order) {
        boolean allocated = true;
        boolean promised = true;
        boolean answered = true;
        for (Line line : order.lines()) {
            int open = order.open(line);
            Promise.PromisedLine promise = order.promise().line(line.lineId());
            int there = order.allocated(line).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            allocated &= there >= open;
            promised &= there + promise.held() >= open;
            answered &= there + promise.held() + promise.backordered() >= open;
        }
        if (allocated) {
            return order.anythingShipped() ? Stage.PARTIALLY_SHIPPED : Stage.RELEASED;
        }
        if (promised) {
            return planStands(order) ? Stage.ROUTED : Stage.AWAITING_ROUTE;
        }
        return answered ? Stage.BACKORDERED : Stage.AWAITING_PROMISE;
    }

    private static boolean planStands(Order order) {
        @Nullable String planId = order.route().planId();
        return planId != null
                && !planId.equals(order.promise().refusedPlan())
                && order.route().orderVersion() >= order.demandVersion();
    }

    private static List<Hold> holds(Order order, Instant now) {
        Map<HoldReason, Hold> before = order.holds().stream().collect(Collectors.toMap(Hold::reason, hold -> hold));
        return causes(order).entrySet().stream()
                .map(cause -> {
                    @Nullable Hold known = before.get(cause.getKey());
                    return known != null && known.detail().equals(cause.getValue())
                            ? known
                            : new Hold(cause.getKey(), cause.getValue(), now, false);
                })
                .toList();
    }

    /// What there is to decide, each with its detail.
    private static Map<HoldReason, String> causes(Order order) {
        Map<HoldReason, String> causes = new EnumMap<>(HoldReason.class);
        conflict(order).ifPresent(detail -> causes.put(HoldReason.CHANNEL_CONFLICT, detail));
        if (closed(order).isPresent()) {
            return causes;
        }
        if (order.header().status() == Status.PENDING) {
            causes.put(HoldReason.PAYMENT_PENDING, "the channel has not confirmed the payment");
        }
        unknownLines(order).ifPresent(detail -> causes.put(HoldReason.UNKNOWN_SKU, detail));
        if (order.header().destination() == null) {
            causes.put(HoldReason.MISSING_DESTINATION, "the channel has not said where the order goes");
        }
        @Nullable String unroutable = order.route().unroutable();
        if (unroutable != null && order.route().orderVersion() >= order.demandVersion()) {
            causes.put(HoldReason.UNROUTABLE, unroutable);
        }
        order.holds().stream()
                .filter(hold -> hold.reason() == HoldReason.OPERATOR)
                .forEach(hold -> causes.put(HoldReason.OPERATOR, hold.detail()));
        return causes;
    }

    private static Optional<String> unknownLines(Order order) {
        String lines = order.lines().stream()
                .filter(line -> line.mapping() == null && order.open(line) > 0)
                .map(line -> "line %d sells '%s' (channel line %s, variant %s)"
                        .formatted(
                                line.position(),
                                line.channelSku(),
                                line.channelLineId(),
                                Objects.requireNonNullElse(line.variantId(), "none")))
                .collect(Collectors.joining("; "));
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines + ": no offer of this account has that name");
    }

    /// Where the channel's word and what has left contradict each other. The order goes on as far as it
    /// can.
    private static Optional<String> conflict(Order order) {
        if (!order.anythingShipped() || order.isCancelledBy(Cancellation.By.SELLER)) {
            return Optional.empty();
        }
        if (order.header().status() == Status.CANCELLED && order.cancellation() == null) {
            return Optional.of("the channel cancelled the order after all of it had left");
        }
        if (order.header().fulfilledByChannel()) {
            return Optional.of("the channel says that it ships the order itself, and a part has left from here");
        }
        String lines = order.lines().stream()
                .filter(line -> line.asked() < order.shipped(line))
                .map(line -> "line %d: %d left, and the channel now wants %d"
                        .formatted(line.position(), order.shipped(line), line.asked()))
                .collect(Collectors.joining("; "));
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
    }

    private static Order with(
            Order order, List<Line> lines, @Nullable Cancellation cancellation, Promise promise, Route route) {
        return new Order(
                order.identity(),
                order.version(),
                order.demandVersion(),
                order.stage(),
                order.header(),
                lines,
                cancellation,
                order.holds(),
                promise,
                route,
                order.shipments());
    }

    private static Order with(Order order, List<Shipment> shipments) {
        return new Order(
                order.identity(),
                order.version(),
                order.demandVersion(),
                order.stage(),
                order.header(),
                order.lines(),
                order.cancellation(),
                order.holds(),
                order.promise(),
                order.route(),
                shipments);
    }

    private static Order held(Order order, List<Hold> holds) {
        return built(order, order.version(), order.demandVersion(), order.stage(), holds);
    }

    private static Order staged(Order order, Stage stage) {
        return built(order, order.version(), order.demandVersion(), stage, order.holds());
    }

    private static Order demanding(Order order, long demandVersion) {
        return built(order, order.version(), demandVersion, order.stage(), order.holds());
    }

    private static Order at(Order order, long version) {
        return built(order, version, order.demandVersion(), order.stage(), order.holds());
    }

    private static Order built(Order order, long version, long demandVersion, Stage stage, List<Hold> holds) {
        return new Order(
                order.identity(),
                version,
                demandVersion,
                stage,
                order.header(),
                order.lines(),
                order.cancellation(),
                holds,
                order.promise(),
                order.route(),
                order.shipments());
    }

    /// What the others plan by. When it changes they must be told, and what they said of an older one is
    /// out of date.
    private record Demand(
            List<Wanted> lines, Instant placedAt, @Nullable Instant shipBy, Snapshot.@Nullable Place destination) {

        static Demand of(Order order) {
            return new Demand(
                    order.lines().stream()
                            .filter(line -> line.mapping() != null)
                            .map(line -> new Wanted(line.lineId(), line.mapping(), order.wanted(line)))
                            .toList(),
                    order.header().placedAt(),
                    order.header().shipBy(),
                    order.header().destination());
        }
    }

    private record Wanted(String lineId, @Nullable Mapping mapping, int units) {}

    private record Sold(
            String lineId, String title, @Nullable Sale sale, Amount tax) {}

    /// Announcements in the making, each with the next version.
    private static final class Told {

        private final List<Announcement> announcements = new ArrayList<>();
        private long next;

        Told(long next) {
            this.next = next;
        }

        void add(LongFunction<Announcement> announcement) {
            announcements.add(announcement.apply(next++));
        }

        List<Announcement> all() {
            return announcements;
        }
    }
}
