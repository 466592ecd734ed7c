package io.hubline.order.process;

import io.hubline.contracts.Destination;
import io.hubline.contracts.EventName;
import io.hubline.contracts.Money;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.order.process.domain.Amount;
import io.hubline.order.process.domain.Announcement;
import io.hubline.order.process.domain.Cancellation;
import io.hubline.order.process.domain.Line;
import io.hubline.order.process.domain.Mapping;
import io.hubline.order.process.domain.Order;
import io.hubline.order.process.domain.Sale;
import io.hubline.order.process.domain.Shipment;
import io.hubline.order.process.domain.Snapshot;
import io.hubline.order.process.domain.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Orders said in the published language.
final class OrderEvents {

    private OrderEvents() {}

    /// One announcement as an event that carries the whole order.
    static OrderEvent event(Order order, Announcement announcement, Instant at) {
        OrderFacts facts = facts(order, announcement.version());
        return switch (announcement) {
            case Announcement.Accepted _ -> new OrderEvent.OrderAccepted(facts, at);
            case Announcement.LinesChanged _ -> new OrderEvent.OrderLinesChanged(facts, at);
            case Announcement.Held _ -> new OrderEvent.OrderHeld(facts, at);
            case Announcement.HoldLifted _ -> new OrderEvent.OrderHoldLifted(facts, at);
            case Announcement.Shipped shipped -> new OrderEvent.OrderShipped(facts, at, shipped.shipmentId());
            case Announcement.Cancelled cancelled ->
                new OrderEvent.OrderCancelled(facts, at, cancelledBy(cancelled.by()), cancelled.reason());
            case Announcement.Completed _ -> new OrderEvent.OrderCompleted(facts, at);
            case Announcement.Released _ -> new OrderEvent.OrderReleased(facts, at);
        };
    }

    /// The name of an event on the wire.
    static String name(OrderEvent event) {
        EventName name = event.getClass().getAnnotation(EventName.class);
        if (name == null) {
            throw new IllegalStateException(event.getClass() + " has no name");
        }
        return name.value();
    }

    private static OrderFacts facts(Order order, long version) {
        Snapshot header = order.header();
        Map<String, Line> lines = order.lines().stream().collect(Collectors.toMap(Line::lineId, Function.identity()));
        return new OrderFacts(
                order.identity().orderId(),
                version,
                order.identity().account(),
                order.identity().channel(),
                order.identity().externalId(),
                state(order.stage()),
                header.placedAt(),
                header.shipBy(),
                destination(header.destination()),
                order.activeHolds().stream()
                        .map(hold -> new OrderFacts.Hold(hold.reason().name(), hold.detail()))
                        .toList(),
                order.lines().stream().flatMap(line -> demand(order, line)).toList(),
                order.shipments().stream()
                        .map(parcel -> shipment(parcel, lines))
                        .toList());
    }

    private static OrderFacts.State state(Stage stage) {
        return switch (stage.standing()) {
            case OPEN -> OrderFacts.State.OPEN;
            case CANCELLED -> OrderFacts.State.CANCELLED;
            case COMPLETED -> OrderFacts.State.COMPLETED;
        };
    }

    private static Stream<OrderFacts.DemandLine> demand(Order order, Line line) {
        @Nullable Mapping mapping = line.mapping();
        return mapping == null
                ? Stream.empty()
                : Stream.of(new OrderFacts.DemandLine(
                        line.lineId(), mapping.sku(), mapping.offer(), order.wanted(line), sale(line)));
    }

    private static OrderFacts.@Nullable Sale sale(Line line) {
        @Nullable Sale sale = line.sale();
        return sale == null
                ? null
                : new OrderFacts.Sale(
                        line.channelLineId(), line.title(), sale.ordered(), money(sale.paid()), money(line.tax()));
    }

    private static Money money(Amount amount) {
        return new Money(amount.minor(), amount.currency());
    }

    private static OrderFacts.Shipment shipment(Shipment parcel, Map<String, Line> lines) {
        return new OrderFacts.Shipment(
                parcel.shipmentId(),
                parcel.locationId(),
                parcel.carrier(),
                parcel.trackingNumber(),
                parcel.trackingUrl(),
                parcel.shippedAt(),
                parcel.lines().stream()
                        .map(shipped -> new OrderFacts.ShippedLine(
                                shipped.lineId(), channelLineId(lines, shipped.lineId()), shipped.quantity()))
                        .toList());
    }

    private static String channelLineId(Map<String, Line> lines, String lineId) {
        @Nullable Line line = lines.get(lineId);
        if (line == null) {
            throw new IllegalStateException("a parcel holds line %s of no order".formatted(lineId));
        }
        return line.channelLineId();
    }

    private static @Nullable Destination destination(Snapshot.@Nullable Place place) {
        return place == null ? null : new Destination(place.country(), place.region());
    }

    private static OrderEvent.CancelledBy cancelledBy(Cancellation.By by) {
        return switch (by) {
            case CHANNEL -> OrderEvent.CancelledBy.CHANNEL;
            case SELLER -> OrderEvent.CancelledBy.SELLER;
        };
    }
}
