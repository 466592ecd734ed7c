package io.hubline.inventory.stock.domain;

import io.hubline.inventory.stock.domain.OrderDemand.Line;
import io.hubline.inventory.stock.domain.OrderDemand.Parcel;
import io.hubline.inventory.stock.domain.StockMovement.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Short words for what tests ask of the books.
final class Demands {

    static final Instant MORNING = Instant.parse("2026-11-23T08:00:00Z");

    private Demands() {}

    static Request wants(String order, long version, Line... lines) {
        return demand(order, version, Promise.State.OPEN, List.of(lines), List.of());
    }

    static Request cancelled(String order, long version, Line... lines) {
        return demand(order, version, Promise.State.CANCELLED, List.of(lines), List.of());
    }

    static Request demand(String order, long version, Promise.State state, List<Line> lines, List<Parcel> parcels) {
        return new Request.Promised(
                new OrderDemand(order, version, state, MORNING, null, "shop-a", channelOrder(order), lines, parcels));
    }

    static String channelOrder(String order) {
        return "shop-a:" + order;
    }

    static Line line(String line, String sku, int quantity) {
        return line(line, sku, quantity, quantity, null);
    }

    static Line line(String line, String sku, int quantity, int ordered, @Nullable String offer) {
        return new Line(line, sku, offer, quantity, ordered);
    }

    static Request received(String sku, String location, int units) {
        return new Request.Moved(
                new PositionKey(sku, location), units, Reason.RECEIPT, "receipt of " + units + " " + sku);
    }

    static Request lost(String sku, String location, int units) {
        return new Request.Moved(new PositionKey(sku, location), -units, Reason.ADJUSTMENT, "loss of " + sku);
    }

    static Request.Held hold(String id, Map<String, Integer> lines, Instant at) {
        return new Request.Held(id, StockKey.DEFAULT_POOL, new TreeMap<>(lines), at, at.plusSeconds(600));
    }
}
