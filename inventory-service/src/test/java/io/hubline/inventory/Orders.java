package io.hubline.inventory;

import io.hubline.contracts.Money;
import io.hubline.contracts.order.OrderEvent;
import io.hubline.contracts.order.OrderFacts;
import io.hubline.contracts.routing.RouteEvent;
import io.hubline.kit.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One order as order-service and routing-service would tell of it.
public final class Orders {

    private static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");

    private final String id = Ids.text();
    private final List<OrderFacts.DemandLine> lines = new ArrayList<>();
    private final List<OrderFacts.Shipment> shipments = new ArrayList<>();
    private OrderFacts.State state = OrderFacts.State.OPEN;
    private @Nullable Instant shipBy;
    private long version;
    private String account = "shop-a";

    private Orders() {}

    public static Orders order() {
        return new Orders();
    }

    public String id() {
        return id;
    }

    /// The version told last.
    public long version() {
        return version;
    }

    public Orders wants(String line, String sku, int quantity) {
        return wants(line, sku, quantity, null);
    }

    public Orders wants(String line, String sku, int quantity, @Nullable String offer) {
        lines.removeIf(known -> known.lineId().equals(line));
        lines.add(new OrderFacts.DemandLine(line, sku, offer, quantity, null));
        return this;
    }

    /// Through which account it was sold; `shop-a` unless this says otherwise.
    public Orders soldBy(String seller) {
        account = seller;
        return this;
    }

    public Orders within(Duration promised) {
        shipBy = MORNING.plus(promised);
        return this;
    }

    public Orders cancelled() {
        state = OrderFacts.State.CANCELLED;
        lines.replaceAll(line -> new OrderFacts.DemandLine(line.lineId(), line.sku(), line.offer(), 0, null));
        return this;
    }

    public Orders ships(String shipment, String location, String line, int quantity) {
        shipments.add(new OrderFacts.Shipment(
                shipment,
                location,
                "DHL",
                "T-" + shipment,
                null,
                MORNING,
                List.of(new OrderFacts.ShippedLine(line, "channel-" + line, quantity))));
        return this;
    }

    /// As no order-service does that is in its right mind.
    public Orders forgetsWhatLeft() {
        shipments.clear();
        return this;
    }

    /// The facts at the next version.
    public OrderFacts next() {
        version++;
        return new OrderFacts(
                id, version, account, "shopify", "#" + id, state, MORNING, shipBy, null, List.of(), lines, shipments);
    }

    public OrderEvent tell() {
        return new OrderEvent.OrderAccepted(next(), MORNING);
    }

    public RouteEvent.OrderRouted plan(long sequence, String planId, RouteEvent.Assignment... assignments) {
        return new RouteEvent.OrderRouted(
                id,
                version,
                sequence,
                MORNING,
                planId,
                1,
                List.of(assignments),
                new Money(500, "USD"),
                List.of(),
                List.of());
    }
}
