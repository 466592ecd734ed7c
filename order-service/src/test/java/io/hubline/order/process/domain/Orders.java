package io.hubline.order.process.domain;

import io.hubline.order.process.domain.Snapshot.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Orders and inputs for tests of the process, said briefly.
public final class Orders {

    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    public static final Order.Identity IDENTITY =
            new Order.Identity("01900000-0000-7000-8000-000000000001", "shop-a", "shopify", "1001");

    private Orders() {}

    /// A snapshot of the open order, as the channel showed it so many seconds after noon.
    public static Snapshot snapshot(int second, Snapshot.Line... lines) {
        return snapshot(second, Status.OPEN, lines);
    }

    public static Snapshot snapshot(int second, Status status, Snapshot.Line... lines) {
        return snapshot(second, status, new Snapshot.Place("DE", null), false, lines);
    }

    public static Snapshot snapshot(
            int second,
            Status status,
            Snapshot.@Nullable Place destination,
            boolean byChannel,
            Snapshot.Line... lines) {
        Amount none = new Amount(0, "EUR");
        return new Snapshot(
                NOON.plusSeconds(second),
                second,
                NOON,
                "#1001",
                status,
                byChannel,
                NOON,
                NOON.plus(Duration.ofDays(2)),
                status == Status.CANCELLED ? "customer" : null,
                destination,
                new Amount(2000, "EUR"),
                none,
                none,
                new Snapshot.SealedRecipient("k", "c"),
                Arrays.asList(lines));
    }

    /// A line that the catalogue knows.
    public static Snapshot.Line line(String name, int quantity) {
        return line(name, quantity, new Mapping("SKU-" + name, "shop-a:" + name));
    }

    /// A line as a channel shows it that has not said the price yet.
    public static Snapshot.Line unpriced(String name, int quantity) {
        return line(name, quantity, new Mapping("SKU-" + name, "shop-a:" + name), null);
    }

    /// A line with another price.
    public static Snapshot.Line paid(String name, int quantity, int ordered, long paid) {
        return line(
                name,
                quantity,
                new Mapping("SKU-" + name, "shop-a:" + name),
                new Sale(ordered, new Amount(paid, "EUR")));
    }

    public static Snapshot.Line unknown(String name, int quantity) {
        return line(name, quantity, null);
    }

    private static Snapshot.Line line(String name, int quantity, @Nullable Mapping mapping) {
        return line(name, quantity, mapping, new Sale(9, new Amount(9000, "EUR")));
    }

    private static Snapshot.Line line(String name, int quantity, @Nullable Mapping mapping, @Nullable Sale sale) {
        Amount price = new Amount(1000, "EUR");
        return new Snapshot.Line(name, name, null, null, name, quantity, price, new Amount(0, "EUR"), sale, mapping);
    }

    public static Order accepted(Snapshot.Line... lines) {
        return OrderMachine.accept(IDENTITY, snapshot(1, lines), NOON).order();
    }

    /// The hub's id of the line with the channel's id.
    public static String id(Order order, String name) {
        return order.lines().stream()
                .filter(line -> line.channelLineId().equals(name))
                .findFirst()
                .orElseThrow()
                .lineId();
    }

    public static OrderInput held(Order order, long sequence, String name, int units) {
        return promise(sequence, new Promise.PromisedLine(id(order, name), units, 0, Map.of(), 0));
    }

    public static OrderInput backordered(Order order, long sequence, String name, int held, int missing) {
        return promise(sequence, new Promise.PromisedLine(id(order, name), held, missing, Map.of(), 0));
    }

    public static OrderInput allocated(Order order, long sequence, String name, Map<String, Integer> units) {
        return allocated(order, sequence, name, units, 0);
    }

    public static OrderInput allocated(
            Order order, long sequence, String name, Map<String, Integer> units, int shipped) {
        return promise(sequence, new Promise.PromisedLine(id(order, name), 0, 0, units, shipped));
    }

    public static OrderInput promise(long sequence, Promise.PromisedLine... lines) {
        return new OrderInput.PromiseChanged(new Promise(sequence, Arrays.asList(lines), null), null);
    }

    public static OrderInput refused(Order order, long sequence, String name, int held, String planId) {
        return new OrderInput.PromiseChanged(
                new Promise(sequence, List.of(new Promise.PromisedLine(id(order, name), held, 0, Map.of(), 0)), planId),
                planId);
    }

    public static OrderInput routed(long sequence, long orderVersion, String planId) {
        return new OrderInput.RoutePlanned(sequence, orderVersion, NOON, planId, 1);
    }

    public static OrderInput unroutable(long sequence, long orderVersion) {
        return new OrderInput.RouteImpossible(sequence, orderVersion, NOON, "no rate to DE");
    }

    public static OrderInput parcel(Order order, String shipmentId, String location, String name, int units) {
        return parcel(shipmentId, location, new Shipment.ShippedLine(id(order, name), units));
    }

    public static OrderInput parcel(String shipmentId, String location, Shipment.ShippedLine... lines) {
        return new OrderInput.ShipmentReported(new Shipment(
                shipmentId, location, "DHL", "T-" + shipmentId, null, NOON.plusSeconds(60), Arrays.asList(lines)));
    }

    public static OrderInput observed(Snapshot snapshot) {
        return new OrderInput.SnapshotObserved(snapshot);
    }

    /// The order after an input that it must take.
    public static Order after(Order order, OrderInput input) {
        return advanced(order, input).order();
    }

    public static Decision.Advanced advanced(Order order, OrderInput input) {
        return switch (OrderMachine.decide(order, input, NOON)) {
            case Decision.Advanced advanced -> advanced;
            case Decision.Ignored ignored -> throw new AssertionError("ignored: " + ignored.why());
            case Decision.Refused refused ->
                throw new AssertionError("refused: " + refused.refusal().text());
        };
    }

    /// A released order with so many units of one line at one location.
    public static Order released(int units) {
        Order order = accepted(line("A", units));
        order = after(order, held(order, 1, "A", units));
        order = after(order, routed(1, order.version(), "plan-1"));
        return after(order, allocated(order, 2, "A", Map.of("berlin", units)));
    }
}
