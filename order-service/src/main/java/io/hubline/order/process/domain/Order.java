package io.hubline.order.process.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One order: what the channel wants, what inventory and routing said, what has left, and what follows from
/// all that.
///
/// @param version of the last announcement; 1, 2, 3, ... without gaps
/// @param demandVersion the version that first told the present demand; an answer to an older one is out of
///     date
/// @param header the newest snapshot, without its lines
/// @param lines every line ever seen; a removed one asks for nothing
/// @param cancellation null while the order is not called off
/// @param holds those that stand and those that were waived
/// @param shipments in the order in which they were reported
public record Order(
        Identity identity,
        long version,
        long demandVersion,
        Stage stage,
        Snapshot header,
        List<Line> lines,
        @Nullable Cancellation cancellation,
        List<Hold> holds,
        Promise promise,
        Route route,
        List<Shipment> shipments) {

    public Order {
        lines = List.copyOf(lines);
        holds = List.copyOf(holds);
        shipments = List.copyOf(shipments);
    }

    /// Which order it is.
    ///
    /// @param orderId the hub's id
    /// @param externalId the channel's; unique per account (invariant I3)
    public record Identity(String orderId, String account, String channel, String externalId) {}

    /// Units of a line that have left.
    public int shipped(Line line) {
        return shipments.stream()
                .mapToInt(parcel -> parcel.units(line.lineId()))
                .sum();
    }

    /// Units of a line that the buyer wants of us, those that have left included. It never falls below what
    /// has left: a parcel cannot be called back by a number.
    public int wanted(Line line) {
        int shipped = shipped(line);
        return cancellation != null || header.fulfilledByChannel() ? shipped : Math.max(line.asked(), shipped);
    }

    /// Units of a line that somebody waits for.
    public int open(Line line) {
        return wanted(line) - shipped(line);
    }

    /// Units of a line that are promised and have not left, by location.
    ///
    /// Inventory may have spoken before it heard of the newest parcels, so those are taken off here. It
    /// hears of parcels in the order in which they were reported, hence the first ones are those it
    /// counted.
    public Map<String, Integer> allocated(Line line) {
        Promise.PromisedLine promised = promise.line(line.lineId());
        Map<String, Integer> left = new TreeMap<>(promised.allocated());
        int counted = promised.shipped();
        for (Shipment parcel : shipments) {
            int units = parcel.units(line.lineId());
            int known = Math.min(units, counted);
            counted -= known;
            left.computeIfPresent(parcel.locationId(), (_, there) -> there - (units - known));
        }
        left.values().removeIf(units -> units <= 0);
        return left;
    }

    /// What is to be picked now, location by location; empty unless the order is released.
    public List<Pick> picks() {
        if (!stage.isPickable()) {
            return List.of();
        }
        return lines.stream().flatMap(line -> picks(line).stream()).toList();
    }

    private List<Pick> picks(Line line) {
        @Nullable Mapping mapping = line.mapping();
        if (mapping == null) {
            return List.of();
        }
        List<Pick> picks = new ArrayList<>();
        int open = open(line);
        for (Map.Entry<String, Integer> there : allocated(line).entrySet()) {
            int units = Math.min(open, there.getValue());
            if (units > 0) {
                picks.add(new Pick(there.getKey(), line.lineId(), mapping.sku(), units));
                open -= units;
            }
        }
        return picks;
    }

    /// The holds that stand.
    public List<Hold> activeHolds() {
        return holds.stream().filter(hold -> !hold.waived()).toList();
    }

    boolean anythingShipped() {
        return !shipments.isEmpty();
    }

    boolean anythingOpen() {
        return lines.stream().anyMatch(line -> open(line) > 0);
    }

    boolean isCancelledBy(Cancellation.By who) {
        return cancellation != null && cancellation.by() == who;
    }

    /// Units to pick.
    public record Pick(String locationId, String lineId, String sku, int quantity) {}
}
