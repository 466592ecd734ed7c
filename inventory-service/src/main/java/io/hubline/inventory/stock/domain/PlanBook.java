package io.hubline.inventory.stock.domain;

import io.hubline.inventory.stock.domain.Reservation.Place;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Plans: what is held becomes allocations at locations, all or nothing.
final class PlanBook {

    private final BooksInHand books;

    PlanBook(BooksInHand books) {
        this.books = books;
    }

    void carryOut(Request.Planned planned) {
        @Nullable Promise promise = books.findPromise(planned.orderId());
        if (promise == null || promise.version() == 0) {
            throw new IllegalStateException("plan %s is for order %s, of which nothing is promised"
                    .formatted(planned.planId(), planned.orderId()));
        }
        @Nullable PlanAnswer earlier = books.findAnswer(planned.planId());
        if (earlier != null) {
            books.announce(promise.orderId(), earlier::about);
        } else if (planned.sequence() > promise.routeSequence()) {
            books.put(promise.routed(planned.sequence()));
            answer(planned, decideOn(planned, promise));
        }
    }

    private void answer(Request.Planned planned, PlanAnswer answer) {
        if (answer.refusal() == null) {
            planned.assignments().forEach(assignment -> allocate(planned.orderId(), assignment));
        }
        books.add(answer);
        books.announce(planned.orderId(), answer::about);
    }

    private PlanAnswer decideOn(Request.Planned planned, Promise promise) {
        if (promise.state() != Promise.State.OPEN) {
            return refuse(planned, Announcement.Refusal.ORDER_CHANGED, "the order is " + promise.state());
        }
        Map<String, Integer> byLine = new TreeMap<>();
        Map<PositionKey, Integer> byPosition = new TreeMap<>();
        for (Request.Assignment assignment : planned.assignments()) {
            @Nullable Reservation line = promise.lines().get(assignment.lineId());
            if (line == null || !line.key().sku().equals(assignment.sku())) {
                return refuse(
                        planned,
                        Announcement.Refusal.ORDER_CHANGED,
                        "line %s does not want %s".formatted(assignment.lineId(), assignment.sku()));
            }
            String pool = books.places().pools().ofLocation(assignment.locationId());
            if (!pool.equals(line.key().pool())) {
                return refuse(
                        planned,
                        Announcement.Refusal.RAN_DRY,
                        "%s is in pool %s, and line %s draws on %s"
                                .formatted(
                                        assignment.locationId(),
                                        pool,
                                        line.lineId(),
                                        line.key().pool()));
            }
            byLine.merge(assignment.lineId(), assignment.quantity(), Math::addExact);
            line.parts()
                    .forEach((part, per) -> byPosition.merge(
                            new PositionKey(part.sku(), assignment.locationId()),
                            Math.multiplyExact(assignment.quantity(), per),
                            Math::addExact));
        }
        for (Reservation line : promise.reservations()) {
            int planNeeds = byLine.getOrDefault(line.lineId(), 0);
            if (planNeeds != line.held()) {
                return refuse(
                        planned,
                        Announcement.Refusal.ORDER_CHANGED,
                        "line %s holds %d units, and the plan is for %d"
                                .formatted(line.lineId(), line.held(), planNeeds));
            }
        }
        for (Map.Entry<PositionKey, Integer> need : byPosition.entrySet()) {
            int free = books.position(need.getKey()).free();
            if (need.getValue() > free) {
                return refuse(
                        planned,
                        Announcement.Refusal.RAN_DRY,
                        "%s has %d free units of %s, and the plan takes %d"
                                .formatted(
                                        need.getKey().location(),
                                        free,
                                        need.getKey().sku(),
                                        need.getValue()));
            }
        }
        return new PlanAnswer(planned.planId(), planned.orderId(), null, null);
    }

    private static PlanAnswer refuse(Request.Planned planned, Announcement.Refusal refusal, String detail) {
        return new PlanAnswer(planned.planId(), planned.orderId(), refusal, detail);
    }

    private void allocate(String orderId, Request.Assignment assignment) {
        Promise promise = books.promise(orderId);
        Reservation line = promise.line(assignment.lineId());
        Place place = line.at(assignment.locationId());
        line.parts().forEach((part, per) -> {
            PositionKey key = new PositionKey(part.sku(), assignment.locationId());
            books.put(books.position(key).allocated(assignment.quantity() * per));
        });
        books.put(promise.with(line.withHeld(line.held() - assignment.quantity())
                .with(assignment.locationId(), new Place(place.allocated() + assignment.quantity(), place.shipped()))));
    }
}
