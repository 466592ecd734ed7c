package io.hubline.inventory.stock.domain;

import io.hubline.inventory.stock.domain.Reservation.Place;
import io.hubline.inventory.stock.model.Answer;
import io.hubline.inventory.stock.model.Command;
import io.hubline.inventory.stock.model.Model;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the model and the books say of the same thing, in the words of the other.
public final class InWords {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private InWords() {}

    public static Request request(Command command) {
        return switch (command) {
            case Command.Demand demand -> new Request.Promised(demand(demand));
            case Command.Plan plan ->
                new Request.Planned(
                        plan.order(),
                        plan.sequence(),
                        plan.plan(),
                        plan.parts().stream()
                                .map(part -> new Request.Assignment(
                                        part.line(), part.sku(), part.location(), part.quantity()))
                                .toList());
            case Command.Move move ->
                new Request.Moved(
                        new PositionKey(move.sku(), move.location()),
                        move.delta(),
                        StockMovement.Reason.valueOf(move.reason()),
                        move.cause());
            case Command.Receive receive ->
                new Request.Received(receive.lines().stream()
                        .map(line -> (Request.Moved) request(line))
                        .toList());
            case Command.Count count ->
                new Request.Counted(
                        new PositionKey(count.sku(), count.location()),
                        count.onHand(),
                        count.after() == null ? new Moment.Now() : new Moment.Movement(count.after()),
                        count.cause());
            case Command.Send send -> new Request.Sent(send.transfer(), send.from(), send.to(), send.units(), NOON);
            case Command.Arrive arrive ->
                new Request.Arrived(arrive.transfer(), arrive.to(), arrive.receipt(), arrive.units(), NOON);
            case Command.Close close -> new Request.Closed(close.transfer(), close.to(), Grounds.LOST, NOON);
            case Command.Hold hold ->
                new Request.Held(hold.id(), hold.pool(), hold.units(), moment(hold.at()), moment(hold.until()));
            case Command.Extend extend ->
                new Request.Extended(extend.id(), moment(extend.at()), moment(extend.until()));
            case Command.Release release ->
                new Request.Released(release.id(), moment(release.at()), release.evenPaid());
            case Command.Expire expire -> new Request.Expired(expire.id(), moment(expire.at()));
            case Command.Convert convert ->
                new Request.Converted(convert.id(), convert.channelOrder(), moment(convert.at()));
        };
    }

    private static OrderDemand demand(Command.Demand demand) {
        return new OrderDemand(
                demand.order(),
                demand.version(),
                Promise.State.valueOf(demand.standing().name()),
                moment(demand.placedAt()),
                demand.shipBy() == null ? null : moment(demand.shipBy()),
                demand.account(),
                demand.channelOrder(),
                demand.wants().stream()
                        .map(want -> new OrderDemand.Line(
                                want.line(), want.sku(), want.offer(), want.quantity(), want.ordered()))
                        .toList(),
                demand.parcels().stream()
                        .map(parcel -> new OrderDemand.Parcel(
                                parcel.shipment(), parcel.location(), parcel.line(), parcel.quantity()))
                        .toList());
    }

    private static Instant moment(long second) {
        return Instant.ofEpochSecond(second);
    }

    public static Answer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> new Answer.Done();
            case Outcome.Granted(Hold hold) -> answer(hold);
            case Outcome.Refused(List<Outcome.Missing> missing) ->
                new Answer.Refused(missing.stream()
                        .map(one -> "%s %d %d".formatted(one.sku(), one.wanted(), one.available()))
                        .toList());
            case Outcome.Conflict _ -> new Answer.Conflict();
            case Outcome.Gone(Hold.State state) -> new Answer.Gone(state.name());
            case Outcome.NoSuchHold _ -> new Answer.Unknown();
            case Outcome.NotOnHand notThere -> new Answer.NotOnHand(notThere.onHand());
            case Outcome.IsBundle _ -> new Answer.IsBundle();
            case Outcome.UnknownSku _ -> throw new IllegalArgumentException("the model does not speak of " + outcome);
            case Outcome.Failed _ -> new Answer.Failed();
            case Outcome.TooMany _ -> new Answer.TooMany();
            case Outcome.NotBooked _ -> new Answer.NotBooked();
            case Outcome.CutAtZero(int units) -> new Answer.CutAtZero(units);
            case Outcome.NotInTransit _ -> new Answer.NotInTransit();
        };
    }

    static Answer answer(Hold hold) {
        return new Answer.Held(hold.id(), hold.state().name(), hold.expiresAt().getEpochSecond(), hold.channelOrder());
    }

    public static Model.Pool pool(PoolPosition pool) {
        return new Model.Pool(pool.onHand(), pool.reserved(), pool.shortBy(), pool.backordered());
    }

    public static Model.Place place(Position position) {
        return new Model.Place(position.onHand(), position.allocated(), position.shortBy(), position.lastMovement());
    }

    public static @Nullable String order(@Nullable Promise promise) {
        return promise == null
                ? null
                : "%s v%d %s plan=%d said=%d %s"
                        .formatted(
                                promise.orderId(),
                                promise.version(),
                                promise.state(),
                                promise.routeSequence(),
                                promise.sequence(),
                                promise.lines().values().stream()
                                        .sorted(Comparator.comparing(Reservation::lineId))
                                        .map(InWords::line)
                                        .toList());
    }

    private static String line(Reservation line) {
        return "%s %s %s ordered=%d held=%d waiting=%d allocated=%s shipped=%s"
                .formatted(
                        line.lineId(),
                        line.key().sku(),
                        line.offer(),
                        line.ordered(),
                        line.held(),
                        line.backordered(),
                        places(line, Place::allocated),
                        places(line, Place::shipped));
    }

    private static SortedMap<String, Integer> places(Reservation line, ToIntFunction<Place> units) {
        SortedMap<String, Integer> places = new TreeMap<>();
        line.places().forEach((location, place) -> places.put(location, units.applyAsInt(place)));
        places.values().removeIf(number -> number == 0);
        return places;
    }

    public static String announcement(Announcement announcement) {
        String kind = switch (announcement) {
            case Announcement.Reserved _ -> "RESERVED";
            case Announcement.Backordered _ -> "BACKORDERED";
            case Announcement.Released _ -> "RELEASED";
            case Announcement.Allocated allocated -> "ALLOCATED " + allocated.planId();
            case Announcement.Refused refused -> "REFUSED " + refused.planId() + " " + refused.refusal();
        };
        return kind + " " + order(announcement.promise());
    }

    public static String oversell(Decision.Oversell oversell) {
        return "%s %s %s %s %d"
                .formatted(oversell.orderId(), oversell.lineId(), oversell.sku(), oversell.offer(), oversell.units());
    }

    public static String discrepancy(Decision.Discrepancy discrepancy) {
        PositionKey key = discrepancy.position();
        return "%s %s %d".formatted(discrepancy.kind(), new Model.Spot(key.sku(), key.location()), discrepancy.units());
    }

    public static String movement(StockMovement movement) {
        return movement.delta() + " " + movement.reason();
    }

    public static Map<String, Bundle> bundles(Map<String, SortedMap<String, Integer>> bundles) {
        return bundles.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, bundle -> new Bundle(bundle.getKey(), bundle.getValue())));
    }
}
