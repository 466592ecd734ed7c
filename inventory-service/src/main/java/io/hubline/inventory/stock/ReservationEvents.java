package io.hubline.inventory.stock;

import io.hubline.contracts.inventory.ReservationEvent;
import io.hubline.contracts.inventory.ReservationEvent.AllocatedUnits;
import io.hubline.contracts.inventory.ReservationEvent.PromisedLine;
import io.hubline.inventory.stock.domain.Announcement;
import io.hubline.inventory.stock.domain.Promise;
import io.hubline.inventory.stock.domain.Reservation;
import java.time.Instant;
import java.util.List;

/// Promises in the published language.
final class ReservationEvents {

    private ReservationEvents() {}

    static List<ReservationEvent> of(List<Announcement> announcements, Instant at) {
        return announcements.stream().map(announcement -> of(announcement, at)).toList();
    }

    static ReservationEvent of(Announcement announcement, Instant at) {
        Promise promise = announcement.promise();
        List<PromisedLine> lines =
                promise.lines().values().stream().map(ReservationEvents::line).toList();
        return switch (announcement) {
            case Announcement.Reserved _ ->
                new ReservationEvent.OrderReserved(promise.orderId(), promise.version(), promise.sequence(), lines, at);
            case Announcement.Backordered _ ->
                new ReservationEvent.OrderBackordered(
                        promise.orderId(), promise.version(), promise.sequence(), lines, at);
            case Announcement.Released _ ->
                new ReservationEvent.ReservationReleased(
                        promise.orderId(), promise.version(), promise.sequence(), lines, at);
            case Announcement.Allocated allocated ->
                new ReservationEvent.OrderAllocated(
                        promise.orderId(), promise.version(), promise.sequence(), lines, at, allocated.planId());
            case Announcement.Refused refused ->
                new ReservationEvent.AllocationRefused(
                        promise.orderId(),
                        promise.version(),
                        promise.sequence(),
                        lines,
                        at,
                        refused.planId(),
                        of(refused.refusal()),
                        refused.detail());
        };
    }

    private static ReservationEvent.Refusal of(Announcement.Refusal refusal) {
        return switch (refusal) {
            case RAN_DRY -> ReservationEvent.Refusal.RAN_DRY;
            case ORDER_CHANGED -> ReservationEvent.Refusal.ORDER_CHANGED;
        };
    }

    private static PromisedLine line(Reservation line) {
        return new PromisedLine(
                line.lineId(),
                line.key().sku(),
                line.held(),
                line.backordered(),
                line.places().entrySet().stream()
                        .filter(place -> place.getValue().allocated() > 0)
                        .map(place -> new AllocatedUnits(
                                place.getKey(), place.getValue().allocated()))
                        .toList(),
                line.shipped());
    }
}
